"""What it costs to give a reviewer items: points that rise with the share of capacity in use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from openimr.assign.screen import Whole
from openimr.model.assignment_rules import LoadStep
from openimr.model.reviewer import Reviewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """So many items that a reviewer takes at one price."""

    place: int
    items: int
    points: int


def rungs(place: int, reviewer: Reviewer, steps: Sequence[LoadStep]) -> tuple[Rung, ...]:
    """The items a reviewer can take on, cheapest first; together they are the capacity."""
    room = max(reviewer.capacity, 0)
    whole = reviewer.load + room
    ends = [min(max(int(step.up_to * whole) - reviewer.load, 0), room) for step in steps]
    ends[-1] = room
    found = zip(pairwise([0, *ends]), steps, strict=True)
    return tuple(
        Rung(place=place, items=last - first, points=step.points)
        for (first, last), step in found
        if last > first
    )


class Loads:
    """How much each reviewer took so far, and what more would cost."""

    def __init__(self, reviewers: Sequence[Reviewer], steps: Sequence[LoadStep]) -> None:
        self.capacity: Whole = np.array([max(one.capacity, 0) for one in reviewers], np.int64)
        self.taken: Whole = np.zeros(len(reviewers), np.int64)
        widest = int(self.capacity.max(initial=0))
        self._until: Whole = np.zeros((len(reviewers), widest + 1), np.int64)
        for place, one in enumerate(reviewers):
            each = [r.points for r in rungs(place, one, steps) for _ in range(r.items)]
            self._until[place, 1 : len(each) + 1] = np.cumsum(each)

    def more(self, places: Whole, items: int) -> tuple[Whole, Whole]:
        """Of the places with room for so many items: which they are, and what each would add.

        The first array indexes `places`.
        """
        room = np.nonzero(self.capacity[places] - self.taken[places] >= items)[0]
        chosen = places[room]
        now = self._until[chosen, self.taken[chosen]]
        return room, self._until[chosen, self.taken[chosen] + items] - now

    def give(self, place: int, items: int) -> None:
        """Give a reviewer items; with a negative number, take them back."""
        self.taken[place] += items

    @property
    def points(self) -> int:
        """Of all that was given."""
        return int(self._until[np.arange(len(self.taken)), self.taken].sum())
