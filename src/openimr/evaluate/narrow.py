"""A topic narrowed to the criteria that speak to what is asked for, and to the stage of its use."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace
from types import MappingProxyType

from openimr.model.ids import CriterionId
from openimr.model.rule import Applies, Criterion, Topic


def narrowed(topic: Topic, generic: str) -> Topic:
    """The topic without criteria that name other drugs, and its tree without their names.

    Whole where the drug is not known, or where no criterion would be left.
    """
    dropped = {c.id for c in topic.criteria if not _speaks_to(c, generic)}
    return topic if not generic or len(dropped) == len(topic.criteria) else _without(topic, dropped)


def of_line(topic: Topic, line: str) -> Topic:
    """The topic without criteria that speak of other request lines, told by their words.

    Cold therapy is limited to days; of the surgeon's assistant beside it nobody asks them.
    """
    told = line.casefold()
    dropped = {c.id for c in topic.criteria if not _speaks_of(c, told)}
    return topic if len(dropped) == len(topic.criteria) else _without(topic, dropped)


def of_stage(topic: Topic, *, first_use: bool) -> Topic:
    """An inherited topic without what it asks of a first prescription, where this is none.

    What a trial must start with is not told, nor searched for, of a drug in use for years.
    """
    dropped = {c.id for c in topic.criteria if c.applies is Applies.FIRST_USE}
    return topic if first_use else _without(topic, dropped)


def _without(topic: Topic, dropped: Set[CriterionId]) -> Topic:
    """The topic and its tree without some criteria."""
    if not dropped:
        return topic
    tree = _pruned(topic.support_requires, dropped)
    return replace(
        topic,
        criteria=tuple(c for c in topic.criteria if c.id not in dropped),
        support_requires=MappingProxyType(dict(tree) if isinstance(tree, Mapping) else {"all": ()}),
        modify_when=tuple(name for name in topic.modify_when if name not in dropped),
    )


def _speaks_to(criterion: Criterion, generic: str) -> bool:
    return not criterion.drugs or generic in criterion.drugs


def _speaks_of(criterion: Criterion, line: str) -> bool:
    named = not criterion.asked or any(word in line for word in criterion.asked)
    return named and not any(word in line for word in criterion.not_asked)


def _pruned(node: object, dropped: Set[str]) -> object | None:
    """A branch without the names dropped; None if nothing of it is left."""
    if isinstance(node, str):
        return None if node in dropped else node
    if isinstance(node, Mapping) and "when" in node:
        then = _pruned(node["then"], dropped)
        return None if then is None else {"when": node["when"], "then": then}
    if isinstance(node, Mapping):
        ((operator, inner),) = node.items()
        left = _pruned(inner, dropped)
        return None if left is None else {operator: left}
    children = tuple(node) if isinstance(node, list | tuple) else ()
    kept = tuple(c for c in (_pruned(child, dropped) for child in children) if c is not None)
    return kept or None
