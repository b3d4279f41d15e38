"""A fact of the record: what is said, how it is meant, when, by whom, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from openimr.model.dates import PartialDate
from openimr.model.ids import CertificateId, ConceptId, DocumentId, FactId
from openimr.model.text import Box

JSON: TypeAlias = "bool | int | float | str | tuple[JSON, ...] | Mapping[str, JSON] | None"
REGIMEN = "regimen"
"""`Fact.subject` of an effect that the record ties to all the medication together."""
NEVER_BEFORE = "never before"
"""`reason` of a medication that the record says was not had until then."""
NOT_TAKEN = "listed and not taken"
"""`reason` of a medication that a list carries and the patient does not take."""
PATCH = "patch"
PAIN_PILL = "pain pill"
"""`Fact.subject` where the words name a medicine by its form, and the page does not say which."""


class Assertion(StrEnum):
    """How a statement is meant. Only PRESENT and ABSENT speak of the patient now."""

    PRESENT = "present"
    ABSENT = "absent"
    POSSIBLE = "possible"
    HISTORICAL = "historical"
    HYPOTHETICAL = "hypothetical"
    """Conditions, plans, goals, quotations of guidelines, template instructions."""
    OTHER_PERSON = "other_person"
    """A relative, or another patient's page in the file."""
    CONFLICTING = "conflicting"
    """The record says both; a person must look."""


class Origin(StrEnum):
    """Who pointed at the words of a fact; the rules read value and assertion in every case."""

    RULES = "rules"
    SECOND_READER = "second_reader"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a statement stands: `document.page(page).text[start:end] == quote`, always."""

    document: DocumentId
    page: int
    start: int
    end: int
    quote: str
    box: Box | None
    confidence: float
    """How surely the words were read: 1 for a text layer, the lowest word's for OCR."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One statement of the record about one concept."""

    id: FactId
    concept: ConceptId
    value: Mapping[str, JSON]
    """What is said, by concept; see docs/reference/facts.md."""
    assertion: Assertion
    date: PartialDate | None
    """The date the fact is about."""
    written: PartialDate | None
    """The date of the document that says it."""
    subject: str | None = None
    """What an effect is tied to: a generic drug name, a therapy, REGIMEN, or None."""
    author: str | None = None
    provenance: Provenance
    rule: str
    """The lexicon entry or grammar rule that read it."""
    origin: Origin = Origin.RULES


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRef:
    """A page of the case file."""

    document: DocumentId
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadPage:
    """A page that could not be searched, or was read too badly to rely on, and why."""

    document: DocumentId
    page: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """The nearest passage a search met, and why it does not count."""

    document: DocumentId
    page: int
    start: int
    end: int
    quote: str
    why: str
    words_only: bool = False
    """It holds words of the concept and no statement of it: kept as data, not printed."""
    possible: bool = False
    """Possible evidence, for the reviewer to read: a recent clinical passage about the patient that
    was not read as an answer. Others are ruled out by their reason: stale, of another person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Proof of search for a 'not documented': what was looked for, where, and what came nearest."""

    id: CertificateId
    concepts: tuple[ConceptId, ...]
    subject: str | None = None
    """The drug or treatment the evidence had to speak of, if one."""
    queries: tuple[str, ...]
    """Every phrase and pattern that was searched."""
    pages_searched: tuple[PageRef, ...]
    pages_unreadable: tuple[UnreadPage, ...]
    pages_weak: tuple[UnreadPage, ...] = ()
    """Read by OCR with low confidence: searched, but the certificate is weaker for them."""
    nearest: tuple[NearMiss, ...] = ()

    @property
    def claims_absence(self) -> bool:
        """Whether it says that nothing bears on it; else it points at passages to be read."""
        return not any(near.possible for near in self.nearest)
