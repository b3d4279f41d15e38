"""Records of a review: what each side owes, what is there, what is named and is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openimr.model.deadline import Due
from openimr.model.document import DocumentKind
from openimr.model.party import PartyRole


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRecord:
    """A record that the utilization review decision names as reviewed."""

    text: str
    kind: DocumentKind | None = None
    day: date | None = None
    month: date | None = None
    """Its first day, where the decision gives no more than the month."""
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRecord:
    """A record that is in the file."""

    file: str
    kind: DocumentKind | None
    day: date | None
    author: str | None = None
    sender: PartyRole | None = None
    """None where nobody stated who sent it."""


class Presence(StrEnum):
    """Whether a named record is in the file."""

    FOUND = "found"
    DOUBTFUL = "doubtful"
    """Something near is there; a person must look."""
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedAndHeld:
    """Both sides: what the decision names, and what of the file comes nearest."""

    named: NamedRecord
    presence: Presence
    held: HeldRecord | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRule:
    """One type of records that a side owes."""

    id: str
    """A to E for the claims administrator's; others by a word."""
    actor: PartyRole
    owed: bool
    """False: it may send them and need not."""
    what: str
    form: str
    """As what it is sent, and what not with it."""
    kinds: tuple[DocumentKind, ...]
    window_months: int | None
    """Of this many months before the request; None: of any day."""
    citation: str
    unverified: bool = False
    from_memory: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedRecords:
    """A type of records laid against the file."""

    rule: RecordRule
    since: date | None
    """First day of its window; None where it has none or the request's day is not stated."""
    until: date | None
    held: tuple[HeldRecord, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsReport:
    """What is owed by when, what is there, and whether it can be decided on."""

    owed: tuple[OwedRecords, ...]
    due: tuple[Due, ...]
    """By side; empty until the notice of assignment is sent."""
    named: tuple[NamedAndHeld, ...]
    decidable: bool
    guard: str
    """Why it can or cannot be decided on what is there."""
    late: tuple[str, ...] = ()
    """Records that came after their day, and what follows, in sentences."""
