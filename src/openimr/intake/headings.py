"""The top of a page as a reader's eye takes it: headings, apart from fax lines and form fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_INSTRUCTION = re.compile(
    r"(?:attach(?:ed)?|see|please|per|submit|include|enclosed|use|check|mail|send|refer to)\b",
    re.IGNORECASE,
)
_LINES = 14
_LONGEST_TITLE = 5
_MOST_PARTS = 3
"""A line in more parts, below the first, is the head of a table, and none of them a title."""
_GAP = re.compile(r"\s{2,}|\t|\s[|]\s")
_SPACES = re.compile(r"\s+")
_CHECK_BOX = re.compile(r"^\s*(?:\[.?\]|\(.?\)|[\u2610-\u2612\u25a0\u25a1_]+\s)")
_FAX = re.compile(
    r"\bfax\b.*\d{3}"
    r"|\d{1,2}:\d{2}.*(?:\bfax\b|\bp(?:age|g)?[.:]?\s*\d|(?<![/\d])@?\d{1,3}\s?/\s?\d{1,3}\s*$)"
    r"|->",
    re.IGNORECASE,
)
_QUOTES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A stretch of a line that stands by itself near the top of a page."""

    text: str
    """Lower case, single spaces."""
    row: int
    """0 for the first line that is not blank and not a fax header."""


def plain(text: str) -> str:
    r"""Lower case, single spaces, straight quotes: what patterns are matched against.

    >>> plain("DOCTOR\u2019S  First\nReport")
    "doctor's first report"
    """
    return _SPACES.sub(" ", text.translate(_QUOTES)).strip().lower()


def headings(text: str) -> Iterator[Heading]:
    """Headings of a page: each line, and each part of it that wide gaps set apart."""
    for row, line in enumerate(top_lines(text)):
        parts = [part for part in _GAP.split(line.strip()) if part]
        if _CHECK_BOX.match(line) or _is_sentence(line.strip()):
            continue
        if not parts[0][:1].islower():
            yield Heading(plain(line), row)
        if len(parts) > 1 and (row == 0 or len(parts) <= _MOST_PARTS):
            yield from (Heading(plain(part), row) for part in parts if not part[:1].islower())


def _is_sentence(line: str) -> bool:
    """A line of a sentence or instruction: it speaks of a document and is not its title."""
    if _INSTRUCTION.match(line):
        return True
    return line.endswith(".") and len(line.split()) > _LONGEST_TITLE


def top_lines(text: str) -> list[str]:
    """The first lines of a page that say something, without the fax header."""
    lines = [line for line in text.split("\n")[:60] if line.strip()]
    while lines and is_fax_line(lines[0]):
        lines.pop(0)
    return lines[:_LINES]


def is_fax_line(line: str) -> bool:
    """Whether a line is a fax machine's: time, numbers and page count of the transmission.

    >>> is_fax_line("APR-14-2015 17:02  BLUFF CLINIC   5625550156    P.1/2")
    True
    """
    return _FAX.search(line) is not None
