"""A run of forged letters: which layout each has, and which repeat an earlier one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from openimr.synth.letters.dice import Dice, Weighted
from openimr.synth.letters.letter import ForgedLetter, forge_letter

MIX = "mix"
_SHARES = Weighted(("header", "2014", "plain", "2013-notice", "2013"), (62, 22, 6, 7, 3))
"""Layouts of a mixed run; letters of the first year are few."""
_SAME_WORDS = 0.12
"""Letters whose reviewer copied an earlier letter and changed the worker and the dates."""
_CHANGED = 0.15
"""Of the duplicates, those published again with another text under the same case number."""
_REACH = 5_000
"""How far back a letter repeats another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run by its seed; any letter of it can be had alone, in any order."""

    seed: int
    layout: str = MIX
    duplicates: float = 0.0
    """Share of letters that are published twice."""
    pdf: bool = False
    """The letters will be printed as PDF."""

    def letter(self, number: int) -> ForgedLetter:
        """The letter of this number; a repeated one says of which in its truth."""
        dice = Dice(f"{self.seed}/{number}/run")
        if number == 0 or not dice.chance(self.duplicates):
            return self._first(number)
        earlier = self._original(dice.between(max(0, number - _REACH), number - 1))
        first = self._first(earlier)
        kind = "same"
        if dice.chance(_CHANGED):
            kind, first = (
                "changed",
                forge_letter(self.seed, earlier, first.layout, like=number, pdf=self.pdf),
            )
        gold = {**first.gold, "duplicate": kind, "duplicate_of": first.name}
        return replace(first, name=f"{first.name}-{number}", gold=gold)

    def _original(self, number: int) -> int:
        """The nearest letter from `number` down that repeats none."""
        while number and Dice(f"{self.seed}/{number}/run").chance(self.duplicates):
            number -= 1
        return number

    def _first(self, number: int) -> ForgedLetter:
        dice = Dice(f"{self.seed}/{number}/first")
        layout = self._layout(dice)
        like = None
        if number and dice.chance(_SAME_WORDS):
            like = dice.between(max(0, number - _REACH), number - 1)
        return forge_letter(self.seed, number, layout, like=like, pdf=self.pdf)

    def _layout(self, dice: Dice) -> str:
        if self.layout != MIX:
            return self.layout
        return _SHARES.draw(dice)
