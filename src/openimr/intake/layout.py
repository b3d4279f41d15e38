"""Words with boxes -> text in reading order: rows from top to bottom, gaps kept as spaces.

Forms are often drawn labels first and answers later, and OCR engines return whatever they find
first. So the order of drawing counts for nothing here: what stands on one row of the paper stands
on one line of the text, and a wide gap stays wide, as columns of a table need it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median
from types import MappingProxyType

from openimr.intake.columns import in_reading_order
from openimr.intake.piece import Piece
from openimr.model.text import Box, Word, Words

_SAME_ROW = 0.5
"""Part of the lower of two heights by which centres may differ on one row."""
_PARAGRAPH = 1.55
"""Times the usual distance between lines from which a blank line is written."""
_WIDEST_GAP = 24
_ONE_SPACE = 2.1
"""Gaps up to here, in characters, are one space."""


def lay_out(
    pieces: Sequence[Piece], shown: Mapping[int, Box] = MappingProxyType({})
) -> tuple[str, Words]:
    """The text of a page and its words; `text[word.start:word.end]` is the piece's text.

    Args:
        pieces: the words; their boxes decide rows and gaps.
        shown: by `id` of the piece, the box to keep where it is another one (a crooked scan).

    >>> lay_out([Piece("Doe", Box(40, 0, 60, 10)), Piece("Name:", Box(0, 1, 30, 11))])[0]
    'Name:  Doe'
    """
    if not pieces:
        return "", Words()
    character = _character_width(pieces)
    rows = in_reading_order(_rows(pieces), character)
    bases = [median(piece.box.y1 for piece in row) for row in rows]
    pitch = _pitch(bases)
    parts: list[str] = []
    words: list[Word] = []
    offset = 0
    for at, row in enumerate(rows):
        if at:
            ending = "\n\n" if bases[at] - bases[at - 1] > _PARAGRAPH * pitch else "\n"
            parts.append(ending)
            offset += len(ending)
        offset = _write_row(row, character, offset, parts, words, shown)
    return "".join(parts), Words(tuple(words))


def _write_row(
    row: Sequence[Piece],
    character: float,
    offset: int,
    parts: list[str],
    words: list[Word],
    shown: Mapping[int, Box],
) -> int:
    right: float | None = None
    for piece in row:
        if right is not None:
            spaces = " " * _spaces((piece.box.x0 - right) / character)
            parts.append(spaces)
            offset += len(spaces)
        parts.append(piece.text)
        box = shown.get(id(piece), piece.box)
        words.append(Word(offset, offset + len(piece.text), box, piece.confidence))
        offset += len(piece.text)
        right = piece.box.x1
    return offset


def _pitch(bases: Sequence[float]) -> float:
    """The usual distance from line to line: forms have many wide ones, so it is a low one."""
    steps = sorted(after - before for before, after in pairwise(bases) if after > before)
    return steps[len(steps) * 2 // 5] if steps else 0.0


def _spaces(characters: float) -> int:
    """Boxes hug the letters, so that one space beside narrow ones looks like almost two."""
    return 1 if characters < _ONE_SPACE else min(round(characters), _WIDEST_GAP)


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces by row, top to bottom; within a row from left to right."""
    rows: list[list[Piece]] = []
    centres: list[float] = []
    heights: list[float] = []
    for piece in sorted(pieces, key=_centre):
        height = max(piece.box.y1 - piece.box.y0, 0.1)
        if rows and _centre(piece) - centres[-1] <= _SAME_ROW * min(height, heights[-1]):
            row = rows[-1]
            row.append(piece)
            centres[-1] += (_centre(piece) - centres[-1]) / len(row)
            heights[-1] = max(heights[-1], height) if len(row) < 3 else heights[-1]
        else:
            rows.append([piece])
            centres.append(_centre(piece))
            heights.append(height)
    return [sorted(row, key=lambda piece: (piece.box.x0, piece.box.y0)) for row in rows]


def _centre(piece: Piece) -> float:
    return (piece.box.y0 + piece.box.y1) / 2


def _character_width(pieces: Sequence[Piece]) -> float:
    widths = [(piece.box.x1 - piece.box.x0) / len(piece.text) for piece in pieces if piece.text]
    return max(median(widths), 0.1)
