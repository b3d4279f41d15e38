"""Items as a form or letter lists them: numbered, lettered, ticked, tabled, or one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from openimr.extract.header_text import Line, Place

MARKER = re.compile(
    r"(?:(?:(?:item|issue|request|treatment|service)\s*(?:no\.?|\#)?\s*)?\(?(?P<number>\d{1,2})[.):]\)?"
    r"|\#\s?(?P<hash>\d{1,2})[.:)]?|\(?(?P<letter>[A-H])[.)]"
    r"|(?P<bullet>[-*\u2022\u25cf\u25aa\u2013>])"
    r"|(?P<box>\[\s*[x\u2713\u2714 ]?\s*\]|[\u2610\u2611\u2612]))\s+(?=\S)",
    re.IGNORECASE,
)
"""What stands before an entry of a list: `1.`, `(2)`, `#3`, `B.`, `Item 4:`, a bullet, a box."""
_TABLE_NUMBER = re.compile(r"^[|\u2502]?\s*(?P<number>\d{1,2})\s*[|\u2502]")
_BARE = re.compile(r"\(?(?:\d{1,2}|[A-H])[.):]\)?[\s_.]*|#\s?\d{1,2}[\s_.]*", re.IGNORECASE)
_TICKED = re.compile(r"[xX\u2713\u2714\u2611\u2612]")


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of a list, with its place and its number or letter."""

    text: str
    place: Place
    start: int
    end: int
    mark: str = ""
    """`1`, `A`, or empty."""
    listed: bool = False
    """Whether a number, letter, bullet or ticked box stands before it."""


def mark_of(text: str) -> str | None:
    """The number or letter that a line starts with; empty for a bullet; None without a marker."""
    table = _TABLE_NUMBER.match(text)
    if table:
        return table["number"]
    found = MARKER.match(text)
    if found is None:
        return None
    return found["number"] or found["hash"] or (found["letter"] or "").upper()


def is_bare(text: str) -> bool:
    """Whether a line is a marker without an entry: `3.`, `(c) ____`."""
    return bool(_BARE.fullmatch(text))


def entries(lines: Sequence[Line]) -> Iterator[Listed]:
    """Entries of a list; a line without a marker continues the entry before it.

    In a list without markers every line is an entry.
    """
    marked = any(mark_of(line.text) is not None for line in lines)
    current: Listed | None = None
    opened = previous = None
    for line in lines:
        if is_bare(line.text):
            previous = None
            continue
        mark = mark_of(line.text)
        if mark is not None or not marked or current is None:
            if current is not None:
                yield current
            current = _entry(line, mark)
            opened = line
        elif opened and previous and _continues(opened, previous, line):
            joined = f"{current.text} {line.text.strip('| ')}"
            end = line.end if line.place is current.place else current.end
            current = replace(current, text=joined, end=end)
        else:
            yield current
            current = None
            if marked:
                break
        previous = line
    if current is not None:
        yield current


def _entry(line: Line, mark: str | None) -> Listed | None:
    """The entry that a line opens; None for an empty box or an empty row."""
    text = line.text
    start = line.start
    table = _TABLE_NUMBER.match(text)
    found = table or MARKER.match(text)
    if found is not None:
        if not table and found["box"] and not _TICKED.search(found["box"]):
            return None
        start += found.end()
        inner = MARKER.match(text, found.end()) if not table else None
        if inner is not None and inner["box"]:
            # `1. [X] Norco`: a number and a tick box.
            if not _TICKED.search(inner["box"]):
                return None
            start = line.start + inner.end()
    page = line.place.page.text
    while start < line.end and page[start] in " |\t":
        start += 1
    end = line.end
    while end > start and page[end - 1] in " |\t":
        end -= 1
    return Listed(page[start:end], line.place, start, end, mark or "", found is not None)


def _continues(opened: Line, previous: Line, line: Line) -> bool:
    """Whether a line without a marker belongs to the entry above it.

    No blank line stands between, and it is indented or goes on in the middle of a sentence.
    """
    if line.place is not previous.place:
        return bool(re.match(r"[a-z(,;]", line.text))
    between = line.place.page.text[previous.end : line.start]
    goes_on = line.indent > opened.indent or bool(re.match(r"[a-z0-9#(,;&+]", line.text))
    return between.count("\n") == 1 and goes_on
