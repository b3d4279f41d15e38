"""The course of a medication: since when, how much, what changed, when it stopped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from openimr.model.dates import PartialDate
from openimr.model.drug import Drug
from openimr.model.ids import FactId

IN_USE_DAYS = 92
"""How long a statement of use speaks for the present: visits and fills come at least quarterly."""
DAYS_IN_MONTH = 30.44
"""Of the calendar, on average."""


class FlagKind(StrEnum):
    """What in the dispensing of a drug a reviewer should see."""

    EARLY_REFILL = "early_refill"
    OVERLAP = "overlap"
    """Filled from another prescriber while the earlier supply still lasted."""
    SEVERAL_PRESCRIBERS = "several_prescribers"
    GAP = "gap"


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFlag:
    """One such observation, in words, with the facts it rests on."""

    kind: FlagKind
    date: date
    note: str
    facts: tuple[FactId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """The record says that the drug is taken or was dispensed on a day."""

    date: PartialDate
    fact: FactId
    strength: str | None = None
    per_day: float | None = None
    """Units a day, of the directions; else quantity over days' supply."""
    per_day_from_supply: bool = False
    quantity: float | None = None
    days_supply: int | None = None
    dispensed: bool = False
    prescriber: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """The record says that the drug was stopped, with the reason if it gives one."""

    date: PartialDate
    fact: FactId
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of the course on one dose."""

    start: date
    end: date
    """Last day on which the record speaks of this dose."""
    strength: str | None
    per_day: float | None
    quantity: float | None
    facts: tuple[FactId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """All that the record says of one drug's use by the patient."""

    drug: Drug
    uses: tuple[Use, ...]
    """In the order of their dates; what has no date is left out."""
    stops: tuple[Stop, ...]
    segments: tuple[Segment, ...]
    since: PartialDate | None
    """Earliest evidence of use: stated, or the first listing or fill."""
    since_facts: tuple[FactId, ...]
    since_is_stated: bool = False
    """Whether a record states the beginning; otherwise use may be longer."""
    prescribers: tuple[str, ...] = ()
    flags: tuple[CourseFlag, ...] = ()

    @property
    def generic(self) -> str:
        """The generic name, as the formulary has it."""
        return self.drug.generic

    @property
    def last_seen(self) -> date | None:
        """The last day on which the record says that the drug is in use."""
        return max((use.date.last_day() for use in self.uses), default=None)

    def uses_until(self, as_of: date) -> tuple[Use, ...]:
        """Statements of use up to a day."""
        return tuple(use for use in self.uses if use.date.first_day() <= as_of)

    def latest(self, as_of: date) -> Use | None:
        """The latest statement of use up to a day."""
        return max(self.uses_until(as_of), key=lambda use: use.date.last_day(), default=None)

    def stopped(self, as_of: date) -> Stop | None:
        """The stop that ends the course by a day; None if use is stated after it."""
        stops = [stop for stop in self.stops if stop.date.first_day() <= as_of]
        if not stops:
            return None
        last_stop = max(stops, key=lambda stop: stop.date.last_day())
        last_use = self.latest(as_of)
        if last_use is not None and last_use.date.first_day() > last_stop.date.last_day():
            return None
        return last_stop

    def in_use(self, as_of: date, *, within_days: int = IN_USE_DAYS) -> bool:
        """Whether the drug was stated or dispensed shortly before a day and not stopped since."""
        last_use = self.latest(as_of)
        if last_use is None or self.stopped(as_of) is not None:
            return False
        last_day = min(last_use.date.last_day(), as_of) + timedelta(days=last_use.days_supply or 0)
        return (as_of - last_day).days <= within_days

    def segment(self, as_of: date) -> Segment | None:
        """The dose in force on a day: of the latest stretch that had begun."""
        begun = [segment for segment in self.segments if segment.start <= as_of]
        return begun[-1] if begun else None

    def months(self, as_of: date) -> float | None:
        """Months from the earliest evidence to a day, at least; None if nothing is dated."""
        if self.since is None or self.since.first_day() > as_of:
            return None
        return round((as_of - self.since.last_day()).days / DAYS_IN_MONTH, 1)
