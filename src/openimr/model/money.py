"""Fees of a review and penalties of a missed time limit: rows of data, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openimr.model.deadline import Step


class FeeClass(StrEnum):
    """What is paid for (8 CCR 9792.10.8)."""

    REGULAR = "regular"
    EXPEDITED = "expedited"
    PHARMACY_ONLY = "pharmacy_only"
    """Regular, and every item is a drug."""
    ENDED_BEFORE_REVIEWER = "ended_before_reviewer"
    """Terminated before it was given to a reviewer."""
    ENDED_AFTER_REVIEWER = "ended_after_reviewer"


class FeeReviewer(StrEnum):
    """Professions that the fees of 2013 told apart."""

    PHYSICIAN = "physician"
    """MD or DO."""
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRow:
    """An amount of a fee schedule; None and 0 where the schedule makes no difference."""

    kind: FeeClass
    reviewer: FeeReviewer | None
    reviewers: int
    amount: int
    """US dollars."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeSchedule:
    """The fees for applications of a period."""

    id: str
    effective_from: date
    effective_to: date | None
    citation: str
    amounts: tuple[FeeRow, ...]
    not_known: str
    """Why there are no amounts; empty where there are."""
    unverified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """What the claims administrator owes for one application."""

    amount: int | None
    """US dollars; None where it is not known."""
    step: Step


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyRule:
    """A penalty by days, for conduct of a period."""

    id: str
    name: str
    deadlines: tuple[str, ...]
    """Clocks whose missing it follows."""
    citation: str
    procedure: str
    effective_from: date
    effective_to: date | None
    per_day: int
    """US dollars."""
    maximum: int
    """US dollars in all; 0: no bound."""
    up_to: bool
    """Whether the amounts are bounds within which it is set, not the penalty itself."""
    unverified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalty:
    """What a missed time limit comes to."""

    rule: str
    days: int
    """Calendar days after the last day."""
    amount: int
    """US dollars; the bound where `bound`."""
    bound: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRules:
    """Fees and penalties as they were loaded."""

    fees: tuple[FeeSchedule, ...]
    penalties: tuple[PenaltyRule, ...]
