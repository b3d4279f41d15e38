"""The case as the process sees it: application, UR decision, items, parties, receipts.

It is what `case.json` holds. Silence is None, never False: what nobody stated does not count
against anyone. Fields after 8 CCR 9792.10.1-9792.10.5 and DWC Form IMR.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from openimr.model.case import UrAction
from openimr.model.party import Party, PartyRole, ServiceMethod


class Priority(StrEnum):
    """The track on which a case runs; it chooses its time limits."""

    REGULAR = "regular"
    EXPEDITED = "expedited"
    FORMULARY = "formulary"


class DecisionBasis(StrEnum):
    """Why utilization review modified or denied."""

    NECESSITY = "necessity"
    LIABILITY = "liability"
    """The claims administrator disputes that it is liable for the injury, part or treatment."""
    INFORMATION = "information"
    """Requested information, a test or a consultation was not supplied."""


class Channel(StrEnum):
    """How something reached the review organization."""

    MAIL = "mail"
    FAX = "fax"
    ELECTRONIC = "electronic"
    PORTAL = "portal"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True, kw_only=True)
class UrDecision:
    """The utilization review decision that is disputed."""

    issued: date | None = None
    served: date | None = None
    service: ServiceMethod | None = None
    communicated: date | None = None
    """To the requesting physician, where it differs from `served`."""
    received: date | None = None
    """By the injured employee, where it is known."""
    bases: tuple[DecisionBasis, ...] = ()
    expedited: bool | None = None
    retrospective: bool | None = None
    formulary: bool | None = None
    """Whether it is a dispute about a drug listed in the MTUS formulary."""
    form_served: bool | None = None
    """Whether the pre-filled DWC Form IMR was served with it."""
    alleged_late: bool | None = None
    """Whether a party says that the decision itself was untimely."""
    rfa_received: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiabilityDispute:
    """The claims administrator's dispute for another reason than medical necessity."""

    raised: date | None = None
    consents_to_review: bool | None = None
    resolved: date | None = None
    resolution_served: date | None = None
    resolution_service: ServiceMethod | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """The application for Independent Medical Review (DWC Form IMR) as it was received."""

    received: datetime | None = None
    """The receipt stamp, with its zone: receipt counts, not mailing. Midnight in California where
    the stamp gives the day alone."""
    channel: Channel | None = None
    filer: PartyRole | None = None
    signed: bool | None = None
    signed_on: date | None = None
    ur_decision_attached: bool | None = None
    representation_proved: bool | None = None
    """Whether an attorney's or other representative's authority came with it."""
    designation_signed_on: date | None = None
    """Of a designee: void if before the UR decision, Labor Code 4610.5(j)."""
    requested: Priority = Priority.REGULAR
    urgency_certified: bool | None = None
    """A physician's certificate of an imminent and serious threat, with support."""
    consents_to_records: bool | None = None
    missing_fields: tuple[str, ...] = ()
    """Required fields of the form that are empty, by the form's names."""
    forum: str | None = None
    """Where the dispute belongs if not here: mpn, billing, qme, carve_out, federal."""
    withdrawn_on: date | None = None
    future_medical_settled_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledItem:
    """One disputed treatment as the application names it."""

    index: int
    """1-based."""
    request_text: str
    ur_action: UrAction = UrAction.UNKNOWN
    bases: tuple[DecisionBasis, ...] = ()
    """Of this item, where they differ from the decision's."""
    retrospective: bool | None = None
    date_of_service: date | None = None
    authorized_on: date | None = None
    """The day on which the claims administrator authorized it after all."""
    body_part_accepted: bool | None = None
    specialties: tuple[str, ...] = ()
    """Specialties that treat it, where somebody named them; else they follow from its topic."""
    topic: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorReview:
    """An earlier application or determination about the same injured employee."""

    case_number: str
    received: date | None = None
    ur_decision: date | None = None
    decided: date | None = None
    """None while it is open."""
    items: tuple[str, ...] = ()
    """Request lines."""
    reviewer: str | None = None
    """Register id of the reviewer who decided it; never shown to a party."""
    change_documented: str | None = None
    """What changed since, as the new request documents it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedDocument:
    """One record as it came in."""

    file: str
    kind: str
    """As intake names kinds: pr2, rfa, ur_decision, imaging ..."""
    sender: PartyRole
    received: datetime
    day: date | None = None
    """The document's own date."""
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImrCase:
    """Everything the process knows of a case apart from what happened to it (its events)."""

    case_number: str
    """`CMyy-nnnnnnn` in California's program."""
    program: str = "ca-wc"
    date_of_injury: date | None = None
    date_of_birth: date | None = None
    claim_number: str | None = None
    adjudication_number: str | None = None
    application: Application
    ur_decision: UrDecision = UrDecision()
    items: tuple[FiledItem, ...] = ()
    parties: tuple[Party, ...] = ()
    liability: LiabilityDispute | None = None
    prior_reviews: tuple[PriorReview, ...] = ()
    received: tuple[ReceivedDocument, ...] = ()
    records_named_by_ur: tuple[str, ...] = ()
    """Documents that the UR decision says it relied on, in its words."""
    rfa_date: date | None = None
    treating_since: date | None = None
    """When the requesting physician began to treat."""
