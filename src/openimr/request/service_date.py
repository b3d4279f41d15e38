"""Whether the care was already given, and when."""

from __future__ import annotations

import re
from datetime import date

from openimr.request.guarded import Guarded

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = (
    r"(?:(?P<m>\d{1,2})[/.-](?P<d>\d{1,2})[/.-](?P<y>\d{4}|\d{2})(?![\d/])"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?P<month>[A-Z][a-z]{2,8})\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4}))"
)
_ANY_DATE = re.compile(rf"(?=[\dA-Z])(?<![\w/.-]){_DATE}")
_IN_DATES = ("/", "-", ".", " 19", " 20")
"""Every date holds one of them."""
_SERVICE = Guarded(
    "dos date given done administered dispensed performed provided",
    r"\b(?:dos|date\(?s?\)?\s+of\s+service|service\s+dates?|administered|dispensed|performed|given|provided|done)\b",
)
_RETRO = Guarded("retro", r"\bretro(?:spective(?:ly)?)?\b")
_LEAD = re.compile(
    r"^(?:retro(?:spective(?:ly)?)?\b\s*(?:\(.*?\))?\s*(?:review|request|authorization|usage|use)?\s*(?:for|of)?\s*[:-]?\s*)",
    re.IGNORECASE,
)
_CENTURY = 70
"""Two-digit years below it are of this century."""


def read_service(line: str) -> tuple[bool, date | None]:
    """Whether the line asks for care already given, and on what day.

    It is the day after `DOS` or `administered`, or any day of a line marked retrospective.

    >>> read_service("Retro Norco 10/325mg #84, DOS 11/14/16")
    (True, datetime.date(2016, 11, 14))
    """
    retrospective = _RETRO.search(line) is not None
    marked = _SERVICE.search(line)
    if not retrospective and marked is None:
        return False, None
    found = _ANY_DATE.search(line, marked.end() if marked else 0)
    day = _day(found) if found else None
    return retrospective or day is not None, day


def without_service_words(line: str) -> str:
    """The line without the mark of retrospect and the dates, so that they are read once."""
    if _RETRO.possible(line):
        line = _LEAD.sub("", line)
    if not any(map(line.__contains__, _IN_DATES)):
        return line
    return _ANY_DATE.sub(lambda found: " " * len(found.group()), line)


def _day(found: re.Match[str]) -> date | None:
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        if found["month"]:
            month = _MONTHS.index(found["month"][:3].casefold()) + 1
            return date(int(found["year"]), month, int(found["day"]))
        year = int(found["y"])
        if year < 100:
            year += 2000 if year < _CENTURY else 1900
        return date(year, int(found["m"]), int(found["d"]))
    except ValueError:
        return None
