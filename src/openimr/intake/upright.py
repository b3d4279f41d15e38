"""Pages that stand sideways or upside down: which way the text runs, and how to turn it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from openimr.intake.piece import Piece
from openimr.model.text import Box, Notice, NoticeKind

_ENOUGH_WORDS = 8


def text_direction(boxes: Sequence[Box]) -> int:
    """Degrees (clockwise) by which sideways text must be turned: 0 or 90.

    Boxes alone cannot tell up from down; in reading order, though, sideways words follow one
    another down the page when it must be turned by 270 degrees, and up it for 90.
    """
    tall = [box for box in boxes if box.y1 - box.y0 > 1.5 * (box.x1 - box.x0)]
    if len(tall) < _ENOUGH_WORDS or len(tall) < 0.6 * len(boxes):
        return 0
    steps = [after.y0 - before.y0 for before, after in pairwise(tall)]
    downward = sum(step > 0 for step in steps)
    return 270 if downward > len(steps) / 2 else 90


def turn_pieces(
    pieces: Sequence[Piece], size: tuple[float, float], degrees: int
) -> tuple[list[Piece], tuple[float, float]]:
    """The pieces, and the size of the page, after a clockwise turn."""
    turned = [replace(piece, box=turn_box(piece.box, size, degrees)) for piece in pieces]
    width, height = size
    return turned, ((height, width) if degrees in (90, 270) else size)


def turn_box(box: Box, size: tuple[float, float], degrees: int) -> Box:
    """A box after its page is turned clockwise.

    >>> turn_box(Box(0, 0, 10, 20), (100, 200), 90)
    Box(x0=180, y0=0, x1=200, y1=10)
    """
    width, height = size
    if degrees == 90:
        return Box(height - box.y1, box.x0, height - box.y0, box.x1)
    if degrees == 180:
        return Box(width - box.x1, height - box.y1, width - box.x0, height - box.y0)
    if degrees == 270:
        return Box(box.y0, width - box.x1, box.y1, width - box.x0)
    return box


def rotated(degrees: int) -> Notice:
    """The notice that a page was turned clockwise by so many degrees."""
    return Notice(
        kind=NoticeKind.ROTATED,
        message=f"does not stand upright; turned by {degrees} degrees to be read",
    )
