"""Limits that depend on what a drug is given for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from openimr.evaluate.context import Context, LeafResult, amount_of
from openimr.evaluate.leaves.limits import daily_dose
from openimr.evaluate.regimen import text
from openimr.evaluate.wording import says
from openimr.model.evidence import Assertion, Fact

_DIAGNOSES = {"neuropathic_pain": "kind", "other_indication": "diagnosis"}
"""Concepts that name what a drug is given for, with the key that names it."""
_MONTHS = 36
"""As for the diagnosis itself: a chronic disease is not written anew at every visit."""


def dose_by_indication(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """The daily dose against the ceiling of a documented indication, the highest of several.

    Where none with a ceiling of its own is documented, the ceiling is `at_most`.
    """
    ceilings = parameters.get("at_most_by_indication")
    named = _documented(context, ceilings if isinstance(ceilings, Mapping) else {})
    told = {key: value for key, value in parameters.items() if key != "at_most_by_indication"}
    if not named:
        return daily_dose(context, told)
    most, facts = max(named, key=lambda one: one[0])
    result = daily_dose(context, {**told, "at_most": most})
    statement = f"{result.statement.removesuffix('.')}; the ceiling is that of {says(facts)}."
    return replace(result, statement=statement, supporting=tuple(facts))


def _documented(context: Context, ceilings: Mapping[str, object]) -> list[tuple[float, list[Fact]]]:
    """The ceilings of the indications that the record shows, each with its statements."""
    said = [
        (text(fact.value.get(key)), fact)
        for concept, key in _DIAGNOSES.items()
        for fact in context.said(concept, months=_MONTHS)
        if fact.assertion is Assertion.PRESENT
    ]
    found = ((amount_of(ceilings, name, 0), name) for name in ceilings)
    by_name = [(most, [fact for told, fact in said if told == name]) for most, name in found]
    return [(most, facts) for most, facts in by_name if facts and most]
