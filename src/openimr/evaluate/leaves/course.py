"""How long a trial may go on before it must have shown a response."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from openimr.evaluate.context import Context, LeafResult, amount_of
from openimr.evaluate.leaves.history import duration, first_use
from openimr.evaluate.regimen import day_of
from openimr.model.finding import Value

_COUNTED = (("tablet",), ("capsule",), ("patch",))
"""Forms of which a quantity counts doses."""
_AS_LIMIT = {Value.PRESENT: Value.EXCEEDED, Value.ABSENT: Value.WITHIN}


def longest_trial(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Use for so many days at most, unless a response is recorded; a limit, never a minimum."""
    told = {"longer_than_days": parameters.get("days"), "unless_benefit": True}
    result = duration(context, told)
    return replace(result, value=_AS_LIMIT.get(result.value, result.value))


def spanned_use(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Use over more than so many days, from its first statement to its last.

    One dose given weeks ago is recorded since then, and was one dose.
    """
    use = context.regimen.use_of(context.drug)
    stated = use is not None and bool(use.durations)
    days = [day for fact in (use.taking if use else ()) if (day := day_of(fact)) is not None]
    span = (max(days) - min(days)).days if days else 0
    if stated or span > amount_of(parameters, "longer_than_days", 0):
        return duration(context, parameters)
    first = first_use(context, {})
    if first.value is not Value.PRESENT:
        return LeafResult(value=Value.UNKNOWN)
    return LeafResult(value=Value.ABSENT, statement=first.statement, opposing=first.supporting)


def course_length(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Days of use until now, or the days that the request alone covers, against a ceiling.

    Of a gel the quantity is grams, which tell no days.
    """
    counted = context.drug is not None and context.drug.forms[:1] in _COUNTED
    told = {"longer_than_days": parameters.get("at_most_days"), "counting_request": counted}
    result = duration(context, told)
    return replace(result, value=_AS_LIMIT.get(result.value, result.value))
