"""What a treatment is for, where one reason suffices whatever else the patient has."""

from __future__ import annotations

from collections.abc import Mapping

from openimr.evaluate.context import Context, LeafResult
from openimr.evaluate.leaves.statements import evidence
from openimr.evaluate.wording import says
from openimr.model.finding import Value

_SILENT = frozenset({Value.NOT_DOCUMENTED, Value.UNKNOWN})


def indication(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Statements that satisfy; others contradict only where none does, whatever their day.

    A knee stays arthritic though the newest report speaks of the back alone.
    """
    wanted = {key: value for key, value in parameters.items() if key != "otherwise"}
    result = evidence(context, wanted)
    if result.value not in _SILENT:
        return result
    other = _present(context, parameters, "otherwise")
    if not other.supporting:
        return result
    return LeafResult(
        value=Value.CONTRADICTED,
        statement=f"Only another reason is recorded: {says(other.supporting)}.",
        opposing=other.supporting,
    )


def only(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """An exclusion that holds where nothing else is recorded: pain that is of the nerves alone."""
    beside = _present(context, parameters, "unless")
    if beside.supporting:
        return LeafResult(
            value=Value.ABSENT,
            statement=f"Another reason is recorded: {says(beside.supporting)}.",
            opposing=beside.supporting,
        )
    alone = _present(context, parameters, "of")
    if not alone.supporting:
        return LeafResult(value=Value.UNKNOWN)
    return LeafResult(
        value=Value.PRESENT,
        statement=f"Nothing else is recorded than {says(alone.supporting)}.",
        supporting=alone.supporting,
    )


def _present(context: Context, parameters: Mapping[str, object], name: str) -> LeafResult:
    """What the statements of one parameter show by themselves."""
    return evidence(context, {"enough": parameters.get(name, ())})
