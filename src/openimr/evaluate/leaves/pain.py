"""Pain: does the record show that the drug lowers it?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from openimr.evaluate.context import Context, LeafResult, amount_of, newest
from openimr.evaluate.leaves.comparison import comparisons
from openimr.evaluate.leaves.credit import by_visit, credited, is_of_its_visit, score_of
from openimr.evaluate.regimen import day_of, number, text
from openimr.evaluate.wording import says
from openimr.model.evidence import Assertion, Fact
from openimr.model.finding import Value

_ON_DRUG = frozenset({"unspecified", "current", "average", "with_medication", ""})
_SERIES = frozenset({"unspecified", "current", "average", ""})


def analgesia(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Pain with and without the drug, a percentage of relief, or a course of scores.

    A score on one side only shows no comparison, so it counts for nothing, unless it is severe
    while the drug is taken. Explicit comparisons come before a course of scores.
    """
    compared = comparisons(context)
    better = [fact for one in compared if one.helps for fact in one.facts]
    worse = [fact for one in compared if not one.helps for fact in one.facts]
    scores = [
        fact
        for fact in context.said("pain_score")
        if fact.assertion is Assertion.PRESENT
        and context.concerns(fact)
        and number(fact.value.get("score")) is not None
    ]
    severe_from = amount_of(parameters, "severe_from", 7)
    better = [fact for fact in better if not _is_idle(fact, scores, severe_from)]
    if better or worse:
        worse += [fact for fact in scores if _is_lost_relief(context, fact, severe_from, better)]
        return credited(context, better, worse)
    return (
        _course(context, scores, int(amount_of(parameters, "series_visits", 3)))
        or _severe(context, scores, severe_from)
        or LeafResult(
            value=Value.NOT_DOCUMENTED,
            remark=f"; recorded without a comparison: {says(scores)}" if scores else "",
        )
    )


def _is_idle(relief: Fact, scores: list[Fact], severe_from: float) -> bool:
    """Some relief without a measure, told at a visit where the pain on the drug is severe."""
    measured = any(number(relief.value.get(key)) is not None for key in ("percent", "with"))
    if measured or text(relief.value.get("relief")) != "some":
        return False
    on_day = [
        fact
        for fact in scores
        if day_of(fact) == day_of(relief) and text(fact.value.get("context")) in _ON_DRUG
    ]
    return bool(on_day) and min(map(score_of, on_day)) >= severe_from


def _is_lost_relief(context: Context, score: Fact, severe_from: float, better: list[Fact]) -> bool:
    """Severe pain on the drug at a later visit than the comparison that showed relief."""
    on_drug = text(score.value.get("context")) == "with_medication"
    tied = on_drug or context.is_this_drug(score.subject)
    later = (day_of(score) or date.min) > newest(better)
    return bool(better) and tied and later and score_of(score) >= severe_from


def _course(context: Context, scores: list[Fact], visits: int) -> LeafResult | None:
    """Scores over the visits that fall, or that never fall; None for too few or a mixed course."""
    series = by_visit(
        fact
        for fact in scores
        if text(fact.value.get("context")) in _SERIES and is_of_its_visit(fact)
    )
    values = [score_of(fact) for fact in series]
    if len(series) < visits:
        return None
    if values[0] > values[-1] and all(one >= other for one, other in pairwise(values)):
        return credited(context, series, [], "The pain scores fall over the visits")
    if all(one <= other for one, other in pairwise(values)):
        return LeafResult(
            value=Value.CONTRADICTED,
            statement=f"The pain scores do not fall over the visits: {says(series)}.",
            opposing=tuple(series),
        )
    return None


def _severe(context: Context, scores: list[Fact], severe_from: float) -> LeafResult | None:
    """Severe pain at the newest visit, while the drug is taken and nothing compares it."""
    on_drug = [fact for fact in scores if text(fact.value.get("context")) in _ON_DRUG]
    day = newest(on_drug)
    latest = [fact for fact in on_drug if (day_of(fact) or date.min) == day]
    severe = [fact for fact in latest if score_of(fact) >= severe_from]
    if not severe:
        return None
    return LeafResult(
        value=Value.CONTRADICTED,
        statement=(
            f"Severe pain is recorded while {context.drug_name} is taken, "
            f"with nothing to compare it with: {says(severe)}."
        ),
        opposing=tuple(severe),
    )
