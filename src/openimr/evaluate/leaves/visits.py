"""Visits, frequency and length of a therapy against their limits."""

from __future__ import annotations

from collections.abc import Mapping

from openimr.evaluate.asked import HOURS_OF_A_DAY, is_called_first, is_called_more
from openimr.evaluate.context import RULE_MONTH, Context, LeafResult, amount_of
from openimr.evaluate.dose import Range
from openimr.evaluate.leaves.conditions import conditions_of, matching_one
from openimr.evaluate.leaves.visit_count import (
    Count,
    ceiling,
    count_of,
    had_before,
    is_found,
    operated_on,
    operations,
    whole_ceiling,
)
from openimr.evaluate.regimen import number
from openimr.evaluate.wording import plain, says, us_date
from openimr.model.finding import Calculation, Value
from openimr.model.prose import listed
from openimr.model.rule import Role

TEST = "visits"
"""The name of the test of visits in the rulebook."""


def visits(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Visits asked for together with those already had, against a ceiling.

    Which visits: `therapies` are the words that name the therapy in a record; `since` counts only
    those after what its conditions find, such as an operation; `alone` counts none before;
    `days` counts full days of a programme.
    Which ceiling: `by` gives others, each where its conditions (`when`) hold or the case names its
    `words`, and a period in `months` after the operation; `otherwise` names the usual one; `half`
    halves it; `with_gain` holds once the criterion `gain` is met; `refresher` visits are free once
    `refreshed` is present.
    When it speaks: `when_all` conditions must all hold, and the criterion `unless` not.
    As an exception it asks whether some of the ceiling is left, whatever the request asks for.
    """
    if context.criterion.role is Role.EXCEPTION:
        return _left(context, parameters)
    idle = _idle(context, parameters)
    if idle:
        return LeafResult(value=Value.UNKNOWN, statement=idle)
    over = _after_period(context, parameters)
    if over is not None:
        return over
    count = count_of(context, parameters)
    if count is None:
        return LeafResult(
            value=Value.UNKNOWN,
            statement=f"The request for {context.drug_name} gives no number of visits.",
        )
    value = count.total.against(count.at_most)
    silent = count.past is None and parameters.get("alone") is not True
    read_as_first = parameters.get("first_where_silent") is True and not is_called_more(context)
    if value is Value.WITHIN and silent and not (read_as_first or is_called_first(context)):
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
        statement=_sentence(context, count, value, silent=silent),
        supporting=count.past.facts if count.past else (),
        calculations=(step,),
        searched=silent and not is_called_first(context),
    )


def _idle(context: Context, parameters: Mapping[str, object]) -> str:
    """Why the limit does not speak to this case; empty where it does."""
    conditions = conditions_of(parameters, "when_all")
    if not all(matching_one(context, condition) for condition in conditions):
        sought = context.criterion.sought or "reason"
        return f"No {sought} is recorded, so its limit does not apply."
    if "unless" in parameters and is_found(context, parameters, "unless", Value.PRESENT):
        return "The limit speaks of visits after a first course."
    return ""


def _after_period(context: Context, parameters: Mapping[str, object]) -> LeafResult | None:
    """The period after an operation, where the request comes later than its end."""
    begun = operated_on(context, parameters)
    _, limit = whole_ceiling(context, parameters)
    months = number(limit.get("months")) or amount_of(parameters, "months", 0)
    request = context.item.request
    now = (request.date_of_service if request.retrospective else None) or context.day
    if begun is None or not months or (now - begun).days <= months * RULE_MONTH:
        return None
    told = operations(context, parameters)
    return LeafResult(
        value=Value.EXCEEDED,
        statement=(
            f"The request comes after the period of {plain(months)} months that ran from "
            f"{us_date(begun)} at the latest: {says(told)}."
        ),
        opposing=tuple(told),
    )


def is_used_up(context: Context, parameters: Mapping[str, object]) -> bool:
    """Whether nothing of the ceiling is left for the visits in dispute."""
    if _after_period(context, parameters) is not None:
        return True
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


def _left(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Whether visits of the ceiling are still to be had, as far as the record counts them."""
    most, _ = ceiling(context, parameters)
    past = had_before(context, parameters)
    if past is None or not past.facts:
        return LeafResult(
            value=Value.PRESENT,
            statement=f"No visit is recorded, so the first {plain(most)} are open.",
            searched=True,
        )
    counted = f"{plain(past.visits)} of the first {plain(most)} visits"
    told = f"{counted} are recorded: {says(past.facts)}."
    if past.visits < most:
        return LeafResult(value=Value.PRESENT, statement=told, supporting=past.facts)
    return LeafResult(value=Value.ABSENT, statement=told, opposing=past.facts)


def _sum(count: Count) -> str:
    parts = [count.asked.shown]
    if count.past:
        parts.append(f"{plain(count.past.visits)} had before")
    if count.asked.granted:
        parts.append(f"{plain(count.asked.granted)} allowed by UR")
    if len(parts) == 1:
        return parts[0]
    return f"{' + '.join(parts)} = {count.total} {count.unit}"


def _sentence(context: Context, count: Count, value: Value, *, silent: bool) -> str:
    limit = f"{plain(count.at_most)} {count.unit}{f' ({count.why})' if count.why else ''}"
    verdict = {
        Value.WITHIN: f"within {limit}",
        Value.EXCEEDED: f"above {limit}",
        Value.UNKNOWN: f"so whether it stays within {limit} is not known",
    }[value]
    note = ""
    if count.past and count.past.facts:
        note = f": {says(count.past.facts)}"
    elif is_called_first(context):
        note = "; it is asked for as a first course"
    elif silent:
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
