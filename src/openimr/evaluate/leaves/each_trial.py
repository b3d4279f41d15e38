"""Trials of several groups of drugs, each of which must have failed."""

from __future__ import annotations

from collections.abc import Mapping

from openimr.evaluate.context import Context, LeafResult, words_of
from openimr.evaluate.leaves.trials import prior_trial
from openimr.evaluate.wording import says
from openimr.model.finding import Value

_ANSWERED = frozenset({Value.MET, Value.PARTIAL})


def each_trial(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """A failed trial of every group named; of some only is a part.

    `An antidepressant and an anticonvulsant failed` asks for two trials, not for either.
    """
    found = {
        group: prior_trial(context, {"groups": (group,)})
        for group in words_of(parameters, "groups")
    }
    supporting = tuple({f.id: f for result in found.values() for f in result.supporting}.values())
    opposing = tuple({f.id: f for result in found.values() for f in result.opposing}.values())
    values = {result.value for result in found.values()}
    if values == {Value.MET}:
        value, head = Value.MET, "Trials of each kind are recorded with their results"
    elif values & _ANSWERED:
        value, head = Value.PARTIAL, "Not every kind of drug was tried and failed"
    elif Value.CONTRADICTED in values:
        value, head = Value.CONTRADICTED, "The record denies an earlier trial"
    else:
        return LeafResult(value=Value.NOT_DOCUMENTED)
    shown = supporting or opposing
    return LeafResult(
        value=value,
        statement=f"{head}: {says(shown)}.",
        supporting=supporting,
        opposing=opposing,
    )
