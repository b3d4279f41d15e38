"""How often and how long: visits, per week, weeks, hours, rental time."""

from __future__ import annotations

import re
from typing import NamedTuple

from openimr.model.numbers import NUMBER, number
from openimr.request.guarded import Guarded
from openimr.request.words import blanked


def _range(name: str) -> str:
    return rf"(?P<{name}>{NUMBER})(?:\s*(?:-|to|or)\s*(?P<{name}_max>{NUMBER}))?"


_VISIT = r"(?:visits?|sessions?|treatments?|appointments?|tx|encounters?)"
_PER = r"(?:a|per|each|every|/)"
_WEEKS = r"(?:weeks?|wks?|wk)"
_TIMES = r"(?:x|times?)"
_BY = r"(?:(?<![\w.])x|(?<!\d)(?<!\d\s)(?<!one\s)(?<!two\s)(?<!three\s)(?<!four\s)\btimes)"
"""`x 4`, `times 4`; in `2 times 4` the second number is one of weeks."""
_ONCE = r"(?P<once>once|twice|thrice)"
_NEEDS_VISIT = "visit session treatment appointment tx encounter"
_NEEDS_WEEK = "week wk"
_WEEKLY = Guarded(
    _NEEDS_WEEK,
    rf"(?:{_range('n')}\s*(?:{_TIMES}|{_VISIT}|days?)?\s*|{_ONCE}\s*)"
    rf"(?:(?:{_PER}|x)\s*(?:week|wk)|weekly)\b\.?",
)
_FOR_WEEKS = Guarded(
    _NEEDS_WEEK,
    rf"(?<![\d.]){_range('n')}\s*-?\s*{_WEEKS}\b",
)
_CROSS = Guarded(
    "x times",
    rf"(?<![\w./#-]){_range('n')}\s*(?:x|times)\s*{_range('m')}\s*(?:{_WEEKS}\b)?"
    r"(?![\w./%]|\s*(?:mg|mcg|visits?|sessions?|treatments?|hours?|days?|months?))",
)
_MONTHLY = Guarded(
    "month",
    rf"(?:{_range('n')}\s*{_TIMES}|{_ONCE})\s*{_PER}\s*month\s*(?:for|x)\s*(?P<m>{NUMBER})\s*months?",
)
_TOTALS = (
    Guarded(
        _NEEDS_VISIT,
        rf"(?<![\w./-]){_range('n')}\s*(?!{_TIMES}\b)(?:[a-z-]+\s+){{0,4}}?{_VISIT}\b(?!\s*{_PER}\s*(?:week|wk|day|month))",
    ),
    Guarded(
        _NEEDS_VISIT,
        rf"\b{_VISIT}\b\s*(?:x|,|:|#|-|\(|\s)*\s*(?<![\w./]){_range('n')}(?!\s*(?:{_TIMES}|{_WEEKS}|[/.%\w-]))",
    ),
    Guarded("#", rf"#\s*{_range('n')}(?![\w./-])"),
    Guarded(
        "x times",
        rf"{_BY}\s*{_range('n')}(?![\w.%-])(?!\s*(?:{_TIMES}|{_WEEKS}|days?|months?|hours?|per|a|/)\b)",
    ),
)
_DURATION = Guarded(
    "hour hr day week wk month",
    # `every 6 months` and `in 6 weeks` tell when, not how long.
    r"(?<![\w./])(?<!every\s)(?<!each\s)(?<!\bin\s)"
    rf"(?P<n>{NUMBER})(?:\s*(?:-|to|or)\s*(?P<n_max>{NUMBER}))?\s*-?\s*(?:additional\s+|full\s+|more\s+|further\s+)?"
    rf"(?P<unit>hours?|hrs?|days?|weeks?|wks?|months?)\b(?!\s*(?:{_PER}|/)\s*(?:day|week|month))",
)
_COUNTS = (
    Guarded("series", rf"\bseries\s+of\s+(?P<n>{NUMBER})"),
    Guarded("#", r"#\s*(?P<n>\d+)(?![\w./-])"),
    Guarded(
        "x times",
        rf"{_BY}\s*(?P<n>{NUMBER})(?![\w./%-])(?!\s*(?:days?|weeks?|wks?|months?|hours?|years?)\b)",
    ),
    Guarded("qty quantity", rf"(?:\bqty|\bquantity)\b\s*[:.#=-]*\s*(?P<n>{NUMBER})"),
    Guarded(
        "unit injection block set pair",
        rf"(?<![\w.-])(?P<n>{NUMBER})\s*(?:units?|injections?|blocks?|sets?|pairs?)\b",
    ),
)
_UNITS = {"h": "hour", "d": "day", "w": "week", "m": "month"}
_ONCE_VALUES = {"once": 1.0, "twice": 2.0, "thrice": 3.0}
_MOST_A_WEEK, _MOST_WEEKS = 7, 52
Span = tuple[float | None, float | None]
"""Lower end (None unless a range is written) and upper end."""


class Schedule(NamedTuple):
    """What a line says of number, frequency and length; a range keeps both ends."""

    visits: Span = (None, None)
    per_week: Span = (None, None)
    weeks: Span = (None, None)
    ambiguities: tuple[str, ...] = ()


def read_schedule(line: str) -> Schedule:
    """Visits, times a week and weeks of a therapy.

    >>> schedule = read_schedule("2-3 times per week for 4-6 weeks")
    >>> schedule.per_week, schedule.weeks, schedule.visits
    ((2.0, 3.0), (4.0, 6.0), (8.0, 18.0))
    """
    monthly = _MONTHLY.search(line)
    if monthly:
        times = _ONCE_VALUES.get((monthly["once"] or "").casefold()) or _span(monthly, "n")[1]
        months = number(monthly["m"])
        total = times * months if times and months else None
        return Schedule(visits=(None, total))
    per_week, weeks, rest = _frequency(line)
    visits = _total(rest)
    if visits[1] is not None and per_week[1] is None and weeks == (None, None):
        return Schedule(visits=visits)
    product = _product(per_week, weeks)
    if visits[1] is None:
        return Schedule(visits=product, per_week=per_week, weeks=weeks)
    notes: tuple[str, ...] = ()
    if product[1] is not None and visits[1] not in product:
        notes = (f"{visits[1]:g} visits are written, the schedule makes {product[1]:g}",)
    return Schedule(visits, per_week, weeks, notes)


def read_visits(line: str) -> float | None:
    """The number of visits alone, where no frequency is expected."""
    return _total(line)[1]


def read_duration(line: str) -> tuple[float | None, str | None]:
    """Length of a rental or programme and its unit; hours count before days, days before weeks."""
    found = _DURATION.all(line)
    for letter in "hdwm":
        for match in found:
            if match["unit"][0].casefold() == letter:
                return _span(match, "n")[1], _UNITS[letter]
    return None, None


def read_count(line: str) -> float | None:
    """How many injections, devices or tests: `series of 3`, `x 4`, `#1`."""
    for pattern in _COUNTS:
        found = pattern.search(line)
        if found is not None:
            return number(found["n"])
    return None


def _frequency(line: str) -> tuple[Span, Span, str]:
    """Times a week and weeks, and the line without them."""
    weekly = _WEEKLY.search(line)
    if weekly is not None:
        once = _ONCE_VALUES.get((weekly["once"] or "").casefold())
        per_week: Span = (None, once) if once else _span(weekly, "n")
        line = _without(line, weekly)
        weeks = _FOR_WEEKS.search(line)
        if weeks is None:
            return per_week, (None, None), line
        return per_week, _span(weeks, "n"), _without(line, weeks)
    cross = _CROSS.search(line)
    if cross is not None and _is_schedule(cross):
        return _span(cross, "n"), _span(cross, "m"), _without(line, cross)
    weeks = _FOR_WEEKS.search(line)
    if weeks is not None:
        return (None, None), _span(weeks, "n"), _without(line, weeks)
    return (None, None), (None, None), line


def _is_schedule(cross: re.Match[str]) -> bool:
    """Whether `2 x 6` can be times a week and weeks: not `20 x 100`."""
    per_week, weeks = _span(cross, "n")[1], _span(cross, "m")[1]
    return (per_week or 99) <= _MOST_A_WEEK and (weeks or 99) <= _MOST_WEEKS


def _without(line: str, found: re.Match[str]) -> str:
    return blanked(line, [found.span()])


def _span(found: re.Match[str], name: str) -> Span:
    low = number(found[name]) if found[name] else None
    high = number(found[f"{name}_max"]) if found[f"{name}_max"] else None
    return (None, low) if high is None else (low, high)


def _total(line: str) -> Span:
    for pattern in _TOTALS:
        found = pattern.search(line)
        if found is not None:
            return _span(found, "n")
    return (None, None)


def _product(per_week: Span, weeks: Span) -> Span:
    if per_week[1] is None or weeks[1] is None:
        return (None, None)
    low = (per_week[0] or per_week[1]) * (weeks[0] or weeks[1])
    high = per_week[1] * weeks[1]
    return (low if low != high else None, high)
