"""Sentences, word runs and quotes of a letter's running text."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

_END = re.compile(
    r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bvs)(?<!\be\.g)(?<!\bi\.e)[.!?;][\"'\u201d)]*\s+(?=[A-Z0-9\"\u201c(])"
)
_WORD = re.compile(r"[a-z0-9]+(?:[./'][a-z0-9]+)*")
_QUOTED = re.compile(r'["\u201c][^"\u201c\u201d]{60,}["\u201d]')
_REMEMBERED = 2048
RUN = 8
"""Words of a run: shorter ones are shared by any two letters."""


class Sentence(NamedTuple):
    """A sentence and where it begins."""

    text: str
    start: int


@lru_cache(maxsize=_REMEMBERED)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a running text; many checks ask for them, so they are kept.

    >>> [one.text for one in sentences("Dr. Doe saw her. Pain is 5/10.")]
    ['Dr. Doe saw her.', 'Pain is 5/10.']
    """
    told, start = [], 0
    for found in _END.finditer(text):
        told.append(Sentence(text[start : found.end()].rstrip(), start))
        start = found.end()
    if text[start:].strip():
        told.append(Sentence(text[start:], start))
    return tuple(told)


def words(text: str) -> list[str]:
    """Words and figures in small letters."""
    return _WORD.findall(text.lower())


@lru_cache(maxsize=_REMEMBERED)
def runs(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of eight words; a text is compared with many others, so its runs are kept."""
    told = words(text)
    return frozenset(tuple(told[at : at + RUN]) for at in range(len(told) - RUN + 1))


@lru_cache(maxsize=_REMEMBERED)
def unquoted(text: str) -> str:
    """A text without its long quotations: a guideline's text, which two writers may quote."""
    return _QUOTED.sub(" ", text)


class Sentences:
    """The sentences of a text, to be asked many times which of them a place is in."""

    def __init__(self, text: str) -> None:
        self._told = sentences(text)
        self._starts = [one.start for one in self._told]

    def at(self, place: int) -> str:
        """The sentence about a place, as a quote.

        >>> Sentences("Pain is 5/10. She walks.").at(15)
        'She walks.'
        """
        before = bisect_right(self._starts, place) - 1
        return self._told[before].text if before >= 0 else ""


def followed(text: str, first: re.Pattern[str], then: re.Pattern[str]) -> bool:
    """Whether one thing is said and another after it before a full stop; time grows with the text.

    >>> followed("The MTUS does recommend it.", re.compile("MTUS"), re.compile("recommend"))
    True
    """
    for clause in text.split("."):
        begun = first.search(clause)
        if begun is not None and then.search(clause, begun.end()):
            return True
    return False
