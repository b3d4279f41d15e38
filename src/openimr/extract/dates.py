"""Dates in running text, each with its place, as precise as the text is.

Scores, strengths and ratios (`4/10`, `10/325`, `5/5`) are no dates: a day needs its year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from openimr.model.dates import PartialDate

_MONTHS = {
    name: index
    for index, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"),
            ("may",), ("june", "jun"), ("july", "jul"), ("august", "aug"),
            ("september", "sept", "sep"), ("october", "oct"), ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_MONTH_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"""(?<![\d/.-])(?=[\djfmasondicuelrw])(?:
      (?P<iso_y>(?:19|20)\d\d)-(?P<iso_m>\d\d)-(?P<iso_d>\d\d)(?!\d)
    | (?P<m>\d{{1,2}})\s?(?P<sep>[/-])\s?(?P<d>\d{{1,2}})\s?(?P=sep)\s?
      (?P<y>(?:19|20)\d\d|\d\d)(?![\d/])
    | (?P<my_m>\d{{1,2}})/(?P<my_y>(?:19|20)\d\d)(?![\d/])
    | \b(?P<name>{_MONTH_NAME})\b\.?\s+(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?
      (?:of\s+)?(?P<year>(?:19|20)\d\d)\b
    | \b(?P<day2>\d{{1,2}})[ -](?P<name2>{_MONTH_NAME})\b\.?[ -](?P<year2>(?:19|20)\d\d)\b
    | (?P<short_m>\d{{1,2}})/(?P<short_y>0\d|1\d)(?=\s*[,:;.)]|\s+[a-z]|$)
    | (?:\b(?:in|since|from|of|during|year|until|summer|fall|winter|spring|early|late|mid|
        spring\ of|circa|about)\s+)(?P<only>(?:19|20)\d\d)(?!\s?[\d/-]|\s*mg|[,]\d)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_TWO_DIGIT_CENTURY = 70
_LEAST_SHORT_YEAR_CONTEXT = re.compile(
    r"(?:since|in|from|on|dated|of|until|~|last|signed)\s*$", re.IGNORECASE
)
_VISIT_LABEL = re.compile(
    r"\b(?:date\s+of\s+(?:exam(?:ination)?|service|visit|evaluation|encounter)|"
    r"exam(?:ination)?\s+date|visit\s+date|encounter\s+date|DOS|collect(?:ed|ion\s+date)|"
    r"date\s+collected|date(?=\s*:)|(?<!last\s)(?<!first\s)(?<!was\s)(?:seen|evaluated|examined)\s+on)\b\W{0,12}",
    re.IGNORECASE,
)


_HEAD_OF_PAGE = 900
_DATED_OTHERWISE = re.compile(
    r"agree|contract|sign|MRI|UDS|UDT|x-?ray|birth|injury|inj\b|surg|received|fax|print",
    re.IGNORECASE,
)
"""What else a bare `Date:` on the same line can date."""


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date and where it stands: `text[start:end]`."""

    start: int
    end: int
    value: PartialDate


def find_dates(text: str) -> list[DateSpan]:
    """Every date of the text, in order.

    >>> [d.value.isoformat() for d in find_dates("seen 3/5/15, off work since August 2012")]
    ['2015-03-05', '2012-08']
    """
    return list(_dates(text))


def _dates(text: str) -> Iterator[DateSpan]:
    for found in _DATE.finditer(text):
        value = _value(found)
        if value is None:
            continue
        start = found.start("only") if found["only"] else found.start()
        yield DateSpan(start, found.end(), value)


def _value(found: re.Match[str]) -> PartialDate | None:
    year, month, day = _parts(found)
    if year is None:
        return None
    if year < 100:
        year += 1900 if year > _TWO_DIGIT_CENTURY else 2000
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None


def _parts(found: re.Match[str]) -> tuple[int | None, int | None, int | None]:
    if found["iso_y"]:
        return int(found["iso_y"]), int(found["iso_m"]), int(found["iso_d"])
    if found["y"]:
        return int(found["y"]), int(found["m"]), int(found["d"])
    if found["my_y"]:
        return int(found["my_y"]), int(found["my_m"]), None
    if found["only"]:
        return int(found["only"]), None, None
    if found["short_y"]:
        before = found.string[max(0, found.start() - 12) : found.start()]
        certain = _LEAST_SHORT_YEAR_CONTEXT.search(before) and int(found["short_y"]) != 10
        return (int(found["short_y"]), int(found["short_m"]), None) if certain else (None,) * 3
    name = found["name"] or found["name2"]
    day = found["day"] or found["day2"]
    year = found["year"] or found["year2"]
    return int(year), _MONTHS[name.casefold()], int(day) if day else None


def visit_date(text: str) -> PartialDate | None:
    """The day of the examination, service or collection that a page names, if it names one.

    >>> visit_date("COLLECTED 07/18/2012   REPORTED 07/21/2012").isoformat()
    '2012-07-18'
    """
    for label in _VISIT_LABEL.finditer(text):
        if (
            label[0].casefold().startswith("date")
            and ":" in label[0]
            and " of" not in label[0].casefold()
        ):
            line = text[text.rfind("\n", 0, label.start()) + 1 : label.start()]
            if label.start() > _HEAD_OF_PAGE or _DATED_OTHERWISE.search(line):
                continue
        following = next(_dates(text[label.end() : label.end() + 24]), None)
        if following is not None and following.start == 0 and following.value.day is not None:
            return following.value
    return None


def days_before(value: PartialDate, day: date) -> int:
    """How many days the latest meaning of a date lies before a day; negative if after."""
    return (day - value.last_day()).days
