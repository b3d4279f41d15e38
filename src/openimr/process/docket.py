"""What is due in a folder of cases, the most urgent first; a case that cannot be read is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openimr.model.clock_rules import ClockRules
from openimr.model.deadline import CaseClock, Standing
from openimr.model.errors import InputError, OpenIMRError
from openimr.model.moments import local, local_day
from openimr.model.money import MoneyRules, Penalty
from openimr.model.transition import TransitionTable
from openimr.process.folder import CASE, open_case
from openimr.workflow.annual_facts import RIGHTS
from openimr.workflow.money import penalty_for
from openimr.workflow.running import running_clocks


@dataclass(frozen=True, slots=True, kw_only=True)
class DocketRules:
    """The rules that a docket needs."""

    table: TransitionTable
    clock: ClockRules
    money: MoneyRules


@dataclass(frozen=True, slots=True, kw_only=True)
class DocketEntry:
    """One thing that is due, or whose clock stands still."""

    case_number: str
    folder: str
    clock: CaseClock
    days_left: int
    """Calendar days to the last day; negative after it."""
    late: bool
    ended: bool
    """Whether it is a right that nobody used in its time: it is over, and nobody is late."""
    penalty: Penalty | None
    """What being late has come to so far; None where nothing follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Docket:
    """What is due in a folder of cases on a day."""

    entries: tuple[DocketEntry, ...]
    cases: int
    problems: tuple[str, ...]
    """Cases that cannot be read, each with its reason."""


def docket(folder: Path, as_of: date | datetime, rules: DocketRules) -> Docket:
    """What is due in a folder of case folders, or in one case folder.

    Args:
        folder: with `case.json` and `events.jsonl`, or with such folders in it.
        as_of: the day or moment to count from.
        rules: acts, clock and penalties.

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
            entries.extend(_entries(one, as_of, rules))
        except OpenIMRError as error:
            problems.append((error if error.where else error.at(str(one))).message)
    return Docket(
        entries=tuple(sorted(entries, key=_urgency)), cases=len(folders), problems=tuple(problems)
    )


def _cases_in(folder: Path) -> Iterator[Path]:
    return (path.parent for path in folder.glob(f"*/{CASE}"))


def _entries(folder: Path, as_of: date | datetime, rules: DocketRules) -> Iterator[DocketEntry]:
    opened = open_case(folder, rules.table)
    for clock in running_clocks(opened.case, opened.events, rules.clock):
        if clock.standing not in {Standing.RUNNING, Standing.SUSPENDED}:
            continue
        over = clock.standing is Standing.RUNNING and _is_late(clock, as_of)
        ended = over and clock.deadline in RIGHTS
        late = over and not ended
        yield DocketEntry(
            case_number=opened.case.case_number,
            folder=str(folder),
            clock=clock,
            days_left=(local_day(clock.due.due) - local_day(as_of)).days,
            late=late,
            ended=ended,
            penalty=penalty_for(rules.money, clock.due, as_of) if late else None,
        )


def _is_late(clock: CaseClock, as_of: date | datetime) -> bool:
    """After the last day; after the moment, where both have a time of day."""
    last = clock.due.due
    if clock.due.at_once:
        return False
    if isinstance(last, datetime) and isinstance(as_of, datetime):
        return local(as_of) > local(last)
    return local_day(as_of) > local_day(last)


def _urgency(entry: DocketEntry) -> tuple[bool, bool, date, str, str]:
    """What runs, then rights that ended, then what stands still; each by its last day."""
    stands = entry.clock.standing is Standing.SUSPENDED
    return (
        stands,
        entry.ended,
        local_day(entry.clock.due.due),
        entry.case_number,
        entry.clock.deadline,
    )
