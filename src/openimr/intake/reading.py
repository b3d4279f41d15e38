"""How a page comes out of a reader before OCR has been tried."""

from __future__ import annotations

from dataclasses import dataclass

from openimr.model.text import Page, PageState


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page as its file's own text gives it, and whether only OCR can tell the rest."""

    page: Page
    needs_ocr: bool = False


def unreadable(number: int, reason: str) -> Page:
    """A page that keeps its place and says why it has no text."""
    return Page(number=number, file_page=number, text="", state=PageState.UNREADABLE, reason=reason)
