"""The one place that calls the solver: a minimum-cost flow of whole numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from openimr.assign.screen import Whole
from openimr.model.errors import OpenIMRError, UsageError


class Arcs:
    """Arcs with capacity and cost, gathered in blocks of one tail."""

    def __init__(self) -> None:
        self._tails: list[Whole] = []
        self._heads: list[Whole] = []
        self._capacities: list[Whole] = []
        self._costs: list[Whole] = []
        self.count = 0

    def add(self, tail: int, heads: Whole, capacity: int, costs: Whole) -> None:
        """Arcs from one node to others, all of one capacity."""
        count = len(heads)
        self._tails.append(np.full(count, tail, np.int32))
        self._heads.append(heads.astype(np.int32))
        self._capacities.append(np.full(count, capacity, np.int32))
        self._costs.append(costs.astype(np.int64))
        self.count += count

    def ends(self) -> tuple[Whole, Whole]:
        """Tail and head of each arc, in the order of `add`."""
        return np.concatenate(self._tails), np.concatenate(self._heads)

    def limits(self) -> tuple[Whole, Whole]:
        """Capacity and cost of each arc."""
        return np.concatenate(self._capacities), np.concatenate(self._costs)


def solve(arcs: Arcs, supplies: Whole) -> tuple[Whole, int]:
    """The flow of each arc at the least cost, and that cost.

    Raises:
        UsageError: the solver is not installed.
    """
    solver = _solver()
    tails, heads = arcs.ends()
    capacities, costs = arcs.limits()
    numbers = solver.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
    solver.set_nodes_supplies(np.arange(len(supplies)), supplies)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise OpenIMRError(f"the solver found no assignment ({status})")
    return np.asarray(solver.flows(numbers)), int(solver.optimal_cost())


def _solver() -> Any:  # noqa: ANN401 the solver has no types
    try:
        from ortools.graph.python import min_cost_flow
    except ImportError as error:
        raise UsageError(
            "the solver that assigns queues is not installed",
            why="it is in an extra of the package, ortools",
            remedy="pip install 'openimr[assignment]'",
        ) from error
    return min_cost_flow.SimpleMinCostFlow()
