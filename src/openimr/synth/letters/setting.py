"""Lines and pages: how a letter's paragraphs break, and what a reader of the lines gets back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

HYPHEN = "-"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the letter; `name` says what it is, so that its truth can be read off."""

    text: str
    name: str = ""
    item: int = -1
    """Of which item it tells; -1 for the letter's own."""
    label: str = ""
    """Printed before the text and no part of it: `Decision rationale: `."""
    tail: str = ""
    """Printed after it: `: Upheld`."""
    close: bool = False
    """Without an empty line before it."""


@lru_cache
def _pattern(width: int) -> re.Pattern[str]:
    """A line: as much as fits before a blank or after a hyphen in a word, else a cut word."""
    return re.compile(rf"(.{{1,{width}}}(?:(?<=\w-)(?=\w)|(?<! -)(?= )|$)|.{{{width}}}) ?")


def wrap(text: str, width: int) -> list[str]:
    """Break at blanks and after hyphens, as word processors do.

    Example: `wrap("short-term use", 8)` gives `short-` and `term use`.
    """
    return _pattern(width).findall(text)


def reflow(lines: Sequence[str], *, join_hyphens: bool) -> str:
    """The text that lines give back.

    Of a PDF a hyphen at a line's end is dropped and the word joined, as labels of published
    letters do: `short-` and `term use` give `shortterm use`. Of a text file nothing is known but
    the blank: `short- term use`.
    """
    if not join_hyphens:
        return " ".join(lines)
    parts = [line[:-1] if line.endswith(HYPHEN) else f"{line} " for line in lines[:-1]]
    return "".join(parts) + lines[-1]


def truth_of(paragraph: Paragraph, lines: Sequence[str], *, join_hyphens: bool) -> str:
    """The text of a paragraph as set, without its label and its tail."""
    if not any(line.endswith(HYPHEN) for line in lines[:-1]):
        return paragraph.text
    whole = reflow(lines, join_hyphens=join_hyphens)
    return whole[len(paragraph.label) : len(whole) - len(paragraph.tail)].strip()


def pages_of(blocks: Sequence[tuple[Paragraph, list[str]]], height: int) -> Iterator[list[str]]:
    """Pages of at most `height` lines; they break wherever the page is full."""
    page: list[str] = []
    for paragraph, lines in blocks:
        if page and not paragraph.close:
            page.append("")
        for line in lines:
            if len(page) >= height:
                yield page
                page = []
            page.append(line)
    if page:
        yield page
