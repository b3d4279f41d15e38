"""A whole queue assigned at once, by minimum-cost flow, each case then to one reviewer.

    cases x reviewers who may decide them  ->  flow  ->  whole cases  ->  no single move is better

The flow may divide a case between reviewers, so its optimum is a bound that no assignment beats.
The few cases that it does divide are placed whole, and everything is moved where that is better.
Ties go by a keyed hash: the result does not depend on the order of the input, and nobody can
choose a reviewer by the choice of a name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from openimr.assign.flow import Arcs, solve
from openimr.assign.load import Loads, rungs
from openimr.assign.placing import Placing
from openimr.assign.screen import Screening, Whole
from openimr.assign.unit import Unit, units_of
from openimr.model.assignment import Assignment, CaseToAssign, Totals
from openimr.model.assignment_rules import AssignmentRules
from openimr.model.reviewer import Register

_TIES = 16
"""Ranks among pairs of equal points."""
_MIX = np.uint64(0x9E3779B97F4A7C15)
_MIX_2 = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """An assignment with what its proofs are made from."""

    assignment: Assignment
    screening: Screening
    loads: Loads
    units: tuple[Unit, ...]


def assign_queue(
    cases: Sequence[CaseToAssign],
    register: Register,
    rules: AssignmentRules,
    day: date,
    *,
    key: bytes = b"",
) -> Queue:
    """Propose a reviewer for every case, or say why there is none.

    Args:
        cases: the queue; the order does not matter.
        register: the organization and its reviewers.
        rules: of assignment.
        day: of the assignment.
        key: of the hash that decides between equals; a secret one cannot be foreseen.

    Raises:
        UsageError: the solver is not installed.
        InputError: a panel without approval, or a case number that stands twice.
    """
    screening = Screening(register, rules, day)
    loads = Loads(screening.reviewers, rules.points.load)
    units = units_of(cases, screening)
    names = np.array([_hashed(one.id, key) for one in screening.reviewers], np.uint64)
    ties = [_ties(_hashed(unit.case.case_number, key), names[unit.places]) for unit in units]
    flow = _flow(units, ties, screening)
    placing = Placing(units, ties, loads)
    placing.take_whole(flow.given)
    placing.place_rest()
    placing.improve()
    placed, not_placed = placing.result(screening)
    taken = {one.id: int(loads.taken[place]) for place, one in enumerate(screening.reviewers)}
    totals = Totals(
        points=placing.points(),
        bound=flow.bound,
        taken=tuple((name, count) for name, count in taken.items() if count),
    )
    assignment = Assignment(day=day, placed=placed, not_placed=not_placed, totals=totals)
    return Queue(assignment=assignment, screening=screening, loads=loads, units=units)


@dataclass(frozen=True, slots=True)
class _Flow:
    given: tuple[dict[int, int], ...]
    """Of each unit, items given by place of the reviewer."""
    bound: int


def _flow(units: Sequence[Unit], ties: Sequence[Whole], screening: Screening) -> _Flow:
    """The cheapest flow of items, in which a case may be divided."""
    supplied = [unit.size * unit.members if unit.can_be_placed else 0 for unit in units]
    total = sum(supplied)
    scale = total * _TIES + 1
    first = len(units)
    sink = first + len(screening.reviewers)
    arcs = Arcs()
    for number, unit in enumerate(units):
        arcs.add(number, first + unit.places, unit.size, unit.points * scale + ties[number])
    pairs = arcs.count
    for number, unit in enumerate(units):
        price = np.array([unit.not_placed * scale])
        arcs.add(number, np.array([sink]), supplied[number], price)
    for place, reviewer in enumerate(screening.reviewers):
        for rung in rungs(place, reviewer, screening.rules.points.load):
            arcs.add(first + place, np.array([sink]), rung.items, np.array([rung.points * scale]))
    supplies = np.zeros(sink + 1, np.int64)
    supplies[:first] = supplied
    supplies[sink] = -total
    flows, cost = solve(arcs, supplies)
    given: tuple[dict[int, int], ...] = tuple({} for _ in units)
    used = np.nonzero(flows[:pairs])[0]
    tails, heads = arcs.ends()
    for tail, head, items in zip(tails[used], heads[used], flows[used], strict=True):
        given[int(tail)][int(head) - first] = int(items)
    return _Flow(given=given, bound=cost // scale)


def _hashed(name: str, key: bytes) -> int:
    secret = hashlib.sha256(key).digest()
    digest = hashlib.blake2b(name.encode(), key=secret, digest_size=8, person=b"ties")
    return int.from_bytes(digest.digest(), "big")


def _ties(case: int, names: np.ndarray[tuple[int], np.dtype[np.uint64]]) -> Whole:
    """A rank from 0 to 15 for each pair, evenly spread (the mixer of splitmix64)."""
    mixed = (names ^ np.uint64(case)) * _MIX
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _MIX_2
    return ((mixed ^ (mixed >> np.uint64(27))) % np.uint64(_TIES)).astype(np.int64)
