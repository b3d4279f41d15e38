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
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield _paragraph(block)
        else:
            yield _table(block)


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
    rows: list[str] = []
    for row in table.rows:
        cells: list[str] = []
        seen: set[int] = set()
        for cell in row.cells:
            key = id(cell._tc)  # noqa: SLF001 - a merged cell is given once for each column
            if key not in seen:
                text = "\n".join(_cell_text(cell.iter_inner_content()))
                cells.append(" ".join(text.split()))
            seen.add(key)
        rows.append(_CELL_GAP.join(cells).rstrip())
    return "\n".join(rows)


def _cell_text(blocks: Iterator[Paragraph | Table]) -> Iterator[str]:
    for block in blocks:
        yield _runs(block) if isinstance(block, Paragraph) else _table(block)
