"""`process/calendars.yaml` -> calendars by rule, checked against their own lists by year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from openimr.model.calendar import WEEKDAYS, Calendar, Holiday, WorkingDays
from openimr.rulebook.schema import Reader
from openimr.rulebook.yaml_nodes import Node, Problems

FILE = "calendars.yaml"
_ROOT = dict.fromkeys(("checked_on", "calendars", "working_days"), True)
_CALENDAR = {
    **dict.fromkeys(("id", "name", "citation", "saturday", "sunday"), True),
    **dict.fromkeys(("holidays", "declared", "years"), True),
    "unverified": False,
}
_HOLIDAY = {
    "name": True,
    **dict.fromkeys(("month", "day", "weekday", "nth", "after", "dates", "saturday"), False),
    **dict.fromkeys(("first_year", "last_year", "unverified"), False),
}
_WORKING = {
    **dict.fromkeys(("id", "calendar", "counted", "effective_from", "citation"), True),
    **dict.fromkeys(("effective_to", "unverified"), False),
}
_MOVES = {"saturday": {"stays": 0, "friday": -1}, "sunday": {"stays": 0, "monday": 1}}
_DAYS_NAMED = {name.casefold(): place for place, name in enumerate(WEEKDAYS)}


def read_calendars(
    root: Node | None, problems: Problems
) -> tuple[Mapping[str, Calendar], tuple[WorkingDays, ...]]:
    """Calendars by id, and what counts as a working day; problems are noted."""
    if root is None:
        return {}, ()
    reader = _Calendars(problems)
    fields = reader.keys(root, _ROOT)
    nodes = fields["calendars"].items() if "calendars" in fields else ()
    found = {one.id: one for one in map(reader.calendar, nodes)}
    working = fields["working_days"].items() if "working_days" in fields else ()
    return found, tuple(reader.working(node, found) for node in working)


class _Calendars(Reader):
    def calendar(self, node: Node) -> Calendar:
        fields = self.keys(node, _CALENDAR)
        moves = {key: self._moves(fields, key) for key in _MOVES}
        holidays = fields["holidays"].items() if "holidays" in fields else ()
        found = Calendar(
            id=self.text(fields, "id"),
            name=self.text(fields, "name"),
            citation=self.text(fields, "citation"),
            holidays=tuple(self._holiday(one, moves) for one in holidays),
            declared=self._declared(fields.get("declared")),
            unverified=self.flag(fields, "unverified"),
        )
        if not self.problems.lines:
            self._check_years(fields.get("years"), found)
        return found

    def _moves(self, fields: Mapping[str, Node], key: str) -> int:
        node = fields.get(key)
        if node is None:
            return 0
        known = _MOVES[key]
        word = str(node.plain())
        if word not in known:
            mend = f"use one of: {', '.join(known)}"
            self.problems.add(node, f"a {key} cannot become `{word}`", mend)
        return known.get(word, 0)

    def _holiday(self, node: Node, moves: Mapping[str, int]) -> Holiday:
        fields = self.keys(node, _HOLIDAY)
        saturday = self._moves(fields, "saturday") if "saturday" in fields else moves["saturday"]
        found = Holiday(
            name=self.text(fields, "name"),
            month=self.number(fields, "month", 0),
            day=self.number(fields, "day", 0),
            weekday=self._weekday(fields.get("weekday")),
            nth=self.number(fields, "nth", 0),
            after=self.number(fields, "after", 0),
            dates=self._dates(fields.get("dates")),
            first_year=self.number(fields, "first_year", 1),
            last_year=self.number(fields, "last_year", 9999),
            saturday_moves=saturday,
            sunday_moves=moves["sunday"],
            unverified=self.flag(fields, "unverified"),
        )
        self._check_rule(node, found)
        return found

    def _check_rule(self, node: Node, holiday: Holiday) -> None:
        """A rule says which day it means in exactly one way, and the day is there every year."""
        counted = holiday.weekday is not None and holiday.nth in {-1, 1, 2, 3, 4}
        ways = (bool(holiday.dates), holiday.day != 0, counted)
        if sum(ways) != 1 or (not holiday.dates and not 1 <= holiday.month <= 12):
            mend = "write month with day, month with weekday and nth (-1, 1 to 4), or dates"
            self.problems.add(node, f"the rule of `{holiday.name}` names no day", mend)
            return
        try:
            holiday.observed(2023)
        except ValueError:
            what = f"`{holiday.name}` falls on a day that not every year has"
            self.problems.add(node, what, "mend month and day")

    def _weekday(self, node: Node | None) -> int | None:
        if node is None:
            return None
        word = str(node.plain())
        if word not in _DAYS_NAMED:
            mend = f"use one of: {', '.join(_DAYS_NAMED)}"
            self.problems.add(node, f"`{word}` is no weekday", mend)
        return _DAYS_NAMED.get(word)

    def _dates(self, node: Node | None) -> tuple[date, ...]:
        found = []
        for item in node.items() if node is not None else ():
            day = item.plain()
            if isinstance(day, date):
                found.append(day)
            else:
                self.problems.add(item, f"`{day}` is not a date", "write a real day as YYYY-MM-DD")
        return tuple(found)

    def _declared(self, node: Node | None) -> Mapping[date, str]:
        found: dict[date, str] = {}
        for item in node.items() if node is not None else ():
            fields = self.keys(item, {"day": True, "name": True})
            day = self.day(fields, "day")
            if day is not None:
                found[day] = self.text(fields, "name")
        return MappingProxyType(found)

    def _check_years(self, node: Node | None, calendar: Calendar) -> None:
        """A list by year has exactly the days that the rules give for that year."""
        for year, listed in (node.fields() if node is not None else {}).items():
            days = set(self._dates(listed))
            ruled = {
                day
                for holiday in calendar.holidays
                if not holiday.unverified
                for day in (holiday.observed(int(year)), holiday.observed(int(year) + 1))
                if day is not None and day.year == int(year)
            }
            for day in sorted(days ^ ruled):
                what = (
                    f"{day} is listed, but no rule gives it"
                    if day in days
                    else f"the rules give {day} ({calendar.holiday(day)}), but it is not listed"
                )
                self.problems.add(listed, what, "mend the list or the rule")

    def working(self, node: Node, calendars: Mapping[str, Calendar]) -> WorkingDays:
        fields = self.keys(node, _WORKING)
        calendar = self.text(fields, "calendar")
        known = calendars.get(calendar)
        if known is None and "calendar" in fields:
            mend = f"use one of: {', '.join(calendars)}"
            self.problems.add(fields["calendar"], f"unknown calendar `{calendar}`", mend)
        counted = self.words(fields, "counted")
        for name, at in counted:
            if known is not None and name not in {one.name for one in known.holidays}:
                what = f"`{calendar}` has no holiday `{name}`"
                self.problems.add(at, what, "use the name of a holiday of the calendar")
        first, last = self.days(fields)
        return WorkingDays(
            id=self.text(fields, "id"),
            calendar=calendar,
            counted=tuple(name for name, _ in counted),
            effective_from=first,
            effective_to=last,
            citation=self.text(fields, "citation"),
            unverified=self.flag(fields, "unverified"),
        )
