"""case + events + clocks -> what one case adds to the annual figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openimr.model.annual import CaseFacts, ClockFact, ItemFact, Standing, Timing
from openimr.model.application import FiledItem, ImrCase, Priority
from openimr.model.deadline import CaseClock
from openimr.model.deadline import Standing as ClockStanding
from openimr.model.event import Event
from openimr.model.moments import local, local_day, read_moment
from openimr.model.money import FeeClass, MoneyRules
from openimr.model.process_state import CaseState, Flag, ItemState, State
from openimr.workflow.money import fee, penalty_for

RECORDS = frozenset({"D14", "D15", "D16"})
RIGHTS = frozenset({"D7", "D8", "D9", "D10", "D17", "D25", "D26"})
"""Limits on what somebody may do: not to use them is not to be late."""
_FOUND = {
    "find_eligible": Standing.ELIGIBLE,
    "find_ineligible": Standing.INELIGIBLE,
    "defer": Standing.DEFERRED,
    "resume": Standing.UNDECIDED,
}
_OPEN = frozenset({ClockStanding.RUNNING, ClockStanding.SUSPENDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """A case with all that its events give."""

    case: ImrCase
    events: Sequence[Event]
    state: State
    clocks: Sequence[CaseClock]
    as_of: datetime


def facts(told: Replayed, category: Callable[[FiledItem], str], money: MoneyRules) -> CaseFacts:
    """What the case adds.

    Args:
        told: the case.
        category: of an item, as the report names it.
        money: fees and penalties.
    """
    state, received = told.state, told.case.application.received
    issued = _last(told.events, "issue") if Flag.ISSUED_SHA256 in state.flags else None
    complete = _last(told.events, "complete_records", "records_expired")
    standing = _standing(told)
    ineligible = _last(told.events, "find_ineligible")
    ended = _last(told.events, "terminate") if state.state is CaseState.TERMINATED else None
    kind, amount = _fee(told, money)
    return CaseFacts(
        case_number=told.case.case_number,
        received=local_day(received) if received else None,
        standing=standing,
        grounds=_words(ineligible) if standing is Standing.INELIGIBLE and ineligible else (),
        decided=_day(issued, "served_on"),
        assigned=_day(_served(told.events), "served_on"),
        complete=_day(complete, "received", "due"),
        items=tuple(_items(told, category)) if issued else (),
        clocks=tuple(_clock(clock, told.as_of, money) for clock in told.clocks),
        terminated=_day(ended),
        termination=_termination(ended, state) if ended else "",
        appeals=tuple(_appeals(told.events)),
        fee_class=kind,
        fee=amount,
    )


def _standing(told: Replayed) -> Standing:
    if Flag.DUPLICATE_OF in told.state.flags:
        return Standing.DUPLICATE
    found = Standing.UNDECIDED
    for event in told.events:
        again = event.act == "reopen" and told.state.state is not CaseState.ISSUED
        found = Standing.UNDECIDED if again else _FOUND.get(event.act, found)
    if found in {Standing.UNDECIDED, Standing.DEFERRED}:
        return Standing.ENDED_BEFORE if told.state.state is CaseState.TERMINATED else found
    left_out = told.state.in_state(ItemState.OUT_OF_SCOPE)
    partly = found is Standing.ELIGIBLE and left_out
    return Standing.PARTLY_ELIGIBLE if partly else found


def _items(told: Replayed, category: Callable[[FiledItem], str]) -> Iterator[ItemFact]:
    for item in told.case.items:
        state = told.state.items.get(item.index)
        if state in {ItemState.UPHELD, ItemState.OVERTURNED}:
            yield ItemFact(category=category(item), overturned=state is ItemState.OVERTURNED)


def _clock(clock: CaseClock, as_of: datetime, money: MoneyRules) -> ClockFact:
    """Late is what was met, or is still open, after its last day."""
    until = as_of if clock.standing in _OPEN else clock.closed_at
    late = _is_after(until, clock.due.due) and not clock.due.at_once
    records = clock.deadline in RECORDS
    timing = {ClockStanding.MET: Timing.IN_TIME, ClockStanding.ENDED: Timing.ENDED}.get(
        clock.standing, Timing.OPEN
    )
    runs = clock.standing in {ClockStanding.MET, ClockStanding.RUNNING}
    if late and clock.deadline in RIGHTS:
        timing = Timing.ENDED
    elif late and (runs or records):
        timing = Timing.LATE
    penalty = penalty_for(money, clock.due, until) if timing is Timing.LATE and records else None
    return ClockFact(
        deadline=clock.deadline,
        title=clock.due.title,
        due=local_day(clock.due.due),
        timing=timing,
        records=records,
        penalty=penalty.amount if penalty and not penalty.bound else 0,
    )


def _is_after(moment: date | datetime | None, last: date | datetime) -> bool:
    if moment is None:
        return False
    if isinstance(moment, datetime) and isinstance(last, datetime):
        return local(moment) > local(last)
    return local_day(moment) > local_day(last)


def _termination(event: Event, state: State) -> str:
    why = "withdrawn" if "withdrawn_on" in event.data else "authorized"
    return f"{why}, {state.flags.get(Flag.FEE_CLASS, 'before_reviewer')}"


def _appeals(events: Sequence[Event]) -> Iterator[tuple[date, str]]:
    """Each petition with what it was against and what came of it."""
    against, petitions = "necessity", list[tuple[date, str, str]]()
    for event in events:
        if event.act == "find_ineligible":
            against = "eligibility"
        elif event.act == "issue":
            against = "necessity"
        elif event.act == "petition":
            petitions.append((_day(event, "filed_on") or event.at.date(), against, "pending"))
        elif event.act in {"deny_petition", "reverse"} and petitions:
            result = "denied" if event.act == "deny_petition" else "reversed"
            petitions[-1] = (*petitions[-1][:2], result)
    return ((day, f"{about}, {result}") for day, about, result in petitions)


def _fee(told: Replayed, money: MoneyRules) -> tuple[FeeClass | None, int | None]:
    """A fee is owed once the application was assigned, and known once the case is done."""
    received = told.case.application.received
    ended = told.state.flags.get(Flag.FEE_CLASS)
    if received is None or _served(told.events) is None:
        return None, None
    if ended is not None:
        before = ended == "before_reviewer"
        kind = FeeClass.ENDED_BEFORE_REVIEWER if before else FeeClass.ENDED_AFTER_REVIEWER
    elif Flag.ISSUED_SHA256 in told.state.flags:
        urgent = told.state.priority is Priority.EXPEDITED
        kind = FeeClass.EXPEDITED if urgent else FeeClass.REGULAR
    else:
        return None, None
    reviewers = max(1, len(told.state.reviewers))
    return kind, fee(money, local_day(received), kind, reviewers=reviewers).amount


def _served(events: Sequence[Event]) -> Event | None:
    """The last notice of assignment: a remanded case is assigned anew."""
    found = [one for one in events if one.act in {"issue_noarfi", "resubmit"}]
    return next((one for one in reversed(found) if "served_on" in one.data), None)


def _last(events: Sequence[Event], *acts: str) -> Event | None:
    return next((event for event in reversed(events) if event.act in acts), None)


def _day(event: Event | None, *keys: str) -> date | None:
    """The day that an event states under one of the keys, else its own."""
    if event is None:
        return None
    for key in keys:
        stated = event.data.get(key, "")
        if stated:
            return local_day(read_moment(stated))
    return local_day(event.at)


def _words(event: Event) -> tuple[str, ...]:
    return tuple(filter(None, (one.strip() for one in event.data.get("grounds", "").split(","))))
