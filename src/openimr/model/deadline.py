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
