"""What is known of a drug's use: from the request line, else from what the record says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from openimr.evaluate.context import Context
from openimr.evaluate.dose import Supply, amounts_written
from openimr.evaluate.regimen import MEDICATION, Use, day_of, is_same, number, text
from openimr.model.case import DisputedItem
from openimr.model.drug import Drug
from openimr.model.evidence import Assertion, Fact

_SOURCES = ("rfa", "plan", "list", "narrative", "ledger", "cures")
"""Whose directions are believed first; a ledger tells days of supply but seldom directions."""


def requested(context: Context) -> Supply | None:
    """The disputed item's own supply; directions missing in the line come from the record."""
    return of_item(context, context.item, context.drug)


def of_item(context: Context, item: DisputedItem, drug: Drug | None) -> Supply | None:
    """The supply an item asks for."""
    if drug is None:
        return None
    request = item.request
    line = Supply(
        drug=drug,
        strength=request.strength,
        quantity=request.quantity,
        refills=request.refills or 0,
    )
    if request.doses_per_day is not None:
        return replace(line, per_day=(request.units_per_dose or 1) * request.doses_per_day)
    return _completed(line, _about(context, drug, request.strength))


def of_use(context: Context, drug: Drug, facts: Iterable[Fact]) -> Supply:
    """The supply that the record shows of another drug: its newest statement with directions."""
    return _completed(Supply(drug=drug), _about(context, drug, None) or tuple(facts))


def other_forms(context: Context) -> tuple[Supply, ...]:
    """Other strengths and release forms of the requested drug, taken beside it.

    Another line of the case asks for one, or a report lists both at different strengths: each adds
    to the dose, though an effect told of the drug may be of either.
    """
    own = context.drug
    if own is None:
        return ()
    asked = [
        (item, drug)
        for item in context.items
        if (drug := context.formulary.find(item.request.generic or "")) is not None
        and _is_another_form(context, item, drug)
    ]
    supplies = [of_item(context, item, drug) for item, drug in asked]
    named = {own.generic, *(drug.generic for _, drug in asked)}
    supplies += [
        of_use(context, use.drug, use.shown)
        for use in context.regimen.current
        if use.drug is not None
        and use.drug.generic not in named
        and is_same(use.drug, own)
        and _listed_apart(context, own, use)
    ]
    return tuple(supply for supply in supplies if supply is not None)


def _is_another_form(context: Context, item: DisputedItem, drug: Drug) -> bool:
    """Whether another line asks for another form of the drug; what was dispensed adds nothing."""
    own = context.drug
    if own is None or item.index == context.item.index or item.request.retrospective:
        return False
    one, other = item.request.strength, context.item.request.strength
    return is_same(drug, own) and (drug.generic != own.generic or not _fits(one or "", other))


def _listed_apart(context: Context, own: Drug, use: Use) -> bool:
    """Whether one report lists both, at different strengths: else it is one drug named twice."""
    mine = next((one for one in context.regimen.uses if one.generic == own.generic), None)
    return mine is not None and any(
        one.provenance.document == other.provenance.document
        and not _fits(text(one.value.get("strength")), text(other.value.get("strength")))
        for one in mine.lately(context.day)
        for other in use.lately(context.day)
    )


def _about(context: Context, drug: Drug, strength: str | None) -> tuple[Fact, ...]:
    """Present statements of a drug's use, the best source first, the newest first in each."""
    found = [
        fact
        for fact in context.said(MEDICATION)
        if fact.assertion is Assertion.PRESENT
        and context.regimen.name_of(fact) == drug.generic
        and _fits(text(fact.value.get("strength")), strength)
    ]
    found.sort(key=lambda fact: (str(day_of(fact) or ""), fact.id), reverse=True)
    return tuple(sorted(found, key=_rank))


def _rank(fact: Fact) -> int:
    source = text(fact.value.get("source"))
    return _SOURCES.index(source) if source in _SOURCES else len(_SOURCES)


def _fits(one: str, other: str | None) -> bool:
    """Whether two strengths may be the same; one that is not written may."""
    if not one or not other:
        return True
    return amounts_written(one)[:1] == amounts_written(other)[:1]


def _completed(line: Supply, facts: tuple[Fact, ...]) -> Supply:
    """The line with directions, days and strength from the record where it has none."""
    used: list[Fact] = []
    per_day = _first(facts, "per_day", used)
    days = None if per_day is not None else _days(line, facts, used)
    strength = line.strength
    if strength is None:
        with_strength = [fact for fact in facts if text(fact.value.get("strength"))]
        if with_strength:
            strength = text(with_strength[0].value.get("strength"))
            used.append(with_strength[0])
    quantity = line.quantity
    if quantity is None and per_day is None:
        quantity = _first(facts, "quantity", used)
        days = days or _first(facts, "days_supply", used)
    return replace(
        line,
        per_day=per_day,
        days=days,
        strength=strength,
        quantity=quantity,
        inputs=tuple(sorted({fact.id for fact in used})),
    )


def _first(facts: tuple[Fact, ...], key: str, used: list[Fact]) -> float | None:
    for fact in facts:
        value = number(fact.value.get(key))
        if value is not None and value > 0:
            used.append(fact)
            return value
    return None


def _days(line: Supply, facts: tuple[Fact, ...], used: list[Fact]) -> float | None:
    """A days' supply counts only beside the quantity it was stated for."""
    for fact in facts:
        quantity, days = number(fact.value.get("quantity")), number(fact.value.get("days_supply"))
        if days and (line.quantity is None or quantity == line.quantity):
            used.append(fact)
            return days
    return None
