"""One time limit laid on one trigger, step by step: start, count, service, last day.

The first day is left out and the last one counts (Civ. Code 10; CCP 12). Hours run in real time
and never move off a closed day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from openimr.model.clock_rules import Extension, Roll, TimeLimit
from openimr.model.deadline import ClockOptions, DeadlineUnit, Step
from openimr.model.moments import PACIFIC, local, local_day
from openimr.model.party import ServiceMethod
from openimr.workflow.calendar import EVENING, Days, count, named, named_day

MAILED = {
    ServiceMethod.MAIL_CALIFORNIA: 5,
    ServiceMethod.MAIL_UNITED_STATES: 10,
    ServiceMethod.MAIL_ABROAD: 20,
}
"""Days from mailing to receipt by where it goes, where nobody says when it was received."""
SERVED = {
    ServiceMethod.PERSONAL: "in person",
    ServiceMethod.MAIL_CALIFORNIA: "by mail within California",
    ServiceMethod.MAIL_UNITED_STATES: "by mail to or from another state",
    ServiceMethod.MAIL_ABROAD: "by mail to or from abroad",
    ServiceMethod.FAX: "by fax",
    ServiceMethod.OVERNIGHT: "by overnight delivery",
    ServiceMethod.ELECTRONIC: "electronically",
}
_ANALOGY = "CCP 1013, by analogy"
_COUNTING = "Civ. Code 10; CCP 12"
_ROLLING = "Civ. Code 10; CCP 12a; 8 CCR 10600"


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """What stays the same from step to step; `run` goes through them."""

    limit: TimeLimit
    service: ServiceMethod | None
    extension: Extension | None
    """What the service adds; of mail within California where the service is not known."""
    days: Days
    options: ClockOptions

    def run(self, trigger: date | datetime) -> tuple[tuple[Step, ...], date | datetime]:
        """The steps, and the last day or moment. A limit in hours must have a moment."""
        steps: list[Step] = []
        if self.options.sent and self.limit.from_receipt:
            step, trigger = self._receipt(trigger)
            steps.append(step)
        if self.limit.unit is DeadlineUnit.IMMEDIATELY:
            return self._at_once(steps, trigger)
        in_hours = self.limit.unit is DeadlineUnit.HOURS or self.limit.hours
        if in_hours and isinstance(trigger, datetime):
            steps.append(Step(text=f"On {named(trigger)} {self.limit.trigger}.", citation=""))
            return self._hours(steps, local(trigger))
        start = self._start(steps, trigger)
        end = self._count(steps, start)
        end = self._extend(steps, end)
        end = self._roll(steps, end)
        steps.extend(self._doubts(start, end))
        return tuple(steps), end

    def _receipt(self, sent: date | datetime) -> tuple[Step, date | datetime]:
        """When it was received, from when it was sent: at once where it is not carried."""
        how = self.service or ServiceMethod.MAIL_CALIFORNIA
        if how in MAILED:
            received = sent + timedelta(days=MAILED[how])
            text = f"Receipt is estimated at {named(received)}, {MAILED[how]} days after mailing."
            step = Step(text=text, citation="CCP 1013(a), by analogy", unverified=True)
            return step, received
        if how is ServiceMethod.OVERNIGHT:
            day = self.days.next_working(local_day(sent))
            text = f"Receipt is estimated at {named(day)}, the next business day."
            return Step(text=text, citation=_ANALOGY, unverified=True), day
        text = f"Served {SERVED[how]}: it was received when it was served, {named(sent)}."
        doubt = how is not ServiceMethod.PERSONAL
        return Step(text=text, citation=_ANALOGY, unverified=doubt), sent

    def _at_once(
        self, steps: list[Step], trigger: date | datetime
    ) -> tuple[tuple[Step, ...], date | datetime]:
        text = f"On {named(trigger)} {self.limit.trigger}: it is due at once."
        steps.append(self._by_law(text))
        for pause in self.options.suspended:
            if pause.until is not None:
                steps.append(_stood_still(pause.since, pause.until))
                trigger = pause.until
        return tuple(steps), trigger

    def _hours(self, steps: list[Step], start: datetime) -> tuple[tuple[Step, ...], datetime]:
        length = self.limit.hours or self.limit.length
        end = start.astimezone(UTC) + timedelta(hours=length)
        for since, until in self._pauses():
            if start <= since < end:
                end += until.astimezone(UTC) - since.astimezone(UTC)
                steps.append(_stood_still(since, until))
        text = f"{length} hours run to {named(end)}; hours are not moved off a closed day."
        return (*steps, self._by_law(text)), local(end)

    def _start(self, steps: list[Step], trigger: date | datetime) -> date:
        """The day that does not count: the trigger's, or that of receipt for an evening fax."""
        day = local_day(trigger)
        evening = isinstance(trigger, datetime) and local(trigger).time() > EVENING
        text = f"On {named(trigger)} {self.limit.trigger}"
        if not (evening and self.limit.evening_fax and self.service is ServiceMethod.FAX):
            steps.append(Step(text=f"{text}; that day does not count.", citation=_COUNTING))
            return day
        received = self.days.next_working(day)
        text = (
            f"{text}, by fax after 17:30 Pacific time: it counts as received on the next business "
            f"day, {named_day(received)}, and that day does not count."
        )
        steps.append(Step(text=text, citation=f"8 CCR 9792.9.1; {_COUNTING}"))
        return received

    def _count(self, steps: list[Step], start: date) -> date:
        limit = self.limit
        pauses = tuple((local_day(since), local_day(until)) for since, until in self._pauses())

        def runs(day: date) -> bool:
            return not any(since < day <= until for since, until in pauses)

        match limit.unit:
            case DeadlineUnit.MONTHS:
                end = _months_later(start, limit.length)
                end = count(start, (end - start).days, runs)
                what = f"{limit.length} months"
            case DeadlineUnit.BUSINESS_DAYS:
                is_working = self.days.is_working
                end = count(start, limit.length, lambda day: runs(day) and is_working(day))
                what = f"{_days(limit.length, 'business')}{self._left_out(start, end)}"
            case _:
                end = count(start, limit.length, runs)
                what = _days(limit.length, "calendar")
        for since, until in pauses:
            if start <= since < end:
                steps.append(_stood_still(since, until))
        verb = "runs" if limit.length == 1 else "run"
        steps.append(self._by_law(f"{what} {verb} to {named_day(end)}."))
        if limit.unit is DeadlineUnit.BUSINESS_DAYS:
            working = self.days.working
            text = f"Business days are counted by the calendar `{working.calendar}`."
            doubt = working.unverified or self.days.calendar.unverified
            steps.append(Step(text=text, citation=working.citation, unverified=doubt))
        return end

    def _left_out(self, start: date, end: date) -> str:
        span = (start + timedelta(days=place) for place in range(1, (end - start).days + 1))
        holidays = [
            f"{self.days.closed(day)} ({day})"
            for day in span
            if day.weekday() < 5 and not self.days.is_working(day)
        ]
        return f", without weekends and {', '.join(holidays)}," if holidays else ""

    def _extend(self, steps: list[Step], end: date) -> date:
        added = self.extension
        if added is None:
            return end
        if self.service is None:
            later = self._added(end, added)
            text = (
                f"How it was served is not known, and nothing is added. By mail within "
                f"California it would be {named_day(self.days.next_open(later))}."
            )
            steps.append(Step(text=text, citation=added.citation))
            return end
        how = SERVED[self.service]
        later = self._added(end, added)
        text = f"Served {how}: nothing is added."
        if added.length:
            unit = "court" if added.unit is DeadlineUnit.BUSINESS_DAYS else "calendar"
            text = f"Served {how}: {_days(added.length, unit)} more, to {named_day(later)}."
        steps.append(Step(text=text, citation=added.citation, unverified=added.unverified))
        return later

    def _added(self, end: date, added: Extension) -> date:
        if added.unit is DeadlineUnit.BUSINESS_DAYS:
            return count(end, added.length, lambda day: not self.days.closed(day))
        return end + timedelta(days=added.length)

    def _roll(self, steps: list[Step], end: date) -> date:
        roll, wanted = self.limit.roll, self.options.roll
        why = self.days.closed(end)
        if not why or roll is Roll.NEVER:
            return end
        moves = roll is Roll.ALWAYS or (roll is Roll.UNLESS_TOLD if wanted is None else wanted)
        doubtful = roll is not Roll.ALWAYS or bool(self.days.calendar.doubtful(end))
        closed = f"{end} is {why} and offices are closed"
        if moves:
            later = self.days.next_open(end)
            text = f"{closed}: the last day moves to {named_day(later)}."
            steps.append(Step(text=text, citation=_ROLLING, unverified=doubtful))
            return later
        text = f"{closed}; the last day is not moved, whether it must be was not checked."
        steps.append(Step(text=text, citation=_ROLLING, unverified=True))
        return end

    def _doubts(self, start: date, end: date) -> Iterator[Step]:
        """Holidays of which it is not known whether they count, where they make a difference."""
        counted = self.limit.unit is DeadlineUnit.BUSINESS_DAYS
        for day, name in self.days.doubts(start if counted else end, end):
            taken = "is taken as closed" if self.days.doubtful else "is taken as open"
            text = f"{name} ({day}) {taken}; whether the list of holidays has it was not checked."
            yield Step(text=text, citation=self.days.calendar.citation, unverified=True)

    def _by_law(self, text: str) -> Step:
        limit = self.limit
        return Step(text=text, citation=limit.citation, unverified=limit.unverified)

    def _pauses(self) -> Iterator[tuple[datetime, datetime]]:
        for pause in self.options.suspended:
            if pause.until is not None:
                yield _moment(pause.since), _moment(pause.until)


def _stood_still(since: date | datetime, until: date | datetime) -> Step:
    text = f"The clock stood still from {named(since)} to {named(until)}."
    return Step(text=text, citation="8 CCR 9792.10.7; Labor Code 4610.5(h)(2)")


def _moment(told: date | datetime) -> datetime:
    """A day stands for its beginning in California."""
    if isinstance(told, datetime):
        return local(told)
    return datetime.combine(told, time(), tzinfo=PACIFIC)


def _months_later(day: date, months: int) -> date:
    """The same day some months later; the last of a month that is too short."""
    years, place = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, place + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _days(length: int, kind: str) -> str:
    return f"{length} {kind} day" if length == 1 else f"{length} {kind} days"
