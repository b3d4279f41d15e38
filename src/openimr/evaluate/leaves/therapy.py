"""What came of a therapy so far: a first course or a further one, and the gain from it."""

from __future__ import annotations

from collections.abc import Mapping

from openimr.evaluate.asked import is_called_first, is_called_more
from openimr.evaluate.context import Context, LeafResult, newest, weigh, words_of
from openimr.evaluate.leaves.conditions import matching
from openimr.evaluate.leaves.function import (
    instrument_changes,
    is_gain,
    is_no_gain,
    is_specific,
)
from openimr.evaluate.leaves.two_sided import two_sided
from openimr.evaluate.past_visits import is_of_therapy, past_visits
from openimr.evaluate.regimen import text
from openimr.evaluate.wording import says
from openimr.model.evidence import Fact
from openimr.model.finding import Value

_ANY_THERAPY = "therapy"
"""Subject of what came `after therapy`, by whatever name."""


def first_course(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Whether the request begins the therapy, so that no gain from it can be on record yet.

    Visits on record, or a line that asks for more of it, say no. Where the record is silent the
    request is read as a first course, and the certificate of the search stands behind it.
    """
    past = past_visits(context, words_of(parameters, "therapies"))
    name = context.drug_name
    if past is not None and past.visits > 0:
        return LeafResult(
            value=Value.ABSENT,
            statement=f"It is not the first course: {says(past.facts)}.",
            opposing=past.facts,
        )
    shown = [*_told(context, parameters)]
    if shown:
        return LeafResult(
            value=Value.ABSENT,
            statement=f"An effect of earlier {name} is told: {says(shown)}.",
            opposing=tuple(shown),
        )
    if is_called_more(context):
        return LeafResult(
            value=Value.ABSENT, statement="The request line itself asks for more of the therapy."
        )
    if past is not None:
        return LeafResult(
            value=Value.PRESENT,
            statement=f"It is the first course: {says(past.facts)}.",
            supporting=past.facts,
        )
    if is_called_first(context):
        return LeafResult(
            value=Value.PRESENT, statement="The request line asks for a first course."
        )
    return LeafResult(
        value=Value.PRESENT,
        statement=f"No earlier {name} is recorded, so the request is read as a first course.",
        searched=True,
    )


def _told(context: Context, parameters: Mapping[str, object]) -> list[Fact]:
    """Effects that the record ties to the therapy by name: it was had, though nobody counted."""
    therapies = words_of(parameters, "therapies")
    return [
        fact
        for concept in ("functional_improvement", "pain_with_without_medication")
        for fact in context.ever(concept)
        if fact.subject and is_of_therapy(fact, therapies)
    ] + matching(context, parameters, "had")


def therapy_gain(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """A functional gain since the therapy began, measured or named.

    Better activities, fewer restrictions or a better score on an instrument of function show it;
    relief alone is a part. `and_less_care`: statements of less need of other care, without which
    a gain is a part (8 CCR 9792.20 asks for both).
    """
    better, vague, worse = _changes(context, parameters)
    weak = [*vague, *matching(context, parameters, "weak")]
    if better:
        value = weigh(better, worse)
        less = matching(context, parameters, "and_less_care")
        if value is Value.MET and "and_less_care" in parameters and not less:
            return LeafResult(
                value=Value.PARTIAL,
                statement=f"A gain is recorded, but not that less care is needed: {says(better)}.",
                supporting=tuple(better),
                opposing=tuple(worse),
            )
        return _weighed(context, value, [*better, *less], worse)
    if worse and newest(worse) >= newest(weak):
        return _weighed(context, Value.CONTRADICTED, [], worse)
    if weak:
        return LeafResult(
            value=Value.PARTIAL,
            statement=(
                f"A benefit is told, but no activity, measure or restriction that changed: "
                f"{says(weak)}."
            ),
            supporting=tuple(weak),
            opposing=tuple(worse),
        )
    return LeafResult(value=Value.NOT_DOCUMENTED)


def _weighed(context: Context, value: Value, better: list[Fact], worse: list[Fact]) -> LeafResult:
    heads = {
        Value.MET: f"A gain since {context.drug_name} began is recorded",
        Value.CONTRADICTED: f"The record shows no gain from {context.drug_name}",
        Value.CONFLICTING: "The record tells of a gain and of none on the same day",
    }
    return two_sided(value, heads, better, worse)


def _changes(
    context: Context, parameters: Mapping[str, object]
) -> tuple[list[Fact], list[Fact], list[Fact]]:
    """Named gains, gains without a name, and statements of none, that may be the therapy's."""
    therapies = words_of(parameters, "therapies")
    said = [
        fact
        for fact in context.said("functional_improvement")
        if may_be_of(context, fact, therapies)
    ]
    limits = [
        fact for fact in context.said("work_restrictions") if may_be_of(context, fact, therapies)
    ]
    gained, lost = instrument_changes(
        context, words_of(parameters, "higher_is_better"), words_of(parameters, "instruments")
    )
    gains = [fact for fact in said if is_gain(fact)]
    better = [fact for fact in gains if is_specific(fact)] + gained
    better += [fact for fact in limits if text(fact.value.get("direction")) == "fewer"]
    worse = [fact for fact in said if is_no_gain(fact)] + lost
    worse += [fact for fact in limits if text(fact.value.get("direction")) in {"same", "more"}]
    worse += matching(context, parameters, "against")
    better += matching(context, parameters, "enough")
    return better, [fact for fact in gains if not is_specific(fact)], worse


def may_be_of(context: Context, fact: Fact, therapies: tuple[str, ...]) -> bool:
    """Whether an effect may be the therapy's: tied to it, or to nothing that the record names.

    What is tied to a drug, to all medication or to another therapy is not.
    """
    if fact.subject is None or fact.subject == _ANY_THERAPY:
        return True
    if context.is_of_another_drug(fact):
        return False
    return is_of_therapy(fact, therapies)
