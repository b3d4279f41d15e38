"""The rules of the clock as data: time limits, what service adds, regimes, programs, acts.

A rule is chosen by the day of the UR decision; `unverified` marks what was not checked against
the text of the law, and whatever is derived from it says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openimr.model.application import Priority
from openimr.model.calendar import Calendar, WorkingDays
from openimr.model.deadline import DeadlineUnit
from openimr.model.party import PartyRole, ServiceMethod

EVERY = "all"
"""Names every clock that runs, where an act lists clocks."""
ACT_TIME = "at"
"""Names the time of the act, where a clock lists keys of the act's data."""


class Roll(StrEnum):
    """Whether a last day on which offices are closed moves to the next open day."""

    ALWAYS = "always"
    UNLESS_TOLD = "unless_told"
    """It moves unless the caller says no: the law on it was not checked."""
    WHEN_TOLD = "when_told"
    """It moves only if the caller says so: the law on it was not checked."""
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimit:
    """One text of a deadline: how long, from what, for UR decisions of which days."""

    variant: str
    """Which of several limits of one deadline; empty where there is one."""
    trigger: str
    """What starts it, as it stands in a sentence: `the UR decision was served`."""
    act: str
    """What must be done."""
    length: int
    unit: DeadlineUnit
    hours: int
    """What it comes to in hours where the trigger has a time of day; 0: it counts days."""
    extension: str
    """Id of the rule on what service adds; empty: nothing is added."""
    extension_unverified: bool
    services: tuple[ServiceMethod, ...]
    """Ways of service that choose this variant; empty: any."""
    from_receipt: bool
    """Whether it runs from receipt, so that a day of mailing gives an estimate only."""
    evening_fax: bool
    """Whether a fax after 17:30 Pacific time counts as received on the next business day."""
    up_to: bool
    """Whether the length is the longest there can be, so that fewer days may be granted."""
    roll: Roll
    actor: PartyRole | None
    who: str
    if_missed: str
    note: str
    """What else must be known of it, in a sentence; empty: nothing."""
    citation: str
    effective_from: date
    effective_to: date | None
    unverified: bool

    def in_force(self, day: date) -> bool:
        """Whether it governs UR decisions of a day."""
        return self.effective_from <= day <= (self.effective_to or date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRule:
    """A deadline with its texts and variants."""

    id: str
    """D1 to D27; programs other than California's keep the numbers for what matches."""
    title: str
    limits: tuple[TimeLimit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """What one way of service adds, under one rule, for UR decisions of a period."""

    rule: str
    service: ServiceMethod
    length: int
    unit: DeadlineUnit
    citation: str
    effective_from: date
    effective_to: date | None
    unverified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """The rules for UR decisions from a day on."""

    id: str
    effective_from: date
    changes: tuple[str, ...]
    """What it changes, each a sentence with its citation."""
    not_read: tuple[str, ...]
    """Deadlines whose text it changed or may have changed and nobody checked."""
    unverified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """An external review program: the same engine with other parameters."""

    id: str
    name: str
    citation: str
    calendar: str
    case_number: str
    """Pattern of its case numbers; empty where they are the reviewer organization's own."""
    parameters: Mapping[str, str]
    """What is no time limit, in a sentence each: panel, tie, standard, words of the outcome."""
    deadlines: tuple[DeadlineRule, ...]
    regimes: bool
    """Whether the regimes by day of the UR decision govern it."""
    unverified: tuple[str, ...]
    """Parameters from working knowledge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStart:
    """A clock that an act starts."""

    deadline: str
    variant: str
    dated: tuple[str, ...]
    """Keys of the act's data that may hold the trigger, best first; else the act's own time."""
    sent: tuple[str, ...]
    """Keys that hold a day of mailing, from which a receipt is estimated."""
    priorities: tuple[Priority, ...]
    """Tracks on which it runs; empty: on all."""
    services: tuple[ServiceMethod, ...]
    """Ways of service with which it runs; empty: with all."""
    replaces: tuple[str, ...]
    """Clocks in whose place it runs: without one of them running it does not start."""
    from_due: bool
    """Whether the last day of the clock replaced is the trigger."""
    retrospective: bool | None
    """Runs only for items already given (True) or not (False); None: for any."""
    given: tuple[str, ...]
    """Keys that the act's data must have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActClocks:
    """What an act does to clocks."""

    act: str
    starts: tuple[ClockStart, ...]
    meets: tuple[str, ...]
    """Done: the act is what was due."""
    ends: tuple[str, ...]
    """Void: nothing is due any more."""
    suspends: tuple[str, ...]
    resumes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRules:
    """Everything the clock needs, as it was loaded."""

    deadlines: tuple[DeadlineRule, ...]
    """Of California's workers' compensation; other programs have their own."""
    extensions: tuple[Extension, ...]
    calendars: Mapping[str, Calendar]
    working_days: tuple[WorkingDays, ...]
    regimes: tuple[Regime, ...]
    programs: Mapping[str, Program]
    acts: Mapping[str, ActClocks]
