"""What the reviewer decides: an outcome for each item, and what of the draft is overruled.

A ruling is the reviewer's own; nothing in it has a default that a program could fill in. What
binds it to the letter, the records and the rules is the signature (Labor Code 4610.6(a), (g)).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from openimr.model.finding import Suggestion, Value
from openimr.model.ids import CriterionId, DocumentId


class Outcome(StrEnum):
    """A reviewer's decision on an item; a draft has none."""

    UPHELD = "Upheld"
    OVERTURNED = "Overturned"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRuling:
    """The outcome of one item."""

    item: int
    outcome: Outcome
    reason: str = ""
    """The reviewer's own words; needed where the outcome is not the one that follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingOverride:
    """A criterion's value, as the reviewer reads the record."""

    item: int
    criterion: CriterionId
    value: Value
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionOverride:
    """The suggestion of an item, as the reviewer weighs the criteria."""

    item: int
    suggestion: Suggestion
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceOverride:
    """A sentence of an item's rationale in the reviewer's words; it keeps what it stands on."""

    item: int
    number: int
    """1-based, in the rationale as it stands once findings and suggestions are overruled."""
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPages:
    """Pages of a record that the reviewer had on screen."""

    document: DocumentId
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """Everything the reviewer decided in a case."""

    items: tuple[ItemRuling, ...]
    findings: tuple[FindingOverride, ...] = ()
    suggestions: tuple[SuggestionOverride, ...] = ()
    sentences: tuple[SentenceOverride, ...] = ()
    opened: tuple[OpenedPages, ...] | None = None
    """None where nobody kept count; then no page is said to have been opened or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The reviewer's act, bound by hash to what was signed. It names no person."""

    pseudonym: str
    """Stable for a reviewer, and not to be traced back without the organization's key."""
    licensure: tuple[str, ...]
    """States, in full."""
    specialties: tuple[str, ...]
    signed: datetime
    letter: str
    """SHA-256 of the determination as JSON, without its signature and issuance."""
    records: str
    """Of the names and hashes of all files read."""
    rulebook: str
    ruling: str
    """Of the outcomes and everything overruled."""
    sha256: str
    """Over all of the above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuance:
    """What freezes a signed determination."""

    case_number: str
    issued: date
    assigned: date | None
    version: int
    """1; a correction is the next."""
    priority: str
    """Standard or Expedited, as the letter's header prints it."""
    corrects: str = ""
    """The signature's hash of the version before; empty for the first."""
    case_sha256: str
    """Of what was filed, `case.json`, as it stood then."""
    reason: str = ""
    """Why it was corrected."""
