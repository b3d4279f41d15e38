"""A topic of several drugs, narrowed to the criteria that speak to the requested one."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace
from types import MappingProxyType

from openimr.model.rule import Criterion, Topic


def narrowed(topic: Topic, generic: str) -> Topic:
    """The topic without criteria that name other drugs, and its tree without their names."""
    dropped = {c.id for c in topic.criteria if not _speaks_to(c, generic)}
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
