"""Whom and what a forged case names: the truth that finding identifiers is measured by.

The plan gives the parties; whoever a writer invents beside them (an adjuster, a stranger on a
prescription list, another patient) is put down by the writer, so that finding them is no mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from openimr.model.identifier import IdentifierKind
from openimr.synth.case import CasePlan


class Form(StrEnum):
    """How a name is written in documents, and so where it is looked for."""

    PERSON = "person"
    """First and last name in either order, or the last alone, in any letters."""
    WORDS = "words"
    """These words, in any letters, over any space."""
    INITIALS = "initials"
    """Two letters in the place of a signature."""
    NUMBER = "number"
    """Its digits, with or without the signs between."""
    DAY = "day"
    """ISO 8601; written in figures, month first."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Someone or something that a document names."""

    kind: IdentifierKind
    name: str
    form: Form = Form.WORDS


class Stands(NamedTuple):
    """A place of a text where an identity is named."""

    kind: IdentifierKind
    start: int
    end: int


_DOCTORS = (
    "doctor", "ur_doctor", "qme", "radiologist", "consultant", "old_doctor", "therapist_name",
)  # fmt: skip
_HOUSES = {
    IdentifierKind.EMPLOYER: ("employer",),
    IdentifierKind.INSURER: ("administrator",),
    IdentifierKind.FIRM: ("ur_firm", "law_firm"),
    IdentifierKind.FACILITY: ("pharmacy", "laboratory", "imaging", "therapy", "clinic"),
}


def parties(plan: CasePlan) -> Iterator[Identity]:
    """Everyone and everything that the plan of a case names."""
    person, places = plan.person, plan.places
    yield Identity(IdentifierKind.WORKER, f"{person.first} {person.last}", Form.PERSON)
    yield Identity(IdentifierKind.BIRTH_DATE, person.born.isoformat(), Form.DAY)
    for key in _DOCTORS:
        yield Identity(IdentifierKind.PHYSICIAN, places[key], Form.PERSON)
    yield Identity(IdentifierKind.PERSON, plan.slots["otherlast"])
    for key in ("nurse", "lawyer"):
        yield Identity(IdentifierKind.PERSON, places[key], Form.PERSON)
    therapist, nurse = initials(places["therapist_name"]), initials(places["nurse"])
    yield Identity(IdentifierKind.PHYSICIAN, therapist, Form.INITIALS)
    yield Identity(IdentifierKind.PERSON, nurse, Form.INITIALS)
    for kind, keys in _HOUSES.items():
        for key in keys:
            yield Identity(kind, places[key])
    for key in ("home", "address"):
        street, _, town = places[key].partition(", ")
        yield Identity(IdentifierKind.ADDRESS, street)
        yield Identity(IdentifierKind.ADDRESS, town)
    yield Identity(IdentifierKind.PHONE, places["phone"], Form.NUMBER)
    yield Identity(IdentifierKind.CLAIM_NUMBER, places["claim"], Form.NUMBER)


def initials(name: str) -> str:
    """First letters of the first and the last name."""
    return name.split(maxsplit=1)[0][0] + name.rsplit(maxsplit=1)[-1][0]


def as_truth(identities: Sequence[Identity]) -> list[dict[str, Any]]:
    """As `truth.json` lists them, each once."""
    return [
        {"kind": one.kind.value, "name": one.name, "form": one.form.value}
        for one in dict.fromkeys(identities)
    ]


def places_of(truth: Mapping[str, Any], texts: Sequence[str]) -> list[list[Stands]]:
    """Every place of every identifier of a case in each of its texts, in order.

    A place within a longer one (a last name in a street's) is not told apart.

    Args:
        truth: of the case, with `identifiers`.
        texts: of its documents.
    """
    patterns = [
        (IdentifierKind(one["kind"]), _pattern(Form(one["form"]), one["name"]))
        for one in truth["identifiers"]
    ]
    return [
        _apart(
            Stands(kind, *one.span()) for kind, found in patterns for one in found.finditer(text)
        )
        for text in texts
    ]


def _apart(found: Iterator[Stands]) -> list[Stands]:
    """Without those that lie within another one."""
    kept: list[Stands] = []
    for one in sorted(set(found), key=lambda each: (each.start, -each.end)):
        if not kept or one.end > kept[-1].end:
            kept.append(one)
    return kept


def _pattern(form: Form, name: str) -> re.Pattern[str]:
    match form:
        case Form.PERSON:
            first, last = (re.escape(part) for part in name.split(" ", 1))
            given = rf"\b{first}\s+(?:[A-Z]\.\s+)?"
            return re.compile(rf"(?i)(?:{given})?\b{last}\b(?:,\s+{first}\b)?")
        case Form.WORDS:
            words = r"\s+".join(map(re.escape, name.split()))
            return re.compile(rf"(?i)(?<!\w){words}(?!\w)")
        case Form.INITIALS:
            letters = re.escape(name)
            signed = rf"\b{letters}(?=, MA\b)|(?<=initials: ){letters}\b"
            return re.compile(rf"(?im){signed}|(?<=\d/\d   ){letters}$")
        case Form.NUMBER:
            parts = re.findall(r"[A-Za-z]+|\d+", name)
            return re.compile(rf"(?i)(?<!\w){'[ -]?'.join(parts)}(?!\w)")
        case Form.DAY:
            day = date.fromisoformat(name)
            year = rf"(?:{day.year}|{day.year % 100:02d})"
            return re.compile(rf"\b0?{day.month}[/-]0?{day.day}[/-]{year}\b")
