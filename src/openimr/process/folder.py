"""A case folder: what was filed (`case.json`), what happened (`events.jsonl`); one writer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from openimr.adapters.lock import hold
from openimr.adapters.output import write_folder
from openimr.adapters.plain_files import LARGEST, from_plain, read_plain, to_plain
from openimr.model.application import ImrCase
from openimr.model.clock_rules import ClockRules
from openimr.model.errors import BrokenChain, CaseBusy, OpenIMRError, UnreadableFile
from openimr.model.event import Actor, Event
from openimr.model.party import PartyRole
from openimr.model.process_state import State
from openimr.model.transition import TransitionTable
from openimr.process.stating import completed
from openimr.workflow.acts import act, possible, replay

CASE = "case.json"
EVENTS = "events.jsonl"
_LOCK = ".events.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedCase:
    """A case folder as it was read: what was filed, what happened, where it stands."""

    folder: Path
    case: ImrCase
    events: tuple[Event, ...]
    state: State


def read_case(folder: Path) -> ImrCase:
    """What was filed.

    Raises:
        UnreadableFile: there is no `case.json`, or it is no JSON.
        InputError: a field of it is wrong.
    """
    return read_plain(folder / CASE, ImrCase, what="a case")


def open_case(folder: Path, table: TransitionTable) -> OpenedCase:
    """The case with its events, replayed.

    Raises:
        BrokenChain: its events are not those that were written; the first at fault is named.
        IllegalAct: an event is none that the rules allow there.
    """
    case = read_case(folder)
    events = read_events(folder)
    try:
        state = replay(table, case, events)
    except OpenIMRError as error:
        raise error.at(f"{folder / EVENTS}: {error.where}".rstrip(": ")) from error
    return OpenedCase(folder=folder, case=case, events=events, state=state)


def act_on(
    folder: Path,
    table: TransitionTable,
    name: str,
    actor: Actor,
    now: datetime,
    data: Mapping[str, str],
    reason: str = "",
    *,
    clocks: ClockRules | None = None,
) -> OpenedCase:
    """Do an act on a case folder: its events are appended whole or not at all.

    With the rules of the clock, a last day that must be stated and is not is that of the case.

    Raises:
        IllegalAct: the rules do not allow it; nothing is written.
        CaseBusy: another process is writing the case.
    """
    read_case(folder)
    with hold(folder / _LOCK, now, what="case", busy=CaseBusy):
        opened = open_case(folder, table)
        case, before = opened.case, opened.state
        if clocks is not None:
            rows = [row for row in possible(table, before, case) if row.act == name]
            data = completed(rows, case, opened.events, clocks, data, _party(actor))
        state, more = act(table, before, case, name, actor, now, data, reason)
        events = (*opened.events, *more)
        write_events(folder, events)
    return OpenedCase(folder=folder, case=case, events=events, state=state)


def _party(actor: Actor) -> PartyRole | None:
    """The party that acts; None where it is none, such as the clock."""
    return PartyRole(actor.role.value) if actor.role.value in set(PartyRole) else None


def try_act(
    folder: Path,
    table: TransitionTable,
    name: str,
    actor: Actor,
    now: datetime,
    data: Mapping[str, str],
    reason: str = "",
) -> OpenedCase:
    """The case as it stands, if the rules allow an act on it; nothing is written.

    Raises:
        IllegalAct: the rules do not allow it.
    """
    opened = open_case(folder, table)
    act(table, opened.state, opened.case, name, actor, now, data, reason)
    return opened


def read_events(folder: Path) -> tuple[Event, ...]:
    """The events of a case as they stand in the file; none where there is no file."""
    path = folder / EVENTS
    try:
        if not path.exists():
            return ()
        if path.stat().st_size > LARGEST:
            raise UnreadableFile("the file of events is too large", where=str(path))
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile("the events cannot be read", where=str(path)) from error
    if text and not text.endswith("\n"):
        raise BrokenChain(
            "the last event is cut off",
            where=str(path),
            remedy="restore the file from a copy; nothing may be done on a broken chain",
        )
    lines = text.split("\n")[:-1]
    return tuple(_event(line, f"{path}: event {place}") for place, line in enumerate(lines, 1))


def write_events(folder: Path, events: Sequence[Event]) -> None:
    """Write all events in one rename; whoever calls holds the lock."""
    lines = (json.dumps(to_plain(event), ensure_ascii=False) for event in events)
    write_folder(folder, {EVENTS: "".join(f"{line}\n" for line in lines).encode()})


def _event(line: str, where: str) -> Event:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BrokenChain(
            "this is no event in JSON",
            where=where,
            remedy="restore the file from a copy; nothing may be done on a broken chain",
        ) from error
    return from_plain(told, Event, where=where, what="an event")
