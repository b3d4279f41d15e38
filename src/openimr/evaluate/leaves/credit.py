"""Evidence of benefit: weighed, and credited to the requested drug."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from openimr.evaluate.context import Context, LeafResult, weigh
from openimr.evaluate.regimen import day_of, number
from openimr.evaluate.wording import says
from openimr.model.evidence import Fact
from openimr.model.finding import Value


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


def score_of(fact: Fact) -> float:
    """The score of a pain score or instrument; 0 where none is given."""
    return number(fact.value.get("score")) or 0.0
