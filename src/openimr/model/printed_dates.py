"""Dates as letters print them."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

DATE = r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|[A-Z][a-z]{2,8}\.?\s+\d{1,2},\s*\d{4}"
"""A date in a pattern: `10/31/2013`, `10-31-13`, `October 31, 2013`."""
_NUMERIC = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})")
_WORDED = re.compile(r"([A-Z][a-z]{2,8})\.?\s+(\d{1,2}),\s*(\d{4})")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_CENTURY = 2000
_LAST_OF_CENTURY = 50
_REMEMBERED = 16_384
"""Letters of twenty years share some thousand days."""


@lru_cache(maxsize=_REMEMBERED)
def read_date(printed: str) -> date | None:
    """The day; None where it is no date, or no day of the calendar.

    >>> read_date("10/31/2013"), read_date("July 2, 2010"), read_date("13/45/2013")
    (datetime.date(2013, 10, 31), datetime.date(2010, 7, 2), None)
    """
    found = _NUMERIC.search(printed)
    if found is not None:
        month, day, year = (int(part) for part in found.groups())
    else:
        found = _WORDED.search(printed)
        if found is None:
            return None
        month = _MONTHS.get(found[1][:3].lower(), 0)
        day, year = int(found[2]), int(found[3])
    try:
        return date(_whole_year(year), month, day)
    except ValueError:
        return None


def _whole_year(year: int) -> int:
    """`16` is 2016, `98` is 1998."""
    if year > 99:
        return year
    return year + _CENTURY - (100 if year > _LAST_OF_CENTURY else 0)
