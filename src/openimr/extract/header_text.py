"""Lines and cells of forms and letters, each with its place on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openimr.extract.places import provenance
from openimr.model.document import Document, DocumentKind
from openimr.model.evidence import Provenance
from openimr.model.text import Page, PageState

_CELL = re.compile(r"[^\s|\u2502](?:[^|\u2502\n]*?[^\s|\u2502])?(?=\s{2,}|\t|\s*[|\u2502]|\s*$)")
_LONGEST_LINE = 500
"""Characters; no printed line is longer, and patterns stay fast on text that is none."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page of a document."""

    document: Document
    page: Page

    def provenance(self, start: int, end: int) -> Provenance:
        """Where `text[start:end]` of the page stands."""
        return provenance(self.document, self.page, start, end)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page without the space around it."""

    place: Place
    start: int
    end: int
    indent: int
    """Columns before its first letter."""

    @property
    def text(self) -> str:
        """The words of the line."""
        return self.place.page.text[self.start : self.end]

    def cells(self) -> list[tuple[int, int]]:
        """Spans of the page that stand apart by two spaces, a tab or a rule."""
        text = self.place.page.text
        return [found.span() for found in _CELL.finditer(text, self.start, self.end)]


def pages_of(documents: Sequence[Document], *kinds: DocumentKind) -> Iterator[Place]:
    """Readable pages of the documents of these kinds, kind after kind, without foreign pages."""
    for kind in kinds:
        for document in documents:
            if document.kind is kind:
                yield from readable(document)


def readable(document: Document) -> Iterator[Place]:
    """Its pages that hold text about this worker."""
    for page in document.pages:
        if page.state in (PageState.TEXT, PageState.OCR) and not page.is_foreign:
            yield Place(document, page)


def lines_of(place: Place) -> list[Line]:
    """The lines of a page that are not blank, each up to what fits on paper."""
    lines: list[Line] = []
    start = 0
    for raw in place.page.text.split("\n"):
        stripped = raw.strip()
        if stripped:
            indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
            first = start + len(raw) - len(raw.lstrip())
            end = first + min(len(stripped), _LONGEST_LINE)
            lines.append(Line(place, first, end, indent))
        start += len(raw) + 1
    return lines
