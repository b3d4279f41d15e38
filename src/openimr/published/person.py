"""Age and sex as the clinical case summary states them; None where it does not."""

from __future__ import annotations

import re

_AGE = re.compile(
    r"\b(?P<age>\d{1,3})[\s-]*"
    r"(?:(?:years?|yrs?\.?)[\s-]*(?:olds?|of[\s-]+age|(?=(?:fe)?male|man\b|woman\b))"
    r"|y\.?\s?/?\s?o\b\.?)",
    re.IGNORECASE,
)
_AGED = re.compile(r"\b(?:aged|age(?:\s+(?:of|is))?)\s*:?\s*(?P<age>\d{1,3})\b", re.IGNORECASE)
_SEX = re.compile(r"\b(?:(female|woman|lady)|(male|man|gentleman))\b", re.IGNORECASE)
_TITLE = re.compile(r"\b(?:(Ms|Mrs|Miss)|(Mr))\b")
_LETTER = re.compile(r"[\s,-]*(?:[a-z][a-z-]*[\s,]+){0,3}(?:(F)|(M))\b")
_OTHER_PERSON = re.compile(
    r"[\s,-]*(?:son|daughter|child|boy|girl|wife|husband|mother|father|injury|claim|MRI|grand)",
    re.IGNORECASE,
)
_REACH = 60
_AGES = range(14, 111)


def read_person(summary: str) -> tuple[int | None, str | None]:
    """Age in years and `male` or `female`, as the summary first states them.

    >>> read_person("The patient is a 56 y/o M with low back pain. His 12 year old son helps.")
    (56, 'male')
    """
    for found in _AGE.finditer(summary):
        if int(found["age"]) in _AGES and not _OTHER_PERSON.match(summary, found.end()):
            after = found.end() + _REACH
            letter = _LETTER.match(summary, found.end())
            sex = _named(letter or _SEX.search(summary, found.end(), _clause_end(summary, after)))
            return int(found["age"]), sex or _told_before(summary, found.start())
    aged = _AGED.search(summary)
    age = int(aged["age"]) if aged and int(aged["age"]) in _AGES else None
    return age, _told_before(summary, 2 * _REACH)


def _told_before(summary: str, end: int) -> str | None:
    """The sex as the words up to a place tell it, else as a title does: `Ms. Doe, is a 52-...`."""
    return _named(_SEX.search(summary, 0, end) or _TITLE.search(summary, 0, end))


def _clause_end(summary: str, limit: int) -> int:
    """A sex is looked for up to the end of the sentence that gives the age."""
    stop = summary.find(". ", limit - _REACH, limit)
    return limit if stop < 0 else stop


def _named(found: re.Match[str] | None) -> str | None:
    if found is None:
        return None
    return "female" if found[1] else "male"
