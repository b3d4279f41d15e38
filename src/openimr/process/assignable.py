"""Whether a case folder asks for a reviewer at all: where its events leave it, and what is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openimr.model.application import ImrCase
from openimr.model.assignment import Reason
from openimr.model.errors import OpenIMRError
from openimr.model.event import Event
from openimr.model.process_state import Flag, ItemState, State
from openimr.model.transition import TransitionTable
from openimr.process.folder import EVENTS, read_events
from openimr.workflow.acts import possible, replay

STATE = "state"
_ACT = "assign_reviewer"
_SETTLED = frozenset({ItemState.OUT_OF_SCOPE, ItemState.AUTHORIZED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignable:
    """What the events beside a case say of its assignment; the default is of a case without any."""

    barred: tuple[str, ...] = ()
    """Who was assigned, withdrew, has a conflict or signed before."""
    settled: frozenset[int] = frozenset()
    """Items that nobody has to decide: not eligible, or authorized after all."""
    withheld: Reason | None = None
    """Why nobody may be assigned now; None if somebody may."""


def read_assignable(folder: Path, case: ImrCase, table: TransitionTable) -> Assignable:
    """What the events of a case folder say; without events the case is taken as it was filed.

    Raises:
        BrokenChain: the events are not those that were written.
        IllegalAct: an event is none that the rules allow there.
    """
    events = read_events(folder)
    if not events:
        return Assignable()
    try:
        state = replay(table, case, events)
    except OpenIMRError as error:
        raise error.at(f"{folder / EVENTS}: {error.where}".rstrip(": ")) from error
    named = (name for event in events for name in _named(event))
    return Assignable(
        barred=tuple(dict.fromkeys(named)),
        settled=frozenset(i for i, item in state.items.items() if item in _SETTLED),
        withheld=_withheld(state, case, table),
    )


def _withheld(state: State, case: ImrCase, table: TransitionTable) -> Reason | None:
    rows = [row for row in table.of(case.program) if row.act == _ACT]
    if not any(row.act == _ACT for row in possible(table, state, case)):
        asked = " or ".join(dict.fromkeys(s.value for row in rows for s in row.from_states))
        says = f"the case is {state.state.value}; a reviewer is assigned when it is {asked}"
    elif Flag.CONSOLIDATED_INTO in state.flags:
        says = "the case is decided together with another, into which it was consolidated"
    elif state.items and all(item in _SETTLED for item in state.items.values()):
        says = "no item of the case is left in dispute"
    else:
        return None
    row = rows[0]
    return Reason(code=STATE, says=says, citation=row.citation, unverified=row.unverified)


def _named(event: Event) -> Sequence[str]:
    """Whom an event bars from getting the case again, or for the first time."""
    if event.act in {_ACT, "recuse"}:
        return event.data["reviewers"].split(",")
    signed = event.act == "sign"
    conflicted = event.act == "attest" and event.data["no_conflict"] != "yes"
    return (event.actor.name,) if signed or conflicted else ()
