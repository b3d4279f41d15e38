"""Cautions: conditions of the patient that speak against a drug without barring it."""

from __future__ import annotations

from collections.abc import Mapping

from openimr.evaluate.context import Context, LeafResult, amount_of
from openimr.evaluate.leaves.conditions import matching
from openimr.evaluate.wording import says
from openimr.model.finding import Value
from openimr.model.prose import listed


def caution(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Contradicted by any caution that stands in the record, or by an age; met if they are denied.

    One caution that is denied says nothing of the others, so that it never outweighs one present.
    """
    against = matching(context, parameters, "against")
    age = context.header.age
    old = age is not None and age >= amount_of(parameters, "age_from", 999)
    if against or old:
        told = [f"age {age}"] if old else []
        told += [says(against)] if against else []
        return LeafResult(
            value=Value.CONTRADICTED,
            statement=f"A caution against {context.drug_name} is recorded: {listed(told)}.",
            opposing=tuple(against),
        )
    denied = matching(context, parameters, "enough")
    if not denied:
        return LeafResult(value=Value.NOT_DOCUMENTED)
    return LeafResult(
        value=Value.MET,
        statement=f"A caution against {context.drug_name} is denied: {says(denied)}.",
        supporting=tuple(denied),
    )
