"""Pain and function: does the record show that the drug helps, and is the help its own?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

from openimr.evaluate.context import Context, LeafResult, amount_of, newest, weigh, words_of
from openimr.evaluate.leaves.comparison import comparisons
from openimr.evaluate.regimen import day_of, number, text
from openimr.evaluate.wording import plain, says
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


def _is_lost_relief(context: Context, score: Fact, severe_from: float, better: list[Fact]) -> bool:
    """Severe pain on the drug at a later visit than the comparison that showed relief."""
    on_drug = text(score.value.get("context")) == "with_medication"
    tied = on_drug or context.is_this_drug(score.subject)
    later = (day_of(score) or date.min) > newest(better)
    return bool(better) and tied and later and _score(score) >= severe_from


def _course(context: Context, scores: list[Fact], visits: int) -> LeafResult | None:
    """Scores over the visits that fall, or that never fall; None for too few or a mixed course."""
    series = by_visit(
        fact
        for fact in scores
        if text(fact.value.get("context")) in _SERIES and is_of_its_visit(fact)
    )
    values = [_score(fact) for fact in series]
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
    severe = [fact for fact in latest if _score(fact) >= severe_from]
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


def _score(fact: Fact) -> float:
    return number(fact.value.get("score")) or 0.0


def is_of_its_visit(fact: Fact) -> bool:
    """Whether a document speaks of its own day.

    A therapist's log or a history retells other days, which are no visits of the prescriber.
    """
    return fact.date is None or fact.written is None or fact.date == fact.written


def by_visit(facts: Iterable[Fact]) -> list[Fact]:
    """The first statement of each dated visit, oldest first."""
    by_day: dict[date, Fact] = {}
    for fact in facts:
        day = day_of(fact)
        if day is not None:
            by_day.setdefault(day, fact)
    return [by_day[day] for day in sorted(by_day)]


def credited(
    context: Context, better: list[Fact], worse: list[Fact], head: str = "The record shows a gain"
) -> LeafResult:
    """Evidence weighed, and credited to the drug only if it is tied to it (P-1).

    What names the drug outweighs what the same day says of all medicines or of none.
    """
    value = weigh(better, worse)
    if value is Value.CONFLICTING:
        value = _by_name(context, better, worse)
    creditable = context.is_creditable()
    tied = {fact.id for fact in better if creditable or context.is_this_drug(fact.subject)}
    if value is Value.MET and not tied:
        value = Value.PARTIAL
        head = (
            f"A gain is recorded but not tied to {context.drug_name} while analgesics of other "
            "classes are taken"
        )
    heads = {
        Value.CONTRADICTED: "The record shows no gain",
        Value.CONFLICTING: "The record contradicts itself on the same day",
    }
    own = [fact for fact in better if fact.id in tied or fact.concept == "pain_score"]
    shown = {Value.MET: own, Value.PARTIAL: better, Value.CONTRADICTED: worse}
    return LeafResult(
        value=value,
        statement=f"{heads.get(value, head)}: {says(shown.get(value, [*better, *worse]))}.",
        supporting=tuple(better),
        opposing=tuple(worse),
    )


def _by_name(context: Context, better: list[Fact], worse: list[Fact]) -> Value:
    """The value of a conflict by what names the drug; a conflict still if both sides or none do."""
    for_it = [fact for fact in better if context.is_this_drug(fact.subject)]
    against_it = [fact for fact in worse if context.is_this_drug(fact.subject)]
    one_sided = bool(for_it) != bool(against_it)
    return weigh(for_it, against_it) if one_sided else Value.CONFLICTING


def function(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """A specific gain in activities, fewer restrictions, or a better score on an instrument."""
    said = [fact for fact in context.said("functional_improvement") if context.concerns(fact)]
    better = [fact for fact in said if is_gain(fact)]
    vague = [fact for fact in better if not _is_specific(fact)]
    specific = [fact for fact in better if _is_specific(fact)]
    specific += [
        fact
        for fact in context.said("work_restrictions")
        if context.concerns(fact) and text(fact.value.get("direction")) == "fewer"
    ]
    gained, lost = _instrument_changes(
        context, words_of(parameters, "higher_is_better"), words_of(parameters, "also")
    )
    specific += gained
    worse = [fact for fact in said if is_no_gain(fact)] + lost
    if not specific and not vague and not worse:
        return LeafResult(value=Value.NOT_DOCUMENTED, remark=_deficits(said))
    result = credited(context, specific or vague, worse)
    if result.value is not Value.MET or specific:
        return result
    return LeafResult(
        value=Value.PARTIAL,
        statement=f"A gain is claimed without a named activity or measure: {says(vague)}.",
        supporting=tuple(vague),
        opposing=tuple(worse),
    )


def is_gain(fact: Fact) -> bool:
    """Whether a statement of function says that it is better."""
    return fact.assertion is Assertion.PRESENT and text(fact.value.get("direction")) == "better"


def is_no_gain(fact: Fact) -> bool:
    """Whether it says unchanged, worse, or limited in spite of the medicine.

    A bare deficit compares nothing, so it is no contradiction.
    """
    direction = text(fact.value.get("direction"))
    if fact.assertion is Assertion.ABSENT:
        return direction in {"better", ""}
    return direction in {"same", "worse"} or (direction == "deficit" and fact.subject is not None)


def _is_specific(fact: Fact) -> bool:
    value = fact.value
    named = value.get("activities") or value.get("percent") or value.get("after")
    return value.get("specific") is True or bool(named)


def _deficits(said: list[Fact]) -> str:
    deficits = [fact for fact in said if text(fact.value.get("direction")) == "deficit"]
    return f"; limits are recorded without a comparison: {says(deficits)}" if deficits else ""


def _instrument_changes(
    context: Context, higher_is_better: tuple[str, ...], also: tuple[str, ...]
) -> tuple[list[Fact], list[Fact]]:
    """Newest scores of instruments of function that improved, and that did not.

    `also` names instruments of pain that measure interference with activity.
    """
    interference = {name.casefold() for name in also}
    rising = {name.casefold() for name in higher_is_better}
    by_name: dict[str, list[Fact]] = {}
    for fact in context.said("validated_instrument"):
        name, kind = text(fact.value.get("name")).casefold(), text(fact.value.get("kind"))
        of_function = kind == "function" or name in interference
        if of_function and number(fact.value.get("score")) is not None:
            by_name.setdefault(name, []).append(fact)
    gained: list[Fact] = []
    lost: list[Fact] = []
    for name, facts in sorted(by_name.items()):
        visits = by_visit(facts)
        if len(visits) > 1:
            change = _score(visits[-1]) - _score(visits[0])
            improved = change > 0 if name in rising else change < 0
            (gained if improved else lost).append(visits[-1])
    return gained, lost


def work(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """At work, with the medicine named as what allows it."""
    del parameters
    said = [fact for fact in context.said("return_to_work") if fact.assertion is Assertion.PRESENT]
    at_work = [f for f in said if text(f.value.get("status")) in {"full_duty", "modified_duty"}]
    enabled = [fact for fact in at_work if fact.value.get("with_medication") is True]
    off = [fact for fact in said if text(fact.value.get("status")) == "off_work"]
    if enabled and newest(enabled) >= newest(off):
        return credited(context, enabled, off, "Work is recorded, with the drug allowing it")
    if at_work and newest(at_work) > newest(off):
        return LeafResult(
            value=Value.PARTIAL,
            statement=f"Work is recorded, but not that the drug allows it: {says(at_work)}.",
            supporting=tuple(at_work),
            opposing=tuple(off),
        )
    if off:
        return LeafResult(
            value=Value.CONTRADICTED,
            statement=f"The record shows the patient off work: {says(off)}.",
            supporting=tuple(at_work),
            opposing=tuple(off),
        )
    return LeafResult(value=Value.NOT_DOCUMENTED)


def response(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """The answer to a continued drug: relief of at least so many per cent, or a gain."""
    least = amount_of(parameters, "percent", 0)
    compared = comparisons(context)
    helping = [one for one in compared if one.helps]
    enough = [one for one in helping if one.percent is None or one.percent >= least]
    better = [fact for one in enough for fact in one.facts]
    worse = [fact for one in compared if not one.helps for fact in one.facts]
    gains = [f for f in context.said("functional_improvement") if context.concerns(f)]
    if least == 0 or not compared:
        better += [fact for fact in gains if is_gain(fact)]
    worse += [f for f in gains if is_no_gain(f) and context.is_this_drug(f.subject)]
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


def attribution(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Whether the recorded effects are tied to this drug."""
    del parameters
    said = [fact for one in comparisons(context) for fact in one.facts]
    said += [
        fact
        for fact in context.said("functional_improvement")
        if fact.subject is not None and context.concerns(fact)
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
