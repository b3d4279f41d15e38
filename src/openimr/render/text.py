"""The letter as plain text, 78 characters wide, in the order of a published letter."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from openimr.model.determination import Determination
from openimr.render.authorities import SEARCH_TITLE
from openimr.render.letter import ItemPart, Letter, Line, build_letter
from openimr.render.records import DocumentRow
from openimr.render.searches import SearchRow
from openimr.render.spans import Spans
from openimr.render.words import DRAFT_NOTICE

WIDTH = 78
_RULE = "-" * WIDTH


def render_text(determination: Determination) -> str:
    """The whole letter; lines end with a newline, the notice of a draft opens and closes it."""
    letter = build_letter(determination)
    notice = [DRAFT_NOTICE, ""] if letter.draft else []
    lines = [
        *notice,
        letter.title.upper(),
        "",
        *(f"{label}: {value}" for label, value in letter.case_rows),
        *_heading("How the determination was made"),
        *_paragraphs(letter.how_made),
        *(f"{label}: {value}" for label, value in letter.reviewer_rows),
        *_heading("Documents reviewed"),
        *_documents(letter),
        *_heading("Clinical case summary"),
        *_fill(_sentences(letter.summary)),
        *_heading(letter.issues_title),
        *(line for item in letter.items for line in _item(item)),
        *_heading("Searches behind 'not documented'"),
        *_fill(letter.search_pages),
        "",
        *(line for row in letter.search_rows for line in _search(row)),
        _RULE,
        *_fill(letter.engine),
        *notice[:1],
    ]
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    return text.replace("\u00a0", " ")


def plain(spans: Spans) -> str:
    """The text of spans, without their links."""
    return "".join(span.text for span in spans)


def _sentences(lines: Iterable[Line]) -> str:
    return " ".join(plain(line.spans) for line in lines)


def _fill(text: str, indent: str = "", hanging: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=hanging or indent,
        break_on_hyphens=False,
    )


def _heading(text: str) -> list[str]:
    return ["", text.upper(), "=" * len(text), ""]


def _paragraphs(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from _fill(text)
        yield ""


def _documents(letter: Letter) -> Iterator[str]:
    for row in letter.documents:
        yield from _fill(_document(row), hanging="     ")
    for file, reason in letter.unread:
        yield from _fill(f"not read: {file}: {reason}", hanging="     ")


def _document(row: DocumentRow) -> str:
    pages = f"{row.pages} page{'' if row.pages == 1 else 's'}"
    return f"{row.id}  {row.kind}, {row.date}, author {row.author}, {pages}: {row.read}"


def _item(item: ItemPart) -> Iterator[str]:
    head = f"{item.index}. {item.heading}{': ' + item.outcome if item.outcome else ''}"
    yield from _fill(head)
    yield "-" * min(len(head), WIDTH)
    yield item.action
    because = f", because of {', '.join(item.deciding)}" if item.deciding else ""
    yield from _fill(f"Suggestion: {item.suggestion}{because}")
    yield ""
    yield from _fill(f"Claims Administrator guideline: {item.administrator_guideline}")
    yield ""
    yield from _fill(f"Reviewer guideline: {item.reviewer_guideline}")
    yield ""
    yield from _authorities(item)
    yield "Rationale:"
    for paragraph in item.rationale:
        lead = f"{paragraph.heading}. " if paragraph.heading else ""
        for block in paragraph.blocks:
            yield from _fill(f"{lead}{_sentences(block)}")
            lead = ""
        yield ""
    if item.would_change:
        yield "What would have changed this:"
        for line in item.would_change:
            yield from _fill(plain(line.spans), "- ", "  ")
        yield ""
    if item.criteria:
        yield "Criteria:"
    for row in item.criteria:
        weight = f" [{row.weight}]" if row.weight else ""
        name = f" {row.name}" if row.name else ""
        yield from _fill(f"- {row.id}{name}: {row.value}{weight}", "", "  ")
    yield ""


def _authorities(item: ItemPart) -> Iterator[str]:
    """The search of authorities, a line for each step."""
    if not item.authorities:
        return
    yield from _fill(f"{SEARCH_TITLE}. {item.search_lead}")
    for row in item.authorities:
        number = f"{row.step}. " if row.step else ""
        yield from _fill(f"- {number}{row.name}: {row.result}. {row.told}", "", "  ")
    yield ""


def _search(row: SearchRow) -> Iterator[str]:
    yield from _fill(f"{row.id}  {row.title}: {row.looked_for}", hanging="     ")
    if row.pages:
        yield from _fill(row.pages, "     ")
    if row.nearest:
        yield from _fill(f"nearest: {plain(row.nearest)}", "     ")
