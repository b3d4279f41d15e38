"""The annual figures of the review, as the Division of Workers' Compensation defines them.

case + events -> CaseFacts -> Figures. Ages are calendar days from mailing to mailing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openimr.model.money import FeeClass


class Standing(StrEnum):
    """What was found of an application."""

    DUPLICATE = "duplicate"
    ELIGIBLE = "eligible"
    PARTLY_ELIGIBLE = "partly_eligible"
    INELIGIBLE = "ineligible"
    DEFERRED = "deferred"
    ENDED_BEFORE = "ended_before_eligibility"
    UNDECIDED = "undecided"


class Timing(StrEnum):
    """How a time limit stands or was met."""

    IN_TIME = "in_time"
    LATE = "late"
    OPEN = "open"
    ENDED = "ended"
    """Nothing was due any more, or a right was not used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFact:
    """A treatment that was decided."""

    category: str
    overturned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFact:
    """A time limit of a case, and what being late costs."""

    deadline: str
    title: str
    due: date
    timing: Timing
    records: bool
    """Whether it is the claims administrator's limit for records."""
    penalty: int
    """US dollars; 0 where none follows or only a bound is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What one case adds to the figures."""

    case_number: str
    received: date | None
    standing: Standing
    grounds: tuple[str, ...] = ()
    """Of an ineligible application."""
    decided: date | None = None
    """When the determination in force was mailed."""
    assigned: date | None = None
    """When the notice of assignment was mailed."""
    complete: date | None = None
    """When all necessary records were there, or their time was over."""
    items: tuple[ItemFact, ...] = ()
    clocks: tuple[ClockFact, ...] = ()
    terminated: date | None = None
    termination: str = ""
    """`authorized` or `withdrawn`, and `before_reviewer` or `after_reviewer`."""
    appeals: tuple[tuple[date, str], ...] = ()
    """When filed; `eligibility` or `necessity`, and `pending`, `denied` or `reversed`."""
    fee_class: FeeClass | None = None
    """None where nothing is owed yet."""
    fee: int | None = None
    """US dollars; None where it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """Treatments decided."""

    upheld: int
    overturned: int

    @property
    def decided(self) -> int:
        """Both."""
        return self.upheld + self.overturned

    @property
    def share(self) -> float | None:
        """Overturned of decided; None where nothing was decided."""
        return self.overturned / self.decided if self.decided else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ages:
    """Calendar days to the determination; None where no determination has both days."""

    determinations: int
    median: float | None = None
    mean: float | None = None
    p90: int | None = None
    """The smallest age that at least nine of ten do not exceed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fees:
    """What is owed for one class."""

    applications: int
    amount: int
    """US dollars, of those whose fee is known."""
    unknown: int
    """Applications whose fee is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of a year, or of all years."""

    year: int | None
    gross: int
    unique: int
    standing: Mapping[str, int]
    """Unique applications by what was found of them."""
    ineligible_by: Mapping[str, int]
    """By ground; an application may have several."""
    letters: Mapping[str, int]
    """Determinations: all upheld, all overturned, mixed."""
    items: Outcomes
    by_category: Mapping[str, Outcomes]
    from_assignment: Ages
    from_complete_records: Ages
    timeliness: Mapping[str, Mapping[str, int]]
    """By limit: in time, late, open, ended."""
    titles: Mapping[str, str]
    """Of the limits."""
    records_late: int
    """Limits for records that were missed."""
    penalties: int
    """US dollars that follow from them by the rule; whether they are imposed is another matter."""
    terminated: Mapping[str, int]
    appeals: Mapping[str, int]
    fees: Mapping[str, Fees]
