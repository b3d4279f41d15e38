"""A request for treatment, read from its line on the application, RFA or UR decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openimr.model.ids import TopicId


class RequestKind(StrEnum):
    """What is asked for."""

    DRUG = "drug"
    IMAGING = "imaging"
    THERAPY = "therapy"
    SURGERY = "surgery"
    INJECTION = "injection"
    DME = "dme"
    DIAGNOSTIC = "diagnostic"
    CONSULT = "consult"
    PROGRAM = "program"
    LAB = "lab"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """The amount of one ingredient in one unit: 10 mg, 20 mcg/hr, 1.3 %."""

    ingredient: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request line, parsed. What the line does not say is None, never a guess."""

    text: str
    """The line as written."""
    kind: RequestKind = RequestKind.OTHER
    topic_id: TopicId | None = None
    generic: str | None = None
    brand: str | None = None
    strength: str | None = None
    """`10/325 mg`, `20 mcg/hr`."""
    strengths: tuple[Strength, ...] = ()
    form: str | None = None
    """Only if the line writes it."""
    quantity: float | None = None
    refills: int | None = None
    sig: str | None = None
    """Directions as written."""
    units_per_dose: float | None = None
    doses_per_day: float | None = None
    retrospective: bool = False
    date_of_service: date | None = None
    procedure: str | None = None
    body_parts: tuple[str, ...] = ()
    """In full and without the side: `lumbar spine`."""
    laterality: str | None = None
    """left, right or bilateral."""
    levels: tuple[str, ...] = ()
    """Spinal levels: `L4-L5`."""
    visits: int | None = None
    visits_min: int | None = None
    """Lower end where the line gives a range; `visits` holds the upper one."""
    per_week: float | None = None
    per_week_min: float | None = None
    weeks: float | None = None
    weeks_min: float | None = None
    contrast: str | None = None
    """with, without, or with and without."""
    modified: bool = False
    authorized_part: str | None = None
    authorized_n: float | None = None
    remaining_part: str | None = None
    remaining_n: float | None = None
    associated_surgical: bool = False
    ambiguities: tuple[str, ...] = ()

    @property
    def total_units(self) -> float | None:
        """Units with refills; None if the quantity is not known."""
        return None if self.quantity is None else self.quantity * (1 + (self.refills or 0))
