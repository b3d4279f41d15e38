"""Page images -> pages by OCR, through the cache. Runs in a child with an engine loaded once."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from openimr.adapters.ocr_cache import cached
from openimr.adapters.ocr_choice import OcrChoice, OcrSetting
from openimr.adapters.page_images import PageImage, frame, rendered
from openimr.intake.ports import OcrEngine
from openimr.intake.reading import unreadable
from openimr.intake.scan import read_scan
from openimr.model.text import Page


def ocr_image(path: Path, number: int, ocr: OcrSetting, max_pixels: int) -> Page:
    """Read one page (1-based) of an image file."""
    return _read(frame(path, number, max_pixels), number, ocr)


def ocr_pdf_page(path: Path, number: int, ocr: OcrSetting, max_pixels: int) -> Page:
    """Read one page (1-based) of a PDF from its picture."""
    return _read(rendered(path, number, max_pixels), number, ocr)


def _read(found: PageImage, number: int, ocr: OcrSetting) -> Page:
    if ocr.engine is OcrChoice.NONE:
        return unreadable(number, "a page image, and OCR is switched off")
    engine = load_engine(ocr.engine, ocr.tessdata)
    page = cached(
        ocr.cache,
        engine.name,
        found.image,
        found.dpi,
        lambda: read_scan(found.image, found.dpi, number, engine),
    )
    return replace(page, number=number, file_page=number)


@cache
def load_engine(choice: OcrChoice, tessdata: str) -> OcrEngine:
    """The engine, loaded once a process; each is imported only where it is used."""
    if choice is OcrChoice.TESSERACT:
        from openimr.adapters.ocr_tesseract import Tesseract

        return Tesseract(tessdata)
    from openimr.adapters.ocr_rapid import Rapid

    return Rapid()
