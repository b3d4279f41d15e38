"""A Word document -> pages: body order, tables row by row, explicit page breaks.

A DOCX holds no pages of its own: a program lays them out when it opens it. So only the breaks that
somebody set count, and the words get boxes on the same virtual sheet as plain text.
Runs inside a limited child process.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from openimr.intake.plaintext import text_page
from openimr.model.text import Page

PAGE_BREAK = "\f"
_WIDTH = 96
_CELL_GAP = "   "
_TAB_GAP = "    "
_TEXT = qn("w:t")
_TAB = qn("w:tab")
_BREAKS = frozenset({qn("w:br"), qn("w:cr")})
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_MERGED, _VALUE = f"{qn('w:tcPr')}/{qn('w:vMerge')}", qn("w:val")
_CONTROLS = frozenset({qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:smartTag")})
_BREAK_TYPE = qn("w:type")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PASSED_OVER = frozenset({qn("w:pPr"), qn("w:rPr"), qn("w:del"), _FALLBACK})
"""Formatting; deleted text; the second copy that old programs need of a text box."""


def read_docx(raw: bytes) -> tuple[Page, ...]:
    """Pages of a DOCX given as bytes; headers come first and footers last on the first page."""
    document = docx.Document(io.BytesIO(raw))
    blocks = [*_margins(document, header=True), *_blocks(document), *_margins(document)]
    sheets = "\n".join(blocks).split(PAGE_BREAK)
    if len(sheets) > 1 and not sheets[-1].strip():
        sheets.pop()
    return tuple(text_page(sheet, number) for number, sheet in enumerate(sheets, start=1))


def _blocks(document: WordDocument) -> Iterator[str]:
    for block in _content(document.element.body, document):
        yield _paragraph(block) if isinstance(block, Paragraph) else _table(block)


def _content(element: Any, parent: Any) -> Iterator[Paragraph | Table]:  # noqa: ANN401 - see _pieces
    """Paragraphs and tables in order, those in the content controls of a form as well."""
    for item in _through_controls(element):
        if item.tag == _PARAGRAPH:
            yield Paragraph(item, parent)
        elif item.tag == _TABLE:
            yield Table(item, parent)


def _through_controls(element: Any) -> Iterator[Any]:  # noqa: ANN401 - see _pieces
    """The children of an element; a content control is looked through, it is only a frame."""
    for item in element:
        if item.tag in _CONTROLS:
            yield from _through_controls(item)
        else:
            yield item


def _margins(document: WordDocument, *, header: bool = False) -> Iterator[str]:
    section = document.sections[0]
    margin = section.header if header else section.footer
    if not margin.is_linked_to_previous:
        lines = [_paragraph(paragraph) for paragraph in margin.paragraphs]
        yield from (line for line in lines if line.strip())


def _paragraph(paragraph: Paragraph) -> str:
    before = PAGE_BREAK if paragraph.paragraph_format.page_break_before else ""
    return before + _wrap(_runs(paragraph))


def _runs(paragraph: Paragraph) -> str:
    """Text with tabs, line breaks and page breaks; struck-out revisions are no text."""
    return "".join(_pieces(paragraph._p))  # noqa: SLF001 - python-docx shows no breaks otherwise


def _pieces(element: Any) -> Iterator[str]:  # noqa: ANN401 - lxml's elements carry no types here
    for item in element:
        if item.tag == _TEXT:
            yield item.text or ""
        elif item.tag == _TAB:
            yield _TAB_GAP
        elif item.tag in _BREAKS:
            yield PAGE_BREAK if item.get(_BREAK_TYPE) == "page" else "\n"
        elif item.tag not in _PASSED_OVER:
            if item.tag == _PARAGRAPH:
                yield "\n"  # of a text box
            yield from _pieces(item)


def _wrap(text: str) -> str:
    """Lines of readable length: a paragraph is one endless line in a DOCX."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines.extend(_wrapped(line))
    return "\n".join(lines)


def _wrapped(line: str) -> Iterator[str]:
    while len(line) > _WIDTH and (cut := line.rfind(" ", 0, _WIDTH)) > 0:
        yield line[:cut]
        line = line[cut + 1 :]
    yield line


def _table(table: Table) -> str:
    """Rows as lines, cells apart by a wide gap; a merged cell is written once."""
    element = table._tbl  # noqa: SLF001 - python-docx passes over cells in content controls
    rows = (row for row in _through_controls(element) if row.tag == _ROW)
    return "\n".join(_CELL_GAP.join(_cells(row, table)).rstrip() for row in rows)


def _cells(row: Any, table: Table) -> Iterator[str]:  # noqa: ANN401 - see _pieces
    for cell in _through_controls(row):
        if cell.tag != _CELL:
            continue
        merged = cell.find(_MERGED)
        if merged is not None and merged.get(_VALUE) != "restart":
            yield ""
        else:
            text = "\n".join(
                _runs(block) if isinstance(block, Paragraph) else _table(block)
                for block in _content(cell, table)
            )
            yield " ".join(text.split())
