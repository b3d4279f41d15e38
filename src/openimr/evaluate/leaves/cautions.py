"""Cautions that two things raise together: neither is a danger by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from openimr.evaluate.context import Context, LeafResult
from openimr.evaluate.leaves.conditions import matching
from openimr.evaluate.leaves.history import duration
from openimr.evaluate.wording import says
from openimr.model.finding import Value

_AS_ADVICE = {
    Value.PRESENT: Value.CONTRADICTED,
    Value.ABSENT: Value.MET,
    Value.UNKNOWN: Value.NOT_DOCUMENTED,
}


def long_use_in(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Use for longer than so many days in a disease in which no longer use was studied.

    Silent where the record does not show the disease (`diseases`).
    """
    shown = matching(context, parameters, "diseases")
    if not shown:
        return LeafResult(value=Value.NOT_DOCUMENTED)
    result = duration(context, {"longer_than_days": parameters.get("longer_than_days")})
    value = _AS_ADVICE[result.value]
    if value is Value.NOT_DOCUMENTED:
        return LeafResult(value=value, remark=f"; the record shows {says(shown)}")
    return replace(
        result,
        value=value,
        statement=f"{result.statement.removesuffix('.')}; the record shows {says(shown)}.",
        supporting=(*result.supporting, *shown) if value is Value.MET else result.supporting,
        opposing=(*result.opposing, *shown) if value is Value.CONTRADICTED else result.opposing,
    )
