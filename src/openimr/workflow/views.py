"""What others than the review organization may see of the events of a case.

A view carries no hashes: who knows all the rest of an event could try register ids against them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from openimr.model.event import Actor, ActorRole, Event
from openimr.model.process_state import OUTCOMES, TERMINAL, CaseState, ItemState, State, frozen
from openimr.model.transition import DataKind, Transition, TransitionTable


class View(StrEnum):
    """Who looks at a case."""

    ORGANIZATION = "organization"
    """The review organization, which sees all."""
    PARTY = "party"
    REVIEWER = "reviewer"
    """Who decides now."""


WITHHELD = "[withheld]"
_AFTER_ISSUE = TERMINAL | {CaseState.ISSUED, CaseState.IMPLEMENTING, CaseState.APPEALED}


def seen(
    view: View, table: TransitionTable, program: str, events: Sequence[Event]
) -> tuple[Event, ...]:
    """The events as somebody may see them."""
    match view:
        case View.ORGANIZATION:
            return tuple(events)
        case View.PARTY:
            return party_view(table, program, events)
        case View.REVIEWER:
            return reviewer_view(table, program, events)


def party_view(table: TransitionTable, program: str, events: Sequence[Event]) -> tuple[Event, ...]:
    """The events as a party may see them.

    No reviewer's id stands in it, nor the data and reasons of acts that stay inside the review
    organization; an id that somebody wrote into a reason is withheld too.
    """
    rows = _by_act(table, program)
    secret = _ids(reviewer_ids(rows, events))
    return tuple(_for_party(event, rows[event.act], secret) for event in events)


def reviewer_view(
    table: TransitionTable, program: str, events: Sequence[Event]
) -> tuple[Event, ...]:
    """The events as the reviewer who decides now may see them.

    What was decided and why before a remand, and by whom, is withheld; who decides anew shall not
    know it.
    """
    rows = _by_act(table, program)
    remanded = [event.number for event in events if rows[event.act].to is CaseState.REMANDED]
    last = remanded[-1] if remanded else 0
    secret = _ids(reviewer_ids(rows, events[:last]))
    return tuple(
        _for_party(_without_reason(event), rows[event.act], secret)
        if event.number <= last
        else _bare(event)
        for event in events
    )


def shown_items(state: State, *, party: bool) -> Mapping[int, ItemState]:
    """The items; a party sees no outcome before the determination is issued."""
    if not party or state.state in _AFTER_ISSUE:
        return state.items
    return frozen(
        {
            index: ItemState.DISPUTED if item in OUTCOMES else item
            for index, item in state.items.items()
        }
    )


def reviewer_ids(rows: Mapping[str, Transition], events: Iterable[Event]) -> frozenset[str]:
    """Every register id that the events name."""
    found: set[str] = set()
    for event in events:
        if event.actor.role is ActorRole.REVIEWER:
            found.add(event.actor.name)
        kinds = {**rows[event.act].data, **rows[event.act].may}
        for key, value in event.data.items():
            if kinds.get(key) is DataKind.REVIEWERS:
                found |= {word.strip() for word in value.split(",")}
    return frozenset(found)


def _by_act(table: TransitionTable, program: str) -> Mapping[str, Transition]:
    return {row.act: row for row in reversed(table.of(program))}


def _for_party(event: Event, row: Transition, secret: re.Pattern[str] | None) -> Event:
    actor = event.actor
    if actor.role is ActorRole.REVIEWER:
        actor = Actor(role=actor.role, name="")
    shown = {} if row.inside else {key: _cut(value, secret) for key, value in event.data.items()}
    return _bare(
        replace(
            event,
            actor=replace(actor, name=_cut(actor.name, secret)),
            reason=row.says if row.inside else _cut(event.reason, secret),
            data=frozen(shown),
        )
    )


def _without_reason(event: Event) -> Event:
    return replace(event, reason=WITHHELD, data=frozen({}))


def _bare(event: Event) -> Event:
    return replace(event, previous="", sha256="")


def _ids(ids: frozenset[str]) -> re.Pattern[str] | None:
    """Any of the ids as a word of its own, in whatever case."""
    if not ids:
        return None
    words = "|".join(re.escape(one) for one in sorted(ids, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _cut(text: str, secret: re.Pattern[str] | None) -> str:
    return secret.sub(WITHHELD, text) if secret else text
