"""What a reviewer reads differently: a finding's value, or what the criteria come to.

An overruled finding keeps its passages and says what the record was read to show before; findings,
suggestion and sentences that follow from it follow from the reviewer's value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from openimr.model.errors import InputError
from openimr.model.finding import Evaluation, Finding, Value
from openimr.model.ids import CriterionId
from openimr.model.rule import Role
from openimr.model.ruling import FindingOverride, Ruling, SuggestionOverride

_ELEMENTS = frozenset(
    {Value.MET, Value.PARTIAL, Value.NOT_DOCUMENTED, Value.CONTRADICTED, Value.CONFLICTING}
)
_PRESENCE = frozenset({Value.PRESENT, Value.ABSENT, Value.UNKNOWN})
_VALUES = {
    Role.LIMIT: frozenset({Value.WITHIN, Value.EXCEEDED, Value.UNKNOWN}),
    Role.EXCLUSION: _PRESENCE,
    Role.EXCEPTION: _PRESENCE,
}
_SILENT = frozenset({Value.NOT_DOCUMENTED, Value.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Overrides:
    """Everything a reviewer reads differently in one item."""

    findings: Sequence[FindingOverride] = ()
    suggestion: SuggestionOverride | None = None

    def finding(self, found: Finding) -> Finding:
        """The finding as it counts.

        Raises:
            InputError: the value is none that the criterion's role can have.
        """
        override = next((one for one in self.findings if one.criterion == found.criterion), None)
        if override is None:
            return found
        allowed = _VALUES.get(found.role, _ELEMENTS)
        if override.value not in allowed:
            raise InputError(
                f"{found.criterion} cannot be `{override.value}`",
                where=f"item {override.item}",
                why=f"its role is {found.role.value}",
                remedy=f"use one of: {', '.join(sorted(allowed))}",
            )
        return replace(
            found,
            value=override.value,
            overruled=found.value,
            statement=f"The reviewer reads the record otherwise: {override.reason}",
            certificate=found.certificate if override.value in _SILENT else None,
        )

    def evaluation(self, evaluation: Evaluation) -> Evaluation:
        """The evaluation as it counts.

        Raises:
            InputError: a criterion was overruled that the item does not have.
        """
        known: set[CriterionId] = {finding.criterion for finding in evaluation.findings}
        for override in self.findings:
            if override.criterion not in known:
                raise InputError(
                    f"there is no criterion {override.criterion} to overrule",
                    where=f"item {override.item}",
                    remedy=f"name one of: {', '.join(sorted(known)) or 'none, no criteria apply'}",
                )
        if self.suggestion is None or self.suggestion.suggestion is evaluation.suggestion:
            return evaluation
        return replace(
            evaluation,
            suggestion=self.suggestion.suggestion,
            overruled=evaluation.suggestion,
            notes=(
                *evaluation.notes,
                f"The reviewer weighs it otherwise: {self.suggestion.reason}",
            ),
        )


NONE = Overrides()


def overrides_of(ruling: Ruling | None, item: int) -> Overrides:
    """What a ruling overrules in one item."""
    if ruling is None:
        return NONE
    return Overrides(
        findings=tuple(one for one in ruling.findings if one.item == item),
        suggestion=next((one for one in ruling.suggestions if one.item == item), None),
    )
