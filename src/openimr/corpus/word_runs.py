"""Runs of eight words as numbers: what texts share is counted by them.

A run is a number of 64 bits that depends on its words alone, so that it is the same in every
process and on every machine. Among the 370 million runs of a million letters, one in 50 thousand
million is taken for another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from openimr.qa.words import RUN, words

Numbers: TypeAlias = NDArray[np.uint64]
Places: TypeAlias = NDArray[np.int64]
_REMEMBERED = 1 << 18
_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


@dataclass(frozen=True, slots=True)
class Runs:
    """The distinct runs of some texts, in ascending order within each."""

    numbers: Numbers
    offsets: Places
    """Where each text's runs begin, and at the end where the last one's end."""

    def of(self, text: int) -> Numbers:
        """The runs of one text; empty where it has fewer than eight words."""
        return self.numbers[self.offsets[text] : self.offsets[text + 1]]


def read_runs(texts: Sequence[str]) -> Runs:
    """The runs of each text, by the same words as `qa.words.runs`.

    >>> read_runs(["one two three four five six seven eight", "too short"]).offsets.tolist()
    [0, 1, 1]
    """
    told = [[_number(word) for word in words(text)] for text in texts]
    lengths = np.array([len(numbers) for numbers in told], dtype=np.int64)
    flat = np.fromiter((one for numbers in told for one in numbers), np.uint64, int(lengths.sum()))
    owner = np.repeat(np.arange(len(told)), lengths)
    count = max(len(flat) - RUN + 1, 0)
    mixed = np.zeros(count, dtype=np.uint64)
    for at in range(RUN):
        mixed = mixed * _STEP + flat[at : at + count]
    whole = owner[:count] == owner[RUN - 1 :]
    return _distinct(mix(mixed[whole]), owner[:count][whole], len(told))


def mix(numbers: Numbers) -> Numbers:
    """Numbers whose every bit depends on all bits of the one given (splitmix64)."""
    mixed = numbers ^ (numbers >> np.uint64(30))
    mixed = mixed * _MIX[0]
    mixed ^= mixed >> np.uint64(27)
    mixed = mixed * _MIX[1]
    mixed ^= mixed >> np.uint64(31)
    return mixed


def _distinct(numbers: Numbers, owner: Places, texts: int) -> Runs:
    order = np.lexsort((numbers, owner))
    numbers, owner = numbers[order], owner[order]
    first = np.ones(len(numbers), dtype=bool)
    first[1:] = (numbers[1:] != numbers[:-1]) | (owner[1:] != owner[:-1])
    counts = np.bincount(owner[first], minlength=texts)
    return Runs(numbers[first], np.concatenate([[0], np.cumsum(counts)]).astype(np.int64))


@lru_cache(maxsize=_REMEMBERED)
def _number(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")
