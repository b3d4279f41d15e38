"""What an act must state and the case itself can tell: the last day, and the list of parties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from openimr.model.application import ImrCase
from openimr.model.clock_rules import EVERY, ClockRules
from openimr.model.deadline import CaseClock, Standing
from openimr.model.event import Event
from openimr.model.moments import local_day
from openimr.model.party import PartyRole, parties_sha256
from openimr.model.transition import Transition
from openimr.workflow.running import running_clocks

DUE, PARTIES = "due", "parties_sha256"


def completed(
    rows: Sequence[Transition],
    case: ImrCase,
    events: Sequence[Event],
    clocks: ClockRules,
    data: Mapping[str, str],
    party: PartyRole | None = None,
) -> Mapping[str, str]:
    """What somebody states, with what it leaves out and the case can tell.

    Args:
        rows: of the act, from the state in which the case is.
        case: what was filed.
        events: what happened.
        clocks: the rules of the clock.
        data: what is stated; it is never changed.
        party: who acts: its own last day is meant where each party has one by its own service;
            None: the last of all parties' days.
    """
    asked = {key for row in rows for key in (*row.data, *row.may)}
    more: dict[str, str] = {}
    if PARTIES in asked - set(data):
        more[PARTIES] = parties_sha256(case.parties)
    if DUE in asked - set(data):
        limits = {limit for row in rows for limit in row.waits or row.meets}
        running = [
            clock
            for clock in running_clocks(case, events, clocks, party)
            if clock.standing is Standing.RUNNING and limits & {clock.deadline, EVERY}
        ]
        if running:
            more[DUE] = max(map(_due, running), key=_order).isoformat()
    return {**data, **more}


def _due(clock: CaseClock) -> date | datetime:
    return clock.due.due


def _order(due: date | datetime) -> tuple[date, str]:
    return local_day(due), due.isoformat()
