"""What runs inside a limited child process: a path goes in, pages come out.

Each function is handed to `workers` by name; none may be called on a stranger's file in-process.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium

from openimr.adapters.opened import OpenedFile
from openimr.intake.docx import read_docx
from openimr.intake.pdf import read_pdf_page
from openimr.intake.reading import PageReading, unreadable
from openimr.model.errors import LimitExceeded, UnreadableFile
from openimr.model.text import Page


def open_pdf(path: Path, name: str, scratch: Path) -> OpenedFile:
    """Open a PDF, mending it if it does not open as it is.

    Raises:
        UnreadableFile: encrypted, or damaged beyond repair.
    """
    pages = _count_pages(path, name)
    if pages:
        return OpenedFile(path, pages)
    mended = _mend(path, name, scratch)
    pages = _count_pages(mended, name)
    if not pages:
        raise _damaged(name)
    return OpenedFile(mended, pages)


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


def read_pdf_pages(path: Path, numbers: tuple[int, ...]) -> list[PageReading]:
    """The text layers of some pages (1-based); a page that fails alone is unreadable alone."""
    document = pdfium.PdfDocument(path)
    try:
        if document.get_formtype():
            document.init_forms()
        return [_one_page(document, number) for number in numbers]
    finally:
        document.close()


def _one_page(document: pdfium.PdfDocument, number: int) -> PageReading:
    try:
        return read_pdf_page(document, number - 1)
    except (pdfium.PdfiumError, ValueError, IndexError, OverflowError):
        return PageReading(unreadable(number, "the page is damaged"))


def read_docx_file(path: Path, name: str, max_bytes: int) -> tuple[Page, ...]:
    """Read a DOCX whole.

    Raises:
        UnreadableFile: not a Word document after all, or damaged.
        LimitExceeded: it unpacks to more than the limit.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(info.file_size for info in archive.infolist())
        if size > max_bytes:
            raise LimitExceeded(
                f"it unpacks to {size:,} bytes, and at most {max_bytes:,} are read of a DOCX",
                where=name,
            )
        return read_docx(path.read_bytes())
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, AttributeError) as error:
        raise UnreadableFile(
            "the DOCX is damaged", where=name, remedy="save it anew, or as PDF"
        ) from error
