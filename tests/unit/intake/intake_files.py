"""Small files and pages made for the tests; everybody in them is invented."""

from __future__ import annotations

import io
from datetime import date

import pikepdf

from openimr.intake.assemble import assemble
from openimr.intake.plaintext import read_text
from openimr.model.case import CaseFile
from openimr.model.document import Document, DocumentKind
from openimr.model.ids import DocumentId
from openimr.model.source import SourceFile
from openimr.rulebook.documents import load_document_signs

SIGNS = load_document_signs()


def pdf_of(content: str, *, rotate: int = 0, crop: tuple[int, ...] = (), media: int = 0) -> bytes:
    """One page drawn by a content stream; font F1 is Helvetica."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page = pdf.add_blank_page(page_size=(612, 792))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = pdf.make_stream(content.encode())
    if media:
        page.MediaBox = [-media, -media, 612 - media, 792 - media]
    if crop:
        page.CropBox = list(crop)
    if rotate:
        page.Rotate = rotate
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def case_of(*texts: str) -> CaseFile:
    """The case file of some text files, `file1.txt` and so on."""
    files = tuple(
        SourceFile(file=f"file{at}.txt", sha256=f"{at:064}", pages=read_text(text))
        for at, text in enumerate(texts, start=1)
    )
    return assemble(files, SIGNS)


def document_of(text: str, number: int = 1, kind: DocumentKind = DocumentKind.UNKNOWN) -> Document:
    """A document with the pages of a text, not looked at yet."""
    return Document(
        id=DocumentId(f"D{number:02d}"),
        file=f"file{number}.txt",
        sha256="0" * 64,
        kind=kind,
        date=date(2015, 1, 1),
        author=None,
        pages=read_text(text),
    )
