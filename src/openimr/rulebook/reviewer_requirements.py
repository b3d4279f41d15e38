"""`process/reviewer_requirements.yaml` -> Requirements: what a reviewer must be, by date."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date
from types import MappingProxyType

from openimr.model.assignment_rules import Requirement, RequirementId, Requirements, Scope
from openimr.model.edition import overlap
from openimr.model.ids import TopicId
from openimr.model.request import RequestKind
from openimr.model.reviewer import Profession
from openimr.rulebook.amounts import amount, whole
from openimr.rulebook.schema import Reader
from openimr.rulebook.yaml_nodes import Node, Problems

FILE = "process/reviewer_requirements.yaml"
_ROOT = dict.fromkeys(
    (
        *("source", "verified_on", "requirements", "states", "preferred_state", "scope"),
        *("warn_days", "evidence_days", "most_weekly_hours"),
    ),
    True,
)
_REQUIREMENT = {
    **dict.fromkeys(("id", "says", "citation", "effective_from", "unverified"), True),
    **dict.fromkeys(("effective_to", "more_than", "at_least"), False),
}
_NUMBER = {RequirementId.YEARS: "more_than", RequirementId.HOURS: "at_least"}
_SCOPE = {"profession": True, "board": True, "why": True} | dict.fromkeys(
    ("kinds", "topics", "body_parts"), False
)
_STATE = 2


def read_requirements(root: Node, topics: Iterable[TopicId], problems: Problems) -> Requirements:
    """The requirements of the file; what is wrong or missing is noted."""
    reader = Reader(problems)
    fields = reader.keys(root, _ROOT)
    reader.day(fields, "verified_on")
    nodes = fields["requirements"].items() if "requirements" in fields else ()
    found = tuple(filter(None, (_requirement(reader, node) for node in nodes)))
    _check_all(reader, root, found)
    states = frozenset(_state(reader, *word) for word in reader.words(fields, "states"))
    preferred = reader.text(fields, "preferred_state")
    if preferred and preferred not in states:
        mend = "write one of `states`"
        problems.add(fields["preferred_state"], f"`{preferred}` is no state of the list", mend)
    return Requirements(
        all=found,
        states=states,
        preferred_state=preferred,
        scopes=MappingProxyType(_scopes(reader, root, fields.get("scope"), set(topics))),
        warn_days=whole(reader, fields, "warn_days", least=1),
        evidence_days=whole(reader, fields, "evidence_days", least=1),
        most_weekly_hours=whole(reader, fields, "most_weekly_hours", least=1),
    )


def _requirement(reader: Reader, node: Node) -> Requirement | None:
    fields = reader.keys(node, _REQUIREMENT)
    reader.filled(fields, ("says", "citation"))
    name = reader.choice(fields, "id", RequirementId)
    first, last = reader.days(fields)
    if name is None:
        return None
    needed = _NUMBER.get(name)
    if needed and needed not in fields:
        reader.problems.add(node, f"`{name}` says no number", f"add `{needed}:`")
    return Requirement(
        id=name,
        says=reader.text(fields, "says"),
        citation=reader.text(fields, "citation"),
        effective_from=first,
        effective_to=last,
        unverified=reader.flag(fields, "unverified"),
        more_than=amount(reader, fields, "more_than"),
        at_least=amount(reader, fields, "at_least"),
    )


def _check_all(reader: Reader, root: Node, found: tuple[Requirement, ...]) -> None:
    """Each requirement is there, and once on any day."""
    for name in RequirementId:
        own = sorted((r for r in found if r.id == name), key=lambda one: one.effective_from)
        if not own:
            reader.problems.add(root, f"the requirement `{name}` is missing", f"add `id: {name}`")
        for earlier, later in itertools.pairwise(own):
            if overlap(earlier, later):
                what = f"two requirements `{name}` hold on {max(later.effective_from, date.min)}"
                reader.problems.add(root, what, "let one end the day before the other begins")


def _state(reader: Reader, word: str, node: Node) -> str:
    if len(word) != _STATE or not word.isupper():
        reader.problems.add(node, f"`{word}` is no state", "write two capitals, such as CA")
    return word


def _scopes(
    reader: Reader, root: Node, node: Node | None, topics: set[TopicId]
) -> dict[Profession, Scope]:
    found: dict[Profession, Scope] = {}
    for each in node.items() if node is not None else ():
        fields = reader.keys(each, _SCOPE)
        profession = reader.choice(fields, "profession", Profession)
        if profession is None:
            continue
        if profession in found:
            reader.problems.add(each, f"`{profession}` stands twice", "keep one of the two")
        kinds = fields["kinds"].items() if "kinds" in fields else ()
        for word, at in reader.words(fields, "topics"):
            if TopicId(word) not in topics:
                reader.problems.add(at, f"unknown topic `{word}`", "write the id of a topic file")
        found[profession] = Scope(
            profession=profession,
            board=reader.flag(fields, "board"),
            why=reader.text(fields, "why"),
            kinds=tuple(filter(None, (reader.one_of(kind, RequestKind) for kind in kinds))),
            topics=tuple(TopicId(word) for word, _ in reader.words(fields, "topics")),
            body_parts=tuple(word for word, _ in reader.words(fields, "body_parts")),
        )
    for profession in Profession:
        if profession not in found:
            what = f"the scope of `{profession}` is missing"
            reader.problems.add(node or root, what, f"add `profession: {profession}`")
    return found
