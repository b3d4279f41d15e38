"""Builders for tests: a small case told by hand, with invented people and text.

Pages are set in a grid of equal characters, so that every word has a box.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date

from openimr.model.dates import PartialDate
from openimr.model.determination import Engine
from openimr.model.document import Document, DocumentKind
from openimr.model.evidence import Assertion, Fact, Provenance
from openimr.model.ids import ConceptId, DocumentId, FactId
from openimr.model.rule import Settings
from openimr.model.text import Box, Notice, Page, PageState, Word, Words

LEFT, TOP, ADVANCE, LINE = 54.0, 60.0, 6.0, 13.0


def words_of(text: str, confidence: float = 1.0) -> Words:
    """A word for each run of non-space characters, on a grid."""
    return Words(_words(text, confidence))


def _words(text: str, confidence: float) -> Iterator[Word]:
    row = column = start = 0
    for at, character in enumerate(f"{text}\n"):
        if character.isspace():
            if start < at:
                x, y = LEFT + (column - (at - start)) * ADVANCE, TOP + row * LINE
                box = Box(x, y, x + (at - start) * ADVANCE, y + 10.0)
                yield Word(start, at, box, confidence)
            start = at + 1
        row, column = (row + 1, 0) if character == "\n" else (row, column + 1)


def page(
    number: int,
    text: str,
    *,
    state: PageState = PageState.TEXT,
    reason: str = "",
    confidence: float = 1.0,
    notices: tuple[Notice, ...] = (),
) -> Page:
    return Page(
        number=number,
        text=text,
        words=words_of(text, confidence),
        state=state,
        reason=reason,
        file_page=number,
        confidence=confidence,
        notices=notices,
    )


def document(
    identity: str,
    kind: DocumentKind,
    day: date | None,
    author: str | None,
    *pages: Page | str,
    file: str = "",
) -> Document:
    made = tuple(
        page(number, each) if isinstance(each, str) else each
        for number, each in enumerate(pages, start=1)
    )
    name = file or f"{identity[1:]}-{kind}.pdf"
    return Document(
        id=DocumentId(identity),
        file=name,
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        kind=kind,
        date=day,
        author=author,
        pages=made,
    )


def provenance(where: Document, number: int, quote: str) -> Provenance:
    """Where the quote first stands on the page; it must stand there."""
    found = where.page(number)
    start = found.text.index(quote)
    end = start + len(quote)
    confidence = min((word.confidence for word in found.words.between(start, end)), default=1.0)
    return Provenance(
        document=where.id,
        page=number,
        start=start,
        end=end,
        quote=quote,
        box=found.box(start, end),
        confidence=round(confidence, 2),
    )


def fact(
    number: int,
    concept: str,
    where: Document,
    page_number: int,
    quote: str,
    value: Mapping[str, object] | None = None,
    assertion: Assertion = Assertion.PRESENT,
    subject: str | None = None,
) -> Fact:
    day = PartialDate.of(where.date) if where.date else None
    return Fact(
        id=FactId(f"f{number:05d}"),
        concept=ConceptId(concept),
        value=value or {},  # type: ignore[arg-type]
        assertion=assertion,
        date=day,
        written=day,
        subject=subject,
        author=where.author,
        provenance=provenance(where, page_number, quote),
        rule=f"test.{concept}",
    )


ENGINE = Engine(
    version="0.1.0",
    rulebook_edition="2015.1",
    rulebook_sha256="ab" * 32,
    rulebook_files=(("guidelines/mtus/2009/hydrocodone-apap.yaml", "cd" * 32),),
    as_of=date(2015, 5, 28),
    settings=Settings(),
)
