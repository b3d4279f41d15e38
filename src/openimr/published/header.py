"""The header block of a letter: labels and their values, in any order and over line breaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from openimr.model.printed_dates import DATE, read_date
from openimr.published.parts import HeaderParts

Value = TypeVar("Value")

_NUMBER = r"CM\d{2}-\d{4,8}|\d{2}-\d{4,8}"
"""`CM16-0224814`; the first letters of 2013 had `13-000004`."""


def _value_after(label: str, value: str) -> re.Pattern[str]:
    """A label whose words may stand on several lines, and the value after it."""
    words = r"\s+".join(label.split(" "))
    return re.compile(rf"\b{words}\s*:\s*({value})", re.IGNORECASE)


_CASE_NUMBER = (
    _value_after("Case Number", _NUMBER),
    re.compile(r"\b(CM\d{2}-\d{7})\b"),
)
_DATE_ASSIGNED = (_value_after("Date Assigned", DATE),)
_DECISION_DATE = (
    _value_after("Decision Date", DATE),
    _value_after("Date of Decision", DATE),
    re.compile(rf"^[ \t]*Dated?\s*:\s*({DATE})", re.IGNORECASE | re.MULTILINE),
)
_INJURY = (_value_after("Date of Injury", DATE),)
_UR_DENIAL = (
    _value_after("UR Denial Date", DATE),
    _value_after("(?:Date of )?(?:UR|Utilization Review) (?:Decision|Denial)(?: Date)?", DATE),
    _value_after("Date of (?:UR|Utilization Review) (?:Decision|Denial)", DATE),
)
_RECEIVED = (_value_after("Application Received", DATE),)
_PRIORITY = (_value_after("Priority", "[A-Za-z]+"),)

_USUAL = re.compile(
    r"\s*Case Number:\s*(CM\d\d-\d{7})\s+"
    r"Date Assigned:\s*(\d\d/\d\d/\d{4})\s+Date of Injury:\s*(\d\d/\d\d/\d{4})\s+"
    r"Decision Date:\s*(\d\d/\d\d/\d{4})\s+UR Denial Date:\s*(\d\d/\d\d/\d{4})\s+"
    r"Priority:\s*([A-Za-z]+)\s+Application\s+Received:\s*(\d\d/\d\d/\d{4})\s*$"
)
"""The block as nearly every letter has it: read at one go."""


def read_header(block: str) -> HeaderParts:
    r"""Read the labels of a header block; what it does not state is None.

    >>> read_header("Case Number: CM16-0000001\nPriority: Standard Application\nReceived:\n"
    ...             "11/21/2016").application_received
    datetime.date(2016, 11, 21)
    """
    usual = _USUAL.match(block)
    if usual is not None:
        number, assigned, injury, decision, denial, priority, received = usual.groups()
        return HeaderParts(
            case_number=number,
            date_assigned=read_date(assigned),
            decision_date=read_date(decision),
            date_of_injury=read_date(injury),
            ur_denial_date=read_date(denial),
            application_received=read_date(received),
            priority=priority.capitalize(),
        )
    return HeaderParts(
        case_number=_first(_CASE_NUMBER, block, _number),
        date_assigned=_first(_DATE_ASSIGNED, block, read_date),
        decision_date=_first(_DECISION_DATE, block, read_date),
        date_of_injury=_first(_INJURY, block, read_date),
        ur_denial_date=_first(_UR_DENIAL, block, read_date),
        application_received=_first(_RECEIVED, block, read_date),
        priority=_first(_PRIORITY, block, str.capitalize),
    )


def _number(printed: str) -> str:
    return printed.upper()


def _first(
    patterns: tuple[re.Pattern[str], ...], block: str, read: Callable[[str], Value | None]
) -> Value | None:
    for pattern in patterns:
        found = pattern.search(block)
        if found is not None:
            return read(found[1])
    return None
