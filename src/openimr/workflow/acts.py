"""An act on a case: (state, act, actor, now, data) -> (state, events), or a refusal with its rule.

Nothing here knows any act by name: the table says what may be done, and by whom.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from openimr.model.application import ImrCase
from openimr.model.errors import IllegalAct, InputError
from openimr.model.event import Actor, Event
from openimr.model.process_state import State, frozen
from openimr.model.transition import Transition, TransitionTable
from openimr.workflow import chain
from openimr.workflow.attempt import Attempt, data_problems
from openimr.workflow.effects import EFFECTS
from openimr.workflow.guards import GUARDS
from openimr.workflow.refusal import (
    refuse_act,
    refuse_data,
    refuse_guard,
    refuse_role,
    refuse_time,
)


def rows_of(table: TransitionTable, program: str) -> tuple[Transition, ...]:
    """The rows of a program.

    Raises:
        InputError: nobody knows the program.
    """
    try:
        return table.of(program)
    except KeyError as error:
        raise InputError(
            f"there is no program `{program}`",
            remedy=f"use one of: {', '.join(table.programs)}",
        ) from error


def possible(table: TransitionTable, state: State, case: ImrCase) -> tuple[Transition, ...]:
    """The rows that begin in the state; their data and guards still decide."""
    return tuple(row for row in rows_of(table, case.program) if state.state in row.from_states)


def act(
    table: TransitionTable,
    state: State,
    case: ImrCase,
    act: str,
    actor: Actor,
    now: datetime,
    data: Mapping[str, str],
    reason: str = "",
) -> tuple[State, tuple[Event, ...]]:
    """Do something on a case.

    Args:
        table: the rules.
        state: where the case stands.
        case: what was filed.
        act: what is done, as the table names it.
        actor: who does it, and in what capacity.
        now: when, with its zone.
        data: what the act states.
        reason: why; the row's own sentence where none is needed and none is given.

    Returns:
        Where the case stands then, and the events to append: the act, and what follows at once.

    Raises:
        IllegalAct: the rules do not allow it; nothing is changed.
    """
    attempt = Attempt(act=act, actor=actor, at=now, reason=reason.strip(), data=frozen(data))
    row = _allowed(table, state, case, attempt)
    event = chain.seal(
        Event(
            number=state.version + 1,
            at=now,
            act=act,
            actor=actor,
            reason=attempt.reason or row.says,
            citation=row.citation,
            data=attempt.data,
        ),
        state.head,
    )
    after = _apply(row, state, case, attempt, event)
    return _follow(table, row, case, after, event)


def _follow(
    table: TransitionTable, row: Transition, case: ImrCase, state: State, event: Event
) -> tuple[State, tuple[Event, ...]]:
    """What follows at once, where its own conditions hold."""
    if not row.then:
        return state, (event,)
    try:
        final, more = act(table, state, case, row.then, event.actor, event.at, {})
    except IllegalAct:
        return state, (event,)
    return final, (event, *more)


def replay(table: TransitionTable, case: ImrCase, events: Sequence[Event]) -> State:
    """Where a case stands after its events; each is examined as when it was done.

    Raises:
        BrokenChain: the events are not those that were written.
        IllegalAct: an event is none that the rules allow there.
    """
    chain.verify(events)
    state = State()
    for event in events:
        attempt = Attempt(
            act=event.act,
            actor=event.actor,
            at=event.at,
            reason=event.reason,
            data=event.data,
            recorded=True,
        )
        try:
            row = _allowed(table, state, case, attempt)
        except IllegalAct as error:
            raise error.at(f"event {event.number}") from error
        state = _apply(row, state, case, attempt, event)
    return state


def _allowed(table: TransitionTable, state: State, case: ImrCase, attempt: Attempt) -> Transition:
    """The row by which the act is legal: the first whose every condition holds."""
    if attempt.at.tzinfo is None or (state.at is not None and attempt.at < state.at):
        raise refuse_time(state, attempt)
    rows = rows_of(table, case.program)
    named = [row for row in rows if row.act == attempt.act]
    here = [row for row in named if state.state in row.from_states]
    if not here:
        raise refuse_act(rows, named, state, attempt)
    mine = [row for row in here if attempt.actor.role in row.who]
    if not mine or not attempt.actor.name.strip():
        raise refuse_role(here, state, attempt)
    refusals = []
    stating = [row for row in mine if not data_problems(row, attempt.data)]
    for row in stating or mine:
        refusal = _refusal(table, row, state, case, attempt)
        if refusal is None:
            return row
        refusals.append(refusal)
    raise refusals[0]


def _refusal(
    table: TransitionTable, row: Transition, state: State, case: ImrCase, attempt: Attempt
) -> IllegalAct | None:
    """Why a row does not allow the act; None where it does."""
    problems = data_problems(row, attempt.data)
    if row.reason_needed and not attempt.reason:
        problems = (*problems, "the reason is missing: say it in words")
    if problems:
        return refuse_data(row, problems)
    for name in row.guards:
        why = GUARDS[name](table.guards[name], state, case, attempt)
        if why:
            return refuse_guard(row, table.guards[name], state, why)
    return None


def _apply(
    row: Transition,
    state: State,
    case: ImrCase,
    attempt: Attempt,
    event: Event,
) -> State:
    """The state after an event whose act is legal."""
    after = state
    for effect in row.effects:
        after = EFFECTS[effect](after, case, attempt)
    return replace(
        after,
        state=row.to or state.state,
        version=event.number,
        at=event.at,
        head=event.sha256,
    )
