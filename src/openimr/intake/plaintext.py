"""Plain text -> pages on a virtual sheet, so that its words have boxes like any others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openimr.model.text import Box, Page, PageState, Word, Words

MARGIN = 36.0
CELL_WIDTH = 6.0
CELL_HEIGHT = 12.0
"""Ten-point Courier: 90 columns and 60 lines on a Letter page."""
LETTER = (612.0, 792.0)
TAB = 8

_WORD = re.compile(r"\S+")
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def decode(raw: bytes) -> str:
    r"""The text of a file: UTF-8, UTF-16 with its mark, else Windows-1252; lines end in a newline.

    >>> decode(b"caf\xe9\r\n")
    'café\n'
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _newlines(raw.decode(encoding, errors="replace"))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    return _newlines(text)


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_text(text: str) -> tuple[Page, ...]:
    """Pages of a text: a form feed ends each; one at the very end begins no further page."""
    sheets = text.split("\f")
    if len(sheets) > 1 and not sheets[-1].strip():
        sheets.pop()
    return tuple(text_page(sheet, number) for number, sheet in enumerate(sheets, start=1))


def text_page(text: str, number: int) -> Page:
    """One page of text, its words on the grid; the sheet grows where the text is larger."""
    lines = text.split("\n")
    columns = max(len(line.expandtabs(TAB)) for line in lines)
    return Page(
        number=number,
        file_page=number,
        text=text,
        words=Words(_grid_words(lines)),
        state=PageState.TEXT if text.strip() else PageState.BLANK,
        width=max(LETTER[0], 2 * MARGIN + columns * CELL_WIDTH),
        height=max(LETTER[1], 2 * MARGIN + len(lines) * CELL_HEIGHT),
    )


def _grid_words(lines: list[str]) -> Iterator[Word]:
    offset = 0
    for row, line in enumerate(lines):
        top = MARGIN + row * CELL_HEIGHT
        for found in _WORD.finditer(line):
            left = MARGIN + CELL_WIDTH * _column(line, found.start())
            right = left + CELL_WIDTH * (found.end() - found.start())
            box = Box(left, top, right, top + CELL_HEIGHT)
            yield Word(offset + found.start(), offset + found.end(), box, 1.0)
        offset += len(line) + 1


def _column(line: str, index: int) -> int:
    before = line[:index]
    return len(before.expandtabs(TAB)) if "\t" in before else index
