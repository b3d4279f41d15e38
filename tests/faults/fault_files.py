"""Small files made for the tests; none is a real record."""

from __future__ import annotations

import io

import pikepdf

GOOD_TEXT = "PROGRESS REPORT (PR-2)\nPatient: Jane Roe    DOB: 01/02/1970\nPain 6/10 today.\n"


def make_pdf(pages: int = 2, *, text: str = "Pain 6/10 today, page", **save: object) -> bytes:
    """A small text-layer PDF."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    for number in range(1, pages + 1):
        content = f"BT /F1 12 Tf 72 700 Td ({text} {number} of the report, norco 10/325) Tj ET"
        page = pdf.add_blank_page(page_size=(612, 792))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream(content.encode())
    buffer = io.BytesIO()
    pdf.save(buffer, **save)  # type: ignore[arg-type]
    return buffer.getvalue()
