"""Where the identifiers of a forged case stand: the truth that finding them is measured by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from openimr.model.identifier import IdentifierKind
from openimr.synth.draw import Draw
from openimr.synth.forge import ForgedCase
from openimr.synth.scenario import plan_case

_DOCTORS = (
    "doctor",
    "ur_doctor",
    "qme",
    "radiologist",
    "consultant",
    "old_doctor",
    "therapist_name",
)
_HOUSES = {
    IdentifierKind.EMPLOYER: ("employer",),
    IdentifierKind.INSURER: ("administrator",),
    IdentifierKind.FIRM: ("ur_firm", "law_firm"),
    IdentifierKind.FACILITY: ("pharmacy", "laboratory", "imaging", "therapy", "clinic"),
}


class Stands(NamedTuple):
    """An identifier in a text."""

    kind: IdentifierKind
    start: int
    end: int


def texts_of(case: ForgedCase) -> list[str]:
    """Every document as one text."""
    return ["\f".join(document.pages) for document in case.documents]


def truth(case: ForgedCase, texts: Sequence[str]) -> list[list[Stands]]:
    """Every place of every identifier that the forge gave the case."""
    patterns = list(_patterns(case))
    return [
        sorted(
            {Stands(kind, *found.span()) for kind, one in patterns for found in one.finditer(text)}
        )
        for text in texts
    ]


def _patterns(case: ForgedCase) -> Iterator[tuple[IdentifierKind, re.Pattern[str]]]:
    plan = plan_case(case.id, Draw(case.id), {})
    person, places = plan.person, plan.places
    yield IdentifierKind.WORKER, _name(person.first, person.last)
    for key in _DOCTORS:
        yield IdentifierKind.PHYSICIAN, _name(*places[key].split(" ", 1))
    for key in ("nurse", "lawyer"):
        yield IdentifierKind.PERSON, _name(*places[key].split(" ", 1))
    for kind, keys in _HOUSES.items():
        for key in keys:
            yield kind, re.compile(rf"(?i)\b{re.escape(places[key])}\b")
    for key in ("home", "address"):
        street = places[key].split(",")[0]
        yield IdentifierKind.ADDRESS, re.compile(re.escape(street))
    yield IdentifierKind.PHONE, re.compile(re.escape(places["phone"]))
    digits = re.findall(r"\d{4,}", places["claim"])[0]
    yield IdentifierKind.CLAIM_NUMBER, re.compile(rf"[A-Z]*\d*-?{digits}")
    born = person.born
    yield (
        IdentifierKind.BIRTH_DATE,
        re.compile(rf"\b0?{born.month}[/-]0?{born.day}[/-](?:{born.year}|{born.year % 100:02d})\b"),
    )


def _name(first: str, last: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)(?:\b{re.escape(first)}\s+)?\b{re.escape(last)}\b")
