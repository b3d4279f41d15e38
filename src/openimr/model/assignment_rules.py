"""The rules by which a reviewer may decide: requirements, conflicts, specialties, points.

Read from `rulebook/data/process/`; each rule says its citation and whether it was checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openimr.model.application import Priority
from openimr.model.ids import TopicId
from openimr.model.party import PartyRole
from openimr.model.request import RequestKind
from openimr.model.reviewer import Kinship, OrganizationTieKind, Profession, RelationKind


class RequirementId(StrEnum):
    """What is asked of a reviewer; the code knows how to look it up, the data whether it holds."""

    LICENCE = "licence"
    BOARD = "board"
    DISCIPLINE = "discipline"
    QME = "qme"
    YEARS = "years"
    HOURS = "hours"
    DISCLOSURE = "disclosure"
    SCOPE = "scope"
    KNOWLEDGE = "knowledge"
    SPECIALTY = "specialty"
    ABSENCE = "absence"
    CAPACITY = "capacity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One hard requirement in the days of its law."""

    id: RequirementId
    says: str
    """As it follows `the reviewer`."""
    citation: str
    effective_from: date
    effective_to: date | None
    unverified: bool
    more_than: float | None = None
    at_least: float | None = None

    def in_force(self, day: date) -> bool:
        """Whether it is asked on a day."""
        return self.effective_from <= day <= (self.effective_to or date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the licence of a profession allows; an empty field does not limit."""

    profession: Profession
    board: bool
    """Whether a board certificate is asked of the profession."""
    why: str
    kinds: tuple[RequestKind, ...] = ()
    topics: tuple[TopicId, ...] = ()
    body_parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirements:
    """Everything that is asked of a reviewer as a person."""

    all: tuple[Requirement, ...]
    states: frozenset[str]
    preferred_state: str
    scopes: Mapping[Profession, Scope]
    warn_days: int
    evidence_days: int
    """Days for which a statement that was looked up counts."""
    most_weekly_hours: int
    """Above it, weekly hours of patient care cannot be meant."""

    def asked(self, requirement: RequirementId, day: date) -> Requirement | None:
        """The requirement as it is asked on a day; None if it is not."""
        return next((r for r in self.all if r.id == requirement and r.in_force(day)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWords:
    """Words and letters by which names are compared."""

    legal_forms: frozenset[str]
    titles: frozenset[str]
    common: frozenset[str]
    """Words so many organizations bear that they tell none apart."""
    small: frozenset[str]
    """Words that initials may leave out, as they may legal forms."""
    abbreviations: Mapping[str, str]
    look_alike: tuple[tuple[str, str], ...]
    """What a scan reads, and what it may have been."""
    given: tuple[frozenset[str], ...]
    """Given names that may be one person's: short forms and spellings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRules:
    """Which ties block, to whom, and from what size on."""

    citation: str
    unverified: bool
    matrix: Mapping[PartyRole, frozenset[RelationKind]]
    reasons: Mapping[PartyRole, str]
    kinships: frozenset[Kinship]
    kinships_aside: frozenset[Kinship]
    kinds_aside: frozenset[RelationKind]
    income_threshold: float
    """Above it, a share of income is a tie; 0 to 1."""
    natures: frozenset[str]
    natures_aside: frozenset[str]
    months_after_end: Mapping[RelationKind, int]
    organization_citation: str
    organization_ties: frozenset[OrganizationTieKind]
    organization_roles: frozenset[PartyRole]
    parties_asked: tuple[PartyRole, ...]
    """Whom a case must name before anybody can be said to be free of ties to it."""
    names: NameWords


class Degree(StrEnum):
    """How near a specialty is to an item."""

    SAME = "same"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSpecialty:
    """A specialty that reviewers practice."""

    name: str
    synonyms: tuple[str, ...]
    boards: tuple[str, ...]
    professions: tuple[Profession, ...]
    akin: Mapping[str, str]
    """Similar specialties, each with a sentence why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Treats:
    """That a specialty treats what an item asks for, and why."""

    specialty: str
    degree: Degree
    why: str
    topics: frozenset[TopicId] = frozenset()
    kinds: frozenset[RequestKind] = frozenset()
    """For items that no topic covers."""
    body_parts: frozenset[str] = frozenset()
    """Holds only where the request names one of them; empty: wherever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Specialties:
    """The vocabulary of specialties, and what each treats."""

    all: Mapping[str, ReviewSpecialty]
    treats: tuple[Treats, ...]
    names: Mapping[str, str]
    """Every way to write a specialty, folded, to its name."""
    unverified: bool

    def named(self, written: str) -> str | None:
        """The specialty that is written so; None if the vocabulary has none."""
        return self.names.get(fold_specialty(written))


def fold_specialty(written: str) -> str:
    """Case and spaces do not tell specialties apart.

    >>> fold_specialty(" Family  Practice ")
    'family practice'
    """
    return " ".join(written.casefold().split())


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadStep:
    """Points an item while at most this share of the capacity is used."""

    up_to: float
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """What the assignment of a queue weighs; all that it may weigh."""

    similar_specialty: int
    other_state: int
    urgent_to_the_busy: int
    not_placed: int
    load: tuple[LoadStep, ...]
    track: Mapping[Priority, int]
    days_left: tuple[tuple[int, int], ...]
    """At most so many days left, and what that adds; nearest first."""
    weeks_waited_add_up_to: int
    panel_citation: str
    largest_panel: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentRules:
    """All rules of assignment, with a hash over their files."""

    requirements: Requirements
    conflicts: ConflictRules
    specialties: Specialties
    points: Points
    sha256: str
