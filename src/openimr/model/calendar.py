"""Holidays by rule, the days on which a calendar is closed, and which of them count as working.

third Monday of January  +  2026  ->  2026-01-19
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY, SUNDAY = 5, 6
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A holiday: a day of a month, the nth weekday of a month, or days listed one by one."""

    name: str
    month: int = 0
    """1 to 12; 0 where `dates` lists the days."""
    day: int = 0
    """Of the month; 0 where a weekday is counted."""
    weekday: int | None = None
    """0 Monday to 6 Sunday."""
    nth: int = 0
    """1 to 4, or -1 for the last one of the month."""
    after: int = 0
    """Days after the day so found."""
    dates: tuple[date, ...] = ()
    first_year: int = 1
    last_year: int = 9999
    saturday_moves: int = 0
    """By how many days it moves if it falls on a Saturday: -1 to the Friday, 0 not at all."""
    sunday_moves: int = 0
    unverified: bool = False
    """Whether it is doubtful that the list has it; such a day is open unless told otherwise."""

    def observed(self, year: int) -> date | None:
        """The day on which the holiday of a year is kept; None if that year has none.

        The New Year's Day of a year can be kept on the last day of the year before.
        """
        if self.dates:
            return next((day for day in self.dates if day.year == year), None)
        if not self.first_year <= year <= self.last_year:
            return None
        day = self._named(year) + timedelta(days=self.after)
        moves = {SATURDAY: self.saturday_moves, SUNDAY: self.sunday_moves}
        return day + timedelta(days=moves.get(day.weekday(), 0))

    def _named(self, year: int) -> date:
        if self.weekday is None:
            return date(year, self.month, self.day)
        if self.nth > 0:
            first = date(year, self.month, 1)
            ahead = (self.weekday - first.weekday()) % 7
            return first + timedelta(days=ahead + 7 * (self.nth - 1))
        last = date(year + self.month // 12, self.month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - self.weekday) % 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The holidays of an authority."""

    id: str
    name: str
    citation: str
    holidays: tuple[Holiday, ...]
    declared: Mapping[date, str]
    """Single days declared, with their names."""
    unverified: bool = False

    def holiday(self, day: date, *, doubtful: bool = False) -> str:
        """The name of the holiday kept on a day; empty if there is none.

        Args:
            day: the day.
            doubtful: whether holidays that may not be on the list are taken to be on it.
        """
        if day in self.declared:
            return self.declared[day]
        for holiday in self.holidays:
            if (doubtful or not holiday.unverified) and self._kept(holiday, day):
                return holiday.name
        return ""

    def doubtful(self, day: date) -> str:
        """The name of a holiday of a day of which it is not known whether the list has it."""
        named = (one.name for one in self.holidays if one.unverified and self._kept(one, day))
        return next(named, "")

    @staticmethod
    def _kept(holiday: Holiday, day: date) -> bool:
        return day in {holiday.observed(year) for year in (day.year, day.year + 1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingDays:
    """What a business day is, for UR decisions of a period."""

    id: str
    calendar: str
    """Id of the calendar whose holidays are no business days."""
    counted: tuple[str, ...]
    """Names of holidays of it that are business days all the same."""
    effective_from: date
    effective_to: date | None
    citation: str
    unverified: bool = False

    def in_force(self, day: date) -> bool:
        """Whether it governs UR decisions of a day."""
        return self.effective_from <= day <= (self.effective_to or date.max)
