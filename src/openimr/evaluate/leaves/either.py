"""A gate with alternatives, one of which is made of several criteria together."""

from __future__ import annotations

from collections.abc import Mapping

from openimr.evaluate.context import Context, LeafResult, words_of
from openimr.evaluate.leaves.statements import evidence
from openimr.model.finding import Finding, Value
from openimr.model.ids import CriterionId


def either(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Statements as for `evidence`, or all of the criteria that `or_all` names, found before it."""
    told = {key: value for key, value in parameters.items() if key != "or_all"}
    result = evidence(context, told)
    if result.value is Value.MET:
        return result
    found = [context.findings[CriterionId(name)] for name in words_of(parameters, "or_all")]
    met = [finding for finding in found if finding.value is Value.MET]
    if len(met) == len(found):
        return LeafResult(
            value=Value.MET, statement=" ".join(finding.statement for finding in found)
        )
    if any(finding.value is Value.CONFLICTING for finding in found):
        return LeafResult(value=Value.CONFLICTING, statement=_told(found, Value.CONFLICTING))
    if met and result.value is context.silent:
        return LeafResult(value=Value.PARTIAL, statement=_in_part(met, found))
    return result


def _told(found: list[Finding], value: Value) -> str:
    return " ".join(finding.statement for finding in found if finding.value is value)


def _in_part(met: list[Finding], found: list[Finding]) -> str:
    """What is shown and what is not: `Neuropathic pain is recorded; a trial is not shown`."""
    missing = [finding.name or finding.requirement for finding in found if finding not in met]
    lead = _told(met, Value.MET).removesuffix(".")
    return f"{lead}; {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not shown."
