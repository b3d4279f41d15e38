"""Care already given is judged on what was known when it was given.

A request marked retrospective looks back: what the record says only of later days cannot have been
a reason for the treatment, and cannot speak against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from openimr.evaluate.regimen import first_day_of
from openimr.model.case import DisputedItem
from openimr.model.evidence import Fact
from openimr.model.labels import us_date


def service_day(item: DisputedItem, decided: date) -> date | None:
    """The day on which care in dispute was given; None for a request, or where no line tells it.

    A day after the decision under review is a slip of the pen and tells nothing.

    Args:
        item: the disputed item.
        decided: the day of the decision under review.
    """
    request = item.request
    day = request.date_of_service if request.retrospective else None
    return day if day is not None and day <= decided else None


def known_then(facts: Iterable[Fact], served: date | None) -> tuple[Fact, ...]:
    """The facts that speak of the day of service or before, or were written by then; undated too.

    A date known to the month counts as its first day: it cannot be shown to be later.
    """
    return tuple(fact for fact in facts if served is None or _earliest(fact, served) <= served)


def retrospect_notes(
    item: DisputedItem, served: date | None, facts: Sequence[Fact]
) -> tuple[str, ...]:
    """What the reviewer should know of the days that count."""
    if not item.request.retrospective:
        return ()
    if served is None:
        return (
            "The request is for care already given, and no line tells its day: what the record "
            "says of later days could not be left out.",
        )
    later = len(facts) - len(known_then(facts, served))
    counted = f"{later} statement{'' if later == 1 else 's'} of later days left out"
    told = counted if later else "no statement of a later day is in the record"
    return (f"Judged on what was known on {us_date(served)}, when the care was given: {told}.",)


def _earliest(fact: Fact, served: date) -> date:
    written = fact.written.first_day() if fact.written is not None else None
    days = [day for day in (first_day_of(fact), written) if day is not None]
    return min(days, default=served)
