"""A line cut into words once, and phrases of a vocabulary found in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

_WORD = re.compile(r"[A-Za-z0-9]+(?:\.[0-9]+)?")
_JOINER = re.compile(r"[\s/&+.'#-]{0,3}")
"""What may stand between the words of one phrase; a comma or bracket may not."""
Value = TypeVar("Value")


class Words(NamedTuple):
    """The words of a line, in lower case, with where they stand."""

    line: str
    words: list[str]
    places: list[re.Match[str]]

    def range(self, start: int, end: int) -> tuple[int, int]:
        """The first word, and the one after the last, of `line[start:end]`."""
        starts = [place.start() for place in self.places]
        return bisect_left(starts, start), bisect_left(starts, end)

    def joined(self, first: int, last: int) -> bool:
        """Whether nothing between two words ends a phrase."""
        return all(
            _JOINER.fullmatch(self.line, left.end(), right.start())
            for left, right in pairwise(self.places[first : last + 1])
        )


def cut(line: str) -> Words:
    """Cut a line into words.

    >>> cut("EMG/NCV, left arm").words
    ['emg', 'ncv', 'left', 'arm']
    """
    places = list(_WORD.finditer(line))
    return Words(line, [place.group().casefold() for place in places], places)


def blanked(line: str, spans: Iterable[tuple[int, int]]) -> str:
    """The line with these spans overwritten by spaces, so that positions stay."""
    for start, end in spans:
        line = line[:start] + " " * (end - start) + line[end:]
    return line


class Hit(NamedTuple, Generic[Value]):
    """A phrase found at `line[start:end]`."""

    start: int
    end: int
    value: Value

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.end


class PhraseIndex(Generic[Value]):
    """Finds phrases of a vocabulary in a line: leftmost first, longest first, whole words."""

    __slots__ = ("_lengths", "_values")

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        self._values: dict[tuple[str, ...], Value] = {}
        for phrase, value in entries:
            words = tuple(cut(phrase).words)
            if words:
                self._values.setdefault(words, value)
        for words, value in tuple(self._values.items()):
            self._values.setdefault((*words[:-1], _plural(words[-1])), value)
        lengths: dict[str, set[int]] = {}
        for words in self._values:
            lengths.setdefault(words[0], set()).add(len(words))
        self._lengths = {word: sorted(found, reverse=True) for word, found in lengths.items()}

    def find(self, text: Words, start: int = 0, stop: int | None = None) -> list[Hit[Value]]:
        """Every phrase within some words of a line (all by default); none overlaps another."""
        words, lengths = text.words, self._lengths
        if lengths.keys().isdisjoint(words):
            return []
        stop = len(words) if stop is None else stop
        hits: list[Hit[Value]] = []
        # Most lines have no word, and most words of the others none, that begins a phrase.
        for begun in [place for place in range(start, stop) if words[place] in lengths]:
            if begun < start:
                continue
            for length in lengths[words[begun]]:
                last = begun + length - 1
                value = self._values.get(tuple(words[begun : last + 1])) if last < stop else None
                if value is not None and (length == 1 or text.joined(begun, last)):
                    hits.append(Hit(text.places[begun].start(), text.places[last].end(), value))
                    start = last + 1
                    break
        return hits

    def first(self, text: Words) -> Hit[Value] | None:
        """The first phrase of a line."""
        return next(iter(self.find(text)), None)

    def get(self, phrase: str) -> Value | None:
        """What exactly this phrase means."""
        return self._values.get(tuple(cut(phrase).words))


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")
