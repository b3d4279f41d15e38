"""Dates of forms: after a label, in a received stamp, in a fax line, beside a signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from openimr.extract.dates import DateSpan, find_dates
from openimr.extract.header_text import Line, Place, lines_of

_RECEIVED = re.compile(r"\brec(?:eive|'?v)?'?d\b|\breceived\b|\brcvd\b", re.IGNORECASE)
_NOT_ARRIVAL = re.compile(
    r"\b(?:request|RFA|decision|records?|within|days|must|letter|treatment|was\s+received\s+by\s+the\s+claims)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(r"\b(?:IMR|IMRO|maximus|review\s+organization|DWC)\b", re.IGNORECASE)
_FAX = re.compile(
    r"\bfax\b|\bfrom:|\b\d{1,2}:\d{2}\s*(?:[ap]\.?m\.?)?\b.*\d{3,4}\s*/\s*\d{3,4}|\bp(?:g|age)?\.?\s*\d",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b\d{1,2}:\d{2}\b")
_SIGNATURE = re.compile(r"\b(?:signature|signed)\b", re.IGNORECASE)
_ANSWER = re.compile(
    r"claims\s+admin[^\n]*(?:response|\buse\b|\[)|\bURO?\b[^\n]*\bresponse\b", re.IGNORECASE
)
"""Opens the part of the request form that the claims administrator fills in."""


def days_in(text: str) -> list[DateSpan]:
    """Dates with a day."""
    return [found for found in find_dates(text) if found.value.day is not None]


def whole_day(found: DateSpan, *, not_after: date | None = None) -> date:
    """The day; a two-digit year that would lie in the future is of the century before."""
    day = found.value.first_day()
    if not_after is not None and day > not_after and day.year >= 2000:
        try:
            return day.replace(year=day.year - 100)
        except ValueError:
            return day
    return day


def received_stamps(place: Place) -> Iterator[tuple[date, int, int, bool]]:
    """Days stamped as received: the day, its span, and whether the review office is named."""
    lines = lines_of(place)
    for index, line in enumerate(lines):
        if not _RECEIVED.search(line.text) or _NOT_ARRIVAL.search(line.text):
            continue
        following = lines[index + 1 : index + 2]
        for candidate in (line, *following):
            found = days_in(candidate.text)
            if found and _is_short(candidate):
                office = bool(_OFFICE.search(line.text) or _OFFICE.search(candidate.text))
                start = candidate.start + found[0].start
                yield whole_day(found[0]), start, candidate.start + found[0].end, office
                break


def _is_short(line: Line) -> bool:
    """A stamp holds few words; a sentence is no stamp."""
    return len(line.text.split()) <= 12


def fax_days(place: Place) -> Iterator[tuple[date, int, int]]:
    """Days that the fax machine printed at the top of a page."""
    for line in lines_of(place)[:2]:
        if _FAX.search(line.text) and _TIME.search(line.text):
            for found in days_in(line.text)[:1]:
                yield whole_day(found), line.start + found.start, line.start + found.end


def signature_days(place: Place) -> Iterator[tuple[date, int, int]]:
    """Days beside a signature, above the part that the claims administrator fills in."""
    lines = lines_of(place)
    for index, line in enumerate(lines):
        if _ANSWER.search(line.text):
            return
        if not _SIGNATURE.search(line.text):
            continue
        for candidate in (line, *lines[index + 1 : index + 2]):
            if found := days_in(candidate.text):
                start = candidate.start + found[-1].start
                yield whole_day(found[-1]), start, candidate.start + found[-1].end
                break
