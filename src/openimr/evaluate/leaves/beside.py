"""What is taken beside the requested drug, and which risks stand in the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from openimr.evaluate.context import Context, LeafResult, amount_of, words_of
from openimr.evaluate.leaves.limits import morphine_equivalent
from openimr.evaluate.leaves.statements import evidence
from openimr.evaluate.regimen import day_of, text
from openimr.evaluate.wording import says
from openimr.model.drug import Drug
from openimr.model.evidence import Fact
from openimr.model.finding import Calculation, Value
from openimr.model.prose import listed
from openimr.model.rule import Role

_LISTS = frozenset({"list", "plan"})
_CONTROLLED = ("II", "IV", "V")
"""How the schedules of controlled drugs begin: II, III, IV and V, not `none`."""
_RULED_OUT = frozenset({"not_tolerated", "contraindicated"})


def taken_beside(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Whether a drug of certain groups is taken now, or asked for in the same case.

    A drug list that names none shows that none is taken, which answers an exclusion; a gate stays
    silent, since a list may be short.
    """
    found = _wanted(context, parameters)
    own = context.drug
    if own is not None and parameters.get("own_counts") is True and _is_wanted(parameters, own):
        return LeafResult(
            value=_by_role(context, there=True), statement=f"{context.drug_name} holds one itself."
        )
    if found:
        return _taken(context, found)
    stopped = _stopped(context, parameters)
    if stopped:
        return LeafResult(
            value=_by_role(context, there=False),
            statement=f"It is taken no longer: {says(stopped)}.",
            opposing=tuple(stopped),
        )
    newest = _newest_list(context)
    if not newest:
        return LeafResult(value=context.silent)
    if context.criterion.role in {Role.EXCLUSION, Role.EXCEPTION}:
        return LeafResult(
            value=Value.ABSENT,
            statement=f"The newest drug list shows none: {says(newest)}.",
            opposing=tuple(newest),
        )
    return LeafResult(
        value=Value.NOT_DOCUMENTED, remark=f"; the newest drug list shows {says(newest)}"
    )


def _taken(context: Context, found: list[tuple[Drug, tuple[Fact, ...]]]) -> LeafResult:
    shown = [fact for _, facts in found for fact in facts]
    only_asked = [drug.generic for drug, facts in found if not facts]
    parts = [says(shown)] if shown else []
    if only_asked:
        parts.append(f"{listed(only_asked)}, itself asked for in this case")
    return LeafResult(
        value=_by_role(context, there=True),
        statement=f"Beside {context.drug_name} the record shows {listed(parts)}.",
        supporting=tuple(shown),
    )


def _by_role(context: Context, *, there: bool) -> Value:
    if context.criterion.role in {Role.EXCLUSION, Role.EXCEPTION}:
        return Value.PRESENT if there else Value.ABSENT
    return Value.MET if there else Value.CONTRADICTED


def _wanted(
    context: Context, parameters: Mapping[str, object]
) -> list[tuple[Drug, tuple[Fact, ...]]]:
    return [(drug, facts) for drug, facts in context.other_drugs() if _is_wanted(parameters, drug)]


def _is_wanted(parameters: Mapping[str, object], drug: Drug) -> bool:
    if drug.groups & set(words_of(parameters, "not_groups")):
        return False
    if drug.forms[:1] and drug.forms[0] in words_of(parameters, "not_forms"):
        return False
    scheduled = parameters.get("scheduled") is True and drug.schedule.startswith(_CONTROLLED)
    named = drug.generic in words_of(parameters, "generics")
    return scheduled or named or bool(drug.groups & set(words_of(parameters, "groups")))


def _stopped(context: Context, parameters: Mapping[str, object]) -> list[Fact]:
    """The last words on drugs of the groups, where they say that each was stopped."""
    last = [
        use.last
        for use in context.regimen.uses
        if use.drug is not None and use.last is not None and _is_wanted(parameters, use.drug)
    ]
    ended = [fact for fact in last if text(fact.value.get("status")) == "stopped"]
    return ended if len(ended) == len(last) else []


def _newest_list(context: Context) -> list[Fact]:
    lists = [f for f in context.said("medication") if text(f.value.get("source")) in _LISTS]
    last = max((day_of(fact) or date.min for fact in lists), default=date.min)
    return [fact for fact in lists if (day_of(fact) or date.min) == last]


def risk_factor(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """One factor is enough: stated, an age, a dose, a drug beside, two of a group, intolerance."""
    stated = evidence(context, parameters)
    beside = _wanted(context, parameters)
    several = _several(context, parameters)
    intolerant = _intolerant(context, set(words_of(parameters, "intolerant_of")))
    age, above = context.header.age, amount_of(parameters, "age_above", 999)
    found = [f"age {age}"] if age is not None and age > above else []
    found += [drug.generic for drug, told in [*beside, *several] if not told]
    dose, opioids = _high_dose(context, amount_of(parameters, "opioids_above", 0))
    found += [f"opioids at a high dose ({step.expression})" for step in dose[-1:]]
    facts = [fact for _, shown in [*beside, *several, *opioids] for fact in shown] + intolerant
    if stated.value is Value.MET:
        facts += stated.supporting
    if not found and not facts:
        return stated
    shown = _distinct(facts)
    told = [*dict.fromkeys(found), says(shown)]
    return LeafResult(
        value=Value.MET,
        statement=f"A risk is recorded: {listed(part for part in told if part)}.",
        supporting=tuple(shown),
        opposing=stated.opposing,
        calculations=dose,
    )


def _high_dose(
    context: Context, above: float
) -> tuple[tuple[Calculation, ...], list[tuple[Drug, tuple[Fact, ...]]]]:
    """The sum of all opioids and what shows them, where it is above so many mg a day."""
    result = morphine_equivalent(context, {"at_most": above}) if above else None
    if result is None or result.value is not Value.EXCEEDED:
        return (), []
    return result.calculations, [both for both in context.other_drugs() if both[0].is_opioid]


def _several(
    context: Context, parameters: Mapping[str, object]
) -> list[tuple[Drug, tuple[Fact, ...]]]:
    """Drugs of a group taken together, the requested one among them."""
    group = text(parameters.get("two_of"))
    if not group:
        return []
    asked = {"groups": (group,), "not_groups": words_of(parameters, "not_groups")}
    others = _wanted(context, asked)
    own = context.drug is not None and _is_wanted(asked, context.drug)
    return others if len(others) + own > 1 else []


def _intolerant(context: Context, groups: set[str]) -> list[Fact]:
    """Drugs of the groups that were not tolerated or may not be given."""
    found = []
    for fact in context.ever("prior_nonopioid_trials"):
        drug = context.formulary.find(text(fact.value.get("generic")) or fact.subject or "")
        of_group = {text(fact.value.get("group"))} | (drug.groups if drug else frozenset())
        if text(fact.value.get("outcome")) in _RULED_OUT and of_group & groups:
            found.append(fact)
    return found


def _distinct(facts: Iterable[Fact]) -> list[Fact]:
    return list({fact.id: fact for fact in facts}.values())
