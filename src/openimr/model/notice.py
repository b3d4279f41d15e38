"""Notices of the process: the templates as data, what fills them, and what one person receives.

template + values + recipient -> Notice. What a template may name is a closed vocabulary here, so
that a word nobody knows is found when the rules are checked and not when a letter is due.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from openimr.model.party import ServiceMethod


class NoticeRole(StrEnum):
    """Who may be addressed; the values are those of `PartyRole`, and the Director besides."""

    INJURED_EMPLOYEE = "injured_employee"
    ATTORNEY = "attorney"
    DESIGNEE = "designee"
    REQUESTING_PHYSICIAN = "requesting_physician"
    EMERGENCY_PROVIDER = "emergency_provider"
    CLAIMS_ADMINISTRATOR = "claims_administrator"
    EMPLOYER = "employer"
    DEFENSE_ATTORNEY = "defense_attorney"
    ADMINISTRATIVE_DIRECTOR = "administrative_director"


class Sender(StrEnum):
    """Whose letterhead it is."""

    REVIEW_ORGANIZATION = "review_organization"
    ADMINISTRATIVE_DIRECTOR = "administrative_director"


class Slot(StrEnum):
    """What stands between braces in a template, in one line of text."""

    CASE_NUMBER = "case_number"
    EMPLOYEE = "employee"
    PHYSICIAN = "physician"
    """The requesting physician."""
    ADMINISTRATOR = "administrator"
    """The claims administrator."""
    ORGANIZATION = "organization"
    """The review organization."""
    SEND_TO = "send_to"
    """Where records go: address, fax and electronic way of the review organization."""
    DIVISION_ADDRESS = "division_address"
    """Of the Administrative Director's unit for Independent Medical Review."""
    UR_DECISION_DATE = "ur_decision_date"
    RFA_DATE = "rfa_date"
    RECORDS_FROM = "records_from"
    """Six months before the request for authorization."""
    APPLICATION_RECEIVED = "application_received"
    TRACK = "track"
    """Regular, expedited, formulary."""
    RECORDS_DUE = "records_due"
    """From the claims administrator."""
    DOCUMENTS_DUE = "documents_due"
    """From employee, attorney and physician."""
    DECISION_WITHIN = "decision_within"
    """How long the review organization has, in words."""
    DECISION_DUE = "decision_due"
    DAYS = "days"
    PENALTY_PER_DAY = "penalty_per_day"
    PENALTY_MOST = "penalty_most"
    PENALTY_DAYS = "penalty_days"
    PENALTY_AMOUNT = "penalty_amount"
    REASON = "reason"
    """As the act states it."""
    QUESTION = "question"
    ASKED_OF = "asked_of"
    ANSWER_DUE = "answer_due"
    PETITION_DUE = "petition_due"
    APPLY_WITHIN = "apply_within"
    """After a dispute over liability is resolved."""
    AUTHORIZE_DUE = "authorize_due"
    PAY_DUE = "pay_due"
    OTHER_CASE = "other_case"
    LEADING_CASE = "leading_case"
    WITHDRAWN_ON = "withdrawn_on"
    OUTCOME = "outcome"
    """Of the whole letter, in plain words."""
    DETERMINATION_SHA256 = "determination_sha256"
    FEE_CLASS = "fee_class"
    FEE = "fee"


class ListSlot(StrEnum):
    """What fills a list, one entry a line."""

    TREATMENTS = "treatments"
    """In dispute, as requested."""
    LEFT_OUT = "left_out"
    """Treatments that are not reviewed."""
    GROUNDS = "grounds"
    CURES = "cures"
    MEMBERS = "members"
    """Cases decided together."""
    OUTCOMES = "outcomes"
    """Each treatment with its outcome."""
    NAMED_RECORDS = "named_records"
    """Documents that the UR decision says it relied on."""


class Condition(StrEnum):
    """What a paragraph may depend on; each is stated, true or false, whenever it is asked."""

    IN_PART = "in_part"
    EXPEDITED = "expedited"
    RFA_DATED = "rfa_dated"
    RECORDS_NAMED = "records_named"
    CURABLE = "curable"
    PENALTY = "penalty"
    """Whether the penalty by day was in force."""
    RECORDS_OUTSTANDING = "records_outstanding"
    """Whether records are still to come."""
    RECORDS_IN = "records_in"
    """Whether the time for the records is over, or they are complete."""
    GROUNDS_NAMED = "grounds_named"
    """Whether the act names grounds; else it gives a reason only."""
    BY_CONSENT = "by_consent"
    """Whether the claims administrator agreed to review."""
    AUTHORIZED = "authorized"
    """Whether the review ends because the treatment was authorized; else it was withdrawn."""
    OVERTURNED = "overturned"
    """Whether at least one item is."""
    TO_BE_GIVEN = "to_be_given"
    """Whether an overturned item was not given yet."""
    ALREADY_GIVEN = "already_given"
    BEFORE_REVIEWER = "before_reviewer"
    REMANDED = "remanded"


class Represented(StrEnum):
    """What an employee receives who has an attorney."""

    BESIDE = "beside"
    """The notice, as the attorney does."""
    INSTEAD = "instead"
    """Nothing: it goes to the attorney."""


class PartKind(StrEnum):
    """How a part of a notice is set."""

    HEADING = "heading"
    SAY = "say"
    BULLETS = "bullets"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplatePart:
    """A heading, paragraph or list of a template."""

    kind: PartKind
    texts: tuple[str, ...] = ()
    """With slots between braces."""
    each: ListSlot | None = None
    """Of a list whose entries are filled in."""
    readers: tuple[NoticeRole, ...] = ()
    """Who receives it; empty: everybody."""
    when: tuple[Condition, ...] = ()
    """All must hold."""
    unless: tuple[Condition, ...] = ()
    """None may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Who receives a notice."""

    role: NoticeRole
    needed: bool = False
    """Whether there is no notice without one."""
    represented: Represented = Represented.BESIDE


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeTemplate:
    """A notice as the rules have it for UR decisions of a period."""

    kind: str
    title: str
    sender: Sender
    acts: Mapping[str, tuple[str, ...]]
    """The acts that call for it, and what such an act must state to be meant."""
    addressees: tuple[Addressee, ...]
    parts: tuple[TemplatePart, ...]
    requires: Mapping[Slot | ListSlot, str]
    """What it must say, and the rule that wants it."""
    citation: str
    checked_on: date | None
    effective_from: date
    effective_to: date | None
    unverified: bool
    """Whether what it must say was not checked against the text of the law."""
    note: str = ""
    """What is not known of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """How a sender signs, and where it is reached."""

    name: str
    address: str
    phone: str | None = None
    fax: str | None = None
    electronic: str | None = None
    """Portal or secure address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offices:
    """Both senders."""

    review_organization: Office
    administrative_director: Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One person or organization that is served, and how."""

    role: NoticeRole
    name: str
    organization: str = ""
    address: str = ""
    service: ServiceMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """A number of the notice that rests on what was not checked, for whoever sends it."""

    text: str
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeValues:
    """What fills a template for one recipient."""

    day: date
    """Of the notice."""
    sender: Office
    rows: tuple[tuple[str, str], ...]
    """What identifies the case, at the head of the letter."""
    slots: Mapping[Slot, str] = field(default_factory=lambda: MappingProxyType({}))
    lists: Mapping[ListSlot, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    conditions: Mapping[Condition, bool] = field(default_factory=lambda: MappingProxyType({}))
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePart:
    """A part as it is printed."""

    kind: PartKind
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What one recipient receives."""

    kind: str
    title: str
    case_number: str
    day: date
    sender: Office
    recipient: Recipient
    rows: tuple[tuple[str, str], ...]
    parts: tuple[NoticePart, ...]
    served: tuple[Recipient, ...]
    """All who are served with it, for the list of copies and the proof of service."""
    citation: str
    cautions: tuple[Caution, ...] = ()
