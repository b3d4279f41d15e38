"""How long a trial may go on before it must have shown a response."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from openimr.evaluate.context import Context, LeafResult
from openimr.evaluate.leaves.history import duration
from openimr.model.finding import Value

_COUNTED = (("tablet",), ("capsule",), ("patch",))
"""Forms of which a quantity counts doses."""
_AS_LIMIT = {Value.PRESENT: Value.EXCEEDED, Value.ABSENT: Value.WITHIN}


def longest_trial(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Use for so many days at most, unless a response is recorded; a limit, never a minimum."""
    told = {"longer_than_days": parameters.get("days"), "unless_benefit": True}
    result = duration(context, told)
    return replace(result, value=_AS_LIMIT.get(result.value, result.value))


def course_length(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Days of use until now, or the days that the request alone covers, against a ceiling.

    Of a gel the quantity is grams, which tell no days.
    """
    counted = context.drug is not None and context.drug.forms[:1] in _COUNTED
    told = {"longer_than_days": parameters.get("at_most_days"), "counting_request": counted}
    result = duration(context, told)
    return replace(result, value=_AS_LIMIT.get(result.value, result.value))
