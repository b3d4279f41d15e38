"""A finding that counts only from a measure on: a slip of so many millimeters."""

from __future__ import annotations

from collections.abc import Mapping

from openimr.evaluate.context import Context, LeafResult, amount_of, weigh
from openimr.evaluate.leaves.conditions import matching
from openimr.evaluate.regimen import number, text
from openimr.evaluate.wording import plain, says
from openimr.model.evidence import Fact
from openimr.model.finding import Value


def measured(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """A finding that satisfies by itself (`enough`), or by its measure above a floor (`of`).

    `measure` names the value that holds the number. A measure at or below the floor contradicts,
    a finding without one is a part.
    """
    floor, key = amount_of(parameters, "above", 0), text(parameters.get("measure"))
    told = matching(context, parameters, "of")
    enough = matching(context, parameters, "enough")
    enough += [fact for fact in told if _number(fact, key) > floor]
    small = [fact for fact in told if 0 <= _number(fact, key) <= floor]
    against = [*matching(context, parameters, "against"), *small]
    if enough:
        value = weigh(enough, against)
        shown = against if value is Value.CONTRADICTED else enough
        return LeafResult(
            value=value,
            statement=f"The studies show: {says(shown)}.",
            supporting=tuple(enough),
            opposing=tuple(against),
        )
    if against:
        return LeafResult(
            value=Value.CONTRADICTED,
            statement=f"The studies show no more than {plain(floor)}: {says(against)}.",
            opposing=tuple(against),
        )
    if told or (told := matching(context, parameters, "weak")):
        return LeafResult(
            value=Value.PARTIAL,
            statement=f"It is told without a measure: {says(told)}.",
            supporting=tuple(told),
        )
    return LeafResult(value=Value.NOT_DOCUMENTED)


def _number(fact: Fact, key: str) -> float:
    """The measure; -1 where none is told."""
    found = number(fact.value.get(key))
    return -1 if found is None else found
