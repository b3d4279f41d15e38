"""Tables of a page: rows of cells under heads, ruled (`| a | b |`) or set by spaces.

    PAIN           NO PILL   W/ PILL        | Tool | 11/2012 | 08/2014 |
    cook supper    [ ]       [X]            | DASH | 78      | 52      |

Cells keep their places on the page, so that what is read from them can be shown there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_RULE = re.compile(r"[\s+|=_-]+")
_SPACED_GAP = re.compile(r" {2,}")
_DATE = re.compile(r"\d{1,2}[/-](?:\d{1,2}[/-])?\d{2,4}\b")
_BRACKETED = re.compile(r"[(\[][^()\[\]]+[)\]]")
_LEAST_HEADS = 3
_MOST_ROWS = 40
_LEAST_MARGIN = 6
"""How far in the heads begin where the column of labels has none."""
_MOST_SHIFT = 6
"""How many characters a cell set by spaces may stand off the column of its head."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `text[start:end]`, without its padding."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its label, the first cell, and the values under the heads that follow."""

    label: Cell
    values: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The heads (the label's own head first), the rows, and the line above as its title."""

    heads: tuple[Cell, ...]
    rows: tuple[Row, ...]
    title: str = ""


def find_tables(text: str) -> list[Table]:
    r"""All tables of a page.

    >>> table = find_tables("| Tool | 1/2014 | 8/2014 |\n|------|----|----|\n| DASH | 60 | 52 |")[0]
    >>> [head.text for head in table.heads], [cell.text for cell in table.rows[0].values]
    (['Tool', '1/2014', '8/2014'], ['60', '52'])
    """
    lines = list(re.finditer(r"[^\n]+", text))
    return [*_ruled(text, lines), *_spaced(lines)]


def _ruled(text: str, lines: Sequence[re.Match[str]]) -> Iterator[Table]:
    """Tables whose cells stand between upright strokes."""
    block: list[list[Cell]] = []
    title = ""
    for index, line in enumerate([*lines, None]):
        if line is not None and _RULE.fullmatch(line[0]) and (block or "+" in line[0]):
            continue
        if line is not None and line[0].count("|") >= 2:
            if not block:
                title = _title(lines, index)
            block.append(list(_cells_between_strokes(text, line)))
            continue
        if len(block) > 1:
            yield Table(tuple(block[0]), tuple(_rows(block[1:])), title)
        block = []


def _title(lines: Sequence[re.Match[str]], index: int) -> str:
    above = [line[0] for line in lines[max(0, index - 2) : index] if not _RULE.fullmatch(line[0])]
    return above[-1] if above else ""


def _cells_between_strokes(text: str, line: re.Match[str]) -> Iterator[Cell]:
    strokes = [line.start() + found.start() for found in re.finditer(r"\|", line[0])]
    for left, right in pairwise(strokes):
        yield _cell(text, left + 1, right)


def _cell(text: str, start: int, end: int) -> Cell:
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    return Cell(first, first + len(piece.strip()), piece.strip())


def _rows(block: Sequence[Sequence[Cell]]) -> Iterator[Row]:
    for cells in block:
        if cells and cells[0].text:
            yield Row(cells[0], tuple(cells[1:]))


def _spaced(lines: Sequence[re.Match[str]]) -> Iterator[Table]:
    """Tables set by spaces: a line of heads, then lines whose cells stand below them."""
    at = 0
    while at < len(lines):
        heads = _heads(lines[at])
        at += 1
        if not heads:
            continue
        columns = [head.start - lines[at - 1].start() for head in heads[1:]]
        head_at = at - 1
        under = _under_heads(columns, lines, at)
        if under:
            heads = (heads[0], *map(_joined, heads[1:], under))
            at += 1
        rows, at = _rows_below(columns, lines, at)
        if rows:
            yield Table(heads, tuple(rows), _title(lines, head_at))


def _heads(line: re.Match[str]) -> tuple[Cell, ...]:
    """The heads that a line can be; empty where it is none."""
    heads = _cells_by_gaps(line)
    if "|" in line[0]:
        return ()
    if len(heads) > 1 and all(_DATE.match(head.text) for head in heads):
        # `          10/02/2012     02/11/2014`: days over the columns, none over the labels
        return (Cell(line.start(), line.start(), ""), *heads)
    if len(heads) > 1 and _is_set_in(line, heads):
        return (Cell(line.start(), line.start(), ""), *heads)
    if len(heads) < _LEAST_HEADS or _is_number(heads[1].text) or _DATE.match(heads[0].text):
        return ()
    return heads


def _is_set_in(line: re.Match[str], heads: Sequence[Cell]) -> bool:
    """Whether a line begins so far in that a column of labels stands under its margin."""
    margin = heads[0].start - line.start()
    return margin >= _LEAST_MARGIN and not any(_is_number(head.text) for head in heads)


def _under_heads(
    columns: Sequence[int], lines: Sequence[re.Match[str]], at: int
) -> tuple[Cell, ...]:
    """The second line of the heads, in brackets under each: `(on Norco)      (no Norco)`."""
    cells = _cells_by_gaps(lines[at]) if at < len(lines) else ()
    if len(cells) != len(columns):
        return ()
    below = all(
        _BRACKETED.fullmatch(cell.text)
        and abs(cell.start - lines[at].start() - column) <= _MOST_SHIFT
        for cell, column in zip(cells, columns, strict=True)
    )
    return cells if below else ()


def _joined(head: Cell, under: Cell) -> Cell:
    return Cell(head.start, under.end, f"{head.text} {under.text}")


def _rows_below(
    columns: Sequence[int], lines: Sequence[re.Match[str]], at: int
) -> tuple[list[Row], int]:
    """The rows from a line on, and the line after them."""
    rows: list[Row] = []
    while at < len(lines) and len(rows) < _MOST_ROWS:
        if lines[at].start() - lines[at - 1].end() > 1:
            break
        if not _RULE.fullmatch(lines[at][0]):
            row = _row_below(columns, lines[at])
            if row is not None:
                rows.append(row)
            elif not rows or not _goes_on(columns, lines[at]):
                break
        at += 1
    return rows, at


def _goes_on(columns: Sequence[int], line: re.Match[str]) -> bool:
    """Whether a line only goes on the last cell of the row above it."""
    cells = _cells_by_gaps(line)
    return len(cells) == 1 and cells[0].start - line.start() >= columns[-1] - _MOST_SHIFT


def _is_number(words: str) -> bool:
    return re.fullmatch(r"[\d.,%/-]+", words) is not None


def _cells_by_gaps(line: re.Match[str]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    at = 0
    for gap in [*_SPACED_GAP.finditer(line[0]), None]:
        end = gap.start() if gap else len(line[0])
        piece = line[0][at:end]
        if piece.strip():
            start = line.start() + at + len(piece) - len(piece.lstrip())
            cells.append(Cell(start, start + len(piece.strip()), piece.strip()))
        at = gap.end() if gap else end
    return tuple(cells)


def _row_below(columns: Sequence[int], line: re.Match[str]) -> Row | None:
    """The row that a line makes under the heads; None where its cells do not stand below them."""
    cells = _cells_by_gaps(line)
    if len(cells) < 2 or "|" in line[0]:
        return None
    values: list[Cell | None] = [None] * len(columns)
    for cell in cells[1:]:
        shifts = [abs(column - (cell.start - line.start())) for column in columns]
        nearest = min(range(len(shifts)), key=shifts.__getitem__)
        if cell is cells[-1] and cell.start - line.start() > columns[-1] + _MOST_SHIFT:
            values.append(cell)  # a note beside the table
            break
        if shifts[nearest] > _MOST_SHIFT or values[nearest] is not None:
            return None
        values[nearest] = cell
    return Row(cells[0], tuple(values))
