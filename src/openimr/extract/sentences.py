"""Sentences with their places, over line breaks, in prose, lists, forms and tables.

Line breaks of the paper are not sentence ends: a line goes on in the next one unless that one is
blank, starts an item, a label or a check box, or the line before stopped well short of the margin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ITEM = re.compile(
    r"\s*(?:[-*\u2022\u25cf\u25aa\u2713>]\s+|->|\(?\d{1,2}[.)]\s|\(?[a-hA-H][.)]\s|\(\d\)|"
    r"[\[(][ xX_]{0,3}[\])]|[\u2610\u2611\u2612\u25a1\u25a0]|[A-Z][A-Za-z/' &-]{0,28}:(?:\s|$)|"
    r"[+|=_-]{4,}|\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b)"
)
_ROW = re.compile(r"\S {3,}\S.*\S {3,}\S")
_SHORT_OF_MARGIN = 0.62
_LEAST_MARGIN = 50
_NEARLY_FULL = 0.9
"""A line whose next word would have stood well within the margin was ended on purpose."""
_SHORTEST_LAST_WORD = 3
_LABEL_LINE = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?: ")
"""`... completed the Pain` before `Disability Questionnaire: 76`: a name over the line break."""
_DATE_LINE = re.compile(r"\s*\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b")
_NUMBER_LINE = re.compile(r"\s{0,8}\d{1,2}\.\s")
_GOES_ON = re.compile(
    r"\b(?:at|of|to|by|about|around|from|was|is|and|or|than|over|under|nearly|roughly|an?|the|as|with|for|in"
    r"|on|page|level|score|grade|phase|number)\s*$",
    re.IGNORECASE,
)
"""`By the seventh day at` before `6. On Labor Day ...`: the number is no item's."""
_BREAK = re.compile(
    r"""(?<=[.!?])["'\u201d)]*(?:\s+(?=["'\u201c(]?[A-Z0-9\[])|[ ]{2,}(?=\S)|\s+(?=[a-z]))"""
)
_ASIDE = re.compile(r"(?<=[.!?])\s+(?=\([a-z])|(?<=[a-z]\))\s+(?=[A-Z])")
"""`Seen today. (dictated in error: ...) He works`: an aside between sentences is one of its own."""
_LAST_WORD = re.compile(r"([\w/.]+)[\"'\u201d)]*\.[\"'\u201d)]*$")
_SHORT_ANSWER = re.compile(
    r"\s*[\"'\u201c]?(?:no|none|n|neg|negative|nope|nil|denies|denied|never|not\s+\w+|yes|y|some|ya\s+no)\b",
    re.IGNORECASE,
)
"""The answer to a question belongs to it: `Nausea? no.`"""
_TRAILING_NUMBER_ITEM = re.compile(r"^\(?\d{1,2}\.$")
_LABEL_BREAK = re.compile(
    r"[.;]?[ ]{2,}(?=[A-Z][A-Za-z/' ]{1,24}:\s)|[ ]{4,}(?=[A-Z][A-Z/ ]{2,24}:\s)"
    r"|[ ]{2,}(?=\(?\d{1,2}[.)]\s)"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text[start:end]` without surrounding space."""

    start: int
    end: int


def split_sentences(text: str, abbreviations: frozenset[str] = frozenset()) -> list[Sentence]:
    r"""All sentences of a page, in order; items and form lines count as sentences.

    >>> text = "Pain is 8/10. Takes Norco b.i.d.\nwith food."
    >>> [text[s.start:s.end] for s in split_sentences(text, frozenset({"b.i.d"}))]
    ['Pain is 8/10.', 'Takes Norco b.i.d.\nwith food.']
    """
    return [
        sentence
        for start, end in _blocks(text)
        for sentence in _in_block(text, start, end, abbreviations)
    ]


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Runs of lines that belong together."""
    margin = _margin(text)
    start: int | None = None
    end = 0
    previous = ""
    for found in re.finditer(r"[^\n]*(?:\n|$)", text):
        line = found[0].rstrip("\n")
        if start is not None and _begins_anew(line, previous, margin):
            yield start, end
            start = None
        if line.strip():
            if start is None:
                start = found.start()
            end = found.start() + len(line)
        previous = line
    if start is not None:
        yield start, end


def _margin(text: str) -> int:
    lengths = sorted(len(line.rstrip()) for line in text.split("\n") if line.strip())
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _begins_anew(line: str, previous: str, margin: int) -> bool:
    if not line.strip() or not previous.strip():
        return True
    wrapped = _NUMBER_LINE.match(line) and _GOES_ON.search(previous)
    goes_on = (
        wrapped or _DATE_LINE.match(line) or (_LABEL_LINE.match(line) and not _ITEM.match(previous))
    )
    if _ITEM.match(line) and not (goes_on and _runs_on(previous, margin)):
        return True
    if _ROW.search(line.strip()) or _ROW.search(previous.strip()):
        return True
    short = len(previous.rstrip()) < margin * _SHORT_OF_MARGIN
    first = line.lstrip()[0]
    if first.islower():
        joined = f"{previous.rstrip()} {line.split(maxsplit=1)[0]}"
        fitting = len(joined) < margin * _NEARLY_FULL
        ended = previous.rstrip()[-1] in ".;:" and len(previous.strip()) < _LEAST_MARGIN
        return ended and (short or fitting)
    return short and margin >= _LEAST_MARGIN and previous.rstrip()[-1] not in ",-"


def _runs_on(line: str, margin: int) -> bool:
    """Whether a line reaches the margin without an end: what follows is its wrapped rest."""
    line = line.rstrip()
    return (
        len(line) >= margin * _SHORT_OF_MARGIN
        and line[-1] not in ".:;"
        and not _ROW.search(line.strip())
    )


def _in_block(text: str, start: int, end: int, abbreviations: frozenset[str]) -> Iterator[Sentence]:
    at = start
    block = text[start:end]
    cuts = {
        start + found.end()
        for pattern in (_BREAK, _LABEL_BREAK)
        for found in pattern.finditer(block)
    }
    asides = {start + found.end() for found in _ASIDE.finditer(block)} - cuts
    for cut in sorted(cuts | asides):
        if cut <= at or not _ends_sentence(text[at:cut].rstrip(), abbreviations):
            continue
        so_far = text[at:cut].strip()
        if cut in asides and so_far.endswith(")") and not so_far.startswith("("):
            continue
        if so_far.endswith("?") and _SHORT_ANSWER.match(text, cut):
            continue
        if text[cut : cut + 1].islower() and not _ends_in_word(text[at:cut], abbreviations):
            continue
        yield from _trimmed(text, at, cut)
        at = cut
    yield from _trimmed(text, at, end)


def _ends_sentence(so_far: str, abbreviations: frozenset[str]) -> bool:
    if not so_far:
        return False
    if not so_far.endswith((".", '."', ".'", ".)", ".\u201d")):
        return True
    if _TRAILING_NUMBER_ITEM.search(so_far):
        return False
    last = _LAST_WORD.search(so_far)
    if last is None:
        return True
    word = last[1].casefold()
    return word not in abbreviations and not (len(word) == 1 and word.isalpha())


def _ends_in_word(so_far: str, abbreviations: frozenset[str]) -> bool:
    """Whether a full stop before a small letter ends a telegraphic sentence (`no new sx. slow`)."""
    last = _LAST_WORD.search(so_far.rstrip())
    if last is None:
        return so_far.rstrip()[-1:] in "!?"
    word = last[1].casefold()
    long_enough = len(word) >= _SHORTEST_LAST_WORD or (len(word) > 1 and last[1].isupper())
    return long_enough and word.replace("/", "").isalpha() and word not in abbreviations


def _trimmed(text: str, start: int, end: int) -> Iterator[Sentence]:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        first = start + len(piece) - len(piece.lstrip())
        yield Sentence(first, first + len(stripped))
