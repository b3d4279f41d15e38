"""Which time limits run after an act; when each is due is the clock's business."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from openimr.model.process_state import State, frozen
from openimr.model.transition import Transition, TransitionTable
from openimr.workflow.attempt import Attempt

ALL = "all"


def limits_after(
    table: TransitionTable, row: Transition, state: State, attempt: Attempt
) -> tuple[Mapping[str, datetime], frozenset[str]]:
    """The limits that run, since when, and which of them stand still.

    Args:
        table: for which cases each limit is meant.
        row: the act that is done.
        state: with the track of the case as the act leaves it.
        attempt: when it is done, and how its notice is served.
    """
    clocks = dict(state.clocks)
    for limit in _named(row.meets, clocks):
        clocks.pop(limit, None)
    for old, new in row.replaces.items():
        if clocks.pop(old, None) is not None:
            clocks[new] = attempt.at
    for limit in row.starts:
        if _is_meant(table, limit, state, attempt):
            clocks[limit] = attempt.at
    suspended = state.suspended - set(_named(row.resumes, clocks))
    suspended |= set(_named(row.suspends, clocks))
    return frozen(clocks), suspended & set(clocks)


def _named(limits: Iterable[str], running: Mapping[str, datetime]) -> tuple[str, ...]:
    limits = tuple(limits)
    return tuple(running) if ALL in limits else limits


def _is_meant(table: TransitionTable, limit: str, state: State, attempt: Attempt) -> bool:
    scope = table.limits.get(limit)
    if scope is None:
        return True
    service = attempt.data.get("service")
    return state.priority in scope.tracks and (not scope.service or service in scope.service)
