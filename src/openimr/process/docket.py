"""What is due in a folder of cases, the most urgent first; a case that cannot be read is named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openimr.adapters.plain_files import from_plain, read_plain
from openimr.model.application import ImrCase
from openimr.model.clock_rules import ClockRules
from openimr.model.deadline import CaseClock, Standing
from openimr.model.errors import InputError, OpenIMRError, UnreadableFile
from openimr.model.event import Event
from openimr.model.money import MoneyRules, Penalty
from openimr.workflow.calendar import local, local_day
from openimr.workflow.money import penalty_for
from openimr.workflow.running import running_clocks

CASE, EVENTS = "case.json", "events.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocketEntry:
    """One thing that is due, or whose clock stands still."""

    case_number: str
    folder: str
    clock: CaseClock
    days_left: int
    """Calendar days to the last day; negative after it."""
    late: bool
    penalty: Penalty | None
    """What being late has come to so far; None where nothing follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Docket:
    """What is due in a folder of cases on a day."""

    entries: tuple[DocketEntry, ...]
    cases: int
    problems: tuple[str, ...]
    """Cases that cannot be read, each with its reason."""


def docket(folder: Path, as_of: date | datetime, rules: ClockRules, money: MoneyRules) -> Docket:
    """What is due in a folder of case folders, or in one case folder.

    Args:
        folder: with `case.json` and `events.jsonl`, or with such folders in it.
        as_of: the day or moment to count from.
        rules: the rules of the clock.
        money: fees and penalties.

    Raises:
        InputError: there is no case in it.
    """
    folders = [folder] if (folder / CASE).exists() else sorted(_cases_in(folder))
    if not folders:
        raise InputError(
            "there is no case here",
            where=str(folder),
            why=f"a case is a folder with {CASE}",
            remedy="name a case folder, or a folder of them",
        )
    entries: list[DocketEntry] = []
    problems: list[str] = []
    for one in folders:
        try:
            entries.extend(_entries(one, as_of, rules, money))
        except OpenIMRError as error:
            problems.append((error if error.where else error.at(str(one))).message)
    return Docket(
        entries=tuple(sorted(entries, key=_urgency)), cases=len(folders), problems=tuple(problems)
    )


def read_events(path: Path) -> tuple[Event, ...]:
    """The events of a file, one JSON object a line; none where there is no file.

    Raises:
        UnreadableFile: it cannot be opened, or a line is no JSON.
        InputError: a line is no event.
    """
    if not path.exists():
        return ()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        told = [json.loads(line) for line in lines]
    except (OSError, ValueError, RecursionError) as error:
        raise UnreadableFile(
            "the events cannot be read", where=str(path), why=type(error).__name__
        ) from error
    return tuple(
        from_plain(one, Event, where=f"{path}:{number}", what="an event")
        for number, one in enumerate(told, start=1)
    )


def _cases_in(folder: Path) -> Iterator[Path]:
    return (path.parent for path in folder.glob(f"*/{CASE}"))


def _entries(
    folder: Path, as_of: date | datetime, rules: ClockRules, money: MoneyRules
) -> Iterator[DocketEntry]:
    case = read_plain(folder / CASE, ImrCase, what="a case")
    for clock in running_clocks(case, read_events(folder / EVENTS), rules):
        if clock.standing not in {Standing.RUNNING, Standing.SUSPENDED}:
            continue
        late = clock.standing is Standing.RUNNING and _is_late(clock, as_of)
        yield DocketEntry(
            case_number=case.case_number,
            folder=str(folder),
            clock=clock,
            days_left=(local_day(clock.due.due) - local_day(as_of)).days,
            late=late,
            penalty=penalty_for(money, clock.due, as_of) if late else None,
        )


def _is_late(clock: CaseClock, as_of: date | datetime) -> bool:
    """After the last day; after the moment, where both have a time of day."""
    last = clock.due.due
    if clock.due.at_once:
        return False
    if isinstance(last, datetime) and isinstance(as_of, datetime):
        return local(as_of) > local(last)
    return local_day(as_of) > local_day(last)


def _urgency(entry: DocketEntry) -> tuple[bool, date, str, str]:
    stands = entry.clock.standing is Standing.SUSPENDED
    return stands, local_day(entry.clock.due.due), entry.case_number, entry.clock.deadline
