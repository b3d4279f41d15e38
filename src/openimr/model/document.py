"""A document of the case file and the kinds there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openimr.model.ids import DocumentId
from openimr.model.text import Notice, Page


class DocumentKind(StrEnum):
    """What a document is; UNKNOWN where the page does not say."""

    IMR_APPLICATION = "imr_application"
    UR_DECISION = "ur_decision"
    RFA = "rfa"
    PROGRESS_REPORT = "progress_report"
    """PR-2 and any other report of a treating or consulting physician's visit."""
    FIRST_REPORT = "first_report"
    """Doctor's First Report of Occupational Injury (Form 5021)."""
    MEDICAL_LEGAL = "medical_legal"
    """QME, AME and their supplemental reports; PR-3 and PR-4."""
    OPERATIVE = "operative"
    IMAGING = "imaging"
    ELECTRODIAGNOSTIC = "electrodiagnostic"
    LAB = "lab"
    """Laboratory reports; urine drug tests among them."""
    CURES = "cures"
    PHYSICAL_THERAPY = "physical_therapy"
    ACUPUNCTURE = "acupuncture"
    CHIROPRACTIC = "chiropractic"
    PSYCHOLOGY = "psychology"
    PHARMACY_LEDGER = "pharmacy_ledger"
    CORRESPONDENCE = "correspondence"
    NURSE_NOTE = "nurse_note"
    """Vital-sign sheets, telephone encounters, medical assistants' and nurses' notes."""
    UNKNOWN = "unknown"

    @property
    def is_clinical(self) -> bool:
        """Whether statements in it can be evidence: not argument, request or UR's quotation."""
        return self not in _NOT_CLINICAL


_NOT_CLINICAL = frozenset(
    {DocumentKind.IMR_APPLICATION, DocumentKind.UR_DECISION, DocumentKind.CORRESPONDENCE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One report, form or letter: a whole file, or a run of pages of a packet."""

    id: DocumentId
    file: str
    """Name of the file inside the case file, with `/` between folders; never a path outside it."""
    sha256: str
    """Of the file's bytes."""
    kind: DocumentKind
    date: date | None
    """The date it speaks of itself: of the visit, the report or the decision."""
    author: str | None
    pages: tuple[Page, ...]
    notices: tuple[Notice, ...] = ()

    def page(self, number: int) -> Page:
        """The page with this 1-based number."""
        return self.pages[number - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadFile:
    """A file of the case file that could not be read at all, and why."""

    file: str
    sha256: str
    reason: str
