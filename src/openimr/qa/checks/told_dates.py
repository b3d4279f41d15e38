"""Dates told in the text that cannot be, or that another part of the letter gives otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from openimr.model.printed_dates import DATE, read_date
from openimr.model.problem import Place, Problem
from openimr.qa.check import Check, Scene, of_item
from openimr.qa.letter import CheckedLetter
from openimr.qa.words import Sentence, sentences

CODE = "TOLD-DATE"
_DAY = rf"(?<![\d/-])(?P<day>{DATE})(?![\d/-])"
_OTHER = rf"(?P<other>{DATE})(?![\d/-])"
_REQUEST = r"\b(?:[Rr]equests?\s+for\s+[Aa]uthori[sz]ation|RFA)\b(?:\s*\([^)]{0,40}\))?(?:\s+form)?"
_REVIEW = (
    r"\b(?:[Uu]tilization\s+[Rr]eview|UR"
    r"|(?:[Pp]rior|[Pp]revious)\s+(?:review|determination|denial))\b"
)
_REQUESTED = re.compile(
    rf"{_REQUEST}[^.;]{{0,30}}?\b(?:dated|on|is|was)\s+{_DAY}"
    rf"|[Oo]n\s+{_OTHER}\s+a\s+request\s+was\s+received"
)
_REVIEWED = re.compile(
    rf"{_REVIEW}(?:\s*\(UR\))?(?:\s+(?:letter|form|report|documentation|decision))?\s*(?:is\s+|was\s+)?"
    rf"(?:dated\s+|of\s+|on\s+|\()\s*{_DAY}|[Oo]n\s+{_OTHER},?\s+(?:the\s+)?"
    r"(?:[Uu]tilization\s+[Rr]eview|UR)\b"
)
_FIRST_REPORT = re.compile(
    rf"(?:{_DAY}[^.;]{{0,30}}?\b[Ff]irst\s+[Rr]eport\b"
    rf"|\b[Ff]irst\s+[Rr]eport\b[^.;]{{0,50}}?{_OTHER})"
)
_INJURY = re.compile(
    rf"\b[Dd]ate\s+of\s+(?:the\s+)?injury\s+(?:is|was|of|on|:)\s*{_DAY}(?P<other>)"
)
_INJURED = re.compile(
    rf"\b(?:industrial|work(?:-related)?|occupational)\s+(?:injury|claim)\s+(?:date\s+)?(?:on|of|from)?\s*"
    rf"{_DAY}|\b(?:date\s+of\s+(?:the\s+)?injury|injury\s+date)\s+(?:is|was|of|on|:)\s*{_OTHER}"
)
_NO_YEAR = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"\s+(?:\d{1,2},\s*)?(?P<day>[12]\d{4,})\b"
)
_LATER = re.compile(r"\b(?:appeal\w*|again|resubmi\w+|reconsider\w*|second|new)\b", re.IGNORECASE)


class _Told(NamedTuple):
    """A day of an event and the sentence that gives it."""

    day: date
    sentence: Sentence


def _find(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    del scene
    yield from _no_years(letter)
    yield from _summary(letter)
    yield from _rationales(letter)


def _no_years(letter: CheckedLetter) -> Iterator[Problem]:
    for told in sentences(letter.summary):
        found = _NO_YEAR.search(told.text)
        if found is not None:
            yield _of_summary(f"{found['day']} is no year", told)


def _summary(letter: CheckedLetter) -> Iterator[Problem]:
    """The request, the review and the injury, as the summary tells them and the header has them."""
    requested, reviewed = _days(letter.summary, _REQUESTED), _days(letter.summary, _REVIEWED)
    decided = letter.ur_decision
    if decided is not None and reviewed and all(one.day != decided for one in reviewed):
        message = f"the summary dates the review {reviewed[0].day}, the header {decided}"
        yield _of_summary(message, reviewed[0].sentence)
    injured = _days(letter.summary, _INJURED)
    if letter.injured is not None and injured and all(one.day != letter.injured for one in injured):
        message = f"the summary dates the injury {injured[0].day}, the header {letter.injured}"
        yield _of_summary(message, injured[0].sentence)
    by = decided or min((one.day for one in reviewed), default=None)
    late = [one for one in requested if by is not None and one.day > by]
    if late and len(late) == len(requested) and not _LATER.search(late[0].sentence.text):
        message = f"the request ({late[0].day}) came after the review that refused it ({by})"
        yield _of_summary(message, late[0].sentence)
    early = [one for one in requested if letter.injured is not None and one.day < letter.injured]
    if early:
        message = f"the request ({early[0].day}) came before the injury ({letter.injured})"
        yield _of_summary(message, early[0].sentence)


def _rationales(letter: CheckedLetter) -> Iterator[Problem]:
    """A document of which there is one, dated otherwise than in the summary or the header."""
    known = (
        (
            "the first report",
            _FIRST_REPORT,
            {one.day for one in _days(letter.summary, _FIRST_REPORT)},
        ),
        ("the injury", _INJURY, {letter.injured} - {None}),
    )
    for item in letter.items:
        for name, pattern, days in known:
            told = _days(item.rationale, pattern)
            if days and told and all(one.day not in days for one in told):
                other = min(day for day in days if day is not None)
                message = f"it dates {name} {told[0].day}, the rest of the letter {other}"
                yield of_item(CODE, item, message, told=told[0].sentence)


def _days(text: str, event: re.Pattern[str]) -> list[_Told]:
    found = (
        (read_date(met["day"] or met["other"] or ""), told)
        for told in sentences(text)
        for met in event.finditer(told.text)
    )
    return [_Told(day, told) for day, told in found if day is not None]


def _of_summary(message: str, told: Sentence) -> Problem:
    return Problem(
        code=CODE,
        item=None,
        place=Place.SUMMARY,
        message=message,
        quote=told.text,
        start=told.start,
    )


CHECK = Check(
    CODE,
    "a date in the text that cannot be, or that the letter gives otherwise elsewhere",
    "The edition and the time of each fact hang on the dates; a letter that gives two cannot be"
    " followed (Labor Code 4610.6(h)(5)).",
    _find,
)
