"""Pages of text set as PDF with the fonts every reader has; same text, same bytes."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence

from openimr.synth.types import ForgedDocument

WIDTH, HEIGHT = 612.0, 792.0
_FONTS = {
    "mono": ("Courier", "Courier-Bold"),
    "sans": ("Helvetica", "Helvetica-Bold"),
    "serif": ("Times-Roman", "Times-Bold"),
}
_SIZES = {"mono": (9.0, 9.4, 10.0), "sans": (9.0, 9.5, 10.0), "serif": (10.0, 10.5, 11.0)}
_COLUMN = re.compile(r"\S+(?: \S+)*")
_SENTENCES = re.compile(r"\S+(?: \S+|(?<=[.:?!)])  \S+)*")
"""In proportional type two blanks after a full stop do not start a column."""
_HEADING = re.compile(r"[A-Z][A-Z0-9 ,.&'/()-]{3,60}:?")


def render_pdf(documents: Sequence[ForgedDocument]) -> bytes:
    """All pages of the documents, in order, as one PDF with a text layer."""
    import pikepdf

    pdf = pikepdf.Pdf.new()
    fonts = {
        name: pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name("/" + name),
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )
        for pair in _FONTS.values()
        for name in pair
    }
    for document in documents:
        plain, bold = _FONTS[document.face]
        for text in document.pages:
            page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
            page.obj.Resources = pikepdf.Dictionary(
                Font=pikepdf.Dictionary(F1=fonts[plain], F2=fonts[bold])
            )
            page.obj.Contents = pdf.make_stream(page_content(document, text))
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def page_content(document: ForgedDocument, text: str) -> bytes:
    """The drawing operators of a page: each run of words at the column where it stands."""
    lines = text.split("\n")
    longest = max(len(line) for page in document.pages for line in page.split("\n"))
    turn = hashlib.sha256(document.file.encode()).digest()[0]
    size = _SIZES[document.face][turn % 3]
    leading = min(12.6, (HEIGHT - 72) / max(len(lines), 50))
    pitch = (WIDTH - 80) / max(60, longest)
    if document.face == "mono":
        size = min(size, pitch / 0.6)
        pitch = size * 0.6
    else:
        size = min(11.5, pitch / 0.48)
    segment = _COLUMN if document.face == "mono" else _SENTENCES
    left, top = 38.0 + turn % 7, HEIGHT - 44.0 - turn % 9
    out = ["BT"]
    for row, line in enumerate(lines):
        font = "F2" if _HEADING.fullmatch(line.strip()) and turn % 2 else "F1"
        for found in segment.finditer(line):
            x, y = left + found.start() * pitch, top - row * leading
            out.append(
                f"/{font} {size:.2f} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm ({_escape(found.group())}) Tj"
            )
    out.append("ET")
    return "\n".join(out).encode("cp1252", errors="replace")


def _escape(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
