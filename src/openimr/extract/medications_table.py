"""Since when a drug is taken, where a ruled table of drugs has a column for it."""

from __future__ import annotations

import re

from openimr.extract.dates import find_dates
from openimr.extract.medications_trials import Duration
from openimr.model.dates import PartialDate

_SINCE_HEAD = re.compile(
    r"(?:since|on\s+since|started?|start\s+date|begun|began|first\s+(?:rx|filled|prescribed|used))"
    r"|date\s+started",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_MOST_ROWS = 40
_LEAST_BARS = 2


def since_in_table(text: str, offset: int) -> Duration | None:
    r"""The start that the row at an offset gives under a head `Since`; None where there is none.

    >>> table = "| Drug | Since |\n| Soma | 04/2014 |"
    >>> since_in_table(table, table.index("Soma")).since.isoformat()
    '2014-04'
    """
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    row = text[start : end if end >= 0 else len(text)]
    if row.count("|") < _LEAST_BARS:
        return None
    column = _since_column(text, start)
    cells = row.split("|")
    if column is None or column >= len(cells):
        return None
    cell = cells[column].strip()
    since = _date(cell)
    if since is None:
        return None
    place = start + sum(len(one) + 1 for one in cells[:column]) + cells[column].index(cell)
    return Duration(start=place, end=place + len(cell), since=since)


def _date(cell: str) -> PartialDate | None:
    """A cell that is one date; a span of years (`2012-14`) is over."""
    if _YEAR.fullmatch(cell):
        return PartialDate(int(cell))
    dates = find_dates(cell)
    whole = len(dates) == 1 and dates[0].end - dates[0].start == len(cell)
    return dates[0].value if whole else None


def _since_column(text: str, start: int) -> int | None:
    """Which column the head of the table above a row names as the start."""
    for _ in range(_MOST_ROWS):
        if start == 0:
            return None
        above = text.rfind("\n", 0, start - 1) + 1
        line = text[above : start - 1]
        if "|" not in line and not set(line.strip()) <= set("+-=| "):
            return None
        for number, cell in enumerate(line.split("|")):
            if _SINCE_HEAD.fullmatch(cell.strip()):
                return number
        start = above
    return None
