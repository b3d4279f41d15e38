"""How many visits a request asks for, and what UR already allowed of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openimr.evaluate.context import Context
from openimr.evaluate.dose import Range
from openimr.evaluate.wording import plain
from openimr.model.case import DisputedItem, UrAction
from openimr.model.request import Request

HOURS_OF_A_DAY = 8
"""A full day of a programme: 160 hours are 20 full-day sessions (MTUS Chronic Pain 2009, p. 32)."""
_DAYS_OF_A_WEEK = 5
_FIRST = frozenset({"initial", "trial"})
_MORE = frozenset({"additional", "continued", "continue", "continuing", "further", "extension"})
_WORD = re.compile(r"[a-z]+")
_GRANTED = re.compile(
    r"\b(\d{1,3})\s*(?:more\s+|additional\s+|initial\s+)?"
    r"(?:\w+\s+){0,3}?(?:visits?|sessions?|treatments?|days?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Asked:
    """Visits in dispute, and those that UR allowed, which come before them."""

    visits: Range
    shown: str
    """The sum as a reader checks it: `2 a week x 6 weeks = 12 visits`."""
    granted: float = 0


def is_called_first(context: Context) -> bool:
    """Whether the line asks for a first course: `(initial trial)`."""
    return not _FIRST.isdisjoint(_words(context))


def is_called_more(context: Context) -> bool:
    """Whether the line says itself that there were visits before: `12 additional visits`."""
    return not _MORE.isdisjoint(_words(context))


def _words(context: Context) -> list[str]:
    item = context.item
    return _WORD.findall(f"{item.request_text} {item.request.text}".casefold())


def asked_visits(context: Context) -> Asked | None:
    """The visits in dispute; of a modified request the part that UR did not allow.

    None where the line tells no number.
    """
    request = context.item.request
    if request.modified and request.remaining_n is not None:
        rest = request.remaining_n
        return Asked(Range(rest, rest), f"{_counted(rest)} remaining", request.authorized_n or 0)
    whole = _whole(request)
    granted = _granted(context.item)
    if whole is None or not 0 < granted < whole.visits.low:
        return whole
    left = Range(whole.visits.low - granted, whole.visits.high - granted)
    shown = f"{whole.shown}, less the {plain(granted)} that UR allowed = {left}"
    return Asked(left, shown, granted)


def asked_days(context: Context) -> Asked | None:
    """The full days of a programme: its hours, days or weeks, else its sessions."""
    request = context.item.request
    length, unit = request.duration, request.duration_unit
    if length is not None and unit == "hour":
        days = length / HOURS_OF_A_DAY
        shown = f"{plain(length)} hours / {HOURS_OF_A_DAY} = {plain(days)} full days"
        return Asked(Range(days, days), shown)
    if length is not None and unit == "day":
        return Asked(Range(length, length), f"{plain(length)} days")
    weeks = length if unit == "week" else request.weeks
    if request.visits is None and request.per_week is None and weeks:
        days = weeks * _DAYS_OF_A_WEEK
        shown = f"{plain(weeks)} weeks x {_DAYS_OF_A_WEEK} days = {plain(days)} days"
        return Asked(Range(days, days), shown)
    return asked_visits(context)


def _whole(request: Request) -> Asked | None:
    """All visits of the line, before anything is taken off."""
    if request.visits is not None:
        span = Range(request.visits_min or request.visits, request.visits)
        if request.per_week and request.weeks and request.per_week * request.weeks == span.high:
            return Asked(span, _product(request, span))
        return Asked(span, f"{span} visit{'' if span.high == 1 else 's'}")
    if request.per_week and request.weeks:
        least = (request.per_week_min or request.per_week) * (request.weeks_min or request.weeks)
        span = Range(least, request.per_week * request.weeks)
        return Asked(span, _product(request, span))
    return None


def _product(request: Request, span: Range) -> str:
    often = Range(request.per_week_min or request.per_week or 0, request.per_week or 0)
    long = Range(request.weeks_min or request.weeks or 0, request.weeks or 0)
    return f"{often} a week x {long} weeks = {span} visits"


def _granted(item: DisputedItem) -> float:
    """The visits that UR's words allow; none unless it modified the request."""
    if item.ur_action is not UrAction.MODIFY or not item.ur_granted:
        return 0
    found = _GRANTED.search(item.ur_granted)
    return float(found[1]) if found else 0


def _counted(visits: float) -> str:
    return f"{plain(visits)} visit{'' if visits == 1 else 's'}"
