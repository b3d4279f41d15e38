"""Doses that bind a first prescription alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from openimr.evaluate.context import Context, LeafResult
from openimr.evaluate.leaves.history import first_use
from openimr.evaluate.leaves.limits import daily_dose
from openimr.evaluate.wording import says
from openimr.model.finding import Value


def starting_dose(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """The daily dose of a first prescription; open where the stage of treatment is."""
    first = first_use(context, {})
    if first.value is Value.ABSENT:
        return LeafResult(
            value=Value.WITHIN,
            statement=(
                f"{context.drug_name} was used before, so the dose of the start does not bind: "
                f"{says(first.opposing)}."
            ),
            supporting=first.opposing,
        )
    result = daily_dose(context, parameters)
    if first.value is Value.PRESENT or result.value is not Value.EXCEEDED:
        return result
    said = result.statement.removesuffix(".")
    return replace(
        result,
        value=Value.UNKNOWN,
        statement=f"{said}; whether this is a first prescription is not recorded.",
    )
