"""The chain of events: each is bound to the one before; a break names the first at fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from openimr.model.errors import BrokenChain
from openimr.model.event import BEGINNING, Event


def seal(event: Event, previous: str) -> Event:
    """The event bound to the one before it."""
    bound = replace(event, previous=previous, sha256="")
    return replace(bound, sha256=bound.digest())


def append(events: Sequence[Event], event: Event) -> tuple[Event, ...]:
    """The events and one more, which takes the next number and the hash of the last."""
    last = events[-1].sha256 if events else BEGINNING
    return (*events, seal(replace(event, number=len(events) + 1), last))


def verify(events: Sequence[Event]) -> None:
    """See that nothing was changed, dropped, inserted or reordered.

    Events cut off at the end leave a chain that holds: who must know keeps the last hash.

    Raises:
        BrokenChain: at the first event that does not hold.
    """
    head, before = BEGINNING, None
    for place, event in enumerate(events, 1):
        fault = _fault(place, event, head)
        if fault:
            raise BrokenChain(
                f"the chain of events does not hold: {fault}",
                where=f"event {place}",
                why="each event carries the hash of the one before it",
                remedy="restore the file from a copy; nothing may be done on a broken chain",
            )
        if before is not None and event.at < before.at:
            raise BrokenChain(
                f"event {place} ({event.act}) is stamped before the event before it",
                where=f"event {place}",
                remedy="restore the file from a copy",
            )
        head, before = event.sha256, event


def _fault(place: int, event: Event, head: str) -> str:
    if event.digest() != event.sha256:
        return f"event {place} ({event.act}) was changed"
    if event.previous == head and event.number == place:
        return ""
    if event.number > place:
        return f"event {place} was dropped or moved: number {event.number} stands in its place"
    if event.number < place:
        return f"event {place} was inserted or moved: it bears the number {event.number}"
    return f"event {place} ({event.act}) was inserted: it does not follow the one before it"
