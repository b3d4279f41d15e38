"""The letter as a Word file: real headings and tables, DRAFT in the header, stable bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from openimr.model.determination import Determination
from openimr.render.authorities import SEARCH_TITLE
from openimr.render.docx_parts import (
    add_bookmark,
    add_field,
    add_link,
    set_row_breaks,
    set_rules,
    stable_bytes,
)
from openimr.render.letter import ItemPart, Letter, Line, build_letter
from openimr.render.spans import Span, Spans
from openimr.render.words import DRAFT_NOTICE

_FONT = "Georgia"
_TABLE_STYLE = "Table Text"
_QUIET = RGBColor(0x56, 0x62, 0x70)
_INK = RGBColor(0x1C, 0x27, 0x33)
_NOTHING: Spans = (Span(text="none but single words"),)


def render_docx(determination: Determination) -> bytes:
    """The file's bytes: the same determination gives the same ones."""
    letter = build_letter(determination)
    document = docx.Document()
    _set_up(document, letter)
    document.add_heading(letter.title, 0)
    if letter.draft:
        document.add_paragraph().add_run(DRAFT_NOTICE).bold = True
    _pairs(document, letter.case_rows)
    document.add_heading("How the determination was made", 1)
    for text in letter.how_made:
        document.add_paragraph(text)
    _pairs(document, letter.reviewer_rows)
    document.add_heading("Documents reviewed", 1)
    _documents(document, letter)
    document.add_heading("Clinical case summary", 1)
    _sentences(document.add_paragraph(), letter.summary)
    document.add_heading(letter.issues_title, 1)
    for item in letter.items:
        _item(document, item)
    if letter.searches:
        document.add_heading("Searches behind “not documented”", 1)
        if letter.search_pages:
            document.add_paragraph(letter.search_pages)
        _searches(document, letter)
    document.add_paragraph(letter.engine).runs[0].font.color.rgb = _QUIET
    return stable_bytes(document)


def _set_up(document: Document, letter: Letter) -> None:
    """Fonts, language, properties, header and footer."""
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(10.5)
    style.paragraph_format.space_after = Pt(6)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    style.element.get_or_add_rPr().append(language)
    for name, size in (("Title", 20), ("Heading 1", 13), ("Heading 2", 12), ("Heading 3", 10.5)):
        heading = document.styles[name]
        heading.font.name, heading.font.size = _FONT, Pt(size)
        heading.font.color.rgb = _INK
        fonts = heading.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    table_text = document.styles.add_style(_TABLE_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    table_text.base_style = style
    table_text.font.size, table_text.paragraph_format.space_after = Pt(9), Pt(0)
    when = datetime.fromisoformat(letter.as_of)
    properties = document.core_properties
    properties.title, properties.language = letter.title, "en-US"
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = when
    properties.revision = 1
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(1)
    head = section.header.paragraphs[0]
    notice = "DRAFT: not a decision until a physician reviewer signs" if letter.draft else ""
    head.add_run(notice or "Final Determination").bold = letter.draft
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    foot.add_run("page ")
    add_field(foot, "PAGE")
    foot.add_run(" of ")
    add_field(foot, "NUMPAGES")


def _documents(document: Document, letter: Letter) -> None:
    heads = ("No.", "Document", "Date", "Author", "Pages", "How the pages were read")
    widths = (0.5, 1.35, 0.9, 1.3, 0.6, 1.85)
    rows = [
        (row.id, row.kind, row.date, row.author, str(row.pages), row.read)
        for row in letter.documents
    ]
    table = _table(document, heads, widths, rows)
    for number, (row, shown) in enumerate(zip(letter.documents, table.rows[1:], strict=True), 1):
        add_bookmark(shown.cells[0].paragraphs[0], _document_mark(row.id), number)
    for file, reason in letter.unread:
        document.add_paragraph(f"Not read: {file}: {reason}", style="List Bullet")


def _item(document: Document, item: ItemPart) -> None:
    outcome = f": {item.outcome}" if item.outcome else ""
    document.add_heading(f"{item.index}. {item.heading}{outcome}", 2)
    paragraph = document.add_paragraph(f"{item.action}. ")
    paragraph.add_run(f"Suggestion: {item.suggestion}").bold = True
    if item.deciding:
        paragraph.add_run(f", because of {', '.join(item.deciding)}")
    for label, text in (
        ("Claims Administrator guideline:", item.administrator_guideline),
        ("Reviewer guideline:", item.reviewer_guideline),
    ):
        _led(document, label, text)
    if item.authorities:
        _led(document, f"{SEARCH_TITLE}.", item.search_lead)
        _authorities(document, item)
    document.add_heading("Rationale", 3)
    for part in item.rationale:
        for at, block in enumerate(part.blocks):
            paragraph = document.add_paragraph()
            if part.heading and at == 0:
                paragraph.add_run(f"{part.heading}. ").bold = True
            _sentences(paragraph, block)
    if item.would_change:
        document.add_heading("What would have changed this", 3)
        for line in item.would_change:
            _spans(document.add_paragraph(style="List Bullet"), line.spans)
    if item.criteria:
        document.add_heading("Criteria", 3)
        _criteria(document, item)


def _authorities(document: Document, item: ItemPart) -> None:
    rows = [(row.step, row.name, row.result, row.told) for row in item.authorities]
    _table(document, ("Step", "Authority", "Result", "What is known"), (0.5, 1.8, 1.0, 3.25), rows)
    document.add_paragraph()


def _criteria(document: Document, item: ItemPart) -> None:
    heads = ("No.", "Criterion", "Found", "For", "Against", "Search")
    rows = []
    for row in item.criteria:
        found = f"{row.value} ({row.weight})" if row.weight else row.value
        rows.append((row.id, row.name, found, row.supporting, row.opposing, row.search))
    _table(document, heads, (0.65, 2.2, 1.4, 0.8, 0.8, 0.7), rows)
    document.add_paragraph()


def _searches(document: Document, letter: Letter) -> None:
    """The certificates as a table of two or three lines each."""
    rows = [
        (row.id, f"{row.title}: {row.looked_for}. {row.pages}".strip(), row.nearest or _NOTHING)
        for row in letter.search_rows
    ]
    _table(document, ("No.", "Looked for", "Nearest passage"), (0.5, 3.3, 2.8), rows, between="")


def _led(document: Document, label: str, text: str) -> None:
    """A paragraph with a bold lead."""
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{label} ").bold = True
    paragraph.add_run(text)


def _pairs(document: Document, rows: Iterable[tuple[str, str]]) -> None:
    for label, value in rows:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(f"{label}: ").font.color.rgb = _QUIET
        paragraph.add_run(value)


def _table(
    document: Document,
    heads: Sequence[str],
    widths: Sequence[float],
    rows: Sequence[Sequence[str | Spans]],
    between: str = ", ",
) -> Table:
    """A real table with a head that repeats; a cell holds text or spans."""
    table: Table = document.add_table(rows=1 + len(rows), cols=len(heads))
    set_rules(table)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Inches(width)
    style = document.styles[_TABLE_STYLE].style_id
    for at, (cells, row) in enumerate(zip(table.rows, [heads, *rows], strict=True)):
        for cell, content, width in zip(cells.cells, row, widths, strict=True):
            cell.width = Inches(width)
            paragraph = cell.paragraphs[0]
            paragraph._p.style = style  # noqa: SLF001 - by name it is looked up for every cell
            if isinstance(content, str):
                paragraph.add_run(content).bold = at == 0
            else:
                _spans(paragraph, content, between=between)
    set_row_breaks(table)
    return table


def _sentences(paragraph: Paragraph, lines: Sequence[Line]) -> None:
    for at, line in enumerate(lines):
        if at:
            paragraph.add_run(" ")
        _spans(paragraph, line.spans)


def _spans(paragraph: Paragraph, spans: Spans, between: str = "") -> None:
    for at, span in enumerate(spans):
        if at and between:
            paragraph.add_run(between)
        if span.document:
            add_link(paragraph, span.text, _document_mark(span.document))
        else:
            paragraph.add_run(span.text)


def _document_mark(document: str) -> str:
    return f"doc_{document}"
