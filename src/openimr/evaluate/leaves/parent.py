"""Associated items: what goes with an operation follows it."""

from __future__ import annotations

from collections.abc import Mapping

from openimr.evaluate.context import Context, LeafResult
from openimr.evaluate.leaves.statements import evidence
from openimr.model.case import DisputedItem
from openimr.model.finding import Suggestion, Value
from openimr.model.prose import listed
from openimr.model.request import RequestKind

_SUPPORTED = frozenset({Suggestion.SUPPORT, Suggestion.MODIFY_TO})


def parent_surgery(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Whether the operation that an item goes with is supported, or was done.

    Operations disputed in the same case come first: the item follows what the criteria suggest
    for them. Without one, the conditions of `enough` tell that an operation was done or allowed.
    """
    operations = operations_of(context)
    if not operations:
        return evidence(context, parameters)
    found = [context.decided.get(item.index) for item in operations]
    names = listed(item.request.procedure or item.request_text for item in operations)
    if any(suggestion in _SUPPORTED for suggestion in found):
        return LeafResult(
            value=Value.MET, statement=f"It goes with {names}, which the criteria support."
        )
    if all(suggestion is Suggestion.NOT_SUPPORT for suggestion in found):
        return LeafResult(
            value=Value.CONTRADICTED,
            statement=f"It goes with {names}, which the criteria do not support.",
        )
    return LeafResult(
        value=Value.CONFLICTING,
        statement=f"It goes with {names}, on which the criteria leave the decision open.",
    )


def operations_of(context: Context) -> tuple[DisputedItem, ...]:
    """The operations disputed beside an item: those at its own part of the body, else all."""
    beside = tuple(
        item for item in context.items if item.index != context.item.index and is_operation(item)
    )
    parts = set(context.item.request.body_parts)
    same = tuple(item for item in beside if parts & set(item.request.body_parts))
    return same or beside


def is_operation(item: DisputedItem) -> bool:
    """Whether an item is an operation, and not something that goes with one."""
    return item.request.kind is RequestKind.SURGERY and not item.request.associated_surgical
