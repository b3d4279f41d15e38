"""What a letter calls a document, and how it cites its pages.

The draft writes these names into its sentences and the renderers find them again to link them, so
both take them from here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from openimr.model.document import Document, DocumentKind
from openimr.model.evidence import Fact, Origin, PageRef
from openimr.model.ids import DocumentId

KIND_NAMES: Mapping[DocumentKind, str] = MappingProxyType(
    {
        DocumentKind.IMR_APPLICATION: "IMR application",
        DocumentKind.UR_DECISION: "UR decision",
        DocumentKind.RFA: "RFA",
        DocumentKind.PROGRESS_REPORT: "progress report",
        DocumentKind.FIRST_REPORT: "doctor's first report",
        DocumentKind.MEDICAL_LEGAL: "medical-legal report",
        DocumentKind.OPERATIVE: "operative report",
        DocumentKind.IMAGING: "imaging report",
        DocumentKind.ELECTRODIAGNOSTIC: "electrodiagnostic report",
        DocumentKind.LAB: "laboratory report",
        DocumentKind.CURES: "CURES report",
        DocumentKind.PHYSICAL_THERAPY: "physical therapy note",
        DocumentKind.ACUPUNCTURE: "acupuncture note",
        DocumentKind.CHIROPRACTIC: "chiropractic note",
        DocumentKind.PSYCHOLOGY: "psychology report",
        DocumentKind.PHARMACY_LEDGER: "pharmacy ledger",
        DocumentKind.CORRESPONDENCE: "letter",
        DocumentKind.NURSE_NOTE: "nurse note",
        DocumentKind.UNKNOWN: "document",
    }
)
"""The name of each kind in running text; lists start it with a capital."""


def us_date(day: date | None) -> str:
    """A date as Californian records write it: 04/09/2015; `undated` for None."""
    return f"{day:%m/%d/%Y}" if day else "undated"


_ISO_DATE = re.compile(r"\b((?:19|20)\d{2})-(\d{2})(?:-(\d{2}))?\b")


MARKED = "second reader"
"""Stands beside the pages of passages that a second reader pointed at."""


def origin_mark(facts: Iterable[object]) -> str:
    """How a citation of these facts is marked: empty where the rules found all of them.

    Args:
        facts: what is cited; pages and places among them are of the rules.
    """
    cited = list(facts)
    marked = sum(isinstance(one, Fact) and one.origin is Origin.SECOND_READER for one in cited)
    if not marked:
        return ""
    return f"; {MARKED}" if marked == len(cited) else f"; {MARKED} in part"


def us_dates(text: str) -> str:
    """A text with its ISO dates written as Californian records write them.

    >>> us_dates("dated 2010-05-27, copied from 2009-03")
    'dated 05/27/2010, copied from 03/2009'
    """
    return _ISO_DATE.sub(lambda iso: "/".join(filter(None, (iso[2], iso[3], iso[1]))), text)


def kind_name(document: Document) -> str:
    """What the document is: `PR-2` where its first page says so, else the name of its kind."""
    first_page = document.pages[0].text if document.pages else ""
    if document.kind is DocumentKind.PROGRESS_REPORT and "PR-2" in first_page:
        return "PR-2"
    return KIND_NAMES[document.kind]


def document_labels(documents: Iterable[Document]) -> dict[DocumentId, str]:
    """The name of each document in running text: `PR-2 of 04/09/2015`.

    Where two documents would share a name, each carries its number: `letter of 05/08/2015 [D13]`.
    """
    plain = {document.id: _plain_label(document) for document in documents}
    shared = Counter(plain.values())
    return {
        identity: f"{label} [{identity}]" if shared[label] > 1 else label
        for identity, label in plain.items()
    }


def _plain_label(document: Document) -> str:
    if document.date is None:
        return f"undated {kind_name(document)} [{document.id}]"
    return f"{kind_name(document)} of {us_date(document.date)}"


def cite_pages(pages: Iterable[PageRef], labels: Mapping[DocumentId, str]) -> str:
    """Pages as a sentence cites them, in the order given, a document's pages together.

    `PR-2 of 04/09/2015, p. 1, p. 2; RFA of 04/14/2015, p. 1`.
    """
    by_document: dict[DocumentId, list[int]] = {}
    for page in pages:
        numbers = by_document.setdefault(page.document, [])
        if page.page not in numbers:
            numbers.append(page.page)
    return "; ".join(
        ", ".join([labels[document], *(f"p. {number}" for number in numbers)])
        for document, numbers in by_document.items()
    )
