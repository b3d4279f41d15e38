"""Limits: computed from the request and the record, every step shown."""

from __future__ import annotations

from collections.abc import Mapping

from openimr.evaluate import dose
from openimr.evaluate.context import Context, LeafResult, amount_of, words_of
from openimr.evaluate.dose import Range, Supply
from openimr.evaluate.regimen import text
from openimr.evaluate.supply import of_item, of_use, other_forms, requested
from openimr.evaluate.wording import plain, says
from openimr.model.drug import Drug, OpioidAction
from openimr.model.evidence import Assertion, Fact
from openimr.model.finding import Calculation, Value
from openimr.model.prose import listed


def daily_dose(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """The daily dose of an ingredient, of the requested drug or from all sources."""
    supply = requested(context)
    if supply is None:
        return LeafResult(
            value=Value.UNKNOWN, statement="The requested drug is not in the formulary."
        )
    ingredient = measured(parameters, supply.drug)
    at_most = ceiling(context, parameters, supply.drug)
    if at_most is None:
        return LeafResult(
            value=Value.UNKNOWN, statement=f"No ceiling is encoded for {supply.drug.generic}."
        )
    supplies = [supply]
    if parameters.get("all_sources") is True:
        supplies += _others_with(context, ingredient)
    holding = [
        one for one in supplies if ingredient in (one.drug.ingredients or (one.drug.generic,))
    ]
    if not holding:
        return LeafResult(
            value=Value.WITHIN, statement=f"No drug with {ingredient} is asked for or listed."
        )
    return _lifted(context, parameters, _dose_result(holding, ingredient, at_most))


def measured(parameters: Mapping[str, object], drug: Drug) -> str:
    """The ingredient measured: the one named, the one with a ceiling of its own, else the first."""
    ingredients = drug.ingredients or (drug.generic,)
    ceilings = parameters.get("at_most_by_ingredient")
    own = [name for name in ingredients if isinstance(ceilings, Mapping) and name in ceilings]
    return text(parameters.get("ingredient")) or (own or ingredients)[0]


def ceiling(context: Context, parameters: Mapping[str, object], drug: Drug) -> float | None:
    """The ceiling of a daily dose: of the formulary, of this drug or of all; lower with age."""
    ingredient = measured(parameters, drug)
    by_drug = parameters.get("at_most_by_drug")
    by_ingredient = parameters.get("at_most_by_ingredient")
    most: object = amount_of(parameters, "at_most", 0) or None
    if parameters.get("by_formulary") is True:
        most = drug.max_daily_mg.get(ingredient)
    elif isinstance(by_drug, Mapping):
        most = by_drug.get(drug.generic)
    elif isinstance(by_ingredient, Mapping):
        most = by_ingredient.get(ingredient)
    if not isinstance(most, int | float):
        return None
    age = context.header.age
    if age is not None and age >= amount_of(parameters, "from_age", 999):
        return min(float(most), amount_of(parameters, "at_most_from_age", float(most)))
    return float(most)


def _dose_result(supplies: list[Supply], ingredient: str, at_most: float) -> LeafResult:
    parts: list[tuple[str, Range]] = []
    steps: list[Calculation] = []
    unknown: list[str] = []
    for supply in supplies:
        found = dose.daily_dose(supply, ingredient)
        if found is None:
            unknown.append(supply.drug.generic)
            continue
        parts.append((supply.drug.generic, found[0]))
        steps.append(found[1])
    return _compared(f"The daily dose of {ingredient}", parts, steps, unknown, at_most, "mg a day")


def _others_with(context: Context, ingredient: str) -> list[Supply]:
    found = [form for form in other_forms(context) if ingredient in form.drug.ingredients]
    for drug, facts in context.other_drugs():
        if ingredient in (drug.ingredients or (drug.generic,)) and _is_counted(context, drug):
            found.append(_supply_of(context, drug, facts))
    return found


def _supply_of(context: Context, drug: Drug, facts: tuple[Fact, ...]) -> Supply:
    """Of another disputed item by its line, else as the record shows it."""
    for item in context.items:
        if item.index != context.item.index:
            asked = context.formulary.find(item.request.generic or "")
            if asked is not None and asked.generic == drug.generic:
                return of_item(context, item, drug) or of_use(context, drug, facts)
    return of_use(context, drug, facts)


def _compared(
    what: str,
    parts: list[tuple[str, Range]],
    steps: list[Calculation],
    unknown: list[str],
    at_most: float,
    unit: str,
) -> LeafResult:
    """A total against its ceiling; parts that are not known may only make it larger."""
    if not parts:
        missing = listed(unknown) or "the drug"
        return LeafResult(
            value=Value.UNKNOWN,
            statement=(
                f"{what} cannot be computed: strength, quantity or directions are missing for "
                f"{missing}."
            ),
            calculations=tuple(steps),
        )
    if len(parts) > 1:
        total, step = dose.summed(f"sum: {what.removeprefix('The ')}", parts, unit)
        steps = [*steps, step]
    else:
        total = parts[0][1]
    value = total.against(at_most)
    if unknown and value is not Value.EXCEEDED:
        value = Value.UNKNOWN
    return LeafResult(
        value=value,
        statement=_limit_sentence(what, total, at_most, unit, value, steps, unknown),
        calculations=tuple(steps),
    )


def _limit_sentence(
    what: str,
    total: Range,
    at_most: float,
    unit: str,
    value: Value,
    steps: list[Calculation],
    unknown: list[str],
) -> str:
    verdict = {
        Value.WITHIN: f"within {plain(at_most)} {unit}",
        Value.EXCEEDED: f"above {plain(at_most)} {unit}",
        Value.UNKNOWN: f"so whether it is within {plain(at_most)} {unit} is not known",
    }[value]
    missing = f"; the dose of {listed(unknown)} is not known" if unknown else ""
    assumed = dose.assumptions_of(steps)
    note = f" ({'; '.join(assumed)})" if assumed else ""
    shown = "; ".join(step.expression for step in steps)
    return f"{what} is {total} {unit}, {verdict}{missing}{note}: {shown}."


def days_supply(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Days that the request covers with its refills, and its count of units."""
    supply = requested(context)
    found = dose.days_supply(supply) if supply else None
    if supply is None or found is None:
        return LeafResult(
            value=Value.UNKNOWN,
            statement="The days' supply cannot be computed: the request gives no quantity.",
        )
    span, step = found
    at_most = amount_of(parameters, "at_most", 0)
    value = span.against(at_most)
    units = amount_of(parameters, "at_most_units", 0)
    result = LeafResult(
        value=value,
        statement=_limit_sentence("The supply", span, at_most, "days", value, [step], []),
        calculations=(step,),
    )
    if units and (supply.total or 0) > units and value is not Value.EXCEEDED:
        return LeafResult(
            value=Value.EXCEEDED,
            statement=(
                f"{plain(supply.total or 0)} units exceed {plain(units)}, which may be a typing "
                f"error: {step.expression}."
            ),
            calculations=(step,),
        )
    return _with_strength_limit(result, supply, parameters)


def _with_strength_limit(
    result: LeafResult, supply: Supply, parameters: Mapping[str, object]
) -> LeafResult:
    """A patch above the highest strength of its label exceeds whatever its count."""
    highest = amount_of(parameters, "highest_strength", 0)
    ingredient = (supply.drug.ingredients or (supply.drug.generic,))[0]
    rate = dose.strengths(supply.drug, supply.strength).get(ingredient)
    if not highest or rate is None or rate.low <= highest:
        return result
    return LeafResult(
        value=Value.EXCEEDED,
        statement=f"The strength of {rate} is above {plain(highest)}, the highest of the label.",
        calculations=result.calculations,
    )


def patch_wear(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Hours each patch is worn; a shorter wear than the label's means a higher use."""
    supply = requested(context)
    found = dose.wear_hours(supply) if supply else None
    hours = amount_of(parameters, "hours", 72)
    if found is None:
        return LeafResult(
            value=Value.UNKNOWN,
            statement="The patch wear cannot be computed: the request gives no quantity.",
        )
    span, step = found
    # A rounding of the month (10 patches in 28 days) is no shorter wear.
    value = Value.WITHIN if span.low >= hours * 0.9 else Value.EXCEEDED
    verdict = "no shorter than" if value is Value.WITHIN else "shorter than"
    note = f" ({'; '.join(step.assumptions)})" if step.assumptions else ""
    return LeafResult(
        value=value,
        statement=f"A patch lasts {span} hours, {verdict} {plain(hours)}{note}: {step.expression}.",
        calculations=(step,),
    )


def morphine_equivalent(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """All opioids together in morphine equivalents; a pain consultation lifts the limit."""
    at_most = amount_of(parameters, "at_most", 120)
    parts: list[tuple[str, Range]] = []
    steps: list[Calculation] = []
    unknown: list[str] = []
    uncounted: list[str] = []
    alone = parameters.get("alone") is True
    for supply in _opioids(context, alone=alone):
        if supply.drug.opioid_action is OpioidAction.PARTIAL_OR_MIXED:
            # No factor holds for it since 2016; the guideline's limit does not count it.
            uncounted.append(supply.drug.generic)
            continue
        found = dose.morphine_equivalent(supply, context.factor_set)
        if found is None:
            unknown.append(supply.drug.generic)
            continue
        parts.append((supply.drug.generic, found[0]))
        steps += found[1]
    if not parts and not unknown:
        return LeafResult(
            value=Value.WITHIN,
            statement=(
                f"No opioid with a morphine equivalent is recorded"
                f"{f'; {listed(uncounted)} is not counted' if uncounted else ''}."
            ),
        )
    whose = context.drug_name if alone else "all opioids"
    what = f"The morphine equivalent of {whose} ({context.factor_set.value} factors)"
    result = _compared(what, parts, steps, unknown, at_most, "mg a day")
    return _lifted(context, parameters, result)


def _opioids(context: Context, *, alone: bool) -> list[Supply]:
    """The requested opioid in all its forms, and unless it is taken alone, all others."""
    own = requested(context)
    found: list[Supply] = []
    if own is not None and own.drug.is_opioid:
        found += [own, *other_forms(context)]
    for drug, facts in () if alone else context.other_drugs():
        if drug.is_opioid and _is_counted(context, drug):
            found.append(_supply_of(context, drug, facts))
    return found


def _is_counted(context: Context, drug: Drug) -> bool:
    """A drug that a narrative only names adds no dose; one listed without its dose does."""
    use = context.regimen.use_of(drug)
    return use is None or not use.taking or use.is_dosed(context.day)


def _lifted(context: Context, parameters: Mapping[str, object], result: LeafResult) -> LeafResult:
    """A documented consultation with a pain specialist allows a higher dose (p. 86)."""
    specialties = set(words_of(parameters, "consultation"))
    seen = [
        fact
        for fact in context.said("consultation")
        if fact.assertion is Assertion.PRESENT
        and text(fact.value.get("status")) == "done"
        and any(word in text(fact.value.get("specialty")).casefold() for word in specialties)
    ]
    if result.value is not Value.EXCEEDED or not seen:
        return result
    exceeded = result.statement.removesuffix(".")
    return LeafResult(
        value=Value.WITHIN,
        statement=f"{exceeded}; a specialist was consulted: {says(seen)}.",
        supporting=tuple(seen),
        calculations=result.calculations,
    )
