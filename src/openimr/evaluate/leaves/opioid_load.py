"""Whether a patient takes opioids at a high dose, for what such a dose brings with it."""

from __future__ import annotations

from collections.abc import Mapping

from openimr.evaluate.context import Context, LeafResult, amount_of
from openimr.evaluate.leaves.conditions import matching
from openimr.evaluate.leaves.limits import morphine_equivalent
from openimr.evaluate.regimen import text
from openimr.evaluate.wording import says
from openimr.model.finding import Value

_VALUES = {Value.EXCEEDED: Value.MET, Value.WITHIN: Value.CONTRADICTED}


def high_dose_opioid(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """All opioids together above so many mg of morphine equivalent, or one into the spine."""
    stated = matching(context, parameters, "enough")
    if stated:
        return LeafResult(
            value=Value.MET,
            statement=f"High-dose opioid treatment is recorded: {says(stated)}.",
            supporting=tuple(stated),
        )
    taken = [(drug, facts) for drug, facts in context.other_drugs() if drug.is_opioid]
    facts = tuple(fact for _, shown in taken for fact in shown)
    if not taken:
        return _none(context)
    told = {"at_most": amount_of(parameters, "above", 120)}
    result = morphine_equivalent(context, told)
    value = _VALUES.get(result.value, Value.PARTIAL)
    return LeafResult(
        value=value,
        statement=result.statement,
        supporting=() if value is Value.CONTRADICTED else facts,
        opposing=facts if value is Value.CONTRADICTED else (),
        calculations=result.calculations,
    )


def _none(context: Context) -> LeafResult:
    """No opioid: contradicted only where a drug list is there to show it."""
    listed = [
        fact
        for fact in context.said("medication")
        if text(fact.value.get("source")) in {"list", "plan"}
    ]
    if not listed:
        return LeafResult(value=Value.NOT_DOCUMENTED)
    return LeafResult(
        value=Value.CONTRADICTED,
        statement=f"The drug lists show no opioid: {says(listed)}.",
        opposing=tuple(listed),
    )
