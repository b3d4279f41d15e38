"""What python-docx leaves to the caller: bookmarks, links to them, page numbers, stable bytes."""

from __future__ import annotations

import io
import zipfile

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.table import Table
from docx.text.paragraph import Paragraph

LINK_COLOR = "1F4E79"
RULE_COLOR = "C9D1D9"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can hold: the clock never enters the file."""


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Mark the whole paragraph, so that links can lead to it."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    element = paragraph_element(paragraph)
    element.insert(1 if element.pPr is not None else 0, start)
    element.append(end)


def add_link(paragraph: Paragraph, text: str, bookmark: str) -> None:
    """A run that leads to a bookmark of the same document."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark)
    link.set(qn("w:history"), "1")
    run = paragraph.add_run(text)
    color = OxmlElement("w:color")
    color.set(qn("w:val"), LINK_COLOR)
    element = run.font.element
    element.get_or_add_rPr().append(color)
    link.append(element)
    paragraph_element(paragraph).append(link)


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """A field that the reader's program fills: PAGE, NUMPAGES."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run = OxmlElement("w:r")
    shown = OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    paragraph_element(paragraph).append(field)


def set_row_breaks(table: Table) -> None:
    """Print the first row again at the head of each page, and break no row over pages."""
    for at, row in enumerate(table.rows):
        element = row.cells[0].paragraphs[0].paragraph_format.element.getparent().getparent()
        for name in ("w:cantSplit", "w:tblHeader")[: 2 if at == 0 else 1]:
            element.get_or_add_trPr().append(OxmlElement(name))


def set_rules(table: Table) -> None:
    """A thin line under each row and none beside it, as in the PDF."""
    borders = OxmlElement("w:tblBorders")
    for edge in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", RULE_COLOR)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    cell = paragraph_element(table.rows[0].cells[0].paragraphs[0])
    properties = next(cell.iterancestors(qn("w:tbl"))).find(qn("w:tblPr"))
    # The schema wants the borders before these two.
    after = [properties.find(qn(name)) for name in ("w:tblLayout", "w:tblLook")]
    places = [properties.index(each) for each in after if each is not None]
    properties.insert(min(places, default=len(properties)), borders)


def paragraph_element(paragraph: Paragraph) -> CT_P:
    """The paragraph's own element; python-docx gives it only by way of the format."""
    element: CT_P = paragraph.paragraph_format.element
    return element


def stable_bytes(document: Document) -> bytes:
    """The file's bytes with the zip rewritten: sorted entries, one fixed time."""
    first = io.BytesIO()
    document.save(first)
    second = io.BytesIO()
    with zipfile.ZipFile(first) as source, zipfile.ZipFile(second, "w") as target:
        # Readers expect the content types first; the rest is sorted.
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            target.writestr(entry, source.read(name))
    return second.getvalue()
