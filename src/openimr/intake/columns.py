"""Two columns of prose, told from a table or a form: read down the left one, then the right one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from openimr.intake.piece import Piece

_FEWEST_ROWS = 8
_FEWEST_WORDS = 4
"""A row in each column has so many words, or it is an answer beside its label."""
_FULL = 0.75
"""Prose fills its column up to the gutter; cells of a table do not."""
_GUTTER = 1.6
"""Least width of the gutter, in characters."""
_MIDDLE = (0.3, 0.7)

Row = list[Piece]


@dataclass(frozen=True, slots=True)
class _Gutter:
    left: float
    right: float


def in_reading_order(rows: Sequence[Row], character: float) -> list[Row]:
    """The rows of a page, those of two-column prose one column after the other."""
    if len(rows) < _FEWEST_ROWS:
        return list(rows)
    gaps = [list(_gaps(row, *_middle(rows), character)) for row in rows]
    ordered: list[Row] = []
    at = 0
    while at < len(rows):
        end, gutter = _run(gaps, at, character)
        if gutter is not None and _is_prose(rows[at:end], gutter):
            ordered += _column(rows[at:end], gutter, left=True)
            ordered += _column(rows[at:end], gutter, left=False)
            at = end
        else:
            ordered.append(rows[at])
            at += 1
    return ordered


def _run(gaps: Sequence[list[_Gutter]], start: int, character: float) -> tuple[int, _Gutter | None]:
    """The longest run of rows from here on that share a gutter, and where it is."""
    gutters, end = gaps[start], start + 1
    while end < len(gaps) and gutters:
        shared = list(_shared(gutters, gaps[end], character))
        if not shared:
            break
        gutters, end = shared, end + 1
    if end - start < _FEWEST_ROWS or not gutters:
        return end, None
    return end, max(gutters, key=lambda gutter: gutter.right - gutter.left)


def _middle(rows: Sequence[Row]) -> tuple[float, float]:
    """The part of the page's text, from left to right, where a gutter may be."""
    left = min(row[0].box.x0 for row in rows)
    right = max(row[-1].box.x1 for row in rows)
    low, high = (left + part * (right - left) for part in _MIDDLE)
    return low, high


def _gaps(row: Row, low: float, high: float, character: float) -> Iterator[_Gutter]:
    """Wide gaps of a row near the middle of the text."""
    for before, after in pairwise(row):
        gap = _Gutter(before.box.x1, after.box.x0)
        wide = gap.right - gap.left >= _GUTTER * character
        if wide and low <= (gap.left + gap.right) / 2 <= high:
            yield gap


def _shared(
    gutters: Sequence[_Gutter], others: Sequence[_Gutter], character: float
) -> Iterator[_Gutter]:
    for one in gutters:
        for other in others:
            left, right = max(one.left, other.left), min(one.right, other.right)
            if right - left >= _GUTTER * character * 0.8:
                yield _Gutter(left, right)


def _is_prose(rows: Sequence[Row], gutter: _Gutter) -> bool:
    return all(_is_full(_column(rows, gutter, left=left)) for left in (True, False))


def _is_full(column: Sequence[Row]) -> bool:
    left = min(row[0].box.x0 for row in column)
    right = max(row[-1].box.x1 for row in column)
    filled = median((row[-1].box.x1 - row[0].box.x0) / (right - left) for row in column)
    return filled >= _FULL and median(len(row) for row in column) >= _FEWEST_WORDS


def _column(rows: Sequence[Row], gutter: _Gutter, *, left: bool) -> list[Row]:
    sides = ([piece for piece in row if (piece.box.x1 <= gutter.right) == left] for row in rows)
    return [side for side in sides if side]
