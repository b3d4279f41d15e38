"""Passages: where in an item's texts a query is found, verbatim, with its marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from openimr.corpus.query import TEXTS, Term
from openimr.corpus.words import Word, words

Span = tuple[int, int]

_LENGTH = 240
_MARKS_AT_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text; `text == column[start:end]`, marks are places in the column too."""

    column: str
    start: int
    end: int
    text: str
    marks: tuple[Span, ...]


def passages(
    texts: Mapping[str, str], terms: Iterable[Term], *, at_most: int = 2, length: int = _LENGTH
) -> tuple[Passage, ...]:
    """The stretches of these texts that show most of the terms, at most one for each column.

    Args:
        texts: column to text.
        terms: those of the query that may be shown (`query.terms`).
        at_most: passages.
        length: of a passage, in characters; it is cut at words.
    """
    asked = tuple(terms)
    found: list[tuple[int, int, Passage]] = []
    for rank, column in enumerate(column for columns in TEXTS.values() for column in columns):
        text = texts.get(column) or ""
        marks = find(column, text, asked)
        if marks:
            score, passage = _best(column, text, marks, length)
            found.append((-score, rank, passage))
    found.sort(key=lambda entry: entry[:2])
    return tuple(passage for _, _, passage in found[:at_most])


def find(column: str, text: str, terms: Iterable[Term]) -> tuple[tuple[Span, int], ...]:
    """Where a text shows the terms, and which of them, in order."""
    asked = [(number, term) for number, term in enumerate(terms) if _searches(term, column)]
    if not asked or not text:
        return ()
    found = words(text)
    marks = {
        (found[place].start, found[place + len(term.words) - 1].end): number
        for number, term in asked
        for place in _places(found, term)
    }
    return tuple(sorted(marks.items()))[:_MARKS_AT_MOST]


def _searches(term: Term, column: str) -> bool:
    return term.field is None or column in TEXTS[term.field]


def _places(found: tuple[Word, ...], term: Term) -> list[int]:
    """The words of the text at which the term begins."""
    first = term.words[0]
    if term.prefix:
        return [place for place, word in enumerate(found) if word.text.startswith(first.text)]
    if not term.exact:
        return [place for place, word in enumerate(found) if word.stem == first.stem]
    wanted = [word.text for word in term.words]
    return [
        place
        for place, word in enumerate(found)
        if word.text == first.text
        and [each.text for each in found[place : place + len(wanted)]] == wanted
    ]


def _best(
    column: str, text: str, marks: tuple[tuple[Span, int], ...], length: int
) -> tuple[int, Passage]:
    """The stretch with most different terms in it, then most marks, then the first."""
    best: tuple[tuple[int, int], int, int] = ((0, 0), 0, 0)
    last = 0
    for first, ((start, _), _) in enumerate(marks):
        last = max(last, first + 1)
        while last < len(marks) and marks[last][0][1] - start <= length:
            last += 1
        inside = marks[first:last]
        score = (len({number for _, number in inside}), len(inside))
        if score > best[0]:
            best = (score, first, last)
    score, first, last = best
    return score[0], _passage(column, text, [span for span, _ in marks[first:last]], length)


def _passage(column: str, text: str, spans: list[Span], length: int) -> Passage:
    """The marks with as much before as after, cut between words."""
    first, last = spans[0][0], max(end for _, end in spans)
    room = max(length - (last - first), 0) // 2
    start, end = max(first - room, 0), min(last + room, len(text))
    if start > 0:
        blank = text.find(" ", start, first)
        start = blank + 1 if blank >= 0 else first
    if end < len(text):
        blank = text.rfind(" ", last, end)
        end = blank if blank >= 0 else last
    return Passage(column, start, end, text[start:end], tuple(spans))
