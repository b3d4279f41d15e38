"""A rationale -> what its writer says of the record: this element is there, that one is not.

A guideline's requirements ("MTUS requires documentation of ...") are neither, so a clause in which
a guideline speaks is passed over until the writer turns back to the case ("however", "in this
case"). All phrases, of cues and elements alike, are found in one pass (Aho-Corasick); then one walk
from left to right lets each cue act on the elements of its clause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
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
_ENDS = re.compile(r"\.['\")]* ")
_IN_A_LIST = frozenset({"", "and", "or", "nor", "and/or"})
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


_OF_CASE = (_What(cue=CueRole.CASE),)
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
        for start, end, element, polarity in clauses.finish()
    )


class _Clauses:
    """The walk from cue to element: what governs the words at hand.

    A rationale begins, as a rule, by telling the guidelines; what is said there, before the first
    sentence about this case, is theirs and is dropped.
    """

    def __init__(self, text: str) -> None:
        self.said: list[tuple[int, int, str, Polarity]] = []
        self._text = text
        self._last = 0
        self._reach: Polarity | None = None
        self._near = False
        self._guideline = False
        self._guidelines_told = False
        self._of_case = False
        self._before_sentence = 0
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

    def finish(self) -> list[tuple[int, int, str, Polarity]]:
        """All that was said of this case, in reading order."""
        if self._guidelines_told and not self._of_case:
            return []
        return sorted(self.said)

    def _go_to(self, start: int) -> None:
        """Pass the words since the last hit: a full stop ends all, a comma what reaches near.

        A comma right before the hit does not: it is a list's (`no CURES, screen, or contract`).
        """
        text, last = self._text, self._last
        stop = text.find(".", last, start)
        if stop >= 0 and _ENDS.search(text, stop, start):
            self._guideline = False
            self._before_sentence = len(self.said)
            self.stop()
        elif (
            self._near
            and (comma := text.rfind(",", last, start)) >= 0
            and text[comma + 1 : start].strip() not in _IN_A_LIST
        ):
            self.aside()

    def turn(self) -> None:
        """Back from the guideline to the case."""
        if self._guideline:
            self._guideline = False
            self.stop()

    def stop(self) -> None:
        """A new clause."""
        self.aside()
        self._waiting.clear()

    def aside(self) -> None:
        """What follows is about something else."""
        self._reach, self._near = None, False

    def require(self) -> None:
        """A guideline speaks, unless it stands within what the reviewer finds lacking."""
        if self._reach is not _MISSING:
            self.stop()
            self._guideline = self._guidelines_told = True

    def of_case(self) -> None:
        """The first time, what was said in sentences before was the guidelines'."""
        if not self._of_case:
            self._of_case = True
            if self._guidelines_told:
                del self.said[: self._before_sentence]

    def lacks(self) -> None:
        """What follows is lacking in this case."""
        self.of_case()
        self._reach, self._near = _MISSING, False

    def lacks_near(self) -> None:
        """What follows is lacking, up to a comma."""
        if self._reach is not _MISSING:
            self._reach, self._near = _MISSING, True

    def lacked(self) -> None:
        """What waited for a cue is lacking; if nothing did, what follows: `It was not noted`."""
        if self._waiting:
            self._settle(_MISSING)
        else:
            self.lacks_near()

    def shows(self) -> None:
        """What follows is there; a denial before it holds on: `no evidence that he has failed`."""
        if self._reach is None:
            self._reach = _PRESENT

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
    CueRole.ASIDE: _Clauses.aside,
    CueRole.CASE: _Clauses.of_case,
    CueRole.NEUTRAL: lambda _: None,
}
_CLAUSE_CUES = frozenset({CueRole.TURN, CueRole.STOP, CueRole.REQUIREMENT})
"""Cues that act while a guideline speaks, too."""


def _hits(text: str, vocabulary: SaidVocabulary) -> Iterator[_Hit]:
    """Every phrase, leftmost and longest first, none overlapping another, none in a quotation.

    A cue of the case takes no words away from others (`the patient had` and `had difficulty with`).
    """
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
        of_case = whats == _OF_CASE
        if (start < free and not of_case) or (quoted and _within(start, quoted)):
            continue
        if not of_case:
            free = 1 - minus_end
        for what in whats:
            yield start, 1 - minus_end, what


def _long_quotations(text: str) -> list[tuple[int, int]]:
    spans = (match.span() for match in _QUOTED.finditer(text))
    return [(start, end) for start, end in spans if end - start > _LONG]


def _within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


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
