"""How fast a taper steps down, from the counts of the request line and of the last supply."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from openimr.evaluate.context import Context, LeafResult, amount_of
from openimr.evaluate.dose import MONTH
from openimr.evaluate.regimen import number
from openimr.evaluate.wording import plain, says
from openimr.model.evidence import Fact
from openimr.model.finding import Calculation, Value

_COUNT = re.compile(r"#\s?(\d{1,4})\b")
_WEEKLY = re.compile(r"\b(?:weekly|(?:per|each|every|a) week)\b|/wk\b", re.IGNORECASE)


def taper_pace(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """The largest step of a taper in per cent of the first dose a week, against a ceiling.

    `#60 (weaning), then #45, then #30` after a supply of 90 steps down by 30, 15 and 15 units; a
    step lasts a month unless the line says a week.
    """
    most = amount_of(parameters, "percent_a_week", 50)
    line = context.item.request_text
    counts = [int(count) for count in _COUNT.findall(line)] or _asked(context)
    before = _supply_before(context)
    steps = [*([_monthly(before)] if before else []), *counts]
    drops = [one - other for one, other in pairwise(steps)]
    if not counts or not drops or min(drops) < 0 or not steps[0]:
        return LeafResult(
            value=Value.UNKNOWN, statement="The request tells no steps of a taper to measure."
        )
    step = _pace(steps, max(drops), days=7 if _WEEKLY.search(line) else MONTH, before=before)
    pace = step.result or 0.0
    kept = pace <= most
    shown = f", from {says([before])}" if before else ""
    return LeafResult(
        value=Value.WITHIN if kept else Value.EXCEEDED,
        statement=(
            f"The largest step is {plain(pace)} % of the first dose a week, "
            f"{'within' if kept else 'above'} {plain(most)} %{shown}: {step.expression}."
        ),
        supporting=(before,) if before and kept else (),
        opposing=(before,) if before and not kept else (),
        calculations=(step,),
    )


def _pace(steps: list[float], largest: float, *, days: int, before: Fact | None) -> Calculation:
    """The largest step in per cent of the first dose a week, written out."""
    pace = 100 * largest / steps[0] / (days / 7)
    told = " to ".join(plain(step) for step in steps)
    return Calculation(
        name="pace of the taper",
        expression=(
            f"{told} units: {plain(largest)} of {plain(steps[0])} in {days} days = "
            f"{plain(pace)} % a week"
        ),
        result=round(pace, 2),
        unit="%/week",
        assumptions=() if days == 7 else (f"{MONTH} days assumed for each step",),
        inputs=(before.id,) if before else (),
    )


def _asked(context: Context) -> list[int]:
    """The request's own quantity, where the line writes it without a number sign."""
    quantity = context.item.request.quantity
    return [int(quantity)] if quantity else []


def _monthly(fact: Fact) -> float:
    """The units of a supply: its count, else a month of its directions."""
    counted = number(fact.value.get("quantity"))
    return counted or (number(fact.value.get("per_day")) or 0) * MONTH


def _supply_before(context: Context) -> Fact | None:
    """The newest supply of the same strength before the request, where the record counts it."""
    use = context.regimen.use_of(context.drug)
    strength = context.item.request.strength
    counted = [
        fact
        for fact in (use.taking if use else ())
        if _monthly(fact) and fact.value.get("strength") in {strength, None}
    ]
    return counted[-1] if counted else None
