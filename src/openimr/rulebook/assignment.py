"""`process/*.yaml` on reviewers -> AssignmentRules, with all problems of the five files at once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from openimr.model.application import Priority
from openimr.model.assignment_rules import AssignmentRules, LoadStep, Points
from openimr.model.errors import RulebookInvalid
from openimr.rulebook import conflicts, reviewer_requirements, specialties
from openimr.rulebook.amounts import amount, whole
from openimr.rulebook.load import load_rulebook
from openimr.rulebook.one_file import data_text
from openimr.rulebook.requests import load_request_vocabulary
from openimr.rulebook.schema import Reader
from openimr.rulebook.yaml_nodes import Node, Problems, read_yaml

POINTS = "process/assignment_costs.yaml"
FILES = (
    reviewer_requirements.FILE,
    conflicts.FILE,
    conflicts.GIVEN_NAMES,
    specialties.FILE,
    POINTS,
)
_ROOT = dict.fromkeys(("source", "verified_on", "points", "load", "urgency", "panel"), True)
_POINTS = dict.fromkeys(
    ("similar_specialty", "other_state", "urgent_to_the_busy", "not_placed"), True
)
_LOAD = dict.fromkeys(("up_to", "points"), True)
_URGENCY = dict.fromkeys(("track", "days_left", "weeks_waited_add_up_to"), True)
_DAYS = dict.fromkeys(("at_most", "adds"), True)
_PANEL = dict.fromkeys(("citation", "largest", "unverified"), True)


@lru_cache(maxsize=1)
def load_assignment_rules() -> AssignmentRules:
    """The rules shipped with the package.

    Raises:
        RulebookInvalid: with one line for every entry that cannot be used.
    """
    return parse_assignment_rules({name: data_text(name) for name in FILES})


def parse_assignment_rules(texts: Mapping[str, str]) -> AssignmentRules:
    """Read the five files by name; all problems are reported at once."""
    problems = Problems()
    roots = {name: read_yaml(texts[name], name, problems) for name in FILES}
    asked, ties, given, fields, points = (roots[name] for name in FILES)
    if asked is None or ties is None or given is None or fields is None or points is None:
        raise RulebookInvalid(tuple(problems.lines))
    parts = frozenset(part.name for part in load_request_vocabulary().body_parts)
    known = specialties.KnownCare(load_rulebook().groups, parts)
    rules = AssignmentRules(
        requirements=reviewer_requirements.read_requirements(asked, known.topics, problems),
        conflicts=conflicts.read_conflicts(ties, given, problems),
        specialties=specialties.read_specialties(fields, known, problems),
        points=_read_points(points, problems),
        sha256=_over_all(texts),
    )
    if problems.lines:
        raise RulebookInvalid(tuple(problems.lines))
    return rules


def _over_all(texts: Mapping[str, str]) -> str:
    lines = (f"{hashlib.sha256(texts[name].encode()).hexdigest()}  {name}\n" for name in FILES)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _read_points(root: Node, problems: Problems) -> Points:
    reader = Reader(problems)
    fields = reader.keys(root, _ROOT)
    reader.day(fields, "verified_on")
    points = reader.keys(fields.get("points", root), _POINTS)
    urgency = reader.keys(fields.get("urgency", root), _URGENCY)
    track = urgency["track"].fields() if "track" in urgency else {}
    reader.known(urgency.get("track", root), track, dict.fromkeys(map(str, Priority), True))
    panel = reader.keys(fields.get("panel", root), _PANEL)
    return Points(
        **{key: whole(reader, points, key) for key in _POINTS},
        load=_load(reader, fields.get("load", root)),
        track=MappingProxyType({p: whole(reader, track, str(p), least=1) for p in Priority}),
        days_left=_days_left(reader, urgency.get("days_left", root)),
        weeks_waited_add_up_to=whole(reader, urgency, "weeks_waited_add_up_to"),
        panel_citation=reader.text(panel, "citation"),
        largest_panel=whole(reader, panel, "largest", least=1),
    )


def _load(reader: Reader, node: Node) -> tuple[LoadStep, ...]:
    """Steps up to the whole capacity, each dearer than the one before."""
    steps: list[LoadStep] = []
    for each in node.items():
        fields = reader.keys(each, _LOAD)
        step = LoadStep(
            up_to=amount(reader, fields, "up_to") or 0.0, points=whole(reader, fields, "points")
        )
        if steps and (step.up_to <= steps[-1].up_to or step.points < steps[-1].points):
            what = "the step is not above the one before"
            reader.problems.add(each, what, "let share and points rise from step to step")
        steps.append(step)
    if not steps or steps[-1].up_to != 1.0:
        reader.problems.add(node, "the steps do not end at 1", "let the last be `up_to: 1.0`")
    return tuple(steps)


def _days_left(reader: Reader, node: Node) -> tuple[tuple[int, int], ...]:
    rows = [reader.keys(each, _DAYS) for each in node.items()]
    found = ((whole(reader, row, "at_most"), whole(reader, row, "adds")) for row in rows)
    return tuple(sorted(found))
