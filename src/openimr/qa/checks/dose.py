"""Counts, ceilings, units and the morphine equivalent of all opioids together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openimr.model.drug import Drug, FactorSet
from openimr.model.problem import Place, Problem
from openimr.qa.check import Check, Scene, of_item
from openimr.qa.letter import CheckedLetter, Item

QUANTITY, UNIT, CUMULATIVE = "QUANTITY", "UNIT", "CUMULATIVE-DOSE"
_MONTH = 30.0
_COUNTED = frozenset({"tablet", "capsule", "patch", "film", "lozenge", "suppository"})
"""Forms of which a request counts pieces, not millilitres or grams."""
_MENTIONED = re.compile(
    r"\bmorphine\s+(?:milligram\s+)?equivalen\w+|\bMED\b|\bMME\b|\bMEDD\b|\b120\s*mg", re.IGNORECASE
)
_DUPLICATE = re.compile(
    r"\b(?:two|both|duplicat\w+|more\s+than\s+one|another)\s+(?:\w+\s+){0,2}(?:long-acting|opioids?)",
    re.IGNORECASE,
)
_PER_HOUR = re.compile(
    r"/\s*h|per\s+h|an\s+hour|(?:mcg|ug|\u00b5g)[\s/l|-]*h(?:ou)?r", re.IGNORECASE
)
_SAID_AMOUNT = re.compile(
    r"\b(?:quantity|days?'?\s+supply|refills?|excessive|supply|number\s+of\s+(?:tablets|capsules))\b",
    re.IGNORECASE,
)


def _quantity(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    """A count beyond any month, or a supply of too many days, of which nothing is said."""
    for item in letter.items:
        drug, units = scene.drugs.of(item.request), item.request.total_units
        if drug is None or units is None or _SAID_AMOUNT.search(item.rationale):
            continue
        if not _COUNTED & set(drug.forms):
            continue
        days = _days(item, drug)
        too_long = days is not None and days > scene.rules.days_at_most
        if (
            item.request.quantity and item.request.quantity > scene.rules.units_at_most
        ) or too_long:
            how_long = f", {days:g} days" if days else ""
            message = (
                f"{units:g} units of {drug.generic}{how_long}: looks like a slip of the"
                " pen, and the rationale does not speak of it"
            )
            yield of_item(QUANTITY, item, message, place=Place.HEADING)


def _days(item: Item, drug: Drug) -> float | None:
    """Days that the whole supply covers, at the label's highest frequency if none is written."""
    request = item.request
    frequency = request.doses_per_day or drug.doses_per_day
    if frequency is None or request.total_units is None:
        return None
    return request.total_units / (frequency * (request.units_per_dose or 1))


def _unit(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    """A patch whose strength lacks `an hour`: 100 ug is no rate."""
    for item in letter.items:
        drug = scene.drugs.of(item.request)
        if (
            drug is None
            or drug.mme_basis != "mcg/hr"
            or not re.search(r"\d\s*(?:mcg|ug|\u00b5g)", item.heading)
        ):
            continue
        if not _PER_HOUR.search(item.heading):
            message = f"the strength of {drug.generic} is a rate; the heading does not say per hour"
            yield of_item(UNIT, item, message, place=Place.HEADING)


def _cumulative(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    """All opioids asked for, in morphine equivalents, where no rationale speaks of them."""
    opioids = [
        (item, drug)
        for item in letter.items
        if (drug := scene.drugs.of(item.request)) and drug.is_opioid
    ]
    told = " ".join(item.rationale for item, _ in opioids)
    parts = [(item, drug, _equivalent(item, drug)) for item, drug in opioids]
    total = sum(amount for *_, amount in parts if amount)
    if total > scene.rules.morphine_equivalent_at_most and not _MENTIONED.search(told):
        shown = " + ".join(f"{drug.generic} {amount:g}" for _, drug, amount in parts if amount)
        message = (
            f"{shown} = {total:g} mg morphine equivalent a day, over"
            f" {scene.rules.morphine_equivalent_at_most:g}; no rationale computes it"
        )
        headings = "; ".join(item.heading for item, _ in opioids)
        yield of_item(CUMULATIVE, parts[0][0], message, quote=headings)
    yield from _two_long_acting(letter, scene, told)


def _two_long_acting(letter: CheckedLetter, scene: Scene, told: str) -> Iterator[Problem]:
    """Two long-acting opioids at once, asked for or listed, of which nothing is said."""
    named: dict[tuple[str, ...], str] = {}
    for item in letter.items:
        own = scene.drugs.of(item.request)
        for drug in (own, *(one.drug for one in scene.drugs.find(_of_the_patient(item.rationale)))):
            if drug is not None and "er_opioid" in drug.groups:
                named.setdefault(drug.ingredients or (drug.generic,), drug.generic)
    asked = [
        item
        for item in letter.items
        if (own := scene.drugs.of(item.request)) and "er_opioid" in own.groups
    ]
    if len(named) > 1 and asked and not _DUPLICATE.search(told):
        names = ", ".join(sorted(named.values()))
        message = f"two long-acting opioids stand side by side ({names}); no rationale speaks of it"
        yield of_item(CUMULATIVE, asked[0], message)


_LISTED = re.compile(r"\b(?:medications?|meds)\s+(?:include|are|consist|list)", re.IGNORECASE)


def _of_the_patient(rationale: str) -> str:
    """The sentences that list what the patient takes."""
    clauses = rationale.split(".")[:-1]
    begun = ((clause, _LISTED.search(clause)) for clause in clauses)
    return ". ".join(clause[found.start() :] for clause, found in begun if found)


def _equivalent(item: Item, drug: Drug) -> float | None:
    """Milligrams of morphine a day: by the directions, the label, or the count in a month."""
    request = item.request
    if drug.mme_basis == "mcg/hr":
        rate = request.strengths[0].value if request.strengths else None
        factor = drug.mme_factor(FactorSet.CDC_2016, rate) if rate else None
        return rate * factor if rate and factor else None
    ingredient = next((one for one in request.strengths), None)
    if ingredient is None or ingredient.unit != "mg":
        return None
    each = request.doses_per_day and request.doses_per_day * (request.units_per_dose or 1)
    per_day = each or (request.quantity / _MONTH if request.quantity else None)
    daily = ingredient.value * per_day if per_day else None
    factor = drug.mme_factor(FactorSet.CDC_2016, daily) if daily else None
    return round(daily * factor, 1) if daily and factor else None


CHECK_QUANTITY = Check(
    QUANTITY,
    "a count that cannot be meant, of which the rationale says nothing",
    "An approved slip of the pen is dispensed as written.",
    _quantity,
)
CHECK_UNIT = Check(
    UNIT,
    "a strength without its unit",
    "A patch's strength is a rate; without `per hour` the dose is open.",
    _unit,
)
CHECK_CUMULATIVE = Check(
    CUMULATIVE,
    "the morphine equivalent of all opioids is over the limit and not mentioned",
    "MTUS Chronic Pain 2009 pp. 86-87 set a limit on all opioids together; it is arithmetic that"
    " any reviewer can show.",
    _cumulative,
)
