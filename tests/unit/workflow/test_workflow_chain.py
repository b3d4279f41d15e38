"""A chain of events that was tampered with is refused, and the first event at fault is named."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

import pytest

import process_walk as walk
from openimr.model.errors import BrokenChain
from openimr.model.event import Actor, ActorRole, Event
from openimr.model.process_state import frozen
from openimr.workflow import chain
from process_walk import walked

EVENTS = walked(walk.IS_ISSUED)[1]
CHANGES = {
    "number": lambda event: replace(event, number=event.number + 1),
    "at": lambda event: replace(event, at=event.at + timedelta(seconds=1)),
    "act": lambda event: replace(event, act="close"),
    "actor": lambda event: replace(event, actor=Actor(role=event.actor.role, name="other")),
    "reason": lambda event: replace(event, reason=f"{event.reason} "),
    "citation": lambda event: replace(event, citation="none"),
    "data": lambda event: replace(event, data=frozen({**event.data, "more": "1"})),
    "previous": lambda event: replace(event, previous="c" * 64),
    "sha256": lambda event: replace(event, sha256="c" * 64),
}


def fault(events: tuple[Event, ...]) -> str:
    with pytest.raises(BrokenChain) as refusal:
        chain.verify(events)
    return refusal.value.message


def test_the_chain_as_it_was_written_holds() -> None:
    chain.verify(EVENTS)
    chain.verify(())
    rebuilt: tuple[Event, ...] = ()
    for event in EVENTS:
        rebuilt = chain.append(rebuilt, replace(event, number=99, previous="", sha256=""))
    assert rebuilt == EVENTS


def test_each_field_of_an_event_has_a_change() -> None:
    assert set(CHANGES) == {one.name for one in fields(Event)}


@pytest.mark.parametrize("place", range(len(EVENTS)))
@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_field_of_any_event_is_found(name: str, place: int) -> None:
    changed = CHANGES[name](EVENTS[place])
    assert changed != EVENTS[place]
    message = fault((*EVENTS[:place], changed, *EVENTS[place + 1 :]))
    assert f"event {place + 1} ({changed.act}) was changed" in message


@pytest.mark.parametrize("role", [role for role in ActorRole if role is not EVENTS[0].actor.role])
def test_a_changed_role_is_found(role: ActorRole) -> None:
    changed = replace(EVENTS[0], actor=replace(EVENTS[0].actor, role=role))
    assert "event 1 (receive_application) was changed" in fault((changed, *EVENTS[1:]))


@pytest.mark.parametrize("place", range(len(EVENTS) - 1))
@pytest.mark.parametrize("name", [name for name in CHANGES if name not in {"number", "sha256"}])
def test_a_changed_event_with_a_new_hash_breaks_the_next(name: str, place: int) -> None:
    changed = CHANGES[name](EVENTS[place])
    changed = replace(changed, sha256=replace(changed, sha256="").digest())
    message = fault((*EVENTS[:place], changed, *EVENTS[place + 1 :]))
    at = place + 1 if name == "previous" else place + 2
    assert message.startswith(f"event {at}: ")


@pytest.mark.parametrize("place", range(len(EVENTS) - 1))
def test_a_dropped_event_is_found(place: int) -> None:
    message = fault((*EVENTS[:place], *EVENTS[place + 1 :]))
    assert f"event {place + 1} was dropped or moved" in message


@pytest.mark.parametrize("place", range(1, len(EVENTS)))
def test_a_repeated_event_is_found(place: int) -> None:
    message = fault((*EVENTS[:place], EVENTS[place - 1], *EVENTS[place:]))
    assert f"event {place + 1} was inserted or moved: it bears the number {place}" in message


@pytest.mark.parametrize("place", range(len(EVENTS)))
def test_an_inserted_event_is_found(place: int) -> None:
    other = chain.seal(replace(EVENTS[place], reason="forged"), "c" * 64)
    message = fault((*EVENTS[:place], other, *EVENTS[place:]))
    assert f"event {place + 1} ({other.act}) was inserted" in message


@pytest.mark.parametrize("place", range(len(EVENTS) - 1))
def test_two_events_in_each_others_place_are_found(place: int) -> None:
    one, two = EVENTS[place], EVENTS[place + 1]
    message = fault((*EVENTS[:place], two, one, *EVENTS[place + 2 :]))
    assert message.startswith(f"event {place + 1}: ")


def test_an_event_stamped_before_the_one_before_it_is_found() -> None:
    early = replace(EVENTS[1], at=EVENTS[0].at - timedelta(seconds=1))
    message = fault(chain.append(EVENTS[:1], early))
    assert "event 2 (open_eligibility_review) is stamped before" in message


def test_events_cut_off_at_the_end_leave_another_head() -> None:
    """The chain itself cannot tell; whoever keeps the last hash can."""
    chain.verify(EVENTS[:-1])
    assert EVENTS[-2].sha256 != EVENTS[-1].sha256
