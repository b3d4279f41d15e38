"""Printed page numbers: what a page says of its own place, apart from the fax machine's count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from openimr.intake.headings import is_fax_line

_WORD = r"(?:page|pg|p)\b\.?\s*"
_OF = re.compile(
    rf"{_WORD}(?P<number>\d{{1,4}})\s*(?:of|/|\|)\s*(?P<total>\d{{1,4}})(?![/\d])"
    r"|(?:^|\s{2,}|[-\u2013]\s?)(?P<number_2>\d{1,3})\s?(?:/|of)\s?(?P<total_2>\d{1,3})\s*(?:[-\u2013]\s*)?$",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"(?:^|\s{{3,}}|[-\u2013]\s?){_WORD}(?P<number>\d{{1,4}})\s*[-\u2013]?\s*$"
    r"|^\s*[-\u2013]?\s*(?P<number_2>\d{1,3})\s*[-\u2013]?\s*$",
    re.IGNORECASE,
)
_CORNER = re.compile(r"\s{8,}(?P<number>\d{1,3})\s*$")
"""A bare number in the lower right corner."""
_FAX_COUNT = re.compile(
    r"\b(?:p(?:age|g)?[.:]?\s*)?@?(\d{1,3})\s?(?:/|of)\s?(\d{1,3})\s*$", re.IGNORECASE
)
_FOOT_LINES = 3
_HEAD_LINES = 4


@dataclass(frozen=True, slots=True)
class PageNumber:
    """`Page 2 of 5`; the total is None where the page does not print one."""

    number: int
    total: int | None = None


def printed_number(text: str) -> PageNumber | None:
    r"""The number a page prints at its foot or head.

    >>> printed_number("Findings: none.\n\nClinic form          Page 2 of 5")
    PageNumber(number=2, total=5)
    """
    lines = [line for line in text.split("\n") if line.strip()]
    while lines and is_fax_line(lines[0]):
        lines.pop(0)
    places = [*reversed(lines[-_FOOT_LINES:]), *lines[:_HEAD_LINES]]
    return (
        next(_numbers(places, _OF), None)
        or next(_numbers(places, _ALONE), None)
        or next(_numbers(lines[-1:], _CORNER), None)
    )


def fax_number(text: str) -> PageNumber | None:
    """The count of the transmission, as the fax line at the top gives it."""
    lines = [line for line in text.split("\n")[:4] if line.strip() and is_fax_line(line)]
    found = _FAX_COUNT.search(lines[0].rstrip()) if lines else None
    if found is None:
        return None
    number, total = int(found[1]), int(found[2])
    return PageNumber(number, total) if 0 < number <= total else None


def _numbers(lines: Iterable[str], pattern: re.Pattern[str]) -> Iterator[PageNumber]:
    for line in lines:
        for found in pattern.finditer(line):
            parts = found.groupdict()
            number = int(parts["number"] or parts.get("number_2") or 0)
            of = parts.get("total") or parts.get("total_2")
            total = int(of) if of else None
            if number >= 1 and (total is None or number <= total):
                yield PageNumber(number, total)
