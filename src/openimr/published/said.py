"""A rationale -> what its writer says of the record: this element is there, that one is not.

A guideline's requirements ("MTUS requires documentation of ...") are neither, so a clause in which a
guideline speaks is passed over until the writer turns back to the case ("however", "in this case").
All phrases, of cues and elements alike, are found in one pass (Aho-Corasick); then one walk from left
to right lets each cue act on the elements of its clause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import ahocorasick

from openimr.model.published import Polarity, Said
from openimr.model.said import CueRole, SaidVocabulary

_SENTENCE_END = re.compile(r"[.?!]['\")]*\s")
_QUOTED = re.compile(r'"[^"]{60,}"')
"""A long quotation is a guideline's text; a short one is the provider's word."""
_SPACES = re.compile(r"\u00ad\s*|\s{2,}")
_FOLDED = {
    **dict.fromkeys(map(ord, "\t\n\r\f\v\u00a0-\u2010\u2011\u2013"), " "),
    **dict.fromkeys(map(ord, "\u2018\u2019"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d"), '"'),
    **dict.fromkeys(map(ord, "123456789"), "0"),
}


class _What(NamedTuple):
    """What a phrase is: a cue, or an element that may say its own polarity."""

    cue: CueRole | None = None
    element: str = ""
    polarity: Polarity | None = None


class _Hit(NamedTuple):
    start: int
    end: int
    what: _What


def read_said(rationale: str, vocabulary: SaidVocabulary) -> tuple[Said, ...]:
    """What a rationale says of the record, in reading order; the same may be said twice.

    `However, there is no documentation of functional improvement.` gives functional_improvement,
    missing, with the place of the words `functional improvement`.
    """
    text, at = _folded(rationale)
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    ends.append(len(text))
    clauses = _Clauses(text)
    sentence = 0
    for hit in _hits(text, vocabulary):
        if hit.start >= ends[sentence]:
            while hit.start >= ends[sentence]:
                sentence += 1
            clauses.new_sentence()
        clauses.take(hit)
    said = sorted(clauses.said)
    return tuple(
        Said(element=element, polarity=polarity, start=at(start), end=at(end - 1) + 1)
        for start, end, element, polarity in said
    )


class _Clauses:
    """The walk from cue to element: what governs the words at hand."""

    def __init__(self, text: str) -> None:
        self.said: list[tuple[int, int, str, Polarity]] = []
        self._text = text
        self._reach: Polarity | None = None
        self._near_from: int | None = None
        self._guideline = False
        self._settled_by = -1
        self._waiting: list[_Hit] = []

    def new_sentence(self) -> None:
        """Nothing reaches over a full stop."""
        self._clause()
        self._guideline = False

    def take(self, hit: _Hit) -> None:
        """Let a cue act, or say what an element is under the cues before it."""
        if self._near_from is not None and self._text.find(",", self._near_from, hit.start) >= 0:
            self._reach, self._near_from = None, None
        if hit.what.cue is not None:
            self._cue(hit.what.cue, hit.end)
        elif not self._guideline:
            self._element(hit)

    def _clause(self) -> None:
        self._reach, self._near_from = None, None
        self._waiting.clear()

    def _cue(self, cue: CueRole, end: int) -> None:
        if cue is CueRole.TURN:
            self.new_sentence()
        elif cue is CueRole.STOP:
            self._clause()
        elif cue is CueRole.REQUIREMENT and self._reach is not Polarity.MISSING:
            self._clause()
            self._guideline = True
        elif not self._guideline:
            self._record_cue(cue, end)

    def _record_cue(self, cue: CueRole, end: int) -> None:
        if end == self._settled_by:
            return  # a cue that acts both ways has acted on what stood before it
        if cue is CueRole.MISSING:
            self._reach, self._near_from = Polarity.MISSING, None
        elif cue is CueRole.MISSING_NEAR and self._reach is not Polarity.MISSING:
            self._reach, self._near_from = Polarity.MISSING, end
        elif cue is CueRole.PRESENT and self._reach is None:
            self._reach = Polarity.PRESENT
        elif cue is CueRole.MISSING_AFTER:
            self._settle(Polarity.MISSING, end)
        elif cue is CueRole.PRESENT_AFTER:
            self._settle(Polarity.PRESENT, end)

    def _settle(self, polarity: Polarity, end: int) -> None:
        """Say of the elements that waited for a cue behind them what it says."""
        if self._waiting:
            self._settled_by = end
        for hit in self._waiting:
            self._say(hit, polarity)
        self._waiting.clear()

    def _element(self, hit: _Hit) -> None:
        polarity = hit.what.polarity
        if self._reach is Polarity.MISSING:
            self._say(hit, Polarity.MISSING)
        elif polarity or self._reach:
            self._say(hit, polarity or self._reach or Polarity.PRESENT)
        else:
            self._waiting.append(hit)

    def _say(self, hit: _Hit, polarity: Polarity) -> None:
        self.said.append((hit.start, hit.end, hit.what.element, polarity))


def _hits(text: str, vocabulary: SaidVocabulary) -> Iterator[_Hit]:
    """Every phrase, leftmost and longest first, none overlapping another, none in a quotation."""
    quoted = [match.span() for match in _QUOTED.finditer(text)] if '"' in text else ()
    last = len(text) - 1
    found: list[tuple[int, int, tuple[_What, ...]]] = []
    for end, (length, whats) in _automaton(vocabulary).iter(text):
        start = end - length + 1
        if (start and text[start - 1].isalnum() and text[start].isalnum()) or (
            end < last and text[end + 1].isalnum() and text[end].isalnum()
        ):
            continue
        found.append((start, -end, whats))
    found.sort(key=_place)
    free = 0
    for start, minus_end, whats in found:
        if start < free or any(first <= start < end for first, end in quoted):
            continue
        free = 1 - minus_end
        yield from (_Hit(start, free, what) for what in whats)


def _place(hit: tuple[int, int, tuple[_What, ...]]) -> tuple[int, int]:
    return hit[:2]


@lru_cache(maxsize=4)
def _automaton(vocabulary: SaidVocabulary) -> ahocorasick.Automaton:
    meanings: dict[str, tuple[_What, ...]] = {}
    for phrase, what in _phrases(vocabulary):
        key = _fold(phrase)
        if what not in meanings.get(key, ()):
            meanings[key] = (*meanings.get(key, ()), what)
    automaton = ahocorasick.Automaton()
    for key, whats in meanings.items():
        automaton.add_word(key, (len(key), whats))
    automaton.make_automaton()
    return automaton


def _phrases(vocabulary: SaidVocabulary) -> Iterator[tuple[str, _What]]:
    both_ways_last = sorted(vocabulary.cues.items(), key=lambda cue: not cue[0].endswith("_after"))
    for role, phrases in both_ways_last:
        yield from ((phrase, _What(cue=role)) for phrase in phrases)
    for element in vocabulary.elements:
        for phrase in element.phrases:
            yield phrase, _What(element=element.code)
        for phrase in element.present:
            yield phrase, _What(element=element.code, polarity=Polarity.PRESENT)
        for phrase in element.missing:
            yield phrase, _What(element=element.code, polarity=Polarity.MISSING)


def _fold(text: str) -> str:
    """Small letters, one kind of quotation mark, spaces for hyphens; no longer and no shorter."""
    small = text.lower()
    if len(small) != len(text):  # a few letters (U+0130) have a longer small form
        small = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return small.translate(_FOLDED)


def _folded(text: str) -> tuple[str, Callable[[int], int]]:
    """The text to search in, and from a place in it to the place in the text given."""
    folded = _fold(text)
    if not _SPACES.search(folded):
        return folded, int
    kept: list[int] = []
    last = 0
    for match in _SPACES.finditer(folded):
        kept.extend(range(last, match.start()))
        if "\u00ad" not in match.group():
            kept.append(match.start())
        last = match.end()
    kept.extend(range(last, len(folded)))
    return "".join(folded[place] for place in kept), kept.__getitem__
