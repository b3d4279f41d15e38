"""What a topic file alone cannot show: inherited topics, names in trees, overlapping editions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from openimr.model.edition import first_bare_day, overlap
from openimr.model.ids import CriterionId, TopicId
from openimr.model.pack import Pack, pack_name
from openimr.model.rule import Criterion, Role, Topic
from openimr.rulebook.packs import replaces
from openimr.rulebook.schema import tree_names
from openimr.rulebook.yaml_nodes import Node, Problems

_DERIVED = ("relief", "function", "work", "gain", "refreshed", "unless")
"""Parameters of tests that, as text, name a criterion whose value they derive from."""
Roots = Mapping[str, Node | None]


def check_across(
    topics: tuple[Topic, ...], packs: tuple[Pack, ...], nodes: Roots, problems: Problems
) -> None:
    """Note what is wrong between topics."""
    for topic in topics:
        root = nodes[topic.file]
        if root is None:
            continue
        _check_parents(topic, root, topics, problems)
        if topic.id in _ancestors(topic, topics):
            problems.add(root.fields()["inherits"], "the topic inherits itself", "break the circle")
            continue
        _check_names(topic, root, topics, problems)
    _check_editions(topics, {pack.name: pack for pack in packs}, nodes, problems)


def _check_parents(topic: Topic, root: Node, topics: tuple[Topic, ...], problems: Problems) -> None:
    """A topic's parents exist, on each of its days: else it would lose their criteria unseen."""
    for name in topic.inherits:
        editions = [other for other in topics if other.id == name]
        at = root.fields()["inherits"]
        if not editions:
            problems.add(at, f"unknown topic `{name}`", "write the id of a topic file")
        elif (bare := first_bare_day(topic, editions)) is not None:
            what = f"`{name}` has no edition in force on {bare}"
            problems.add(at, what, "inherit a topic that is in force on all days of this edition")


def _ancestors(topic: Topic, topics: tuple[Topic, ...]) -> set[TopicId]:
    found: set[TopicId] = set()
    waiting = list(topic.inherits)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [parent for other in topics if other.id == name for parent in other.inherits]
    return found


def _check_names(topic: Topic, root: Node, topics: tuple[Topic, ...], problems: Problems) -> None:
    """Criteria that trees, limits, bypasses and tests name must exist."""
    ancestors = _ancestors(topic, topics)
    parents = [other for other in topics if other.id in ancestors and overlap(topic, other)]
    family = [topic, *parents]
    known = {criterion.id: criterion.role for other in family for criterion in other.criteria}
    told = {criterion.id for other in family for criterion in other.criteria if criterion.smaller}
    fields = root.fields()
    mend = "write the id of a criterion of this topic or one it inherits"
    for name in tree_names(dict(topic.support_requires)):
        if CriterionId(name) not in known and TopicId(name) not in ancestors:
            problems.add(fields["support_requires"], f"unknown criterion `{name}`", mend)
    for limit in topic.modify_when:
        if limit not in known:
            problems.add(fields["modify_when"], f"unknown criterion `{limit}`", mend)
        elif known[limit] is not Role.LIMIT and limit not in told:
            what = f"`{limit}` is no limit and names no smaller form"
            problems.add(fields["modify_when"], what, "give it `smaller:`, or name a limit")
    for criterion, node in zip(topic.criteria, fields["criteria"].items(), strict=True):
        _check_bypass(criterion, node.at(f"criteria.{criterion.id}"), known, problems)


def _check_bypass(
    criterion: Criterion, at: Node, known: Mapping[CriterionId, Role], problems: Problems
) -> None:
    for name in [*criterion.bypassed_by, *_derived_from(criterion)]:
        if name not in known:
            mend = "write the id of a criterion of this topic or one it inherits"
            problems.add(at, f"unknown criterion `{name}`", mend)
    for name in criterion.bypassed_by:
        if known.get(name, Role.EXCEPTION) is not Role.EXCEPTION:
            problems.add(at, f"`{name}` is no exception", "only a criterion of role E bypasses")


def _derived_from(criterion: Criterion) -> Iterator[CriterionId]:
    """The criteria whose findings a test reads."""
    given = criterion.test.parameters
    others = given.get("or_all")
    for one in (*(others if isinstance(others, tuple) else ()), *map(given.get, _DERIVED)):
        if one and isinstance(one, str):
            yield CriterionId(one)


def _check_editions(
    topics: tuple[Topic, ...], packs: Mapping[str, Pack], nodes: Roots, problems: Problems
) -> None:
    """Two editions of a topic are not in force on one day, unless a pack may replace ours."""
    ordered = sorted(topics, key=lambda topic: (topic.id, topic.effective_from, topic.file))
    for one, other in combinations(ordered, 2):
        if one.id != other.id or not overlap(one, other):
            continue
        mine, ours = (one, other) if pack_name(one.file) else (other, one)
        root = nodes[mine.file if replaces(mine, ours) else other.file]
        if root is None:
            continue
        at = root.fields().get("effective_from", root)
        if not replaces(mine, ours):
            mend = "let the earlier edition end the day before"
            problems.add(at, f"the edition overlaps the one of {one.file}", mend)
        elif not ours.open and mine.id not in packs[pack_name(mine.file)].replaces:
            what = f"the edition would replace the criteria of {ours.file} unseen"
            mend = f"choose other days, or add {mine.id} to `replaces:` in pack.yaml"
            problems.add(at, what, mend)
