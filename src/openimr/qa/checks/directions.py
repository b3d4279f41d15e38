"""A heading that cannot be filled as written: no such strength, or not its directions' count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openimr.model.drug import Drug
from openimr.model.problem import Place, Problem
from openimr.qa.check import Check, Scene, of_item
from openimr.qa.letter import CheckedLetter, Item

STRENGTH, DIRECTIONS = "STRENGTH", "DIRECTIONS"
_DAYS = re.compile(r"(?<![\d/.-])(\d{1,3})\s*-?\s*days?\b(?!\s+(?:rental|trial))", re.IGNORECASE)
_MILLIGRAMS = re.compile(r"(\d+(?:\.\d+)?) mg")
_SPOKEN = re.compile(r"\b(?:strengths?|dose|dosage|dosing|quantity|count)\b", re.IGNORECASE)
_ROUNDED = 1.1
"""A few pieces more than the directions use are a round count."""


def _strength(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    """A piece stronger than any that is made, and stronger than a whole day's limit."""
    for item in letter.items:
        drug = scene.drugs.of(item.request)
        if drug is None or len(item.request.strengths) != 1 or _SPOKEN.search(item.rationale):
            continue
        asked = item.request.strengths[0]
        most = _strongest(drug, scene)
        limit = drug.max_daily_mg.get(asked.ingredient)
        if most and limit and asked.value > most and asked.value > limit and asked.unit == "mg":
            message = (
                f"{drug.generic} of {asked.value:g} mg is not made ({most:g} mg at most), and a"
                f" day's limit is {limit:g} mg; the rationale does not speak of it"
            )
            yield of_item(STRENGTH, item, message, place=Place.HEADING)


def _strongest(drug: Drug, scene: Scene) -> float | None:
    """The strongest piece of any form that is swallowed, in milligrams."""
    known = [
        float(written[1])
        for one in scene.formulary.family(drug)
        if {"tablet", "capsule"} & set(one.forms)
        for strength in one.strengths
        if (written := _MILLIGRAMS.fullmatch(strength)) is not None
    ]
    return max(known, default=None)


def _directions(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    """`one tablet twice daily 14 days #40`: the count is not what the directions use."""
    del scene
    for item in letter.items:
        used = _used(item)
        quantity = item.request.quantity
        if used is None or quantity is None or _SPOKEN.search(item.rationale):
            continue
        if quantity > used * _ROUNDED or quantity * _ROUNDED < used:
            message = (
                f"the directions use {used:g}, the count is {quantity:g};"
                " the rationale does not speak of it"
            )
            yield of_item(DIRECTIONS, item, message, place=Place.HEADING)


def _used(item: Item) -> float | None:
    """Pieces that the directions use in the days written; None where either is not written."""
    request = item.request
    days = _DAYS.findall(request.sig or "")
    written = float(days[0]) if len(days) == 1 else request.days_supply
    if written is None or request.doses_per_day is None or request.units_per_dose is None:
        return None
    return written * request.doses_per_day * request.units_per_dose


CHECK_STRENGTH = Check(
    STRENGTH,
    "a strength that is not made, of which the rationale says nothing",
    "A slip of the pen that is decided as written is dispensed as written.",
    _strength,
)
CHECK_DIRECTIONS = Check(
    DIRECTIONS,
    "directions and count do not agree, and the rationale does not see it",
    "What is asked for is open; the reasons must say which of the two was decided.",
    _directions,
)
