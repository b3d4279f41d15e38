"""A line cut into words once, and phrases of a vocabulary found in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

_WORD = re.compile(r"[a-z0-9]+(?:\.[0-9]+)?", re.IGNORECASE)
_JOINER = re.compile(r"[\s/&+.'#-]{0,3}")
"""What may stand between the words of one phrase; a comma or bracket may not."""
_SPACE = " "
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a line, in lower case, with where they stand."""

    line: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    runs: list[int]
    """Words with the same number have nothing between them that would end a phrase."""

    def range(self, start: int, end: int) -> tuple[int, int]:
        """The first word, and the one after the last, of `line[start:end]`."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)


def cut(line: str) -> Words:
    """Cut a line into words.

    >>> words = cut("EMG/NCV, left arm")
    >>> words.words, words.runs
    (['emg', 'ncv', 'left', 'arm'], [0, 0, 1, 1])
    """
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    runs: list[int] = []
    run, before = 0, 0
    for found in _WORD.finditer(line):
        start, end = found.span()
        if start - before != 1 or line[before] != _SPACE:
            run += words != [] and not _JOINER.fullmatch(line, before, start)
        words.append(found.group().casefold())
        starts.append(start)
        ends.append(end)
        runs.append(run)
        before = end
    return Words(line, words, starts, ends, runs)


def blanked(line: str, spans: Iterable[tuple[int, int]]) -> str:
    """The line with these spans overwritten by spaces, so that positions stay."""
    for start, end in spans:
        line = line[:start] + " " * (end - start) + line[end:]
    return line


@dataclass(frozen=True, slots=True)
class Hit(Generic[Value]):
    """A phrase found at `line[start:end]`."""

    start: int
    end: int
    value: Value


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
        # A word that begins no phrase, as most do, costs one look-up.
        self._lengths = {word: sorted(found, reverse=True) for word, found in lengths.items()}

    def find(self, text: Words, start: int = 0, stop: int | None = None) -> list[Hit[Value]]:
        """Every phrase within some words of a line (all by default); none overlaps another."""
        words, runs, lengths = text.words, text.runs, self._lengths
        stop = len(words) if stop is None else stop
        hits: list[Hit[Value]] = []
        position = start
        while position < stop:
            begun, position = position, position + 1
            for length in lengths.get(words[begun], ()):
                end = begun + length
                if end > stop or runs[begun] != runs[end - 1]:
                    continue
                value = self._values.get(tuple(words[begun:end]))
                if value is not None:
                    hits.append(Hit(text.starts[begun], text.ends[end - 1], value))
                    position = end
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
