"""The clock as the grounds ask it: one deadline, one trigger, the rules of the decision's day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openimr.model.clock_rules import ClockRules
from openimr.model.deadline import Due
from openimr.model.party import ServiceMethod
from openimr.workflow.clock import due


@dataclass(frozen=True, slots=True)
class Clock:
    """`workflow.ground_view.DueBy` on the rules that are shipped."""

    rules: ClockRules

    def __call__(
        self, deadline: str, trigger: date, *, service: ServiceMethod | None, decided: date
    ) -> Due:
        """The last day of a limit; for decisions before the first regime, by the first one."""
        first = min(regime.effective_from for regime in self.rules.regimes)
        return due(self.rules, deadline, trigger, service, regime_day=max(decided, first))
