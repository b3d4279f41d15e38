"""What cannot be true of a case: days in an impossible order, items numbered twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from openimr.model.application import ImrCase
from openimr.model.moments import local_day
from openimr.workflow.ground_view import value_at

_ORDER = (
    ("date_of_birth", "date_of_injury"),
    ("date_of_injury", "rfa_date"),
    ("date_of_injury", "ur_decision.issued"),
    ("rfa_date", "ur_decision.issued"),
    ("ur_decision.issued", "ur_decision.served"),
    ("ur_decision.issued", "ur_decision.communicated"),
    ("ur_decision.issued", "application.received"),
    ("ur_decision.served", "ur_decision.received"),
    ("application.signed_on", "application.received"),
    ("application.received", "application.withdrawn_on"),
    ("liability.raised", "liability.resolved"),
    ("liability.resolved", "liability.resolution_served"),
)
"""The first of each pair cannot be later than the second."""


def problems_of(case: ImrCase) -> tuple[str, ...]:
    """Each contradiction in a sentence with the paths of its fields; empty if there is none."""
    return (*_days(case), *_items(case))


def impossible_pairs(case: ImrCase) -> tuple[tuple[str, str], ...]:
    """The pairs of fields whose days are in an impossible order."""
    return tuple(pair for pair in _ORDER if _reversed(case, *pair))


def _days(case: ImrCase) -> Iterator[str]:
    for earlier, later in impossible_pairs(case):
        first, second = _day(case, earlier), _day(case, later)
        yield f"{later} ({second}) is before {earlier} ({first})"


def _reversed(case: ImrCase, earlier: str, later: str) -> bool:
    first, second = _day(case, earlier), _day(case, later)
    return first is not None and second is not None and second < first


def _day(case: ImrCase, path: str) -> date | None:
    if path == "application.received":
        received = case.application.received
        return local_day(received) if received else None
    value = value_at(case, path)
    return value if isinstance(value, date) else None


def _items(case: ImrCase) -> Iterator[str]:
    for position, item in enumerate(case.items, start=1):
        if item.index != position:
            yield f"items: the item in place {position} has the number {item.index}"
        if not item.request_text.strip():
            yield f"items[{position}].request_text is empty"
