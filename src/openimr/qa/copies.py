"""The letter that a text is copied from, among many, without comparing it with each.

Of a text's runs of eight words (outside long quotations), those that fewest texts have come first.
A text that shares the share asked for has at least one of the first few (all but that share of
them), so only texts that have one of these are compared: in time that grows with the letters, and
with nothing missed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from openimr.qa.letter import CheckedLetter, Item
from openimr.qa.words import runs, unquoted


@dataclass(frozen=True, slots=True)
class Copy:
    """What a text is copied from, and how much of it."""

    share: float
    letter: CheckedLetter
    item: Item


class Copies:
    """The rationales of letters by their runs; made once for all letters of a call."""

    def __init__(self, letters: Iterable[CheckedLetter] = ()) -> None:
        self._owners: dict[str, list[tuple[CheckedLetter, Item]]] = {}
        for letter in letters:
            for item in letter.items:
                self._owners.setdefault(unquoted(item.rationale), []).append((letter, item))
        self._texts = list(self._owners)
        self._having: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, text in enumerate(self._texts):
            for run in runs(text):
                self._having[run].append(number)

    def best(self, text: str, own: CheckedLetter, at_least: float) -> Copy | None:
        """The largest share of a text that stands in another letter; None where it is too small.

        Args:
            text: a rationale.
            own: its letter, which is passed over.
            at_least: 0 to 1: smaller shares are not looked for.
        """
        mine = runs(unquoted(text))
        found = (
            Copy(len(mine & runs(self._texts[number])) / len(mine), letter, item)
            for number in self._candidates(mine, at_least)
            if (owner := self._other_than(own, self._texts[number])) is not None
            for letter, item in (owner,)
        )
        best = max(found, key=lambda one: one.share, default=None)
        return best if best is not None and best.share >= at_least else None

    def _candidates(self, mine: frozenset[tuple[str, ...]], at_least: float) -> Iterator[int]:
        """Texts that may share so much, in the order of their letters."""
        rarest = sorted(mine, key=lambda run: (len(self._having.get(run, ())), run))
        first = int(len(rarest) * (1 - at_least)) + 2  # one more than needed, for rounding
        near = {number for run in rarest[:first] for number in self._having.get(run, ())}
        yield from sorted(near)

    def _other_than(self, own: CheckedLetter, text: str) -> tuple[CheckedLetter, Item] | None:
        """The first letter but this one that has a text."""
        return next((one for one in self._owners[text] if one[0] is not own), None)
