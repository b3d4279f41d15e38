"""What the sentence model sees of a sentence: its words by class, in pairs, and in parts.

Numbers become classes, drug names one word; words after a negation count once more as negated.
Every feature is a bucket of a hash, so that training and reading need no vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from openimr.extract.tokens import number, stem
from openimr.model.drug import Formulary

_WINDOW = 24
"""Words judged at a time: in a longer run everything is said at once."""
_PART = 4
"""Letters of a part of a word."""
_NEGATION_REACH = 4
_SHORTEST_DRUG = 5
_TOP_SCORE = 10
_TOP_DAY = 31
_TOP_PERCENT = 100
_FIRST_YEAR, _LAST_YEAR = 1980, 2035
_NEGATIONS = frozenset(
    {"no", "not", "never", "without", "deny", "denie", "nil", "none", "negative", "neg", "cannot",
     "nor", "neither", "hardly", "barely", "can't", "won't", "don't", "doesn't", "didn't", "isn't",
     "wasn't", "hasn't", "couldn't", "wouldn't"}
)  # fmt: skip
"""Stems."""
_MIX = tuple(np.uint64(one) for one in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
_EDGE = np.uint64(crc32(b"^"))
"""Stands before the first word."""
_NO = np.zeros(1, dtype=np.bool_)[0]
_FIRST_ROOM = 1024
_Kind = TypeVar("_Kind", np.uint64, np.bool_)
_KEPT_WORDS = frozenset({"one", "half"})
"""Number words that mostly count nothing."""


class Features:
    """Turns words into buckets, each distinct word once.

    Args:
        formulary: whose single-word names are drugs.
        buckets: how many there are; this number itself stands for no feature.
    """

    def __init__(self, formulary: Formulary, buckets: int) -> None:
        self.none = buckets
        self._drugs = frozenset(_single_names(formulary))
        self._rows: dict[str, int] = {}
        self._hashes = np.zeros(_FIRST_ROOM, dtype=np.uint64)
        self._negates = np.zeros(_FIRST_ROOM, dtype=np.bool_)

    def rows(self, words: Iterable[str]) -> list[int]:
        """A number for each word, the same for the same word, counted from 0."""
        known = self._rows
        return [known[word] if word in known else self._add(word) for word in words]

    def of_word(self, word: str) -> tuple[int, ...]:
        """The buckets of a word alone: its class or stem, and its parts.

        >>> of_word = Features(Formulary(()), 65536).of_word
        >>> of_word("8") == of_word("seven") != of_word("70")
        True
        """
        name = self._name(word)
        parts = _parts(word) if name.isalpha() else ()
        return tuple(crc32(part.encode()) % self.none for part in (name, *parts))

    def of_contexts(self, rows: Sequence[int], starts: Sequence[int]) -> NDArray[np.int64]:
        """For each word the buckets of its pair, its wider pair and its negation.

        Args:
            rows: the words of some sentences, as `rows` numbers them.
            starts: where each sentence starts among them, the first at 0.
        """
        at = np.array(rows, dtype=np.int64)
        own, negates = self._hashes[at], self._negates[at]
        sentence = np.zeros(len(at), dtype=np.int64)
        sentence[starts] = 1
        sentence = np.cumsum(sentence)
        before = _before(own, sentence, 1, _EDGE)
        second = _before(own, sentence, 2, _EDGE)
        found = np.stack([_mixed(before, own, 1), _mixed(second, own, 2), _mixed(own, own, 3)])
        buckets = (found % np.uint64(self.none)).astype(np.int64)
        first = np.zeros(len(at), dtype=np.bool_)
        first[starts] = True
        buckets[1][first] = self.none
        reached = [_before(negates, sentence, by, _NO) for by in range(1, _NEGATION_REACH + 1)]
        buckets[2][~np.any(reached, axis=0)] = self.none
        return buckets

    def _add(self, word: str) -> int:
        row = self._rows[word] = len(self._rows)
        if row == len(self._hashes):
            self._hashes = np.concatenate([self._hashes, np.zeros_like(self._hashes)])
            self._negates = np.concatenate([self._negates, np.zeros_like(self._negates)])
        name = self._name(word)
        self._hashes[row] = crc32(name.encode())
        self._negates[row] = name in _NEGATIONS
        return row

    def _name(self, word: str) -> str:
        """The stem, or the class of a number or drug."""
        if word in self._drugs:
            return "<drug>"
        value = None if word in _KEPT_WORDS else number(word)
        return stem(word) if value is None else _number_class(value)


def _before(
    values: NDArray[_Kind], sentence: NDArray[np.int64], by: int, edge: _Kind
) -> NDArray[_Kind]:
    """The value so many words before each, or `edge` beyond the start of its sentence."""
    moved = np.full_like(values, edge)
    if by < len(values):
        same = sentence[by:] == sentence[:-by]
        moved[by:][same] = values[:-by][same]
    return moved


def _mixed(first: NDArray[np.uint64], second: NDArray[np.uint64], salt: int) -> NDArray[np.uint64]:
    """One hash of two, by multiplications that wrap around (the finisher of SplitMix64)."""
    mixed = first * _MIX[0] + second * _MIX[1] + np.uint64(salt)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _MIX[1]
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _MIX[2]
    return mixed ^ (mixed >> np.uint64(31))


def windows(first: int, last: int) -> Iterator[tuple[int, int]]:
    """The words of a sentence; of a long one, runs that overlap by half.

    >>> list(windows(0, 30))
    [(0, 24), (12, 30)]
    """
    at = first
    while last - at > _WINDOW:
        yield at, at + _WINDOW
        at += _WINDOW // 2
    if at < last:
        yield at, last


def _single_names(formulary: Formulary) -> Iterable[str]:
    """Names of one word; short ones mean too many other things."""
    for name in formulary.names():
        if name.isalpha() and len(name) >= _SHORTEST_DRUG and name not in formulary.ambiguous:
            yield name


def _number_class(value: float) -> str:
    if value != int(value):
        return "<decimal>"
    for top, name in ((0, "<zero>"), (_TOP_SCORE, "<score>"), (_TOP_DAY, "<day>")):
        if value <= top:
            return name
    if value <= _TOP_PERCENT:
        return "<hundred>"
    return "<year>" if _FIRST_YEAR <= value <= _LAST_YEAR else "<large>"


def _parts(word: str) -> Iterable[str]:
    """Runs of letters inside a word with its edges: misspellings share most of them."""
    edged = f"<{word}>"
    for start in range(max(1, len(edged) - _PART + 1)):
        yield f"#{edged[start : start + _PART]}"
