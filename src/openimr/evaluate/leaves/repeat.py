"""A treatment given in courses: whether the request is the first one, and what a second needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from openimr.evaluate.context import Context, LeafResult, weigh, words_of
from openimr.evaluate.leaves.history import first_use
from openimr.evaluate.leaves.response import response
from openimr.evaluate.leaves.statements import evidence
from openimr.evaluate.leaves.two_sided import two_sided
from openimr.evaluate.regimen import text
from openimr.evaluate.wording import says
from openimr.model.evidence import Assertion, Fact
from openimr.model.finding import Value

_PROCEDURES = ("injection_response", "prior_procedure")
_EFFECTS = ("pain_with_without_medication", "functional_improvement")
_NOT_NOW = timedelta(days=14)
"""A use that lies so long before the report that tells it is an earlier course."""


def first_course_of_drug(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """An exception: no earlier course of the drug is on record, so that none can have worked.

    `words`: how procedures with the drug are named. The certificate of the search stands behind it.
    """
    used = first_use(context, {})
    if used.value is not Value.UNKNOWN:
        return used
    given = [*_given(context, words_of(parameters, "words")), *_told_of(context)]
    if given:
        return LeafResult(
            value=Value.ABSENT,
            statement=f"It is not the first course: {says(given)}.",
            opposing=tuple(given),
        )
    return LeafResult(
        value=Value.PRESENT,
        statement=(
            f"No earlier course of {context.drug_name} is recorded, so the request is read as the "
            "first one."
        ),
        searched=True,
    )


def _told_of(context: Context) -> list[Fact]:
    """Earlier uses that a report dates, and effects of the drug, which none has before it."""
    use = context.regimen.use_of(context.drug)
    taken = [fact for fact in (use.taking if use else ()) if _is_past(fact)]
    return taken + [
        fact
        for concept in _EFFECTS
        for fact in context.said(concept)
        if context.is_this_drug(fact.subject)
    ]


def _is_past(fact: Fact) -> bool:
    if fact.date is None or fact.written is None:
        return False
    return fact.date.last_day() + _NOT_NOW < fact.written.last_day()


def _given(context: Context, words: tuple[str, ...]) -> list[Fact]:
    """Procedures on record that name the drug."""
    return [
        fact
        for concept in _PROCEDURES
        for fact in context.ever(concept)
        if fact.assertion is not Assertion.ABSENT and _names(fact, words)
    ]


def _names(fact: Fact, words: tuple[str, ...]) -> bool:
    said = " ".join(
        [fact.provenance.quote, *(value for value in fact.value.values() if isinstance(value, str))]
    ).casefold()
    return any(word in said for word in words if word)


def course_response(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """The response to earlier courses: of pain and function, or told of the procedure itself."""
    result = response(context, {})
    if result.value is not Value.NOT_DOCUMENTED:
        return result
    told = _given(context, words_of(parameters, "words"))
    good = [fact for fact in told if text(fact.value.get("element")) == "relief"]
    poor = [fact for fact in told if text(fact.value.get("element")) == "no relief"]
    value = weigh(good, poor)
    if value is Value.NOT_DOCUMENTED:
        return result
    heads = {
        Value.MET: "It helped",
        Value.CONTRADICTED: "It did not help",
        Value.CONFLICTING: "The record contradicts itself",
    }
    return two_sided(value, heads, good, poor)


def second_course(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """A first course, or a second one after what it needs, as statements (`evidence`) show it."""
    first = first_course_of_drug(context, {})
    if first.value is Value.PRESENT:
        return LeafResult(
            value=Value.MET,
            statement=first.statement,
            supporting=first.supporting,
            searched=first.searched,
        )
    earlier = f"An earlier course is recorded: {says(first.opposing)}"
    shown = evidence(context, parameters)
    if shown.value is Value.MET:
        return LeafResult(
            value=Value.MET,
            statement=f"{earlier}; {shown.statement[:1].lower()}{shown.statement[1:]}",
            supporting=(*first.opposing, *shown.supporting),
        )
    return LeafResult(
        value=Value.PARTIAL,
        statement=f"{earlier}, but not {context.criterion.name}.",
        supporting=first.opposing,
        opposing=shown.opposing,
    )
