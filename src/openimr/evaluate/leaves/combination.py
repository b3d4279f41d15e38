"""Dangers from what is taken beside the requested drug."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from openimr.evaluate.context import Context, LeafResult, amount_of, words_of
from openimr.evaluate.leaves.conditions import matching
from openimr.evaluate.regimen import day_of, text
from openimr.evaluate.wording import says
from openimr.model.drug import Drug
from openimr.model.evidence import Assertion, Fact
from openimr.model.finding import Value
from openimr.model.prose import listed


def combination(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """A danger from other drugs: contradicted if it is there, met if the drug lists show none."""
    dangers = [drug for drug, _ in _dangers(context, parameters)]
    facts = [fact for _, shown in _dangers(context, parameters) for fact in shown]
    stated = _stated_dangers(context, parameters)
    reasons = [drug.generic for drug in dangers]
    if context.header.age is not None and context.header.age >= amount_of(
        parameters, "age_from", 999
    ):
        reasons.append(f"age {context.header.age}")
    if reasons or stated:
        words = listed(reasons) or says(stated)
        shown = f": {says(facts + stated)}" if facts or (stated and reasons) else ""
        return LeafResult(
            value=Value.CONTRADICTED,
            statement=f"{context.drug_name} stands beside {words}{shown}.",
            opposing=(*facts, *stated),
        )
    lists = [fact for fact in context.said("medication") if _is_list(fact)]
    if not lists:
        return LeafResult(value=Value.NOT_DOCUMENTED)
    day = max(day_of(fact) or date.min for fact in lists)
    newest_list = [fact for fact in lists if (day_of(fact) or date.min) == day]
    return LeafResult(
        value=Value.MET,
        statement=f"The newest drug list shows none: {says(newest_list)}.",
        supporting=tuple(newest_list),
    )


def _is_list(fact: Fact) -> bool:
    """Whether it stands in a drug list, or tells a drug with its dose as one does."""
    dosed = bool(fact.value.get("strength") or fact.value.get("per_day"))
    source = text(fact.value.get("source"))
    return source in {"list", "plan"} or (source == "narrative" and dosed)


def _dangers(
    context: Context, parameters: Mapping[str, object]
) -> list[tuple[Drug, tuple[Fact, ...]]]:
    groups, generics = set(words_of(parameters, "groups")), set(words_of(parameters, "generics"))
    actions = set(words_of(parameters, "actions"))
    twice = text(parameters.get("two_of"))
    own = context.drug.groups if context.drug else frozenset()
    return [
        (drug, facts)
        for drug, facts in context.other_drugs()
        if drug.groups & groups
        or drug.generic in generics
        or drug.opioid_action.value in actions
        or (twice and twice in drug.groups and twice in own)
        or (parameters.get("mixed_actions") is True and _mixed(context.drug, drug))
    ]


def _mixed(own: Drug | None, other: Drug) -> bool:
    """A full agonist beside a partial one."""
    if own is None:
        return False
    return {own.opioid_action.value, other.opioid_action.value} == {
        "full_agonist",
        "partial_or_mixed",
    }


def _stated_dangers(context: Context, parameters: Mapping[str, object]) -> list[Fact]:
    """Dangers that a report names itself."""
    found = []
    for concept in words_of(parameters, "stated"):
        found += [f for f in context.said(concept) if f.assertion is Assertion.PRESENT]
    found += matching(context, parameters, "against")
    risks = set(words_of(parameters, "risks"))
    found += [
        fact
        for fact in context.said("cv_renal_hepatic_risk")
        if fact.assertion is Assertion.PRESENT
        and any(risk and risk in text(fact.value.get("risk")).casefold() for risk in risks)
    ]
    return found
