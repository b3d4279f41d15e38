"""A request for treatment, read from its line on the application, RFA or UR decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

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
    days_supply: float | None = None
    """Only if the line states it."""
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
    duration: float | None = None
    """Length of a rental, programme or supply, in `duration_unit`; the upper end of a range."""
    duration_unit: str | None = None
    """hour, day, week or month."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPart:
    """A part of the body as requests name it."""

    name: str
    """In full: `lumbar spine`."""
    phrases: tuple[str, ...]
    spine: str | None = None
    """Letter of its vertebrae: C, T or L; None outside the spine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Care that is no drug line: a therapy, study, procedure, device or visit."""

    name: str
    """Canonical: `epidural steroid injection`."""
    kind: RequestKind
    phrases: tuple[str, ...]
    topic: TopicId | None = None
    body_part: str | None = None
    """The part its name implies: the wrist of a carpal tunnel release."""
    names_by_part: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Where it is called otherwise by body part: a discectomy at L4-L5 is a lumbar discectomy."""
    topics_by_part: Mapping[str, TopicId] = field(default_factory=lambda: MappingProxyType({}))
    """Where the guideline differs by body part."""
    topics_by_context: Mapping[str, TopicId] = field(default_factory=lambda: MappingProxyType({}))
    """Where it differs by `postoperative` or `preoperative`."""
    contrast: str | None = None
    """What the study implies: an arthrogram is done with contrast."""
    weak: bool = False
    """A word that counts only where nothing more definite stands: `evaluation`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Specialty:
    """A field of medicine a consultation may be asked of."""

    name: str
    phrases: tuple[str, ...]
    topic: TopicId


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugWords:
    """What stands beside a drug's name on a line."""

    forms: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Dose form to how it is written."""
    topical_forms: frozenset[str] = frozenset()
    releases: tuple[str, ...] = ()
    salts: frozenset[str] = frozenset()
    topical_ingredients: tuple[str, ...] = ()
    """Ingredients of compounded creams that the formulary has no row for."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RequestVocabulary:
    """The words of request lines, apart from drug names; compared by identity."""

    body_parts: tuple[BodyPart, ...]
    services: tuple[Service, ...]
    specialties: tuple[Specialty, ...]
    drug_words: DrugWords = field(default_factory=DrugWords)
    abbreviations: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Put out in full before a line is read: `rue` is `right upper extremity`."""
