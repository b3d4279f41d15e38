"""Pain, function and work: does the record show that the drug helps?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from openimr.evaluate.context import Context, LeafResult, amount_of, newest, weigh
from openimr.evaluate.regimen import day_of, number, text
from openimr.evaluate.wording import plain, says
from openimr.model.evidence import Assertion, Fact
from openimr.model.finding import Value
from openimr.model.ids import CriterionId

_RELIEF = "pain_with_without_medication"
_ON_DRUG = frozenset({"unspecified", "current", "average", "with_medication", ""})
_SERIES = frozenset({"unspecified", "current", "average", ""})


def analgesia(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Pain with and without the drug, a percentage of relief, or a course of scores.

    A score on one side only shows no comparison, so it counts for nothing, unless it is severe
    while the drug is taken. Explicit comparisons come before a course of scores.
    """
    compared = [fact for fact in context.said(_RELIEF) if context.concerns(fact)]
    compared += _paired_scores(context)
    better = [fact for fact in compared if _is_relief(fact) is True]
    worse = [fact for fact in compared if _is_relief(fact) is False]
    if better or worse:
        return credited(context, better, worse)
    return _course_of_scores(context, parameters)


def relief_percent(fact: Fact) -> float | None:
    """The relief in percent, as stated or from the two scores."""
    stated = number(fact.value.get("percent"))
    without, with_drug = number(fact.value.get("without")), number(fact.value.get("with"))
    if stated is not None:
        return stated
    if without is None or with_drug is None or without <= 0:
        return None
    return 100 * (without - with_drug) / without


def _is_relief(fact: Fact) -> bool | None:
    """Whether a comparison shows relief; None if it compares nothing."""
    value = fact.value
    if fact.assertion is Assertion.ABSENT:
        return False
    percent = relief_percent(fact)
    if percent is not None:
        return percent > 0
    relief, direction = text(value.get("relief")), text(value.get("direction"))
    if relief or direction:
        return relief in {"some", "good"} or direction == "better"
    return None


def _paired_scores(context: Context) -> list[Fact]:
    """Scores with and without medication of one visit, joined in the fact of the lower side."""
    found: list[Fact] = []
    scores = [fact for fact in context.said("pain_score") if context.concerns(fact)]
    for fact in scores:
        if text(fact.value.get("context")) != "with_medication":
            continue
        for other in scores:
            without = text(other.value.get("context")) == "without_medication"
            if without and _same_place(fact, other):
                found.append(_joined(fact, other))
                break
    return found


def _same_place(one: Fact, other: Fact) -> bool:
    same_site = text(one.value.get("site")) == text(other.value.get("site"))
    return same_site and day_of(one) == day_of(other) and one.written == other.written


def _joined(with_drug: Fact, without: Fact) -> Fact:
    from dataclasses import replace

    value = {"with": with_drug.value.get("score"), "without": without.value.get("score")}
    return replace(with_drug, value=value)


def _course_of_scores(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    visits = int(amount_of(parameters, "series_visits", 3))
    severe_from = amount_of(parameters, "severe_from", 7)
    scores = [
        fact
        for fact in context.said("pain_score")
        if fact.assertion is Assertion.PRESENT
        and context.concerns(fact)
        and number(fact.value.get("score")) is not None
    ]
    series = _by_visit(fact for fact in scores if text(fact.value.get("context")) in _SERIES)
    values = [number(fact.value.get("score")) or 0.0 for fact in series]
    if len(series) >= visits and all(a >= b for a, b in zip(values, values[1:], strict=False)):
        if values[0] > values[-1]:
            return credited(context, series, [], "The pain scores fall over the visits")
    if len(series) >= visits and all(a <= b for a, b in zip(values, values[1:], strict=False)):
        return LeafResult(
            value=Value.CONTRADICTED,
            statement=f"The pain scores do not fall over the visits: {says(series)}.",
            opposing=tuple(series),
        )
    latest = [fact for fact in scores if text(fact.value.get("context")) in _ON_DRUG]
    latest = [fact for fact in latest if day_of(fact) == newest(latest)] if latest else []
    severe = [fact for fact in latest if (number(fact.value.get("score")) or 0) >= severe_from]
    if severe:
        return LeafResult(
            value=Value.CONTRADICTED,
            statement=(
                f"Severe pain is recorded while {context.drug_name} is taken, "
                f"with nothing to compare it with: {says(severe)}."
            ),
            opposing=tuple(severe),
        )
    remark = f"; recorded without a comparison: {says(scores)}" if scores else ""
    return LeafResult(value=Value.NOT_DOCUMENTED, remark=remark)


def _by_visit(facts: Iterable[Fact]) -> list[Fact]:
    """The first score of each dated visit, oldest first."""
    by_day = {}
    for fact in facts:
        if day_of(fact) is not None:
            by_day.setdefault(day_of(fact), fact)
    return [by_day[day] for day in sorted(by_day, key=str)]


def credited(context: Context, better: list[Fact], worse: list[Fact], head: str = "") -> LeafResult:
    """Evidence weighed, and credited to the drug only if it is tied to it (P-1)."""
    value = weigh(better, worse)
    tied = [fact for fact in better if context.is_tied(fact)]
    if value is Value.MET and not tied:
        return LeafResult(
            value=Value.PARTIAL,
            statement=(
                f"A gain is recorded but not tied to {context.drug_name} while analgesics of other "
                f"classes are taken: {says(better)}."
            ),
            supporting=tuple(better),
            opposing=tuple(worse),
        )
    shown = {Value.MET: tied or better, Value.CONTRADICTED: worse}.get(value, [*better, *worse])
    heads = {
        Value.MET: head or "The record shows a gain",
        Value.CONTRADICTED: "The record shows no gain",
        Value.CONFLICTING: "The record contradicts itself on the same day",
    }
    return LeafResult(
        value=value,
        statement=f"{heads[value]}: {says(shown)}.",
        supporting=tuple(better),
        opposing=tuple(worse),
    )


def function(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """A specific gain in activities, fewer restrictions, or a better score on an instrument."""
    said = [fact for fact in context.said("functional_improvement") if context.concerns(fact)]
    restrictions = [fact for fact in context.said("work_restrictions") if context.concerns(fact)]
    better = [fact for fact in said if _is_gain(fact)]
    vague = [fact for fact in better if not _is_specific(fact)]
    specific = [fact for fact in better if _is_specific(fact)]
    specific += [fact for fact in restrictions if text(fact.value.get("direction")) == "fewer"]
    gained, lost = _instrument_changes(context, parameters)
    specific += gained
    worse = [fact for fact in said if _is_no_gain(fact)] + lost
    if not specific and not vague and not worse:
        return LeafResult(value=Value.NOT_DOCUMENTED, remark=_deficits(said))
    result = credited(context, specific or vague, worse)
    if result.value is Value.MET and not specific:
        return LeafResult(
            value=Value.PARTIAL,
            statement=f"A gain is claimed without a named activity or measure: {says(vague)}.",
            supporting=tuple(vague),
            opposing=tuple(worse),
        )
    return result


def _is_gain(fact: Fact) -> bool:
    return fact.assertion is Assertion.PRESENT and text(fact.value.get("direction")) == "better"


def _is_no_gain(fact: Fact) -> bool:
    """Unchanged or worse, or a deficit in spite of the medicine; a bare deficit compares nothing."""
    if fact.assertion is Assertion.ABSENT:
        return text(fact.value.get("direction")) in {"better", ""}
    direction = text(fact.value.get("direction"))
    return direction in {"same", "worse"} or (direction == "deficit" and fact.subject is not None)


def _is_specific(fact: Fact) -> bool:
    value = fact.value
    named = value.get("activities") or value.get("percent") or value.get("after")
    return value.get("specific") is True or bool(named)


def _deficits(said: list[Fact]) -> str:
    deficits = [fact for fact in said if text(fact.value.get("direction")) == "deficit"]
    return f"; limits are recorded without a comparison: {says(deficits)}" if deficits else ""


def _instrument_changes(
    context: Context, parameters: Mapping[str, object]
) -> tuple[list[Fact], list[Fact]]:
    """Newest scores of instruments of function that improved, and that did not."""
    higher_is_better = parameters.get("higher_is_better", ())
    rising = {str(name).casefold() for name in _sequence(higher_is_better)}
    by_name: dict[str, list[Fact]] = {}
    for fact in context.said("validated_instrument"):
        if (
            text(fact.value.get("kind")) == "function"
            and number(fact.value.get("score")) is not None
        ):
            by_name.setdefault(text(fact.value.get("name")).casefold(), []).append(fact)
    gained, lost = [], []
    for name, facts in sorted(by_name.items()):
        visits = _by_visit(facts)
        if len(visits) > 1:
            change = _number(visits[-1]) - _number(visits[0])
            improved = change > 0 if name in rising else change < 0
            (gained if improved else lost).append(visits[-1])
    return gained, lost


def _sequence(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, tuple | list) else ()


def _number(fact: Fact) -> float:
    return number(fact.value.get("score")) or 0.0


def work(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """At work, with the medicine named as what allows it."""
    del parameters
    said = [fact for fact in context.said("return_to_work") if fact.assertion is Assertion.PRESENT]
    at_work = [f for f in said if text(f.value.get("status")) in {"full_duty", "modified_duty"}]
    enabled = [fact for fact in at_work if fact.value.get("with_medication") is True]
    off = [fact for fact in said if text(fact.value.get("status")) == "off_work"]
    if enabled and newest(enabled) >= newest(off):
        return credited(context, enabled, off)
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
    """The answer to the drug when it is continued: relief of at least so many percent, or a gain."""
    least = amount_of(parameters, "percent", 0)
    said = [fact for fact in context.said(_RELIEF) if context.concerns(fact)]
    said += _paired_scores(context)
    gains = [f for f in context.said("functional_improvement") if context.concerns(f)]
    better = [f for f in said if _is_relief(f) and (relief_percent(f) or 100) >= least]
    small = [f for f in said if _is_relief(f) and (relief_percent(f) or 100) < least]
    better += [fact for fact in gains if _is_gain(fact) and (least == 0 or not said)]
    worse = [fact for fact in said if _is_relief(fact) is False]
    worse += [fact for fact in gains if _is_no_gain(fact) and context.is_this_drug(fact.subject)]
    if better or worse:
        return credited(context, better, worse)
    if small:
        return LeafResult(
            value=Value.PARTIAL,
            statement=f"The relief is below {plain(least)} %, where a change of drug is due: {says(small)}.",
            supporting=tuple(small),
        )
    return LeafResult(value=Value.NOT_DOCUMENTED)


def attribution(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Whether the recorded effects are tied to this drug."""
    del parameters
    said = [*context.said(_RELIEF), *context.said("functional_improvement")]
    said += [f for f in context.said("pain_score") if f.subject is not None]
    said += [f for f in context.said("return_to_work") if f.value.get("with_medication") is True]
    tied = [fact for fact in said if context.is_this_drug(fact.subject)]
    whole = [fact for fact in said if context.concerns(fact) and fact not in tied]
    whole = [f for f in whole if f.concept != _RELIEF or _is_relief(f) is not None]
    whole = [f for f in whole if f.concept != "functional_improvement" or f.subject is not None]
    if tied:
        return LeafResult(
            value=Value.MET,
            statement=f"An effect is recorded for {context.drug_name} itself: {says(tied)}.",
            supporting=tuple(tied),
        )
    if not whole:
        return LeafResult(value=Value.NOT_DOCUMENTED)
    if context.several_analgesics():
        return LeafResult(
            value=Value.PARTIAL,
            statement=(
                f"Effects are recorded for the medication as a whole, not for {context.drug_name}, "
                f"while analgesics of other classes are taken: {says(whole)}."
            ),
            supporting=tuple(whole),
        )
    return LeafResult(
        value=Value.MET,
        statement=(
            f"{context.drug_name} is the only class of analgesic recorded, so the effect is its own: "
            f"{says(whole)}."
        ),
        supporting=tuple(whole),
    )


def protocol(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Benefit under the shared opioid protocol: relief, and function or work."""
    relief = _found(context, parameters, "relief")
    gains = [_found(context, parameters, name) for name in ("function", "work")]
    parts = f"{parameters['relief']} {_read(relief)}"
    for name, value in zip(("function", "work"), gains, strict=True):
        parts += f", {parameters[name]} {_read(value)}"
    return LeafResult(value=_joint(relief, gains), statement=f"Under the opioid protocol: {parts}.")


def _joint(relief: Value, gains: list[Value]) -> Value:
    best = min(gains, key=_ORDER.index)
    if relief is Value.CONTRADICTED:
        return relief
    if gains[0] is Value.CONTRADICTED and best is not Value.MET:
        return Value.CONTRADICTED
    return max((relief, best), key=_ORDER.index)


_ORDER = (
    Value.MET,
    Value.CONFLICTING,
    Value.PARTIAL,
    Value.NOT_DOCUMENTED,
    Value.CONTRADICTED,
)


def continuing_reasons(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Back at work, or better pain and function: derived from the other findings."""
    relief = _found(context, parameters, "relief")
    at_work = _found(context, parameters, "work")
    function_found = _found(context, parameters, "function")
    value = Value.ABSENT
    if at_work is Value.MET or (relief is Value.MET and function_found is Value.MET):
        value = Value.PRESENT
    elif {relief, function_found, at_work} & {Value.PARTIAL, Value.CONFLICTING}:
        value = Value.UNKNOWN
    head = {
        Value.PRESENT: "The record gives a reason to continue",
        Value.ABSENT: "Neither work nor relief together with function is shown",
        Value.UNKNOWN: "Whether there is a reason to continue is open",
    }[value]
    return LeafResult(
        value=value,
        statement=(
            f"{head}: {parameters['relief']} {_read(relief)}, {parameters['function']} "
            f"{_read(function_found)}, {parameters['work']} {_read(at_work)}."
        ),
    )


def _found(context: Context, parameters: Mapping[str, object], name: str) -> Value:
    finding = context.findings.get(CriterionId(text(parameters.get(name))))
    return finding.value if finding else Value.NOT_DOCUMENTED


def _read(value: Value) -> str:
    return value.replace("_", " ")
