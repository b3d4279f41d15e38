"""CaseFacts -> the annual figures; each is counted in the year of its own day.

Applications and fees by receipt, determinations, items and ages by mailing, limits by their last
day, terminations and appeals by the day of the act.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import ceil
from statistics import fmean, median

from openimr.model.annual import (
    Ages,
    CaseFacts,
    ClockFact,
    Fees,
    Figures,
    ItemFact,
    Outcomes,
    Standing,
    Timing,
)

_NINE_OF_TEN = 0.9


def figures(cases: Sequence[CaseFacts], year: int | None = None) -> Figures:
    """The figures of a year.

    Args:
        cases: every case once.
        year: None: all years.
    """
    filed = [case for case in cases if _within(case.received, year)]
    unique = [case for case in filed if case.standing is not Standing.DUPLICATE]
    decided = [case for case in cases if case.decided and _within(case.decided, year)]
    items = [item for case in decided for item in case.items]
    clocks = [one for case in cases for one in case.clocks if _within(one.due, year)]
    late = [one for one in clocks if one.records and one.timing is Timing.LATE]
    ended = [case for case in cases if case.terminated and _within(case.terminated, year)]
    return Figures(
        year=year,
        gross=len(filed),
        unique=len(unique),
        standing=_counted(case.standing for case in unique),
        ineligible_by=_counted(ground for case in unique for ground in case.grounds),
        letters=_counted(_letter(case.items) for case in decided),
        items=_outcomes(items),
        by_category={
            category: _outcomes([one for one in items if one.category == category])
            for category in sorted({one.category for one in items})
        },
        from_assignment=_ages((case.assigned, case.decided) for case in decided),
        from_complete_records=_ages((case.complete, case.decided) for case in decided),
        timeliness=_timeliness(clocks),
        titles={one.deadline: one.title for one in clocks},
        records_late=len(late),
        penalties=sum(one.penalty for one in late),
        terminated=_counted(case.termination for case in ended),
        appeals=_counted(how for case in cases for day, how in case.appeals if _within(day, year)),
        fees=_fees(filed),
    )


def _within(day: date | None, year: int | None) -> bool:
    """A case without the day counts only where no year is asked for."""
    return year is None or (day is not None and day.year == year)


def _counted(names: Iterable[str]) -> Mapping[str, int]:
    return dict(sorted(Counter(map(str, names)).items()))


def _letter(items: Sequence[ItemFact]) -> str:
    overturned = {item.overturned for item in items}
    if len(overturned) > 1:
        return "mixed"
    return "overturned" if True in overturned else "upheld"


def _outcomes(items: Sequence[ItemFact]) -> Outcomes:
    overturned = sum(item.overturned for item in items)
    return Outcomes(upheld=len(items) - overturned, overturned=overturned)


def _ages(spans: Iterable[tuple[date | None, date | None]]) -> Ages:
    days = sorted((last - first).days for first, last in spans if first and last)
    if not days:
        return Ages(determinations=0)
    return Ages(
        determinations=len(days),
        median=median(days),
        mean=fmean(days),
        p90=days[ceil(_NINE_OF_TEN * len(days)) - 1],
    )


def _timeliness(clocks: Sequence[ClockFact]) -> Mapping[str, Mapping[str, int]]:
    names = sorted({one.deadline for one in clocks}, key=lambda name: int(name[1:]))
    return {
        name: {
            timing.value: sum(one.deadline == name and one.timing is timing for one in clocks)
            for timing in Timing
        }
        for name in names
    }


def _fees(cases: Sequence[CaseFacts]) -> Mapping[str, Fees]:
    owed = [case for case in cases if case.fee_class is not None]
    found: dict[str, Fees] = {}
    for kind in sorted({str(case.fee_class) for case in owed}):
        amounts = [case.fee for case in owed if case.fee_class == kind]
        known = [amount for amount in amounts if amount is not None]
        found[kind] = Fees(
            applications=len(amounts), amount=sum(known), unknown=len(amounts) - len(known)
        )
    return found
