"""Words with boxes -> text in reading order: rows from top to bottom, gaps kept as spaces.

Forms are often drawn labels first and answers later, and OCR engines return whatever they find
first. So the order of drawing counts for nothing here: what stands on one row of the paper stands
on one line of the text, and a wide gap stays wide, as columns of a table need it.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median
from types import MappingProxyType

from openimr.intake.columns import in_reading_order
from openimr.intake.piece import Piece
from openimr.model.text import Box, Word, Words

_SAME_ROW = 0.5
"""Part of the lower of two heights by which centres may differ on one row."""
_LETTER_HEIGHT = 0.6
"""Part of the usual height below which a piece is a hyphen, dots or a raised figure."""
_NEAR = 0.4
_FEW = 3
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
    """Pieces by row, top to bottom; within a row from left to right.

    Boxes hug their letters, so that the middle of a hyphen or of dots is not the middle of its
    row: rows are made of what is as high as letters, and the rest joins the row it lies in.
    """
    usual = median(_height(piece) for piece in pieces)
    tall = [piece for piece in pieces if _height(piece) >= _LETTER_HEIGHT * usual]
    rows = _clustered(tall)
    bands = [_band(row) for row in rows]
    strays: list[Piece] = []
    for piece in pieces:
        if _height(piece) < _LETTER_HEIGHT * usual:
            at = _nearest(bands, _centre(piece))
            if at is not None and _distance(bands[at], _centre(piece)) <= _NEAR * usual:
                rows[at].append(piece)
            else:
                strays.append(piece)
    if strays:
        rows = sorted([*rows, *_clustered(strays)], key=lambda row: _centre(row[0]))
    return [sorted(row, key=lambda piece: (piece.box.x0, piece.box.y0)) for row in rows]


def _clustered(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces whose centres are nearly level, row by row."""
    rows: list[list[Piece]] = []
    centre = height = 0.0
    for piece in sorted(pieces, key=lambda piece: (_centre(piece), piece.box.x0, piece.text)):
        mine = _height(piece)
        if rows and _centre(piece) - centre <= _SAME_ROW * min(mine, height):
            row = rows[-1]
            row.append(piece)
            centre += (_centre(piece) - centre) / len(row)
            height = max(height, mine) if len(row) < _FEW else height
        else:
            rows.append([piece])
            centre, height = _centre(piece), mine
    return rows


def _band(row: Sequence[Piece]) -> tuple[float, float]:
    """The heights between which a row's letters lie."""
    return median(piece.box.y0 for piece in row), median(piece.box.y1 for piece in row)


def _nearest(bands: Sequence[tuple[float, float]], centre: float) -> int | None:
    above = bisect(bands, (centre, centre))
    near = [at for at in range(above - 2, above + 2) if 0 <= at < len(bands)]
    return min(near, key=lambda at: _distance(bands[at], centre), default=None)


def _distance(band: tuple[float, float], centre: float) -> float:
    return max(band[0] - centre, centre - band[1], 0.0)


def _height(piece: Piece) -> float:
    return max(piece.box.y1 - piece.box.y0, 0.1)


def _centre(piece: Piece) -> float:
    return (piece.box.y0 + piece.box.y1) / 2


def _character_width(pieces: Sequence[Piece]) -> float:
    widths = [(piece.box.x1 - piece.box.x0) / len(piece.text) for piece in pieces if piece.text]
    return max(median(widths), 0.1)
