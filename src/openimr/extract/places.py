"""From characters of a page to the place that a fact stands on."""

from __future__ import annotations

from openimr.model.document import Document
from openimr.model.evidence import Provenance
from openimr.model.text import Page, PageState


def provenance(document: Document, page: Page, start: int, end: int) -> Provenance:
    """The place of `page.text[start:end]`, without the white space around it.

    Its confidence is the lowest of its words' where OCR read the page, else 1.
    """
    quote = page.text[start:end]
    start += len(quote) - len(quote.lstrip())
    end -= len(quote) - len(quote.rstrip())
    confidence = 1.0
    if page.state is PageState.OCR:
        words = page.words.between(start, end)
        confidence = min((word.confidence for word in words), default=page.confidence)
    return Provenance(
        document=document.id,
        page=page.number,
        start=start,
        end=end,
        quote=page.text[start:end],
        box=page.box(start, end),
        confidence=confidence,
    )
