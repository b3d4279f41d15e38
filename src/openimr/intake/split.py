"""One file of several documents -> its documents."""

from __future__ import annotations

from openimr.model.document_signs import DocumentSigns
from openimr.model.text import Page


def split(pages: tuple[Page, ...], signs: DocumentSigns) -> tuple[tuple[Page, ...], ...]:
    """Runs of pages."""
    return (pages,)
