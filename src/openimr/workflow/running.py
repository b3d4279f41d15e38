"""Which clocks of a case run, stand still, or are done: a replay of its events.

(case, events, rules) -> clocks; what an act does to clocks is data (`deadlines.yaml: acts`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from openimr.model.application import ImrCase
from openimr.model.clock_rules import ACT_TIME, EVERY, ActClocks, ClockRules, ClockStart, TimeLimit
from openimr.model.deadline import (
    CaseClock,
    ClockOptions,
    DeadlineUnit,
    Due,
    Standing,
    Suspension,
)
from openimr.model.errors import InputError
from openimr.model.event import Event
from openimr.model.moments import local_day, read_moment
from openimr.model.party import PartyRole, ServiceMethod
from openimr.workflow.clock import due, program_of
from openimr.workflow.service import services_of
from openimr.workflow.told import Told, regime_day


def running_clocks(
    case: ImrCase, events: Sequence[Event], rules: ClockRules, party: PartyRole | None = None
) -> tuple[CaseClock, ...]:
    """Every clock that acts of the case started, in that order.

    The rules are those of the day of the UR decision; where nobody stated it, of the application.

    Args:
        case: what was filed.
        events: what happened.
        rules: the rules of the clock.
        party: whose own last day is meant where a limit is open to any party and each has its
            own by its service; None: the last of all parties' days.

    Raises:
        InputError: an event holds a day, service or number that is none; it is named.
    """
    clocks: list[_Clock] = []
    told = Told(case=case, party=party)
    for event in events:
        effect = rules.acts.get(event.act)
        try:
            told = told.after(event)
            if effect is not None:
                _apply(clocks, effect, event, told, rules)
        except ValueError as error:
            raise InputError(
                f"event {event.number} ({event.act}) holds what cannot be read",
                why=str(error),
                remedy="days are written as 2015-03-17, moments as 2015-03-17T09:30:00-07:00, "
                "outcomes as 1=UPHELD,2=OVERTURNED",
            ) from error
    return tuple(clock.shown(told, rules) for clock in clocks)


@dataclass(slots=True, kw_only=True)
class _Clock:
    """A clock while events are gone through."""

    start: ClockStart
    variant: str
    event: Event
    trigger: date | datetime
    sent: bool
    length: int | None
    services: tuple[ServiceMethod | None, ...]
    """Of all who may act; the last of their days is the last day."""
    standing: Standing = Standing.RUNNING
    closed_at: date | datetime | None = None
    pauses: tuple[Suspension, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.standing in {Standing.RUNNING, Standing.SUSPENDED}

    def due(self, told: Told, rules: ClockRules) -> Due:
        ended = tuple(one for one in self.pauses if one.until is not None)
        options = ClockOptions(
            variant=self.variant, sent=self.sent, length=self.length, suspended=ended
        )
        each = [
            due(
                rules,
                self.start.deadline,
                self.trigger,
                service,
                regime_day=regime_day(told.case),
                program=told.case.program,
                options=options,
            )
            for service in self.services
        ]
        return max(each, key=lambda one: (local_day(one.due), one.due.isoformat()))

    def shown(self, told: Told, rules: ClockRules) -> CaseClock:
        return CaseClock(
            deadline=self.start.deadline,
            variant=self.variant,
            standing=self.standing,
            due=self.due(told, rules),
            started_by=self.event.number,
            closed_at=self.closed_at,
        )


def _apply(
    clocks: list[_Clock], effect: ActClocks, event: Event, told: Told, rules: ClockRules
) -> None:
    """Do to the clocks what one act does."""
    replaced = [clock for clock in clocks if clock.is_open]
    started = [
        clock for start in effect.starts if (clock := _started(start, event, told, rules, replaced))
    ]
    moment = _moment(event, ("done_on", "received", "filed_on", "served_on"))
    for clock in replaced:
        name = clock.start.deadline
        if _names(effect.meets, name) and not _still_owed(clock, told):
            clock.standing, clock.closed_at = Standing.MET, moment
        elif _names(effect.ends, name) or any(name in one.start.replaces for one in started):
            clock.standing, clock.closed_at = Standing.ENDED, event.at
        elif _names(effect.suspends, name) and clock.standing is Standing.RUNNING:
            clock.standing = Standing.SUSPENDED
            clock.pauses += (Suspension(since=event.at),)
        elif _names(effect.resumes, name) and clock.standing is Standing.SUSPENDED:
            clock.standing = Standing.RUNNING
            clock.pauses = (*clock.pauses[:-1], replace(clock.pauses[-1], until=event.at))
    clocks.extend(started)


def _names(listed: Iterable[str], deadline: str) -> bool:
    return any(one in {deadline, EVERY} for one in listed)


def _still_owed(clock: _Clock, told: Told) -> bool:
    """Whether items of this clock are not implemented yet."""
    past = clock.start.retrospective
    return past is not None and bool(told.owed(retrospective=past))


def _started(
    start: ClockStart, event: Event, told: Told, rules: ClockRules, running: list[_Clock]
) -> _Clock | None:
    """The clock that an act starts, if it starts in this case."""
    given_up = [clock for clock in running if clock.start.deadline in start.replaces]
    past = start.retrospective
    limits = _limits(start, told, rules)
    if not limits:
        return None
    services = services_of(limits[0], told.case, event, told.party)
    if (
        (start.priorities and told.priority not in start.priorities)
        or (start.services and not set(services) & set(start.services))
        or (start.replaces and not given_up)
        or any(key not in event.data for key in start.given)
        or (past is not None and not told.owed(retrospective=past))
    ):
        return None
    trigger, sent = _trigger(start, event, limits[0])
    if start.from_due and given_up:
        trigger = given_up[0].due(told, rules).due
    days = event.data.get("days")
    length = int(days) if days and start.from_due else None
    return _Clock(
        start=start,
        variant=limits[0].variant if start.variant else "",
        event=event,
        trigger=trigger,
        sent=sent,
        length=length,
        services=services,
    )


def _limits(start: ClockStart, told: Told, rules: ClockRules) -> tuple[TimeLimit, ...]:
    """The limits in force that the clock may be, those of its variant first; none: no such clock.

    A program that does not split a deadline as California does has its own first one.
    """
    on = regime_day(told.case)
    limits = [
        one
        for rule in program_of(rules, told.case.program).deadlines
        if rule.id == start.deadline
        for one in rule.limits
        if one.in_force(on)
    ]
    return tuple(sorted(limits, key=lambda one: one.variant != start.variant))


def _trigger(start: ClockStart, event: Event, limit: TimeLimit) -> tuple[date | datetime, bool]:
    """What starts the clock, and whether it is a day of mailing only."""
    known = {*event.data, ACT_TIME}
    sent = not known & set(start.dated) and bool(known & set(start.sent))
    found = _moment(event, start.sent if sent else start.dated)
    timeless = not isinstance(found, datetime)
    return (event.at if timeless and limit.unit is DeadlineUnit.HOURS else found), sent


def _moment(event: Event, keys: Iterable[str]) -> date | datetime:
    """The first of the keys that an event's data has, as a day or moment; else its own time."""
    for key in keys:
        if key in event.data:
            return read_moment(event.data[key])
    return event.at
