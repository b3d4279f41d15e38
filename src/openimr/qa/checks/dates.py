"""Dates that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from openimr.model.problem import Place, Problem
from openimr.qa.check import Check, Scene
from openimr.qa.letter import CheckedLetter

CODE = "DATES"
_MAIL = 5


def _find(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    pairs = (
        ("the injury", letter.injured, "the UR decision", letter.ur_decision),
        ("the UR decision", letter.ur_decision, "the application was received", letter.received),
        ("the application was received", letter.received, "the case was assigned", letter.assigned),
        ("the case was assigned", letter.assigned, "the letter is dated", letter.decided),
        ("the injury", letter.injured, "the letter is dated", letter.decided),
    )
    for before, one, after, other in pairs:
        if one is not None and other is not None and other < one:
            yield _problem(f"{after} ({other}) before {before} ({one})")
    yield from _late(letter, scene.rules.received_within_days + _MAIL)


def _late(letter: CheckedLetter, days: int) -> Iterator[Problem]:
    decision, received = letter.ur_decision, letter.received
    if decision is None or received is None or received <= decision + timedelta(days=days):
        return
    yield _problem(
        f"the application was received {_days(decision, received)} days after the UR decision;"
        f" {days} are allowed with the time for mail, and the letter gives no reason"
    )


def _days(one: date, other: date) -> int:
    return (other - one).days


def _problem(message: str) -> Problem:
    return Problem(code=CODE, item=None, place=Place.HEADER, message=message)


CHECK = Check(
    CODE,
    "dates that cannot be, or an application out of time without a word",
    "Jurisdiction and edition hang on the dates (Labor Code 4610.5(h), 8 CCR 9792.10.1(b)).",
    _find,
)
