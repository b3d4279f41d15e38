"""A length of use that the letter's own dates do not bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from openimr.model.printed_dates import DATE, read_date
from openimr.model.problem import Problem
from openimr.qa.check import Check, Scene, of_item
from openimr.qa.letter import CheckedLetter, Item
from openimr.qa.words import Sentence, sentences

CODE = "DURATION"
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "twelve": 12}
_COUNT = rf"(?P<n>\d{{1,3}}|{'|'.join(_NUMBERS)})[\s-]+(?P<unit>day|week|month|year)s?\b"
_USED_FOR = re.compile(
    r"\b(?:has|had|have)\s+been\s+(?:\w+\s+){0,2}?(?:on|using|taking|utilizing|prescribed|treated|receiving)"
    rf"\b[^.;]{{0,60}}?\b(?:at\s+least|for|over|more\s+than)\s+(?:the\s+(?:last|past)\s+)?{_COUNT}",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:before|prior\s+to|pre-?existing|pre-?dat\w+|unrelated|non-?industrial)\b", re.IGNORECASE
)
_SINCE = re.compile(rf"\bsince\s+(?:at\s+least\s+)?(?P<day>{DATE})(?![\d/-])")
_EXCEEDS = re.compile(
    r"(?<!\bnot )(?<!\bno )\b(?:exceed\w*|in\s+excess|beyond|longer\s+than)\b", re.IGNORECASE
)
_AT_MOST = re.compile(
    r"\b(?:less\s+than|no\s+(?:longer|more)\s+than|not\s+(?:\w+\s+){0,3}?longer\s+than|up\s+to|maximum\s+of)"
    r"\s+(?:\d{1,2}\s*(?:-|to)\s*)?(?P<n>\d{1,2})[\s-]+(?P<unit>day|week|month|year)s?\b",
    re.IGNORECASE,
)
_MARGIN = 1.25
"""A month is told for five weeks: only a clear excess counts."""


def _find(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    del scene
    asked = letter.ur_decision or letter.received
    if asked is None:
        return
    for item in letter.items:
        found = _since_injury(item, letter.injured, asked) or _not_exceeded(item, asked)
        if found is not None:
            told, message = found
            yield of_item(CODE, item, message, told=told)


def _since_injury(item: Item, injured: date | None, asked: date) -> tuple[Sentence, str] | None:
    """`At least six months` of use, where the injury was six weeks before the decision."""
    if injured is None or _BEFORE.search(item.rationale):
        return None
    passed = (asked - injured).days
    for told in sentences(item.rationale):
        used = _USED_FOR.search(told.text)
        if used is not None and _length(used) > passed * _MARGIN:
            count, unit = used["n"], used["unit"]
            message = (
                f"it tells of {count} {unit}s of use; from the injury ({injured}) to the decision"
                f" under review ({asked}) {passed} days passed"
            )
            return told, message
    return None


def _not_exceeded(item: Item, asked: date) -> tuple[Sentence, str] | None:
    """`Since 11/03, exceeding three weeks`, where three weeks had not passed."""
    limits = [_length(one) for one in _AT_MOST.finditer(item.rationale)]
    for told in sentences(item.rationale) if limits else ():
        since = _SINCE.search(told.text)
        begun = read_date(since["day"]) if since is not None else None
        if begun is None or not _EXCEEDS.search(told.text):
            continue
        passed = (asked - begun).days
        if 0 <= passed < min(limits):
            message = (
                f"it says that {min(limits)} days are exceeded; from {begun} to the decision under"
                f" review ({asked}) {passed} days passed"
            )
            return told, message
    return None


def _length(told: re.Match[str]) -> int:
    """In days."""
    count = _NUMBERS.get(told["n"].lower()) or int(told["n"])
    return count * _DAYS[told["unit"].lower()]


CHECK = Check(
    CODE,
    "a length of use that the letter's dates do not bear out",
    "It is arithmetic that any reader can do; a decision that rests on it is a plain error of fact"
    " (Labor Code 4610.6(h)(5)).",
    _find,
)
