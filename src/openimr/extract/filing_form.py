"""What the application form says besides who, when and what: boxes, the time, the way in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from openimr.extract.found import Found
from openimr.extract.header_dates import days_in, whole_day
from openimr.extract.header_text import Line, Place, lines_of
from openimr.extract.tick_boxes import chosen
from openimr.model.application import Channel, Priority
from openimr.model.evidence import Provenance
from openimr.model.moments import PACIFIC

_TYPES = ("regular", "expedited")
_LIABILITY = re.compile(
    r"\bliab[il1]+[il1]*ty\b|\bliability\s+disp|\bother\s+(?:dispute|reasons?)\b[^\n]*\bnecessity\b|\bother\s+than\s+medical\s+necessity\b",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"\b(?:denied|modified|not\s+approved|decision)\b[^\n]{0,60}\b(?:missing|lack(?:ing)?|insufficient|incomplete)\b[^\n]{0,30}\binformation\b"
    r"|\bmissing\s+information\b",
    re.IGNORECASE,
)
_YES, _NO = r"y(?:es)?", r"no?"
_ANSWER = re.compile(r"[?:.\s]\s*\b(?P<answer>yes|no|none)\b\s*$", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?P<h>[01]?\d|2[0-3]):(?P<m>[0-5]\d)(?::\d{2})?\s*(?P<half>[ap])?\.?m?\b", re.IGNORECASE
)
_FAX = re.compile(r"\bfax\b|\bfrom:?\b|\bfr:|\bp(?:g|age)?\.?\s*\d+\s*(?:/|of)\s*\d", re.IGNORECASE)
_FAX_DAY = re.compile(
    r"\b(?P<month>[A-Z][a-z]{2,8}|[A-Z]{3})[ -](?P<day>\d{1,2})[ -](?P<year>20\d\d)\b"
)
_WAY = {
    Channel.MAIL: re.compile(
        r"\b(?:by|via)\s+(?:u\.?s\.?\s+)?mail\b|\bmail\s*room\b|\bpostmark", re.IGNORECASE
    ),
    Channel.PORTAL: re.compile(r"\bportal\b|\bonline\s+(?:at|on)\b", re.IGNORECASE),
    Channel.FAX: re.compile(r"\b(?:by|via)\s+fax\b", re.IGNORECASE),
    Channel.PERSONAL: re.compile(r"\b(?:in\s+person|by\s+hand|hand[- ]delivered)\b", re.IGNORECASE),
}


def review_type(places: Sequence[Place]) -> Found[Priority] | None:
    """The box `regular` or `expedited` that is ticked."""
    for line in _lines(places):
        if re.search(r"regular", line.text, re.IGNORECASE):
            answer = chosen(line.text, _TYPES)
            if answer is not None:
                return Found(Priority(answer), _whole(line))
    return None


def liability_box(places: Sequence[Place]) -> Found[bool] | None:
    """Whether the form says that liability is disputed besides necessity."""
    return _yes_or_no(places, _LIABILITY)


def missing_information_box(places: Sequence[Place]) -> Found[bool] | None:
    """Whether the form says that the treatment was denied for missing information."""
    return _yes_or_no(places, _MISSING)


def _yes_or_no(places: Sequence[Place], question: re.Pattern[str]) -> Found[bool] | None:
    """The answer in the line of the question or the next one, ticked or written."""
    for place in places:
        lines = lines_of(place)
        for index, line in enumerate(lines):
            asked = question.search(line.text)
            if asked is None:
                continue
            for candidate in (line, *lines[index + 1 : index + 2]):
                start = asked.start() if candidate is line else 0
                answer = _answer(candidate.text[start:])
                if answer is not None:
                    return Found(answer, _whole(candidate))
    return None


def _answer(text: str) -> bool | None:
    ticked = chosen(text, (_YES, _NO))
    if ticked is not None:
        return ticked == _YES
    if re.search(r"[\[(\u2610]\s{0,2}[\])]?\s*(?:yes|y)\b", text, re.IGNORECASE):
        return None  # boxes, and none or both are ticked
    written = _ANSWER.search(f" {text}")
    return None if written is None else written["answer"].casefold() == "yes"


def time_beside(place: Place, stamp: Provenance) -> time | None:
    """The time of day in the line of a stamp or fax header; None where it gives the day alone."""
    line = _line_at(place, stamp)
    found = _TIME.search(line.text) if line else None
    return _clock(found) if found else None


def channel(place: Place, stamp: Provenance) -> Found[Channel] | None:
    """How the application came, where the line of its stamp or the fax header says it."""
    line = _line_at(place, stamp)
    if line is None:
        return None
    for way, words in _WAY.items():
        if words.search(line.text):
            return Found(way, _whole(line))
    for head in lines_of(place)[:2]:
        if _TIME.search(head.text) and _FAX.search(head.text):
            return Found(Channel.FAX, _whole(head))
    return None


def fax_arrival(places: Sequence[Place]) -> Found[datetime] | None:
    """When the fax came in, as its machine printed it at the head of a page.

    >>> _FAX_DAY.search("OCT-04-2013 11:20 AM  FR: CASA").group("month")
    'OCT'
    """
    for place in places:
        for line in lines_of(place)[:2]:
            found = _TIME.search(line.text)
            if found is None or not _FAX.search(line.text):
                continue
            day = _fax_day(line.text)
            if day is not None:
                return Found(datetime.combine(day, _clock(found), PACIFIC), _whole(line))
    return None


def _fax_day(text: str) -> date | None:
    if spans := days_in(text):
        return whole_day(spans[0])
    found = _FAX_DAY.search(text)
    if found is None:
        return None
    spans = days_in(f"{found['day']} {found['month']} {found['year']}")
    return whole_day(spans[0]) if spans else None


def _clock(found: re.Match[str]) -> time:
    hour = int(found["h"])
    if found["half"] and hour <= 12:
        hour = hour % 12 + (12 if found["half"].casefold() == "p" else 0)
    return time(hour, int(found["m"]))


def _line_at(place: Place, stamp: Provenance) -> Line | None:
    return next((line for line in lines_of(place) if line.start <= stamp.start < line.end), None)


def _lines(places: Sequence[Place]) -> Iterator[Line]:
    for place in places:
        yield from lines_of(place)


def _whole(line: Line) -> Provenance:
    return line.place.provenance(line.start, line.end)
