"""What an earlier treatment left undone: an injection that failed, care that did not help."""

from __future__ import annotations

from collections.abc import Mapping

from openimr.evaluate.context import Context, LeafResult, words_of
from openimr.evaluate.leaves.care import conservative_care
from openimr.evaluate.leaves.procedure import earlier, procedure_response
from openimr.evaluate.leaves.sole import indication
from openimr.evaluate.wording import says
from openimr.model.finding import Value

_SILENT = frozenset({Value.NOT_DOCUMENTED, Value.UNKNOWN})
_TURNED = {Value.MET: Value.CONTRADICTED, Value.CONTRADICTED: Value.MET}


def treated_diagnosis(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """A diagnosis together with conservative care that did not help; either alone is a part.

    The diagnosis is asked for as by `indication`, the care by `weeks` and `kinds`.
    """
    care_words = {"weeks", "kinds", "must"}
    told = {key: value for key, value in parameters.items() if key not in care_words}
    asked = {key: value for key, value in parameters.items() if key in care_words}
    both = (indication(context, told), conservative_care(context, asked))
    values = {result.value for result in both}
    if values <= _SILENT:
        return LeafResult(value=Value.NOT_DOCUMENTED)
    value = Value.PARTIAL
    if values == {Value.MET}:
        value = Value.MET
    elif Value.CONTRADICTED in values or Value.CONFLICTING in values:
        value = Value.CONTRADICTED if Value.CONTRADICTED in values else Value.CONFLICTING
    return LeafResult(
        value=value,
        statement=" ".join(result.statement for result in both if result.statement),
        supporting=tuple(fact for result in both for fact in result.supporting),
        opposing=tuple(fact for result in both for fact in result.opposing),
    )


def failed_procedure(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """An earlier procedure that gave less than so many per cent, or for less than so many weeks."""
    result = procedure_response(context, parameters)
    if result.value in _TURNED:
        return LeafResult(
            value=_TURNED[result.value],
            statement=result.statement,
            supporting=result.opposing,
            opposing=result.supporting,
        )
    given = earlier(context, words_of(parameters, "kinds"))
    if result.value is not Value.NOT_DOCUMENTED or not given:
        return result
    return LeafResult(
        value=Value.PARTIAL,
        statement=f"One was given, but its result is not told: {says(given)}.",
        supporting=tuple(given),
    )
