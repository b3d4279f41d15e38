"""Visits, frequency and length of a therapy against their limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from openimr.evaluate.asked import HOURS_OF_A_DAY, Asked, asked_days, asked_visits, is_called_first
from openimr.evaluate.context import Context, LeafResult, amount_of, newest, words_of
from openimr.evaluate.dose import Range
from openimr.evaluate.leaves.conditions import Condition, conditions_of, matching
from openimr.evaluate.past_visits import Past, past_visits
from openimr.evaluate.regimen import text
from openimr.evaluate.wording import listed, plain, says
from openimr.model.finding import Calculation, Value
from openimr.model.ids import CriterionId

VISITS = "visits"
"""The test's name in the rulebook."""


@dataclass(frozen=True)
class Count:
    """Visits asked for, had and allowed, and the limit they are laid against."""

    asked: Asked
    past: Past | None
    at_most: float
    unit: str

    @property
    def total(self) -> Range:
        """All visits together; those that nobody counted may only make it larger."""
        before = (self.past.visits if self.past else 0) + self.asked.granted
        return self.asked.visits.plus(Range(before, before))

    @property
    def left(self) -> float:
        """How many of the limit are still to be had."""
        return self.at_most - (self.past.visits if self.past else 0) - self.asked.granted


def visits(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Visits asked for together with those already had, against a ceiling.

    `by`: other ceilings, each where its conditions (`when`) hold or the case names its `words`.
    `with_gain`: the ceiling once the criterion `gain` is met. `therapies`: the words that name the
    therapy in a record. `since`: only visits after what these conditions find count, such as an
    operation. `days`: full days of a programme are counted.
    """
    count = count_of(context, parameters)
    if count is None:
        return LeafResult(
            value=Value.UNKNOWN,
            statement=f"The request for {context.drug_name} gives no number of visits.",
        )
    value = count.total.against(count.at_most)
    if count.past is None and value is Value.WITHIN and not is_called_first(context):
        value = Value.UNKNOWN
    step = Calculation(
        name="visits",
        expression=_sum(count),
        result=count.total.settled,
        unit=count.unit,
        inputs=tuple(sorted(fact.id for fact in count.past.facts)) if count.past else (),
    )
    return LeafResult(
        value=value,
        statement=_sentence(context, count, value),
        supporting=count.past.facts if count.past else (),
        calculations=(step,),
    )


def count_of(context: Context, parameters: Mapping[str, object]) -> Count | None:
    """What `visits` compares; None where the line tells no number."""
    in_days = parameters.get("days") is True
    asked = asked_days(context) if in_days else asked_visits(context)
    if asked is None:
        return None
    operations = matching(context, parameters, "since")
    past = past_visits(
        context,
        words_of(parameters, "therapies"),
        since=newest(operations) if operations else None,
    )
    return Count(asked, past, _ceiling(context, parameters), "full days" if in_days else "visits")


def is_used_up(context: Context, parameters: Mapping[str, object]) -> bool:
    """Whether nothing of the ceiling is left for the visits in dispute."""
    count = count_of(context, parameters)
    return count is not None and count.left < 1


def fewer(context: Context, parameters: Mapping[str, object]) -> str | None:
    """What is left of the ceiling in words: `4 visits`, `10 full days (80 hours)`."""
    count = count_of(context, parameters)
    if count is None or count.left < 1:
        return None
    left = int(count.left)
    if parameters.get("days") is True:
        return f"{left} full day{'' if left == 1 else 's'} ({left * HOURS_OF_A_DAY} hours)"
    beyond = f" beyond the {plain(count.asked.granted)} that UR allowed"
    return f"{left} visit{'' if left == 1 else 's'}{beyond if count.asked.granted else ''}"


def _ceiling(context: Context, parameters: Mapping[str, object]) -> float:
    at_most = amount_of(parameters, "at_most", 0)
    for limit in conditions_of(parameters, "by"):
        if _holds(context, limit):
            at_most = amount_of(limit, "at_most", at_most)
            break
    gained = context.findings.get(CriterionId(text(parameters.get("gain"))))
    if gained is not None and gained.value is Value.MET:
        return amount_of(parameters, "with_gain", at_most)
    return at_most


def _holds(context: Context, limit: Condition) -> bool:
    """Whether a special ceiling is this case's: a condition, or a word of the request."""
    told = _told(context)
    named = any(word in told for word in words_of(limit, "words") if word)
    return named or bool(matching(context, limit, "when"))


def _told(context: Context) -> str:
    """The lines of the application, and the operations that the record names."""
    lines = [f"{item.request_text} {item.request.text}" for item in context.items]
    lines += [text(fact.value.get("kind")) for fact in context.ever("acute_postoperative")]
    return "\n".join(lines).casefold()


def _sum(count: Count) -> str:
    parts = [count.asked.shown]
    if count.past:
        parts.append(f"{plain(count.past.visits)} had before")
    if count.asked.granted:
        parts.append(f"{plain(count.asked.granted)} allowed by UR")
    if len(parts) == 1:
        return parts[0]
    return f"{' + '.join(parts)} = {count.total} {count.unit}"


def _sentence(context: Context, count: Count, value: Value) -> str:
    limit = f"{plain(count.at_most)} {count.unit}"
    verdict = {
        Value.WITHIN: f"within {limit}",
        Value.EXCEEDED: f"above {limit}",
        Value.UNKNOWN: f"so whether it stays within {limit} is not known",
    }[value]
    if count.past:
        note = f": {says(count.past.facts)}"
    elif is_called_first(context):
        note = "; it is asked for as a first course"
    else:
        note = "; no count of earlier visits is recorded"
    return f"The request comes to {_sum(count)}, {verdict}{note}."


def schedule(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """How often and for how long the line asks, against ceilings of each."""
    request = context.item.request
    often = _span(request.per_week_min, request.per_week)
    long = _span(request.weeks_min, request.weeks)
    checks = [
        (often, amount_of(parameters, "per_week_at_most", 0), "visits a week"),
        (long, amount_of(parameters, "weeks_at_most", 0), "weeks"),
    ]
    told = [(span, most, unit) for span, most, unit in checks if span is not None and most]
    if not told:
        return LeafResult(
            value=Value.UNKNOWN,
            statement="The request line does not say how often and for how long.",
        )
    values = [span.against(most) for span, most, _ in told]
    value = next((v for v in (Value.EXCEEDED, Value.UNKNOWN) if v in values), Value.WITHIN)
    parts = listed(f"{span} {unit}, where the limit is {plain(most)}" for span, most, unit in told)
    return LeafResult(value=value, statement=f"The request is for {parts}.")


def _span(low: float | None, high: float | None) -> Range | None:
    return None if high is None else Range(low or high, high)
