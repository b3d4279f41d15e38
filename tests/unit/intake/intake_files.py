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


def filled_form(label: str, answer: str, drawn: bool) -> bytes:
    """One page with a text field; `drawn` if the answer has an appearance of its own."""
    pdf = pikepdf.open(io.BytesIO(pdf_of(f"BT /F1 12 Tf 72 700 Td ({label}) Tj ET")))
    page = pdf.pages[0]
    fonts = pikepdf.Dictionary(Font=page.Resources.Font)
    name, style = pikepdf.Name, pikepdf.String("/F1 12 Tf 0 g")
    field = pikepdf.Dictionary(
        Type=name.Annot, Subtype=name.Widget, FT=name.Tx, T=pikepdf.String("name"), F=4,
        V=pikepdf.String(answer), DA=style, Rect=[300, 695, 500, 715],
    )  # fmt: skip
    if drawn:
        content = f"/Tx BMC BT /F1 12 Tf 2 5 Td ({answer}) Tj ET EMC"
        look = pdf.make_stream(content.encode())
        look.Type, look.Subtype, look.BBox = name.XObject, name.Form, [0, 0, 200, 20]
        look.Resources = fonts
        field.AP = pikepdf.Dictionary(N=look)
    field = pdf.make_indirect(field)
    page.Annots = pdf.make_indirect([field])
    pdf.Root.AcroForm = pikepdf.Dictionary(
        Fields=[field], DA=style, DR=fonts, NeedAppearances=not drawn
    )
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
