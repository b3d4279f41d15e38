"""Time since something was last done, and how often it was done lately."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from openimr.evaluate.context import RULE_MONTH, Context, LeafResult, amount_of
from openimr.evaluate.leaves.conditions import matching
from openimr.evaluate.regimen import day_of
from openimr.evaluate.wording import plain, says, us_date
from openimr.model.finding import Value


def interval(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Days since the newest statement that `of` finds, against the least interval.

    The request's own day is no earlier one. Silence is unknown: it may have been done elsewhere.
    """
    least = amount_of(parameters, "at_least_days", 0)
    done = [
        f for f in matching(context, parameters, "of") if (day_of(f) or context.day) < context.day
    ]
    if not done:
        return LeafResult(value=Value.UNKNOWN)
    last = max(done, key=lambda fact: (str(day_of(fact)), fact.id))
    day = day_of(last) or context.day
    passed = (context.day - day).days
    kept = passed >= least
    return LeafResult(
        value=Value.WITHIN if kept else Value.EXCEEDED,
        statement=(
            f"The last one was on {us_date(day)}, {passed} days before the decision, "
            f"{'not less' if kept else 'less'} than {plain(least)} days: {says([last])}."
        ),
        supporting=(last,) if kept else (),
        opposing=() if kept else (last,),
    )


def times_within(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """How many days of the last months saw what `of` finds, the request with them.

    Where none is recorded the request counts alone; the certificate of the search stands behind it.
    """
    most, months = amount_of(parameters, "at_most", 1), amount_of(parameters, "months", 12)
    since = context.day - timedelta(days=round(months * RULE_MONTH))
    done = {day: fact for fact in matching(context, parameters, "of") if (day := day_of(fact))}
    recent = {day: fact for day, fact in done.items() if since <= day < context.day}
    count = len(recent) + 1
    if not done:
        return LeafResult(
            value=Value.WITHIN,
            statement=f"No earlier one is recorded; the limit is {plain(most)}.",
            searched=True,
        )
    over = count > most
    told = f"{len(recent)} within {plain(months)} months, {count} with the request"
    shown = f": {says(recent.values())}" if recent else ""
    return LeafResult(
        value=Value.EXCEEDED if over else Value.WITHIN,
        statement=f"{told}, {'above' if over else 'within'} the limit of {plain(most)}{shown}.",
        supporting=() if over else tuple(recent.values()),
        opposing=tuple(recent.values()) if over else (),
    )
