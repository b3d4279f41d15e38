"""What was tried before the requested drug."""

from __future__ import annotations

from collections.abc import Mapping, Set

from openimr.evaluate import dose
from openimr.evaluate.context import Context, LeafResult, amount_of, words_of
from openimr.evaluate.leaves.history import first_use
from openimr.evaluate.regimen import text
from openimr.evaluate.supply import of_use
from openimr.evaluate.wording import plain, says
from openimr.model.drug import Drug
from openimr.model.evidence import Assertion, Fact
from openimr.model.finding import Value


def prior_trial(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Another treatment tried before, with its result.

    `outcomes`: the results that count, where not every failure does.
    """
    trials = [
        f for f in context.ever("prior_nonopioid_trials") if _is_wanted(context, parameters, f)
    ]
    present = [fact for fact in trials if fact.assertion is not Assertion.ABSENT]
    outcomes = frozenset(filter(None, words_of(parameters, "outcomes"))) or _FAILED
    used = _uses_wanted(context, parameters)
    failed = [fact for fact in [*present, *used] if _ended(fact) in outcomes]
    denied = [fact for fact in trials if fact.assertion is Assertion.ABSENT]
    if failed and all(_is_contraindicated(fact) for fact in failed):
        return _told(Value.MET, "No trial is recorded, but a reason against one", failed, denied)
    if failed:
        return _told(Value.MET, "An earlier trial is recorded with its result", failed, denied)
    used = present + used
    past = [*present, *_past(context, used)] if parameters.get("use_suffices") is True else []
    if past:
        return _told(Value.MET, "An earlier trial is recorded", past, denied)
    if used:
        head = f"Use is recorded, but not that it {_result(outcomes)}"
        ended = [fact for fact in used if _ended(fact) in _FAILED]
        return _told(Value.PARTIAL, head, ended or used, denied)
    if denied:
        return LeafResult(
            value=Value.CONTRADICTED,
            statement=f"The record denies an earlier trial: {says(denied)}.",
            opposing=tuple(denied),
        )
    return LeafResult(value=Value.NOT_DOCUMENTED)


def _told(value: Value, head: str, shown: list[Fact], denied: list[Fact]) -> LeafResult:
    return LeafResult(
        value=value,
        statement=f"{head}: {says(shown)}.",
        supporting=tuple(shown),
        opposing=tuple(denied),
    )


def _ended(fact: Fact) -> str:
    """How a trial ended, or a use that a report tells as failed."""
    return text(fact.value.get("outcome")) or text(fact.value.get("status"))


def _result(outcomes: Set[str]) -> str:
    return "failed" if "failed" in outcomes else "was not tolerated"


_CONTRAINDICATED = "contraindicated"
_FAILED = frozenset({"failed", "not_tolerated", _CONTRAINDICATED})


def _is_contraindicated(fact: Fact) -> bool:
    """Whether a drug was ruled out: nobody tries what a patient is allergic to."""
    return text(fact.value.get("outcome")) == _CONTRAINDICATED


def _is_of_pain(parameters: Mapping[str, object], groups: Set[str], *, ruled_out: bool) -> bool:
    """Whether a trial, or what rules one out, is of a group that the criterion names for it.

    A cream for the skin is no analgesic, and an allergy to an antihistamine says nothing of one.
    """
    wanted = set(words_of(parameters, "ruled_out_groups" if ruled_out else "trial_groups"))
    return not wanted or not wanted.isdisjoint(groups)


def _is_wanted(context: Context, parameters: Mapping[str, object], fact: Fact) -> bool:
    raw = text(fact.value.get("generic")) or text(fact.value.get("drug")) or fact.subject or ""
    drug = context.formulary.find(raw)
    if context.is_this_drug(raw):
        return False
    group = text(fact.value.get("group"))
    groups = drug.groups if drug is not None else {group} if group else frozenset()
    if groups and not _is_of_pain(parameters, groups, ruled_out=_is_contraindicated(fact)):
        return False
    if group and drug is None:
        # `NSAIDs failed` names no drug, but the whole group the criterion asks for.
        return _wants_group(parameters, group)
    return _wants(parameters, raw, drug)


def _wants_group(parameters: Mapping[str, object], group: str) -> bool:
    wanted = words_of(parameters, "groups")
    if any(wanted) or any(words_of(parameters, "generics")):
        return group in wanted
    return group not in words_of(parameters, "not_groups")


def _wants(parameters: Mapping[str, object], name: str, drug: Drug | None) -> bool:
    """Whether a drug is one of those the criterion asks for; all if it names none."""
    generics, groups = words_of(parameters, "generics"), words_of(parameters, "groups")
    excluded = set(words_of(parameters, "not_groups"))
    if drug is not None and excluded & drug.groups:
        return False
    if not any(generics) and not any(groups):
        return True
    known = drug.generic if drug else name.casefold()
    return known in generics or bool(drug and drug.groups & set(groups))


def _uses_wanted(context: Context, parameters: Mapping[str, object]) -> list[Fact]:
    """The newest statement of each drug of the kind that the record shows in use."""
    named = any(words_of(parameters, "generics")) or any(words_of(parameters, "groups"))
    return [
        use.taking[-1]
        for use in context.regimen.uses
        if named
        and use.taking
        and not context.is_this_drug(use.generic)
        and _wants(parameters, use.generic, use.drug)
    ]


def _past(context: Context, used: list[Fact]) -> list[Fact]:
    """Uses that are over: what is still taken has not been given up for the requested drug."""
    current = {use.generic for use in context.regimen.current}
    return [fact for fact in used if context.regimen.name_of(fact) not in current]


def first_of_group(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Whether the drug is asked for as the first of its group."""
    group = text(parameters.get("group"))
    others = [
        use.taking[-1]
        for use in context.regimen.uses
        if group in use.groups() and use.taking and not context.is_this_drug(use.generic)
    ]
    if others:
        return LeafResult(
            value=Value.ABSENT,
            statement=f"Other drugs of the group are recorded: {says(others)}.",
            opposing=tuple(others),
        )
    first = first_use(context, {})
    if first.value is Value.ABSENT:
        return LeafResult(
            value=Value.ABSENT,
            statement=f"It is not a first prescription: {says(first.opposing)}.",
            opposing=first.opposing,
        )
    if first.value is Value.PRESENT:
        return LeafResult(
            value=Value.PRESENT,
            statement=f"No earlier {group} stands before this start: {says(first.supporting)}.",
            supporting=first.supporting,
        )
    return LeafResult(value=Value.UNKNOWN)


def opioid_tolerant(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Opioids for a week or longer, at or above the label's daily amount where it is known."""
    least, days = amount_of(parameters, "at_least", 60), amount_of(parameters, "days", 7)
    shown: list[Fact] = []
    total = dose.Range(0, 0)
    known = True
    for use in context.regimen.uses:
        if use.drug is None or not use.drug.is_opioid or use.since is None:
            continue
        if (context.day - use.since).days < days or not use.shown_within(120, context.day):
            continue
        shown += use.ends()
        found = dose.morphine_equivalent(of_use(context, use.drug, use.facts), context.factor_set)
        if found is None:
            known = False
        else:
            total = total.plus(found[0])
    if not shown:
        return LeafResult(value=Value.NOT_DOCUMENTED)
    if known and total.high < least:
        return LeafResult(
            value=Value.PARTIAL,
            statement=(
                f"Opioids are recorded, but at {total} mg of morphine equivalent a day, below "
                f"{plain(least)}: {says(shown)}."
            ),
            supporting=tuple(shown),
        )
    return LeafResult(
        value=Value.MET,
        statement=f"Opioids were taken for longer than {plain(days)} days: {says(shown)}.",
        supporting=tuple(shown),
    )
