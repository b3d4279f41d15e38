"""Doses that the label sets lower for women."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from openimr.evaluate.context import Context, LeafResult, amount_of
from openimr.evaluate.leaves.limits import daily_dose
from openimr.model.finding import Value


def dose_of_women(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """The daily dose of a woman against a ceiling of her own; open where the sex is not known."""
    by_drug = parameters.get("at_most_by_drug")
    generic = context.drug.generic if context.drug else ""
    most = amount_of(by_drug if isinstance(by_drug, Mapping) else {}, generic, 0)
    if not most:
        return LeafResult(
            value=Value.WITHIN, statement=f"{context.drug_name} has no lower dose for women."
        )
    if context.header.sex == "male":
        return LeafResult(
            value=Value.WITHIN,
            statement="The patient is a man, so the dose for women does not bind.",
        )
    result = daily_dose(context, {"at_most": most})
    if context.header.sex == "female" or result.value is not Value.EXCEEDED:
        return result
    said = result.statement.removesuffix(".")
    return replace(
        result,
        value=Value.UNKNOWN,
        statement=f"{said}; whether the patient is a woman is not recorded.",
    )
