"""Expert reviewers as the register keeps them: credentials with evidence, relations, capacity.

Requirements after Labor Code 139.5(d)(4)-(6). The register is secret: nothing of it but the
licence state and specialty ever stands in a file that a party sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openimr.model.party import PartyRole


class LicenceStatus(StrEnum):
    """Standing of a licence with its board."""

    ACTIVE = "active"
    RESTRICTED = "restricted"
    PROBATION = "probation"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


class Profession(StrEnum):
    """Physicians of Labor Code 3209.3."""

    MEDICINE = "MD"
    OSTEOPATHY = "DO"
    CHIROPRACTIC = "DC"
    PSYCHOLOGY = "PsyD/PhD"
    ACUPUNCTURE = "LAc"
    PODIATRY = "DPM"
    DENTISTRY = "DDS"
    OPTOMETRY = "OD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """On what a statement of the register rests."""

    source: str
    """Whom was asked: a board's site, a certificate, a statement under penalty of perjury."""
    checked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """A licence to practice in a state."""

    state: str
    """Two letters."""
    number: str
    status: LicenceStatus
    expires: date
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardCertification:
    """A certificate of a recognized US specialty board."""

    board: str
    specialty: str
    expires: date | None = None
    """None where it has no end."""
    evidence: Evidence | None = None


class RelationKind(StrEnum):
    """Kinds of ties, Labor Code 139.5(d)(5)-(6)."""

    FAMILIAL = "familial"
    FINANCIAL = "financial"
    PROFESSIONAL = "professional"
    SELF = "self"
    """The reviewer is the party."""
    STAFF_PRIVILEGES = "staff_privileges"
    """Does not count by itself."""


class Kinship(StrEnum):
    """Familial relations that the law names."""

    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    SPOUSES_PARENT = "spouses_parent"
    CHILDS_SPOUSE = "childs_spouse"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A tie of a reviewer to a person or organization, by name."""

    to: str
    kind: RelationKind
    kinship: Kinship | None = None
    share_of_income: float | None = None
    """Of a financial tie: its part of total annual revenue or income, 0 to 1; None: not stated."""
    excluded_income: bool = False
    """Pay of the review organization, or a tie to a university or NCI center that the law leaves
    out."""
    nature: str = ""
    """Of a professional tie: patient, partnership, employment, shareholding, contractor."""
    since: date | None = None
    until: date | None = None
    role: PartyRole | None = None
    """What the other is, where the tie counts only in that capacity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """A person's word that a likeness of names is one of names only."""

    name: str
    """As the case has it."""
    by: str
    """Account of the person who looked."""
    on: date
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """One entry of the register."""

    id: str
    name: str
    profession: Profession
    licences: tuple[Licence, ...] = ()
    boards: tuple[BoardCertification, ...] = ()
    specialties: tuple[str, ...] = ()
    """Specialties practiced, as the specialty vocabulary names them."""
    topics: tuple[str, ...] | None = None
    """Topics the reviewer says to be knowledgeable in; None: all that the specialties treat."""
    weekly_hours: float | None = None
    """Of direct patient care now."""
    years_in_practice: float | None = None
    practice_evidence: Evidence | None = None
    disciplined: bool | None = None
    """Whether any disciplinary action or sanction is taken or pending."""
    discipline_evidence: Evidence | None = None
    qualified_medical_evaluator: bool | None = None
    relations: tuple[Relation, ...] = ()
    disclosure: Evidence | None = None
    """The statement in which the relations were disclosed, even if there are none; None: nobody
    asked."""
    cleared: tuple[Cleared, ...] = ()
    """Names that are like this reviewer's or a relation's, and are somebody else's."""
    capacity: int = 0
    """Items that can still be taken on in the period."""
    load: int = 0
    """Items held now."""
    away: tuple[tuple[date, date], ...] = ()
    """First and last day of each absence."""


class OrganizationTieKind(StrEnum):
    """Ties of a review organization, Labor Code 139.5(d)(1)-(2)."""

    OWNED_BY = "owned_by"
    CONTROLLED_BY = "controlled_by"
    OWNS = "owns"
    SHARES_OFFICER = "shares_officer"
    TRADE_BODY_OF = "trade_body_of"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationTie:
    """A tie of the review organization itself, by name of the other."""

    to: str
    kind: OrganizationTieKind
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """The review organization, with all its ties; without any, an empty list says so."""

    name: str
    ties: tuple[OrganizationTie, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The register file: the organization and its reviewers."""

    organization: Organization
    reviewers: tuple[Reviewer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """A reviewer's word, for one case, that nothing stands against deciding it."""

    reviewer: str
    case_number: str
    signed_on: date
    no_conflict: bool
    knowledgeable: bool
    parties_sha256: str
    """Of the list of parties that was shown: a party added later asks for a new attestation."""
