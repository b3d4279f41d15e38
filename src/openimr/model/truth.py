"""Kleene's three-valued logic, where silence is UNKNOWN and never FALSE."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """TRUE, FALSE or UNKNOWN.

    and      | TRUE     UNKNOWN  FALSE        or       | TRUE  UNKNOWN  FALSE        not |
    ---------+---------------------------     ---------+----------------------     ------+--------
    TRUE     | TRUE     UNKNOWN  FALSE        TRUE     | TRUE  TRUE     TRUE        TRUE | FALSE
    UNKNOWN  | UNKNOWN  UNKNOWN  FALSE        UNKNOWN  | TRUE  UNKNOWN  UNKNOWN  UNKNOWN | UNKNOWN
    FALSE    | FALSE    FALSE    FALSE        FALSE    | TRUE  UNKNOWN  FALSE      FALSE | TRUE
    """

    TRUE = "true"
    UNKNOWN = "unknown"
    FALSE = "false"

    def __bool__(self) -> bool:
        raise TypeError("a Truth has three values: compare it with Truth.TRUE")

    def __invert__(self) -> Truth:
        return {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE}.get(self, Truth.UNKNOWN)

    def __and__(self, other: Truth) -> Truth:
        return all_of((self, other))

    def __or__(self, other: Truth) -> Truth:
        return any_of((self, other))


def all_of(values: Iterable[Truth]) -> Truth:
    """TRUE if all are, FALSE if any is, else UNKNOWN; TRUE of nothing."""
    seen = set(values)
    if Truth.FALSE in seen:
        return Truth.FALSE
    return Truth.UNKNOWN if Truth.UNKNOWN in seen else Truth.TRUE


def any_of(values: Iterable[Truth]) -> Truth:
    """TRUE if any is, FALSE if all are, else UNKNOWN; FALSE of nothing."""
    return ~all_of(~value for value in values)
