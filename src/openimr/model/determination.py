"""The determination: one type for a draft, a signed decision and a published letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openimr.model.case import CaseHeader, DisputedItem
from openimr.model.document import Document, UnreadFile
from openimr.model.evidence import Certificate, Fact, PageRef
from openimr.model.finding import Evaluation
from openimr.model.ids import CriterionId, FactId
from openimr.model.pack import Pack
from openimr.model.rule import Settings
from openimr.model.ruling import Issuance, Outcome, Ruling, Signature
from openimr.model.second_reader import SecondReading


class Status(StrEnum):
    """A draft becomes a decision only by a physician's signature."""

    DRAFT = "draft"
    SIGNED = "signed"
    ISSUED = "issued"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the letter and what it stands on; at least one of the three is given."""

    text: str
    findings: tuple[CriterionId, ...] = ()
    facts: tuple[FactId, ...] = ()
    pages: tuple[PageRef, ...] = ()
    """Pages cited that are no fact's: of the request line, of UR's action."""
    citations: tuple[str, ...] = ()
    """Guideline citations, as printed."""
    part: str = ""
    """What it does in the letter, so that a page can be set in paragraphs: request, edition,
    decides, holds, arithmetic, flags, silent, considered, search, record, caution, close; empty
    in a summary."""
    overruled: str | None = None
    """What the draft said here, where these are the reviewer's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidelineLine:
    """One of the two guideline lines of an item."""

    text: str
    mtus: bool
    odg: bool
    pages: tuple[tuple[int, int], ...] = ()
    citations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDecision:
    """One item of a letter, whoever wrote it: what was asked, decided, and why."""

    item: DisputedItem
    outcome: Outcome | None
    claims_administrator_guideline: GuidelineLine
    reviewer_guideline: GuidelineLine
    rationale: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDetermination(ItemDecision):
    """One item of a determination made here: the decision and what it was derived from."""

    evaluation: Evaluation
    would_change: tuple[Sentence, ...] = ()
    """Where not supported: what would have changed the suggestion, from the flip set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """What produced the draft: enough to replay it."""

    version: str
    rulebook_edition: str
    rulebook_sha256: str
    rulebook_files: tuple[tuple[str, str], ...]
    as_of: date
    settings: Settings
    packs: tuple[Pack, ...] = ()
    """The licensees' packs among the rules."""
    ocr: str = ""
    """The engine that read page images; empty where none was needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What every Final Determination says, drafted here or published: the shared model."""

    header: CaseHeader
    items: tuple[ItemDecision, ...]
    summary: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Determination(Letter):
    """A Final Determination made here, from the documents up to the sentences."""

    status: Status
    engine: Engine
    documents: tuple[Document, ...]
    unread: tuple[UnreadFile, ...]
    facts: tuple[Fact, ...]
    certificates: tuple[Certificate, ...]
    items: tuple[ItemDetermination, ...]
    reviewer_licensure: str | None = None
    """Blank until a reviewer is assigned."""
    reviewer_specialty: str | None = None
    organization: str = "The review organization"
    """Who conducts the review, as the letter names it."""
    how_made: tuple[str, ...] = ()
    """How the determination was made, a paragraph each."""
    ruling: Ruling | None = None
    """What the reviewer decided; None in a draft."""
    signature: Signature | None = None
    issuance: Issuance | None = None
    second_reading: SecondReading | None = None
    """What a second reader added; None where none was asked."""
