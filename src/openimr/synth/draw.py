"""Chance, seeded: the only source of variety in the forge."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")
_CHOICE = re.compile(r"<([^<>]*\|[^<>]*)>")


class Draw:
    """Draws from one seeded stream; `fork` gives an independent stream by name."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        digest = hashlib.sha256(seed.encode()).digest()
        self._rng = np.random.default_rng(list(digest))
        self._decks: dict[str, list[int]] = {}

    def fork(self, name: str) -> Draw:
        """A stream of its own, so that one document's length never shifts another's draws."""
        return Draw(f"{self._seed}/{name}")

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return int(self._rng.integers(low, high + 1))

    def chance(self, share: float) -> bool:
        """True in about this share of draws."""
        return bool(self._rng.random() < share)

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.between(0, len(options) - 1)]

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """Different options, in an order of chance."""
        order = self._rng.permutation(len(options))
        return [options[int(index)] for index in order[:count]]

    def weighted(self, weights: Mapping[str, float]) -> str:
        """A key, drawn in proportion to its weight."""
        point = float(self._rng.random()) * sum(weights.values())
        for key, weight in weights.items():
            point -= weight
            if point < 0:
                return key
        return list(weights)[-1]

    def deal(self, name: str, options: Sequence[T]) -> T:
        """Like `pick`, but no option comes again before all others were dealt."""
        deck = self._decks.get(name)
        if not deck:
            deck = [int(index) for index in self._rng.permutation(len(options))]
            self._decks[name] = deck
        return options[deck.pop() % len(options)]

    def expand(self, text: str) -> str:
        """Settle every `<a|b>` of a template.

        Example: `pain is <bad|worse>` becomes `pain is worse`.
        """
        return _CHOICE.sub(lambda found: self.pick(found.group(1).split("|")), text)
