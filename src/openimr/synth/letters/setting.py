"""Lines and pages: how a letter's paragraphs break, and what a reader of the lines gets back."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
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


def reflow(lines: Sequence[str], *, join_hyphens: bool, page_ends: Collection[int] = ()) -> str:
    """The text that lines give back.

    Of a PDF a hyphen at a line's end is dropped and the word joined, as labels of published
    letters do: `short-` and `term use` give `shortterm use`; but not at a page's end, where labels
    keep it. Of a text file nothing is known but the blank: `short- term use`.

    Args:
        lines: of one paragraph.
        join_hyphens: as of a PDF.
        page_ends: which of the lines are the last of their page.
    """
    if not join_hyphens:
        return " ".join(lines)
    parts = [
        line[:-1] if line.endswith(HYPHEN) and at not in page_ends else f"{line} "
        for at, line in enumerate(lines[:-1])
    ]
    return "".join(parts) + lines[-1]


def truth_of(
    paragraph: Paragraph, lines: Sequence[str], *, join_hyphens: bool, page_ends: Collection[int]
) -> str:
    """The text of a paragraph as set, without its label and its tail."""
    if not any(line.endswith(HYPHEN) for line in lines[:-1]):
        return paragraph.text
    whole = reflow(lines, join_hyphens=join_hyphens, page_ends=page_ends)
    return whole[len(paragraph.label) : len(whole) - len(paragraph.tail)].strip()


@dataclass(frozen=True, slots=True)
class Paged:
    """Pages of lines, and for each paragraph those of its lines that end a page."""

    pages: tuple[tuple[str, ...], ...]
    ends: Mapping[int, Collection[int]]


def paged(blocks: Sequence[tuple[Paragraph, list[str]]], height: int) -> Paged:
    """Pages of at most `height` lines; they break wherever the page is full."""
    pages: list[list[str]] = [[]]
    ends: dict[int, set[int]] = {}
    for number, (paragraph, lines) in enumerate(blocks):
        if pages[-1] and not paragraph.close:
            pages[-1].append("")
        for at, line in enumerate(lines):
            if len(pages[-1]) >= height:
                pages.append([])
                ends.setdefault(number, set()).add(at - 1)
            pages[-1].append(line)
    return Paged(tuple(map(tuple, pages)), ends)
