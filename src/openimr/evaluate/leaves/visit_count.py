"""Visits asked for, had and allowed, and the ceiling that holds for this case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from openimr.evaluate.asked import Asked, asked_days, asked_visits
from openimr.evaluate.context import Context, amount_of, words_of
from openimr.evaluate.dose import Range
from openimr.evaluate.leaves.conditions import Condition, conditions_of, matching, matching_one
from openimr.evaluate.past_visits import Past, past_visits
from openimr.evaluate.regimen import day_of, text
from openimr.model.evidence import Fact
from openimr.model.finding import Value
from openimr.model.ids import CriterionId

DAYS, VISITS = "full days", "visits"


@dataclass(frozen=True)
class Count:
    """Visits asked for, had and allowed, and the limit they are laid against."""

    asked: Asked
    past: Past | None
    at_most: float
    unit: str
    why: str = ""
    """What sets the ceiling, where it is not the usual one."""

    @property
    def total(self) -> Range:
        """All visits together; those that nobody counted may only make it larger."""
        before = self.before + self.asked.granted
        return self.asked.visits.plus(Range(before, before))

    @property
    def before(self) -> float:
        """Visits had, as far as they are counted."""
        return self.past.visits if self.past else 0

    @property
    def left(self) -> float:
        """How many of the limit are still to be had."""
        return self.at_most - self.before - self.asked.granted


def count_of(context: Context, parameters: Mapping[str, object]) -> Count | None:
    """What is asked for beside what was had; None where the line tells no number.

    The parameters are those of the test `visits`.
    """
    in_days = parameters.get("days") is True
    asked = asked_days(context) if in_days else asked_visits(context)
    if asked is None:
        return None
    alone = parameters.get("alone") is True
    past = None if alone else had_before(context, parameters)
    most, why = ceiling(context, parameters)
    if "refreshed" in parameters and is_found(context, parameters, "refreshed", Value.PRESENT):
        fresh = (past.visits if past else 0) + amount_of(parameters, "refresher", 0)
        most, why = max((most, why), (fresh, "a refresher after a flare"))
    return Count(asked, past, most, DAYS if in_days else VISITS, why)


def had_before(context: Context, parameters: Mapping[str, object]) -> Past | None:
    """The visits had, after an operation where the rule counts from one.

    Before an operation no visit can have followed it.
    """
    begun = operated_on(context, parameters)
    if begun is None and conditions_of(parameters, "since"):
        return Past(0, ())
    return past_visits(context, words_of(parameters, "therapies"), since=begun)


def operated_on(context: Context, parameters: Mapping[str, object]) -> date | None:
    """The day from which visits count: the first on which `since` is told lately."""
    days = [day for fact in operations(context, parameters) if (day := day_of(fact))]
    return min(days, default=None)


def operations(context: Context, parameters: Mapping[str, object]) -> list[Fact]:
    """Statements of what the visits follow."""
    return matching(context, parameters, "since")


def whole_ceiling(context: Context, parameters: Mapping[str, object]) -> tuple[float, Condition]:
    """The ceiling of this case before anything halves or raises it, and the limit that sets it."""
    for limit in conditions_of(parameters, "by"):
        if _holds(context, limit):
            return amount_of(limit, "at_most", 0), limit
    return amount_of(parameters, "at_most", 0), {}


def ceiling(context: Context, parameters: Mapping[str, object]) -> tuple[float, str]:
    """The ceiling that holds for this case, and what sets it."""
    most, limit = whole_ceiling(context, parameters)
    name = text(limit.get("name")) or text(parameters.get("otherwise"))
    if "gain" in parameters and is_found(context, parameters, "gain", Value.MET):
        gained = amount_of(parameters, "with_gain", most)
        return amount_of(limit, "with_gain", gained), name
    if parameters.get("half") is True:
        return float(-(-most // 2)), f"half of {int(most)}{f' for {name}' if name else ''}"
    special = most != amount_of(parameters, "at_most", 0) or "otherwise" in parameters
    return most, name if special else ""


def is_found(context: Context, parameters: Mapping[str, object], name: str, value: Value) -> bool:
    """Whether the criterion that a parameter names was found to have a value."""
    finding = context.findings.get(CriterionId(text(parameters.get(name))))
    return finding is not None and finding.value is value


def _holds(context: Context, limit: Condition) -> bool:
    """Whether a special ceiling is this case's: a condition, or a word of the request."""
    told = case_words(context)
    named = any(word in told for word in words_of(limit, "words") if word)
    conditions = conditions_of(limit, "when")
    return named or any(matching_one(context, condition) for condition in conditions)


def case_words(context: Context) -> str:
    """The lines of the application, and the operations that the record names."""
    lines = [f"{item.request_text} {item.request.text}" for item in context.items]
    lines += [text(fact.value.get("kind")) for fact in context.ever("acute_postoperative")]
    lines += [text(fact.value.get("procedure")) for fact in context.ever("prior_procedure")]
    return "\n".join(lines).casefold()
