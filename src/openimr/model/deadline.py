"""A time limit of the process, and what it comes to on a day.

rule: trigger, length, unit, extension, roll  +  the day of the trigger  ->  Due
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from openimr.model.party import PartyRole, ServiceMethod


class DeadlineUnit(StrEnum):
    """What a limit counts in."""

    CALENDAR_DAYS = "calendar_days"
    BUSINESS_DAYS = "business_days"
    HOURS = "hours"
    MONTHS = "months"
    IMMEDIATELY = "immediately"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a derivation, as a person would say it, and the rule it follows."""

    text: str
    citation: str
    unverified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When something is due, and why then."""

    deadline: str
    """D1 to D27."""
    title: str
    trigger: date | datetime
    due: date | datetime
    """The last day, or for limits in hours the instant; the trigger itself for `immediately`."""
    actor: PartyRole | None
    """Who must act; None: the review organization or the Division."""
    who: str
    """The same in words."""
    if_missed: str
    service: ServiceMethod | None
    regime: str
    steps: tuple[Step, ...]
    unverified: bool
    """Whether any number used was not checked against the text of the law."""
    estimated: bool = False
    """Whether the day of receipt was estimated from the day of mailing."""
    at_once: bool = False
    """Whether the law says immediately and no number of days: it is due, and never late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """A time in which a clock stood still: the day of its end, like a trigger, does not count."""

    since: date | datetime
    until: date | datetime | None = None
    """None: it stands still."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockOptions:
    """What a caller may choose where the rules leave a choice."""

    variant: str = ""
    """Which limit of a deadline that has several; empty: the one that fits, else the first."""
    roll: bool | None = None
    """Whether a last day on a closed day moves, where that is a switch; None: as the rule says."""
    doubtful_holidays: bool = False
    """Whether holidays that may not be on the list close offices."""
    length: int | None = None
    """How much was granted of a limit that is an upper bound; None: all of it."""
    sent: bool = False
    """Whether the trigger of a clock that runs from receipt is the day of mailing."""
    suspended: tuple[Suspension, ...] = ()
    """In the order of time; one without an end must not be among them: nothing is due then."""


class Standing(StrEnum):
    """How a clock of a case stands."""

    RUNNING = "running"
    SUSPENDED = "suspended"
    MET = "met"
    """What was due was done; in time or not."""
    ENDED = "ended"
    """Nothing is due any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClock:
    """A clock of a case, from the act that started it."""

    deadline: str
    variant: str
    standing: Standing
    due: Due
    """While it is suspended: what was due before."""
    started_by: int
    """Number of the event."""
    closed_at: date | datetime | None = None
    """When it was met or ended."""
