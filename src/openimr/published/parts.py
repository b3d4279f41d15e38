"""What a layout reads from a letter: text, not yet meaning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openimr.model.ruling import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemParts:
    """An item as printed; whitespace normalised, soft hyphens kept."""

    heading: str
    outcome: Outcome
    claims_administrator: str
    reviewer: str
    rationale: str
    asked: str = ""
    """The request alone, where the heading says more than that; else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderParts:
    """The printed header block; what the letter does not state is None."""

    case_number: str | None = None
    date_assigned: date | None = None
    decision_date: date | None = None
    date_of_injury: date | None = None
    ur_denial_date: date | None = None
    application_received: date | None = None
    priority: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterParts:
    """A whole letter as its layout read it."""

    layout: str
    header: HeaderParts
    licensure: tuple[str, ...]
    specialties: tuple[str, ...]
    summary: str
    items: tuple[ItemParts, ...]
    documents: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
