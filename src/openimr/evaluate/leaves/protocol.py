"""Criteria derived from the findings of the shared opioid protocol."""

from __future__ import annotations

from collections.abc import Mapping

from openimr.evaluate.context import Context, LeafResult
from openimr.evaluate.regimen import text
from openimr.model.finding import Value
from openimr.model.ids import CriterionId

_FROM_BEST = (
    Value.MET,
    Value.CONFLICTING,
    Value.PARTIAL,
    Value.NOT_DOCUMENTED,
    Value.CONTRADICTED,
)


def benefit(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Relief together with function or work."""
    relief = _found(context, parameters, "relief")
    function = _found(context, parameters, "function")
    at_work = _found(context, parameters, "work")
    gain = min((function, at_work), key=_FROM_BEST.index)
    value = max((relief, gain), key=_FROM_BEST.index)
    if function is Value.CONTRADICTED and gain is not Value.MET:
        # Work that is merely not mentioned does not soften a function that is stated unchanged.
        value = Value.CONTRADICTED
    return LeafResult(
        value=value,
        statement=f"Under the opioid protocol: {_told(context, parameters)}.",
    )


def continuing_reasons(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Better pain, together with function or work."""
    relief = _found(context, parameters, "relief")
    function = _found(context, parameters, "function")
    at_work = _found(context, parameters, "work")
    value = Value.ABSENT
    head = "Relief together with function or work is not shown"
    if relief is Value.MET and Value.MET in {function, at_work}:
        value, head = Value.PRESENT, "The record gives a reason to continue"
    elif Value.CONFLICTING in {relief, function, at_work}:
        value, head = Value.UNKNOWN, "Whether there is a reason to continue is open"
    return LeafResult(value=value, statement=f"{head}: {_told(context, parameters)}.")


def _told(context: Context, parameters: Mapping[str, object]) -> str:
    """`OPI-1 met, OPI-2 partial, OPI-3 not documented`."""
    return ", ".join(
        f"{parameters[name]} {_found(context, parameters, name).replace('_', ' ')}"
        for name in ("relief", "function", "work")
    )


def _found(context: Context, parameters: Mapping[str, object], name: str) -> Value:
    finding = context.findings.get(CriterionId(text(parameters.get(name))))
    return finding.value if finding else Value.NOT_DOCUMENTED
