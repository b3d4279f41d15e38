"""A rationale -> what its writer says of the record: this element is there, that one is not.

A guideline's requirements ("MTUS requires documentation of ...") are neither, so a clause in which
a guideline speaks is passed over until the writer turns back to the case ("however", "in this
case"). All phrases, of cues and elements alike, are found in one pass (Aho-Corasick); then one walk
from left to right lets each cue act on the elements of its clause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

import ahocorasick

from openimr.model.published import Polarity, Said
from openimr.model.said import CueRole, SaidVocabulary

_QUOTED = re.compile(r'(?<![^\s(])"(?=\S)[^"]*"')
_LONG = 60
"""A longer quotation is a guideline's text; a short one is the provider's word."""
_SPACES = re.compile(r"\u00ad\s*|\s{2,}")
_ENDS = (". ", '." ', ".) ")
_MISSING, _PRESENT = Polarity.MISSING, Polarity.PRESENT
_FOLDED = {
    **dict.fromkeys(map(ord, "\t\n\r\f\v\u00a0-\u2010\u2011\u2013"), " "),
    **dict.fromkeys(map(ord, "\u2018\u2019"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d"), '"'),
    **dict.fromkeys(map(ord, "123456789"), "0"),
    **dict.fromkeys(map(ord, "?!"), "."),
}


class _What(NamedTuple):
    """What a phrase is: a cue, or an element that may say its own polarity."""

    cue: CueRole | None = None
    element: str = ""
    polarity: Polarity | None = None


_Hit = tuple[int, int, _What]
"""Where it starts and ends, and what it is."""


def read_said(rationale: str, vocabulary: SaidVocabulary) -> tuple[Said, ...]:
    """What a rationale says of the record, in reading order; the same may be said twice.

    `However, there is no documentation of functional improvement.` gives functional_improvement,
    missing, with the place of the words `functional improvement`.
    """
    text, at = _folded(rationale)
    clauses = _Clauses(text)
    for hit in _hits(text, vocabulary):
        clauses.take(hit)
    return tuple(
        Said(element=element, polarity=polarity, start=at(start), end=at(end - 1) + 1)
        for start, end, element, polarity in sorted(clauses.said)
    )


class _Clauses:
    """The walk from cue to element: what governs the words at hand."""

    def __init__(self, text: str) -> None:
        self.said: list[tuple[int, int, str, Polarity]] = []
        self._text = text
        self._last = 0
        self._reach: Polarity | None = None
        self._near = False
        self._guideline = False
        self._waiting: list[_Hit] = []

    def take(self, hit: _Hit) -> None:
        """Let a cue act, or say what an element is under the cues before it."""
        start, end, (cue, _, polarity) = hit
        self._go_to(start)
        self._last = end
        if cue is not None:
            if not self._guideline or cue in _CLAUSE_CUES:
                _ACTS[cue](self)
        elif not self._guideline:
            self._element(hit, polarity)

    def _go_to(self, start: int) -> None:
        """Pass the words since the last hit: a full stop ends all, a comma what reaches near.

        A comma right before the hit does not: it is that of a list (`no CURES, no UDS, agreement`).
        """
        find, last = self._text.find, self._last
        if find(".", last, start) >= 0 and any(find(end, last, start) >= 0 for end in _ENDS):
            self._guideline = False
            self.stop()
        elif self._near and find(",", last, start - 2) >= 0:
            self._reach, self._near = None, False

    def turn(self) -> None:
        """Back from the guideline to the case."""
        if self._guideline:
            self._guideline = False
            self.stop()

    def stop(self) -> None:
        """A new clause."""
        self._reach, self._near = None, False
        self._waiting.clear()

    def require(self) -> None:
        """A guideline speaks, unless it stands within what the reviewer finds lacking."""
        if self._reach is not _MISSING:
            self.stop()
            self._guideline = True

    def lacks(self) -> None:
        """What follows is lacking."""
        self._reach, self._near = _MISSING, False

    def lacks_near(self) -> None:
        """What follows is lacking, up to a comma."""
        if self._reach is not _MISSING:
            self._reach, self._near = _MISSING, True

    def shows(self) -> None:
        """What follows is there; a denial before it holds on: `no evidence that he has failed`."""
        if self._reach is None:
            self._reach = _PRESENT

    def lacked(self) -> None:
        """What waited for a cue is lacking; if nothing did, what follows: `It was not noted that`."""
        if self._waiting:
            self._settle(_MISSING)
        else:
            self.lacks_near()

    def shown(self) -> None:
        """What waited for a cue is there; if nothing did, what follows: `It was noted that`."""
        if self._waiting:
            self._settle(_PRESENT)
        else:
            self.shows()

    def _settle(self, polarity: Polarity) -> None:
        for hit in self._waiting:
            self._say(hit, polarity)
        self._waiting.clear()

    def _element(self, hit: _Hit, polarity: Polarity | None) -> None:
        if self._reach is _MISSING:
            self._say(hit, _MISSING)
        elif polarity or self._reach:
            self._say(hit, polarity or _PRESENT)
        else:
            self._waiting.append(hit)

    def _say(self, hit: _Hit, polarity: Polarity) -> None:
        start, end, what = hit
        self.said.append((start, end, what.element, polarity))


_ACTS: dict[CueRole, Callable[[_Clauses], None]] = {
    CueRole.MISSING: _Clauses.lacks,
    CueRole.MISSING_NEAR: _Clauses.lacks_near,
    CueRole.MISSING_AFTER: _Clauses.lacked,
    CueRole.PRESENT: _Clauses.shows,
    CueRole.PRESENT_AFTER: _Clauses.shown,
    CueRole.REQUIREMENT: _Clauses.require,
    CueRole.TURN: _Clauses.turn,
    CueRole.STOP: _Clauses.stop,
    CueRole.NEUTRAL: lambda _: None,
}
_CLAUSE_CUES = frozenset({CueRole.TURN, CueRole.STOP, CueRole.REQUIREMENT})
"""Cues that act while a guideline speaks, too."""


def _hits(text: str, vocabulary: SaidVocabulary) -> Iterator[_Hit]:
    """Every phrase, leftmost and longest first, none overlapping another, none in a quotation."""
    quoted = _long_quotations(text) if '"' in text else ()
    padded = f" {text} "
    found = [
        (end - length + 1, -end, whats)
        for end, (length, whats, word) in _automaton(vocabulary).iter(text)
        if not padded[end + 2].isalnum() and not (word and padded[end - length + 1].isalnum())
    ]
    found.sort(key=itemgetter(0, 1))
    free = 0
    for start, minus_end, whats in found:
        if start < free or any(first <= start < end for first, end in quoted):
            continue
        free = 1 - minus_end
        for what in whats:
            yield start, free, what


def _long_quotations(text: str) -> list[tuple[int, int]]:
    spans = (match.span() for match in _QUOTED.finditer(text))
    return [(start, end) for start, end in spans if end - start > _LONG]


@lru_cache(maxsize=4)
def _automaton(vocabulary: SaidVocabulary) -> ahocorasick.Automaton:
    meanings: dict[str, tuple[_What, ...]] = {}
    for phrase, what in _phrases(vocabulary):
        key = _fold(phrase)
        if what not in meanings.get(key, ()):
            meanings[key] = (*meanings.get(key, ()), what)
    automaton = ahocorasick.Automaton()
    for key, whats in meanings.items():
        automaton.add_word(key, (len(key), whats, key[0].isalnum()))
    automaton.make_automaton()
    return automaton


def _phrases(vocabulary: SaidVocabulary) -> Iterator[tuple[str, _What]]:
    for role, phrases in vocabulary.cues.items():
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
    if "  " not in folded and "\u00ad" not in folded:
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
