"""Open days and working days: two questions about a day, and how days are counted.

A day is open if offices are open: neither Saturday, Sunday nor a holiday of the calendar. A working
day is what time limits in business days count, which before 2020 was not quite the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from openimr.model.calendar import SATURDAY, WEEKDAYS, Calendar, WorkingDays
from openimr.model.moments import local

EVENING = time(17, 30)
"""A request by fax after this time, Pacific, is received on the next business day."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """A calendar with what counts as a working day under the rules of a case."""

    calendar: Calendar
    working: WorkingDays
    doubtful: bool = False
    """Whether holidays that may not be on the list are taken to be on it."""

    def closed(self, day: date) -> str:
        """Why offices are closed on a day: the weekday or the holiday; empty if they are open."""
        if day.weekday() >= SATURDAY:
            return f"a {WEEKDAYS[day.weekday()]}"
        return self.calendar.holiday(day, doubtful=self.doubtful)

    def is_working(self, day: date) -> bool:
        """Whether a day is a business day."""
        why = self.closed(day)
        return not why or why in self.working.counted

    def next_open(self, day: date) -> date:
        """The day itself if offices are open, else the next day on which they are."""
        while self.closed(day):
            day += _DAY
        return day

    def next_working(self, day: date) -> date:
        """The first business day after a day."""
        return count(day, 1, self.is_working)

    def doubts(self, first: date, last: date) -> tuple[tuple[date, str], ...]:
        """Weekdays of a span, both ends included, on which a doubtful holiday falls."""
        span = (first + _DAY * place for place in range((last - first).days + 1))
        named = ((day, self.calendar.doubtful(day)) for day in span if day.weekday() < SATURDAY)
        return tuple((day, name) for day, name in named if name)


def count(start: date, length: int, counts: Callable[[date], bool]) -> date:
    """The last of a number of days that count; the day of the start does not."""
    day, left = start, length
    while left > 0:
        day += _DAY
        left -= counts(day)
    return day


def named_day(day: date) -> str:
    """`Tuesday 2015-03-17`."""
    return f"{WEEKDAYS[day.weekday()]} {day.isoformat()}"


def named(moment: date | datetime) -> str:
    """`Tuesday 2015-03-17`, or `Tuesday 2015-03-17 09:12 PDT`."""
    if not isinstance(moment, datetime):
        return named_day(moment)
    at = local(moment)
    return f"{named_day(at.date())} {at:%H:%M %Z}"
