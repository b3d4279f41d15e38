"""The response to a continued drug, and whether it is its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from openimr.evaluate.context import RULE_MONTH, Context, LeafResult, amount_of
from openimr.evaluate.leaves.comparison import comparisons
from openimr.evaluate.leaves.credit import credited
from openimr.evaluate.leaves.function import is_gain, is_no_gain
from openimr.evaluate.leaves.history import stage
from openimr.evaluate.regimen import day_of, text
from openimr.evaluate.wording import plain, says
from openimr.model.evidence import Fact
from openimr.model.finding import Value


def response(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """The answer to a continued drug: relief of at least so many per cent, or a gain."""
    least = amount_of(parameters, "percent", 0)
    compared = comparisons(context)
    if stage(context) is Value.PRESENT:
        # What was better before its first dose is no answer to it.
        compared = [
            one for one in compared if any(context.is_this_drug(f.subject) for f in one.facts)
        ]
    helping = [one for one in compared if one.helps]
    enough = [one for one in helping if one.percent is None or one.percent >= least]
    better = [fact for one in enough for fact in one.facts]
    worse = [fact for one in compared if not one.helps for fact in one.facts]
    gains = [fact for fact in context.said("functional_improvement") if context.concerns(fact)]
    if least == 0 or not compared:
        better += [fact for fact in gains if is_gain(fact)]
    worse += [f for f in gains if is_no_gain(f) and context.is_this_drug(f.subject)]
    worse += _failures(context)
    if stage(context) is Value.PRESENT:
        # What was better before its first dose is no answer to it.
        better = [fact for fact in better if context.is_this_drug(fact.subject)]
    if better or worse:
        return credited(context, better, worse)
    small = [fact for one in helping for fact in one.facts]
    if not small:
        return LeafResult(value=Value.NOT_DOCUMENTED)
    return LeafResult(
        value=Value.PARTIAL,
        statement=f"The relief stays below {plain(least)} %: {says(small)}.",
        supporting=tuple(small),
    )


def _failures(context: Context) -> list[Fact]:
    """Late statements that the drug itself did not do."""
    earliest = context.day - timedelta(days=round(context.settings.recency_months * RULE_MONTH))
    return [
        fact
        for fact in context.ever("prior_nonopioid_trials")
        if text(fact.value.get("outcome")) == "failed"
        and context.is_this_drug(text(fact.value.get("generic")))
        and (day_of(fact) or date.min) >= earliest
    ]


def attribution(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Whether the recorded effects are tied to this drug."""
    del parameters
    said = [fact for one in comparisons(context) if one.helps for fact in one.facts]
    said += [
        fact
        for fact in context.said("functional_improvement")
        if fact.subject is not None and context.concerns(fact) and is_gain(fact)
    ]
    said += [f for f in context.said("return_to_work") if f.value.get("with_medication") is True]
    tied = [fact for fact in said if context.is_this_drug(fact.subject)]
    if not said:
        return LeafResult(value=Value.NOT_DOCUMENTED)
    if tied:
        value, head, shown = (
            Value.MET,
            f"An effect is recorded for {context.drug_name} itself",
            tied,
        )
    elif context.several_analgesics():
        value, shown = Value.PARTIAL, said
        head = (
            f"Effects are recorded for the medication as a whole, not for {context.drug_name}, "
            "while analgesics of other classes are taken"
        )
    else:
        value, shown = Value.MET, said
        head = (
            f"No analgesic of another class than {context.drug_name} is recorded beside the effect"
        )
    return LeafResult(value=value, statement=f"{head}: {says(shown)}.", supporting=tuple(shown))
