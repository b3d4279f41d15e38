"""What runs inside a limited child process: a path goes in, pages come out.

Each function is handed to `workers` by name; none may be called on a stranger's file in-process.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium

from openimr.adapters.ocr_choice import OcrSetting
from openimr.intake.pdf import PdfPage, read_pdf_page
from openimr.model.errors import UnreadableFile
from openimr.model.text import Page, PageState


@dataclass(frozen=True, slots=True)
class OpenedPdf:
    """A PDF that opens: where it is (a repaired copy, it may be) and how many pages it has."""

    path: Path
    pages: int


def open_pdf(path: Path, name: str, scratch: Path) -> OpenedPdf:
    """Open a PDF, mending it if it does not open as it is.

    Raises:
        UnreadableFile: encrypted, or damaged beyond repair.
    """
    pages = _count_pages(path, name)
    if pages:
        return OpenedPdf(path, pages)
    mended = _mend(path, name, scratch)
    pages = _count_pages(mended, name)
    if not pages:
        raise _damaged(name)
    return OpenedPdf(mended, pages)


def _count_pages(path: Path, name: str) -> int:
    """The number of pages; 0 where the file does not open."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise _encrypted(name) from error
        return 0
    try:
        return len(document)
    finally:
        document.close()


def _mend(path: Path, name: str, scratch: Path) -> Path:
    """A copy with its cross-reference table and page tree rebuilt."""
    mended = scratch / f"{path.name}.mended.pdf"
    try:
        with pikepdf.open(path) as damaged:
            damaged.save(mended)
    except pikepdf.PasswordError as error:
        raise _encrypted(name) from error
    except (pikepdf.PdfError, OSError, ValueError, RuntimeError) as error:
        raise _damaged(name) from error
    return mended


def _encrypted(name: str) -> UnreadableFile:
    return UnreadableFile(
        "the PDF is encrypted",
        where=name,
        remedy="save a copy without a password and try again",
    )


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile(
        "the PDF is damaged or cut short, and repair found no page in it",
        where=name,
        remedy="ask the sender for the file again",
    )


def read_pdf_pages(path: Path, numbers: tuple[int, ...]) -> list[PdfPage]:
    """The text layers of some pages (1-based); a page that fails alone is unreadable alone."""
    document = pdfium.PdfDocument(path)
    try:
        if document.get_formtype():
            document.init_forms()
        return [_one_page(document, number) for number in numbers]
    finally:
        document.close()


def _one_page(document: pdfium.PdfDocument, number: int) -> PdfPage:
    try:
        return read_pdf_page(document, number - 1)
    except (pdfium.PdfiumError, ValueError, IndexError, OverflowError):
        return PdfPage(unreadable(number, "the page is damaged"), needs_ocr=False)


def unreadable(number: int, reason: str) -> Page:
    """A page that keeps its place and says why it has no text."""
    return Page(
        number=number, file_page=number, text="", state=PageState.UNREADABLE, reason=reason
    )


def count_frames(path: Path, name: str, limit: int) -> int:
    """Pages of an image file."""
    raise NotImplementedError


def ocr_image(path: Path, number: int, ocr: OcrSetting, max_pixels: int) -> Page:
    """OCR a frame."""
    raise NotImplementedError


def ocr_pdf_page(path: Path, number: int, ocr: OcrSetting, max_pixels: int) -> Page:
    """OCR a page."""
    raise NotImplementedError


def read_docx_file(path: Path, name: str, max_bytes: int) -> tuple[Page, ...]:
    """Read a DOCX."""
    raise NotImplementedError
