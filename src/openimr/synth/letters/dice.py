"""Chance for millions of letters: quicker than `synth.draw`, one independent stream a letter."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


class Dice:
    """A seeded stream of draws; the same seed gives the same draws on every machine."""

    def __init__(self, seed: str) -> None:
        self.share = random.Random(seed).random  # noqa: S311 variety is wanted here, not secrecy

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.share() * (high - low + 1))

    def chance(self, share: float) -> bool:
        """True in about this share of draws."""
        return self.share() < share

    def pick(self, options: Sequence[T]) -> T:
        """One of the options, each as likely."""
        return options[int(self.share() * len(options))]

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """Up to `count` different options, in an order of chance."""
        left = list(options)
        return [left.pop(int(self.share() * len(left))) for _ in range(min(count, len(left)))]

    def rank(self, ranks: int) -> int:
        """A rank below `ranks`, by Zipf's law: the first is common, the last almost never seen."""
        return min(ranks - 1, int(ranks ** self.share()) - 1)


class Weighted(Generic[T]):
    """Options with weights, summed once."""

    def __init__(self, options: Sequence[T], weights: Sequence[float]) -> None:
        self._options = tuple(options)
        self._sums = list(accumulate(weights))

    def draw(self, dice: Dice) -> T:
        """One option, as likely as its weight."""
        return self._options[bisect(self._sums, dice.share() * self._sums[-1])]
