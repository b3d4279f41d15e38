"""From marked lines to pages of text: wrapping, paging, and where each marked passage fell.

A passage that the truth file will quote is wrapped in private-use characters while a document is
written. They have no width; when the pages are done they are taken out, and what stood between
them is the quote, with the page's own line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_OPEN, _CLOSE = "\ue000", "\ue001"
_FIRST = 0xE100
_MARKS = re.compile(f"{_OPEN}.|{_CLOSE}")
PAGE_BREAK = "\f"


def mark(number: int, text: str) -> str:
    """The text as passage `number`."""
    return f"{_OPEN}{chr(_FIRST + number)}{text}{_CLOSE}"


def is_marked(text: str) -> bool:
    """Whether any of it will be quoted."""
    return _OPEN in text


def width(text: str) -> int:
    """Characters that show."""
    return len(_MARKS.sub("", text))


def pad(text: str, columns: int) -> str:
    """The text followed by blanks up to a column; always at least one blank."""
    return text + " " * max(1, columns - width(text))


def wrap(text: str, columns: int, first: str = "", rest: str | None = None) -> list[str]:
    """Lines of at most `columns` showing characters; double blanks inside are kept."""
    hang = first if rest is None else rest
    lines: list[str] = []
    current, empty = first, True
    for word in text.split(" "):
        if not empty and width(current) + 1 + width(word) > columns:
            lines.append(current)
            current, empty = hang, True
        current = current + word if empty else f"{current} {word}"
        empty = False
    return [*lines, current]


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a marked passage fell."""

    number: int
    page: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A page's size and what stands at its head and foot; `{page}` and `{pages}` are filled."""

    columns: int = 92
    lines: int = 56
    head: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()


def paginate(lines: Sequence[str], room: int) -> list[list[str]]:
    """Split at form feeds and at full pages, never inside a marked passage."""
    pages: list[list[str]] = [[]]
    depth, safe = 0, 0
    for line in lines:
        if line == PAGE_BREAK:
            pages.append([])
            safe = 0
            continue
        if depth == 0:
            safe = len(pages[-1])
        if len(pages[-1]) >= room and safe:
            moved = pages[-1][safe:]
            del pages[-1][safe:]
            pages.append(moved)
            safe = 0
        pages[-1].append(line)
        depth += line.count(_OPEN) - line.count(_CLOSE)
    return [page for page in pages if any(line.strip() for line in page)]


def set_pages(lines: Sequence[str], frame: Frame) -> tuple[tuple[str, ...], list[Passage]]:
    """The pages as text without marks, and the passages."""
    room = frame.lines - len(frame.head) - len(frame.foot)
    bodies = paginate(lines, room)
    pages: list[str] = []
    passages: list[Passage] = []
    for number, body in enumerate(bodies, start=1):
        numbers = {"page": str(number), "pages": str(len(bodies)), "page3": f"{number:03d}"}
        filler = [""] * (room - len(body)) if frame.foot else []
        ends = [[_fill(line, numbers) for line in part] for part in (frame.head, frame.foot)]
        text = "\n".join(line.rstrip() for line in [*ends[0], *body, *filler, *ends[1]])
        clean, found = _resolve(text, number)
        pages.append(clean)
        passages += found
    return tuple(pages), passages


def _fill(line: str, numbers: dict[str, str]) -> str:
    for name, value in numbers.items():
        line = line.replace("{" + name + "}", value)
    return line


def _resolve(text: str, page: int) -> tuple[str, list[Passage]]:
    clean: list[str] = []
    length, at = 0, 0
    open_at: list[tuple[int, int]] = []
    spans: list[tuple[int, int, int]] = []
    for found in _MARKS.finditer(text):
        clean.append(text[at : found.start()])
        length += found.start() - at
        at = found.end()
        if found.group().startswith(_OPEN):
            open_at.append((ord(found.group()[1]) - _FIRST, length))
        else:
            number, start = open_at.pop()
            spans.append((number, start, length))
    whole = "".join(clean) + text[at:]
    return whole, [Passage(number, page, whole[start:end]) for number, start, end in spans]
