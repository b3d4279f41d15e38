"""Whole dates in text: strict patterns only, nothing guessed, nothing filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NUMBER = {name: number for number, name in enumerate(_MONTHS, start=1)}
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    rf"""(?<![\d/\-.]) (?:
      (?P<iso_y>(?:19|20)\d\d) - (?P<iso_m>\d\d) - (?P<iso_d>\d\d)
    | (?P<m>\d{{1,2}}) \s? (?P<sep>[/\-.]) \s? (?P<d>\d{{1,2}}) \s? (?P=sep) \s?
      (?P<y>(?:19|20)?\d\d)
    | (?P<name>{_MONTH}) [\s\-]{{0,3}} (?P<name_d>\d{{1,2}}) (?:st|nd|rd|th)? [\s,\-]{{1,3}}
      (?P<name_y>(?:19|20)?\d\d)
    | (?P<day_first>\d{{1,2}}) (?:st|nd|rd|th)? [\s\-]{{1,3}} (?:day\ of\ )?
      (?P<name_2>{_MONTH}) [\s,\-]{{1,3}} (?P<year_2>(?:19|20)\d\d)
    ) (?![\d/\-]\d|\d)""",
    re.IGNORECASE | re.VERBOSE,
)
_CENTURY_TURN = 50
"""Two-digit years up to here are of this century."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A whole date and where it stands."""

    start: int
    end: int
    day: date


def find_dates(text: str) -> Iterator[FoundDate]:
    """All whole dates, in order; month first where numbers leave the choice (US records).

    >>> [found.day.isoformat() for found in find_dates("seen 4/9/15, MRI of March 3rd, 2014")]
    ['2015-04-09', '2014-03-03']
    """
    for found in _DATE.finditer(text):
        day = _day(found)
        if day is not None:
            yield FoundDate(found.start(), found.end(), day)


def _day(found: re.Match[str]) -> date | None:
    part = found.groupdict()
    if part["iso_y"]:
        return _valid(int(part["iso_y"]), int(part["iso_m"]), int(part["iso_d"]))
    if part["m"]:
        return _valid(_year(part["y"]), int(part["m"]), int(part["d"]))
    if part["name"]:
        return _valid(_year(part["name_y"]), _month(part["name"]), int(part["name_d"]))
    return _valid(int(part["year_2"]), _month(part["name_2"]), int(part["day_first"]))


def _month(name: str) -> int:
    return _MONTH_NUMBER[name[:3].lower()]


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return 2000 + year if year <= _CENTURY_TURN else 1900 + year


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
