"""Criteria that a statement of the record answers by itself, with the statements as data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from openimr.evaluate.context import RULE_MONTH, Context, LeafResult, amount_of, newest, weigh
from openimr.evaluate.leaves.conditions import conditions_of, matching, matching_one
from openimr.evaluate.leaves.credit import is_of_its_visit
from openimr.evaluate.leaves.two_sided import two_sided
from openimr.evaluate.regimen import MEDICATION, day_of, text
from openimr.evaluate.wording import plain, says, us_date
from openimr.model.evidence import Assertion, Fact
from openimr.model.finding import Value
from openimr.model.ids import CriterionId
from openimr.model.prose import capital
from openimr.model.rule import Role
from openimr.model.timeline import FlagKind


def evidence(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Statements that satisfy a criterion, alone or together, and those that contradict it.

    `enough`: one of them satisfies. `together`: as many different ones as `needs` satisfy, fewer
    are partial unless `in_part` is false. `weak`: partial whatever their number. `against`:
    contradicts. `lasting`: satisfies whatever speaks against the others. `positive_first`: of the
    same day, what satisfies wins, since one sign that is absent denies no other.
    `against_stands`: a later good word does not undo what happened.
    """
    lasting = matching(context, parameters, "lasting")
    if lasting:
        return _stated(context, Value.MET, lasting, [])
    enough = matching(context, parameters, "enough")
    together = [
        matching_one(context, condition) for condition in conditions_of(parameters, "together")
    ]
    hit = [facts for facts in together if facts]
    needs = int(amount_of(parameters, "needs", max(len(together), 1)))
    against = matching(context, parameters, "against")
    partial = matching(context, parameters, "weak")
    if parameters.get("in_part") is not False:
        partial += [fact for facts in hit for fact in facts]
    if len(hit) >= needs and together:
        enough += [fact for facts in hit for fact in facts]
    if parameters.get("positive_first") is True and newest(enough) == newest(against):
        against = []
    stands = parameters.get("against_stands") is True and bool(against)
    if enough:
        value = weigh(enough, against)
        undone = stands and value is Value.MET
        return _stated(context, Value.CONTRADICTED if undone else value, enough, against)
    if partial and not stands and newest(partial) >= newest(against):
        return _partial(context, partial, against)
    if against:
        return _stated(context, Value.CONTRADICTED, partial, against)
    return LeafResult(value=context.silent)


def _stated(
    context: Context, value: Value, supporting: list[Fact], opposing: list[Fact]
) -> LeafResult:
    name = context.criterion.name
    heads = {
        Value.MET: f"{capital(name)} is recorded" if name else "Recorded",
        Value.CONTRADICTED: (
            f"{capital(name)} is {_denied(context)}" if name else "Recorded to the contrary"
        ),
        Value.CONFLICTING: "The record contradicts itself on the same day",
    }
    result = two_sided(value, heads, supporting, opposing)
    return replace(result, value=_by_role(context, value))


def _denied(context: Context) -> str:
    """What the record does to a criterion it speaks against: an exclusion it denies."""
    excludes = context.criterion.role in {Role.EXCLUSION, Role.EXCEPTION}
    return "denied" if excludes else "contradicted"


def _partial(context: Context, partial: list[Fact], against: list[Fact]) -> LeafResult:
    name = context.criterion.name
    head = f"{capital(name)} is recorded only in part" if name else "Only a part is recorded"
    return LeafResult(
        value=_by_role(context, Value.PARTIAL),
        statement=f"{head}: {says(partial)}.",
        supporting=tuple(partial),
        opposing=tuple(against),
    )


def _by_role(context: Context, value: Value) -> Value:
    """Exclusions and exceptions are present, absent or unknown."""
    if context.criterion.role not in {Role.EXCLUSION, Role.EXCEPTION}:
        return value
    return {Value.MET: Value.PRESENT, Value.CONTRADICTED: Value.ABSENT}.get(value, Value.UNKNOWN)


def stop_reason(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """A stated reason to stop; absent where a physician goes on with the drug and states none.

    That nothing is gained in function is such a reason (p. 79), unless the patient works on the
    drug: `function` and `work` name the criteria that tell.
    """
    result = evidence(context, parameters)
    if result.value is not Value.UNKNOWN or result.supporting:
        return result
    function = context.findings.get(CriterionId(text(parameters.get("function"))))
    at_work = context.findings.get(CriterionId(text(parameters.get("work"))))
    works = at_work is not None and at_work.value is Value.MET
    if function is not None and function.value is Value.CONTRADICTED and not works:
        said = context.ever("functional_improvement") + context.ever("validated_instrument")
        denied = tuple(fact for fact in said if fact.id in set(function.facts_against))
        return LeafResult(
            value=Value.PRESENT,
            statement=f"No overall gain in function is recorded: {says(denied)}.",
            supporting=denied,
        )
    use = context.regimen.use_of(context.drug)
    if use is None or not use.is_current(context.day):
        return result
    return LeafResult(
        value=Value.ABSENT,
        statement=f"No reason to stop is stated, and the drug goes on: {says(use.shown)}.",
        opposing=use.shown,
        searched=True,
    )


def other_pain(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Cancer, palliative or post-operative pain; absent where the pain is old and none is named."""
    result = evidence(context, parameters)
    if result.value is not Value.UNKNOWN or result.supporting:
        return result
    months = amount_of(parameters, "chronic_after_months", 3)
    injured = context.header.date_of_injury
    if injured is None or context.day - injured < timedelta(days=months * RULE_MONTH):
        return result
    return LeafResult(
        value=Value.ABSENT,
        statement=(
            f"The pain goes back to the injury of {us_date(injured)}, more than {plain(months)} "
            f"months ago, and no cancer, palliative care or recent surgery is recorded."
        ),
        searched=True,
    )


def instrument(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """An instrument of function or pain, within so many months, to compare with an earlier one."""
    months = amount_of(parameters, "within_months", 6)
    kinds = {"function", "pain", ""}
    scored = [
        fact
        for fact in context.said("validated_instrument", months=60)
        if fact.assertion is Assertion.PRESENT and text(fact.value.get("kind")) in kinds
    ]
    earliest = context.day - timedelta(days=months * RULE_MONTH)
    recent = [fact for fact in scored if (day_of(fact) or date.min) >= earliest]
    earlier = [fact for fact in scored if (day_of(fact) or date.min) < newest(recent)]
    if recent and earlier:
        pair = [earlier[-1], recent[-1]]
        return LeafResult(
            value=Value.MET,
            statement=f"Scores can be compared: {says(pair)}.",
            supporting=tuple(pair),
        )
    compared = [fact for fact in recent if fact.value.get("previous") is not None]
    if compared:
        return LeafResult(
            value=Value.MET,
            statement=f"A score is recorded beside an earlier one: {says(compared[-1:])}.",
            supporting=tuple(compared[-1:]),
        )
    if scored:
        return LeafResult(
            value=Value.PARTIAL,
            statement=f"An instrument is recorded without one to compare it with: {says(scored)}.",
            supporting=tuple(scored),
        )
    return LeafResult(value=Value.NOT_DOCUMENTED)


def prescriber(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """One prescriber and one pharmacy; fills from one show a part of it, from two deny it."""
    result = evidence(context, parameters)
    if result.value not in {Value.NOT_DOCUMENTED, Value.PARTIAL, Value.MET}:
        return result
    others = _fills_by_others(context)
    if others:
        return LeafResult(
            value=Value.CONTRADICTED,
            statement=f"Another prescriber's opioid was filled beside it: {says(others)}.",
            supporting=result.supporting,
            opposing=tuple(others),
        )
    if result.value is Value.MET:
        return result
    use = context.regimen.use_of(context.drug)
    lately = {fact.id for fact in context.said(MEDICATION)}
    taking = [fact for fact in use.taking if fact.id in lately] if use else []
    filled = [fact for fact in taking if text(fact.value.get("source")) == "ledger"]
    several = [f for f in context.fill_flags() if f.kind is FlagKind.SEVERAL_PRESCRIBERS]
    if several:
        shown = [fact for fact in filled if fact.id in several[0].facts]
        return LeafResult(
            value=Value.CONTRADICTED,
            statement=f"The fills show several prescribers: {several[0].note}.",
            opposing=tuple(shown),
        )
    prescribers = {fact.value.get("prescriber") or fact.author for fact in filled}
    if not filled or len(prescribers) > 1 or result.value is Value.PARTIAL:
        return result
    return LeafResult(
        value=Value.PARTIAL,
        statement=f"One pharmacy's fills are on file, but no report speaks of it: {says(filled)}.",
        supporting=tuple(filled),
    )


_BESIDE = timedelta(days=60)
"""How far apart two fills of different opioids still overlap."""


def _fills_by_others(context: Context) -> list[Fact]:
    """Fills of another opioid by another prescriber, beside fills of the requested opioid."""
    if context.drug is None or not context.drug.is_opioid:
        return []
    filled = [fact for fact in context.said(MEDICATION) if _is_opioid_fill(context, fact)]
    own = [f for f in filled if context.is_this_drug(text(f.value.get("generic")))]
    found: list[Fact] = []
    for fact in filled:
        if fact in own:
            continue
        # Whoever wrote before this drug began handed the patient over.
        day = day_of(fact) or date.min
        beside = [f for f in own if timedelta() <= day - (day_of(f) or date.max) <= _BESIDE]
        names = {_surname(f) for f in beside}
        if names and _surname(fact) not in names:
            found.append(fact)
    return found


def _is_opioid_fill(context: Context, fact: Fact) -> bool:
    drug = context.formulary.find(text(fact.value.get("generic")))
    dispensed = text(fact.value.get("status")) == "dispensed" and _surname(fact)
    return bool(dispensed) and drug is not None and drug.is_opioid


def _surname(fact: Fact) -> str:
    """The longest word of a prescriber's name, which a ledger abbreviates in many ways."""
    words = re.findall(r"[a-z]{3,}", text(fact.value.get("prescriber")).casefold())
    return max(words, key=len, default="")


def tolerance(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """No tolerance or hyperalgesia; the danger is there when pain grows while the dose grows."""
    result = evidence(context, parameters)
    if result.value is not Value.NOT_DOCUMENTED:
        return result
    doses = _course(_doses(context))
    scores = _course(
        (day_of(fact), fact.value.get("score"), fact)
        for fact in context.said("pain_score")
        if text(fact.value.get("context")) in {"unspecified", "current", "average", ""}
        and is_of_its_visit(fact)
    )
    supplies = _supplies(context)
    more = len(supplies) > 1 and supplies[-1][1] > supplies[0][1]
    if more and (len(doses) < 2 or doses[-1][1] <= doses[0][1]):
        doses = supplies
    if len(doses) < 2 or len(scores) < 2:
        return result
    rising = doses[-1][1] > doses[0][1] and scores[-1][1] > scores[0][1]
    shown = [doses[0][2], doses[-1][2], scores[0][2], scores[-1][2]]
    if rising:
        return LeafResult(
            value=Value.CONTRADICTED,
            statement=f"The pain grew while the dose grew: {says(shown)}.",
            opposing=tuple(shown),
        )
    if doses[-1][1] <= doses[0][1] and scores[-1][1] <= scores[0][1]:
        return LeafResult(
            value=Value.MET,
            statement=f"Neither dose nor pain grew: {says(shown)}.",
            supporting=tuple(shown),
        )
    return result


def _doses(context: Context) -> list[tuple[date | None, object, Fact]]:
    use = context.regimen.use_of(context.drug)
    lately = {fact.id for fact in context.said(MEDICATION)}
    taking = [fact for fact in use.taking if fact.id in lately] if use else []
    return [(day_of(fact), fact.value.get("per_day"), fact) for fact in taking]


def _supplies(context: Context) -> list[tuple[date, float, Fact]]:
    """Units for each fill of one strength: a count that grows is a dose that grows."""
    use = context.regimen.use_of(context.drug)
    fills = [fact for fact in (use.taking if use else ()) if _is_monthly(fact)]
    newest = text(fills[-1].value.get("strength")) if fills else ""
    return _course(
        (day_of(fact), fact.value.get("quantity"), fact)
        for fact in fills
        if text(fact.value.get("strength")) == newest
    )


def _is_monthly(fact: Fact) -> bool:
    days = fact.value.get("days_supply")
    dispensed = text(fact.value.get("source")) in {"ledger", "cures"}
    return dispensed and (days is None or days in range(28, 32))


def _course(points: Iterable[tuple[date | None, object, Fact]]) -> list[tuple[date, float, Fact]]:
    return [
        (day, float(value), fact)
        for day, value, fact in points
        if day is not None and isinstance(value, int | float)
    ]
