"""Function and work: what can the patient do with the drug that was not possible without it?"""

from __future__ import annotations

from collections.abc import Mapping

from openimr.evaluate.context import Context, LeafResult, newest, words_of
from openimr.evaluate.leaves.credit import by_visit, credited, score_of
from openimr.evaluate.regimen import number, text
from openimr.evaluate.wording import says
from openimr.model.evidence import Assertion, Fact
from openimr.model.finding import Value


def function(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """A specific gain in activities, fewer restrictions, or a better score on an instrument."""
    said = [fact for fact in context.said("functional_improvement") if context.concerns(fact)]
    better = [fact for fact in said if is_gain(fact)]
    vague = [fact for fact in better if not is_specific(fact)]
    specific = [fact for fact in better if is_specific(fact)]
    specific += [
        fact
        for fact in context.said("work_restrictions")
        if context.concerns(fact) and text(fact.value.get("direction")) == "fewer"
    ]
    gained, lost = instrument_changes(
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


def is_specific(fact: Fact) -> bool:
    """Whether it names an activity or a measure."""
    value = fact.value
    named = value.get("activities") or value.get("percent") or value.get("after")
    return value.get("specific") is True or bool(named)


def _deficits(said: list[Fact]) -> str:
    deficits = [fact for fact in said if text(fact.value.get("direction")) == "deficit"]
    return f"; limits are recorded without a comparison: {says(deficits)}" if deficits else ""


def instrument_changes(
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
            change = score_of(visits[-1]) - score_of(visits[0])
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
