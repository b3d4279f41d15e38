"""The case: the people and dates, the documents, and what is disputed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from openimr.model.document import Document, UnreadFile
from openimr.model.evidence import Provenance
from openimr.model.request import Request


class UrAction(StrEnum):
    """What utilization review did with an item."""

    DENY = "deny"
    MODIFY = "modify"
    APPROVE = "approve"
    DELAY = "delay"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHeader:
    """Who and when, each from a page; what no page says is None."""

    worker: str | None = None
    date_of_birth: date | None = None
    age: int | None = None
    """On the day of the UR decision."""
    sex: str | None = None
    """male or female."""
    date_of_injury: date | None = None
    claim_number: str | None = None
    employer: str | None = None
    claims_administrator: str | None = None
    ur_organization: str | None = None
    requesting_physician: str | None = None
    ur_decision_date: date | None = None
    rfa_date: date | None = None
    application_received: date | None = None
    sources: Mapping[str, Provenance] = field(default_factory=lambda: MappingProxyType({}))
    """Field name to where it was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputedItem:
    """One item in dispute, as the application or the UR decision lists it."""

    index: int
    """1-based."""
    request_text: str
    request: Request
    ur_action: UrAction
    ur_granted: str | None = None
    """What UR authorized of a modified request, in its words."""
    ur_guideline: str | None = None
    """The guideline UR cited for this item, in its words."""
    sources: tuple[Provenance, ...] = ()
    """Where the line stands: application, RFA, UR decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """Everything intake read."""

    documents: tuple[Document, ...]
    unread: tuple[UnreadFile, ...] = ()
