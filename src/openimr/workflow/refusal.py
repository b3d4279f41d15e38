"""Refusals in words: what, from which state, who may do what instead, and the rule."""

from __future__ import annotations

from collections.abc import Sequence

from openimr.model.errors import IllegalAct
from openimr.model.event import ActorRole
from openimr.model.process_state import CaseState, State
from openimr.model.transition import Guard, Transition
from openimr.workflow.attempt import Attempt


def refuse_act(
    rows: Sequence[Transition], named: Sequence[Transition], state: State, attempt: Attempt
) -> IllegalAct:
    """The act does not begin in this state, or is none of the program."""
    here = [row for row in rows if state.state in row.from_states]
    instead = "; ".join(dict.fromkeys(f"{row.act} ({roles(row.who)})" for row in here))
    remedy = f"possible now: {instead}" if instead else "nothing may be done in this state"
    if not named:
        known = ", ".join(dict.fromkeys(row.act for row in rows))
        return IllegalAct(
            f"there is no act `{attempt.act}` in this program",
            why=f"its acts are {known}",
            remedy=remedy,
        )
    begins = ", ".join(dict.fromkeys(one for row in named for one in row.from_states))
    return IllegalAct(
        f"`{attempt.act}` is not possible: the case is {_in(state.state)}",
        why=f"it begins in {begins} ({_citations(named)})",
        remedy=remedy,
    )


def refuse_role(here: Sequence[Transition], state: State, attempt: Attempt) -> IllegalAct:
    """The act is possible, but not for this role, or for nobody named."""
    role = attempt.actor.role
    who = roles(tuple(dict.fromkeys(one for row in here for one in row.who)))
    what = f"`{attempt.act}` is not for {_word(role)}"
    if any(role in row.who for row in here):
        what = f"`{attempt.act}` needs the account or register id of who acts"
    return IllegalAct(
        f"{what}: the case is {_in(state.state)}",
        why=f"it is for {who} ({_citations(here)})",
        remedy="let them act, as ROLE:NAME",
    )


def refuse_data(row: Transition, problems: Sequence[str]) -> IllegalAct:
    """What the act must state is missing or wrong."""
    needed = ", ".join(f"{name} ({kind})" for name, kind in row.data.items()) or "nothing"
    optional = ", ".join(f"{name} ({kind})" for name, kind in row.may.items())
    more = f"; it may state {optional}" if optional else ""
    return IllegalAct(
        f"`{row.act}` is refused: {'; '.join(problems)}",
        why=f"it must state {needed}{more} ({row.citation})",
        remedy="state it as key=value",
    )


def refuse_guard(row: Transition, guard: Guard, state: State, why: str) -> IllegalAct:
    """A condition does not hold."""
    unverified = ", not checked against its text" if guard.unverified else ""
    return IllegalAct(
        f"`{row.act}` is refused: the case is {_in(state.state)}, and {why}",
        why=f"what must hold: {guard.says} ({guard.citation}{unverified})",
        remedy=f"it is for {roles(row.who)} once it holds ({row.citation})",
    )


def refuse_time(state: State, attempt: Attempt) -> IllegalAct:
    """The act is stamped without a zone, or before what happened already."""
    if attempt.at.tzinfo is None:
        return IllegalAct(f"`{attempt.act}` has a time without a zone", remedy="give the zone")
    last = state.at.isoformat() if state.at else ""
    return IllegalAct(
        f"`{attempt.act}` at {attempt.at.isoformat()} lies before the last event, at {last}",
        why="what happened is recorded in its order and never between",
        remedy="record it with a later time, and state when it was received as data",
    )


def roles(who: Sequence[ActorRole]) -> str:
    """Roles as a person would list them."""
    words = [_word(role) for role in who]
    return " or ".join([", ".join(words[:-1]), words[-1]]) if words[1:] else words[0]


def _word(role: ActorRole) -> str:
    return role.value.replace("_", " ")


def _in(state: CaseState) -> str:
    return "not yet received" if state is CaseState.START else state.value


def _citations(rows: Sequence[Transition]) -> str:
    return "; ".join(dict.fromkeys(row.citation for row in rows))
