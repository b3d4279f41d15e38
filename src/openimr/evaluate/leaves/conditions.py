"""Conditions of a criterion: a concept, the values it must have, and how old it may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from openimr.evaluate.context import Context, amount_of, words_of
from openimr.evaluate.regimen import day_of, text
from openimr.evaluate.region import is_elsewhere
from openimr.model.evidence import Assertion, Fact
from openimr.model.ids import FactId

_NOT_KEYS = frozenset(
    {
        *("concept", "assertion", "within_days", "within_months", "ever"),
        *("tied", "of_others", "here", "drugs"),
    }
)
_TRIALS = "prior_nonopioid_trials"
"""Of another drug by their nature."""
_EFFECTS = "adverse_effects"
Condition = Mapping[str, object]


def conditions_of(parameters: Mapping[str, object], name: str) -> tuple[Condition, ...]:
    """A parameter that is a list of conditions."""
    raw = parameters.get(name, ())
    return tuple(raw) if isinstance(raw, tuple | list) else ()


def matching(context: Context, parameters: Mapping[str, object], name: str) -> list[Fact]:
    """Facts that one of the conditions of a parameter finds, each once."""
    found = {
        fact.id: fact
        for condition in conditions_of(parameters, name)
        for fact in matching_one(context, condition)
    }
    return list(found.values())


def matching_one(context: Context, condition: Condition) -> list[Fact]:
    """Facts of the condition's concept, assertion, age and values."""
    if not _is_of_the_drug(context, condition):
        return []
    assertion = text(condition.get("assertion")) or "present"
    wanted = {Assertion(assertion), Assertion.CONFLICTING}
    if condition.get("ever") is True:
        wanted.add(Assertion.HISTORICAL)
    over = _denied_since(context) if condition.get("concept") == _EFFECTS else frozenset()
    return [
        fact
        for fact in _in_time(context, condition)
        if fact.assertion in wanted
        and fact.id not in over
        and (_counts_of_others(condition, fact) or not context.is_of_another_drug(fact))
        and (condition.get("tied") is not True or context.is_this_drug(fact.subject))
        and (condition.get("here") is not True or not is_elsewhere(fact, context.item.request))
        and all(_has(fact, key, condition[key]) for key in condition if key not in _NOT_KEYS)
    ]


def _denied_since(context: Context) -> frozenset[FactId]:
    """Adverse effects that a later report denies: what a drug no longer does is no complaint."""
    facts = context.said(_EFFECTS)
    denied: dict[object, date] = {}
    for fact in facts:
        effect, day = fact.value.get("effect"), day_of(fact)
        if fact.assertion is Assertion.ABSENT and effect is not None and day is not None:
            denied[effect] = max(day, denied.get(effect, day))
    return frozenset(
        fact.id
        for fact in facts
        if fact.assertion is Assertion.PRESENT
        and (day := day_of(fact)) is not None
        and day < denied.get(fact.value.get("effect"), day)
    )


def _counts_of_others(condition: Condition, fact: Fact) -> bool:
    """Whether what is tied to another drug counts: a trial by its nature, else where asked."""
    return fact.concept == _TRIALS or condition.get("of_others") is True


def _is_of_the_drug(context: Context, condition: Condition) -> bool:
    """Whether a condition speaks to the requested drug: one that names drugs, to those alone."""
    drugs = condition.get("drugs")
    return drugs is None or (
        context.drug is not None and context.drug.generic in words_of(condition, "drugs")
    )


def _in_time(context: Context, condition: Condition) -> Iterable[Fact]:
    concept = text(condition.get("concept"))
    if condition.get("ever") is True:
        return context.ever(concept)
    days = amount_of(condition, "within_days", 0)
    if days:
        earliest = context.day - timedelta(days=days)
        return [f for f in context.said(concept) if (day_of(f) or context.day) >= earliest]
    return context.said(concept, months=amount_of(condition, "within_months", 0) or None)


def _has(fact: Fact, key: str, wanted: object) -> bool:
    """Whether a value is one of those wanted; `~pain` is any text that contains the word."""
    options = wanted if isinstance(wanted, tuple | list) else (wanted,)
    value = fact.value.get(key)
    parts = [one[1:] for one in options if isinstance(one, str) and one.startswith("~")]
    return value in options or any(part in text(value).casefold() for part in parts)
