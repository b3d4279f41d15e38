"""Whole cases from a divided flow, and moves until no single one makes anything better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from openimr.assign.load import Loads
from openimr.assign.refused import why_not_placed
from openimr.assign.screen import Screening, Whole
from openimr.assign.unit import Unit
from openimr.model.assignment import NotPlaced, Placed

_ROUNDS = 20
"""Rounds of moves at most; two or three are the rule."""


class Placing:
    """Who takes which unit, while it is being found out.

    Args:
        units: in the order of case numbers.
        ties: of each unit, the rank of each of its reviewers among equals.
        loads: of the reviewers; kept in step with what is placed here.
    """

    def __init__(self, units: Sequence[Unit], ties: Sequence[Whole], loads: Loads) -> None:
        self._units, self._ties, self._loads = units, ties, loads
        self._members: list[list[int]] = [[] for _ in units]
        self._held: dict[int, set[int]] = {}

    def take_whole(self, given: Sequence[Mapping[int, int]]) -> None:
        """Take over what a flow gave whole: all items of a unit to each of its members."""
        for number, (unit, by_place) in enumerate(zip(self._units, given, strict=True)):
            whole = [place for place, items in by_place.items() if items == unit.size]
            for place in sorted(whole):
                self._put(number, place)

    def place_rest(self) -> None:
        """Place the others, the most urgent first; where there is no room, make some."""
        missing = [
            number
            for number, unit in enumerate(self._units)
            if unit.can_be_placed and len(self._members[number]) < unit.members
        ]
        missing.sort(key=lambda n: (-self._units[n].not_placed, -self._units[n].size, n))
        for number in missing:
            while len(self._members[number]) < self._units[number].members:
                best = self._cheapest(number)
                if best is not None:
                    self._put(number, best[0])
                elif not self._make_room(number):
                    break

    def improve(self) -> None:
        """Move single units to better reviewers until no such move is left."""
        for _ in range(_ROUNDS):
            moved = False
            for number in range(len(self._units)):
                for place in tuple(self._members[number]):
                    moved |= self._move(number, place)
            if not moved:
                return
            self.place_rest()

    def points(self) -> int:
        """Of pairs, load, and what could have been placed and was not."""
        total = self._loads.points
        for unit, members in zip(self._units, self._members, strict=True):
            if not unit.can_be_placed:
                continue
            total += unit.size * sum(self._pair(unit, place) for place in members)
            total += unit.size * (unit.members - len(members)) * unit.not_placed
        return total

    def result(self, screening: Screening) -> tuple[tuple[Placed, ...], tuple[NotPlaced, ...]]:
        """What was placed and what not; a panel that is not full is not placed."""
        placed: list[Placed] = []
        not_placed: list[NotPlaced] = []
        for number, unit in enumerate(self._units):
            if len(self._members[number]) == unit.members:
                placed += self._placed(number, screening)
                continue
            for place in tuple(self._members[number]):
                self._take_back(number, place)
            not_placed.append(why_not_placed(unit, screening))
        return tuple(placed), tuple(not_placed)

    def _placed(self, number: int, screening: Screening) -> Iterator[Placed]:
        unit = self._units[number]
        for place in sorted(self._members[number]):
            yield Placed(
                case_number=unit.case.case_number,
                items=tuple(item.index for item in unit.items),
                reviewer=screening.reviewers[place].id,
                points=self._pair(unit, place),
            )

    def _put(self, number: int, place: int) -> None:
        self._members[number].append(place)
        self._held.setdefault(place, set()).add(number)
        self._loads.give(place, self._units[number].size)

    def _take_back(self, number: int, place: int) -> None:
        self._members[number].remove(place)
        self._held[place].discard(number)
        self._loads.give(place, -self._units[number].size)

    def _pair(self, unit: Unit, place: int) -> int:
        return int(unit.points[np.searchsorted(unit.places, place)])

    def _cheapest(self, number: int) -> tuple[int, int, int] | None:
        """The reviewer with room who takes a unit at the least points, these, and the rank."""
        unit = self._units[number]
        room, more = self._loads.more(unit.places, unit.size)
        if not len(room):
            return None
        points = unit.points[room] * unit.size + more
        ranks = self._ties[number][room]
        for best in np.lexsort((ranks, points)):
            place = int(unit.places[room[best]])
            if place not in self._members[number]:
                return place, int(points[best]), int(ranks[best])
        return None

    def _move(self, number: int, place: int) -> bool:
        """Whether one member's share went to somebody better."""
        unit = self._units[number]
        self._take_back(number, place)
        best = self._cheapest(number)
        at = np.searchsorted(unit.places, place)
        _, more = self._loads.more(np.array([place]), unit.size)
        now = int(unit.points[at]) * unit.size + int(more[0]), int(self._ties[number][at])
        if best is None or (best[1], best[2]) >= now:
            self._put(number, place)
            return False
        self._put(number, best[0])
        return True

    def _make_room(self, number: int) -> bool:
        """Whether a unit was placed by moving another one out of its way."""
        unit = self._units[number]
        for at in np.argsort(unit.points, kind="stable"):
            place = int(unit.places[at])
            if place in self._members[number]:
                continue
            free = int(self._loads.capacity[place] - self._loads.taken[place])
            for other in sorted(self._held.get(place, ())):
                if self._units[other].size + free >= unit.size and self._leave(other, place):
                    self._put(number, place)
                    return True
        return False

    def _leave(self, number: int, place: int) -> bool:
        """Whether a unit found another reviewer with room."""
        best = self._cheapest(number)
        if best is None:
            return False
        self._take_back(number, place)
        self._put(number, best[0])
        return True
