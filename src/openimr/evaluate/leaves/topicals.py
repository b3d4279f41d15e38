"""What is rubbed on the skin: ingredients, their strength, and how much a day."""

from __future__ import annotations

import re
from collections.abc import Mapping

from openimr.evaluate import dose
from openimr.evaluate.context import Context, LeafResult, amount_of, words_of
from openimr.evaluate.leaves.statements import evidence
from openimr.evaluate.regimen import number, text
from openimr.evaluate.supply import requested
from openimr.evaluate.wording import plain, says
from openimr.model.finding import Value
from openimr.model.prose import capital, listed

_PATCH = "patch"
_GRAMS = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s*(?:g|gms?|grams?)\b", re.IGNORECASE)
_SMALLEST_TUBE = 15
"""Fewer grams than these are a dose, not a tube."""
_MOST_TUBES = 12
Percents = Mapping[str, float | None]


def ingredients(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Whether an ingredient is not recommended, which fails the whole product.

    `not_recommended` names ingredients, `not_groups` groups of the formulary; `at_most` gives a
    highest percentage; `conditional` ones need a statement of `unless`; those `in_patch` are
    allowed there alone. A product is free of them only where all are `recommended`.
    """
    found = percents(context)
    if not found:
        return LeafResult(value=Value.UNKNOWN, statement="The request names no ingredients.")
    allowed = evidence(context, {"enough": parameters.get("unless", ())}).supporting
    bad = [
        words
        for name, percent in found.items()
        if (words := _fault(context, parameters, name, percent, excused=bool(allowed)))
    ]
    if bad:
        verb = "is" if len(bad) == 1 else "are"
        return LeafResult(
            value=Value.PRESENT, statement=f"{capital(listed(bad))} {verb} not recommended."
        )
    open_ones = [name for name in found if name not in words_of(parameters, "recommended")]
    if open_ones:
        return LeafResult(
            value=Value.UNKNOWN,
            statement=f"Whether {listed(open_ones)} may be used on the skin is not settled here.",
        )
    return LeafResult(
        value=Value.ABSENT,
        statement=f"All ingredients are recommended: {listed(found)}.",
    )


def _fault(
    context: Context,
    parameters: Mapping[str, object],
    name: str,
    percent: float | None,
    *,
    excused: bool,
) -> str:
    """What is wrong with one ingredient; empty if nothing is."""
    shown = f"{name} {percent:g} %" if percent is not None else name
    if name in words_of(parameters, "conditional"):
        return "" if excused else f"{shown} outside its narrow use"
    if name in words_of(parameters, "in_patch"):
        return "" if _is_patch(context) else f"{shown} in another form than the patch"
    drug = context.formulary.find(name)
    groups = drug.groups if drug else frozenset()
    if name in words_of(parameters, "not_recommended"):
        return shown
    if groups & set(words_of(parameters, "not_groups")):
        return shown
    limits = parameters.get("at_most")
    most = number(limits.get(name)) if isinstance(limits, Mapping) else None
    if most is not None and percent is not None and percent > most:
        return f"{shown}, above {most:g} %,"
    return ""


def percents(context: Context) -> Percents:
    """The ingredients of the product, each with its percentage where the line tells it."""
    request = context.item.request
    if request.strengths:
        return {one.ingredient: one.value for one in request.strengths}
    drug = context.drug
    if drug is not None:
        known = dose.strengths(drug, request.strength)
        single = {name: span.high for name, span in known.items() if span.low == span.high}
        return {name: single.get(name) for name in drug.ingredients}
    generic = request.generic or ""
    return dict.fromkeys(generic.split("/")) if "/" in generic else {}


def _is_patch(context: Context) -> bool:
    form = context.item.request.form
    forms = context.drug.forms if context.drug else ()
    return form == _PATCH or (form is None and forms[:1] == (_PATCH,))


def concentration(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """The percentage of an ingredient against a ceiling that some diagnoses raise."""
    name = text(parameters.get("ingredient"))
    percent = percents(context).get(name)
    if percent is None:
        return LeafResult(
            value=Value.UNKNOWN, statement=f"The request does not tell the strength of {name}."
        )
    most = amount_of(parameters, "at_most", 0)
    raised = evidence(context, {"enough": parameters.get("raised_by", ())}).supporting
    if raised:
        most = amount_of(parameters, "raised_to", most)
    value = Value.WITHIN if percent <= most else Value.EXCEEDED
    verdict = "within" if value is Value.WITHIN else "above"
    why = f", the ceiling for {says(raised)}" if raised else ""
    return LeafResult(
        value=value,
        statement=f"The strength of {name} is {percent:g} %, {verdict} {most:g} %{why}.",
        supporting=raised,
    )


def grams_a_day(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Grams of a gel a day: from the directions, else the tubes spread over a month."""
    drug, request = context.drug, context.item.request
    if drug is None or "gel" not in drug.forms:
        return LeafResult(
            value=Value.UNKNOWN,
            statement=f"The limit is that of the gel; {context.drug_name} is none.",
        )
    most = amount_of(parameters, "at_most", 0)
    directed = _GRAMS.search(request.sig or "")
    total = _tubes(request.text, request.sig or "", request.quantity)
    if directed is not None and request.doses_per_day:
        dosed = float(directed[1])
        daily = dosed * request.doses_per_day
        words = f"{plain(dosed)} g x {plain(request.doses_per_day)} a day = {plain(daily)} g a day"
    elif total is not None:
        days = request.days_supply or dose.MONTH
        daily = total / days
        words = f"{plain(total)} g / {plain(days)} days = {plain(daily)} g a day"
        words += "" if request.days_supply else f" ({dose.MONTH} days assumed)"
    else:
        return LeafResult(
            value=Value.UNKNOWN,
            statement="The grams a day cannot be computed: the request gives no amount.",
        )
    value = Value.WITHIN if daily <= most else Value.EXCEEDED
    verdict = "within" if value is Value.WITHIN else "above"
    return LeafResult(
        value=value,
        statement=f"The gel comes to {plain(daily)} g a day, {verdict} {plain(most)} g: {words}.",
    )


def _tubes(line: str, sig: str, quantity: float | None) -> float | None:
    """Grams asked for: `100g tubes #3` are 300, `500 g` are 500.

    >>> _tubes("Voltaren Gel 1% 100g tubes #3", "", 3.0)
    300.0
    """
    left = line.replace(sig, " ") if sig else line
    written = [float(found[1]) for found in _GRAMS.finditer(left)]
    tubes = [grams for grams in written if grams >= _SMALLEST_TUBE]
    if tubes and quantity is not None and quantity <= _MOST_TUBES:
        return tubes[0] * quantity
    if tubes:
        return tubes[0]
    return quantity if quantity is not None and quantity > _MOST_TUBES else None


def units_a_day(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Units a day, by the directions, else the count spread over the days or a month."""
    supply, most = requested(context), amount_of(parameters, "at_most", 0)
    if supply is None or (supply.per_day is None and supply.quantity is None):
        return LeafResult(
            value=Value.UNKNOWN,
            statement="The number a day cannot be computed: the request gives no quantity.",
        )
    if supply.per_day is not None:
        daily, words = supply.per_day, "by the directions"
    else:
        days = supply.days or dose.MONTH
        daily = (supply.quantity or 0) / days
        words = f"{supply.counted(supply.quantity or 0)} / {plain(days)} days"
        words += "" if supply.days else ", as no directions are written"
    value = Value.WITHIN if daily <= most else Value.EXCEEDED
    verdict = "within" if value is Value.WITHIN else "above"
    return LeafResult(
        value=value,
        statement=(
            f"The request comes to {supply.counted(daily)} a day, {verdict} {plain(most)}: {words}."
        ),
    )
