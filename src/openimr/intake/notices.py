"""What a reader should know of the pages."""

from __future__ import annotations

from openimr.model.document import Document


def notice_pages(documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """Documents with notices."""
    return documents
