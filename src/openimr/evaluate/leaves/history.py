"""The course of treatment: first use or continuation, how long, what came before, how it ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from openimr.evaluate import dose
from openimr.evaluate.context import Context, LeafResult, amount_of
from openimr.evaluate.leaves.comparison import comparisons
from openimr.evaluate.leaves.function import is_gain
from openimr.evaluate.regimen import MEDICATION, Use, day_of, first_day_of, text
from openimr.evaluate.supply import requested
from openimr.evaluate.wording import plain, says, us_date
from openimr.model.evidence import NEVER_BEFORE, Assertion, Fact
from openimr.model.finding import Value

_STARTS = frozenset({"started", "requested"})
_START_WITHIN = timedelta(days=60)
"""How long before the decision a start still makes the request a first trial."""
_AFTER_START = timedelta(days=45)
"""Uses so soon after a start belong to the same trial."""


def first_use(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Whether the request is a first trial: started now, and not listed or filled before."""
    del parameters
    starts = _starts(context)
    begun = max((day_of(fact) or date.min for fact in starts), default=None)
    earlier = _used_before(context, begun)
    if begun is not None and context.day - begun <= _START_WITHIN and not earlier:
        return LeafResult(
            value=Value.PRESENT,
            statement=f"A first trial is recorded, with no earlier use: {says(starts)}.",
            supporting=tuple(starts),
        )
    if earlier:
        return LeafResult(
            value=Value.ABSENT,
            statement=f"{context.drug_name} was used before the request: {says(earlier)}.",
            supporting=tuple(starts),
            opposing=tuple(earlier),
        )
    return LeafResult(
        value=Value.UNKNOWN,
        statement=f"Whether this is the first use of {context.drug_name} is not stated.",
    )


def _starts(context: Context) -> list[Fact]:
    """Statements that the drug is being started."""
    said = [
        fact
        for fact in context.said("initial_trial")
        if fact.assertion is Assertion.PRESENT and _is_of(context, fact)
    ]
    use = context.regimen.use_of(context.drug)
    begun = [
        fact
        for fact in (use.facts if use else ())
        if text(fact.value.get("status")) == "started" and fact.assertion is Assertion.PRESENT
    ]
    return said + begun or _never_before(context)


def _never_before(context: Context) -> list[Fact]:
    """Statements that neither it nor anything of its class was had until then."""
    groups = context.drug.groups if context.drug else frozenset()
    earliest = context.day - _START_WITHIN
    return [
        fact
        for fact in context.said(MEDICATION)
        if fact.assertion is Assertion.ABSENT
        and text(fact.value.get("reason")) == NEVER_BEFORE
        and (
            context.is_this_drug(text(fact.value.get("generic")))
            or text(fact.value.get("group")) in groups
        )
        and (day_of(fact) or date.min) >= earliest
    ]


def _is_of(context: Context, fact: Fact) -> bool:
    named = text(fact.value.get("generic")) or fact.subject
    return context.is_this_drug(named)


def _used_before(context: Context, begun: date | None) -> list[Fact]:
    """Listings, fills and stated durations of the drug that are older than its start."""
    use = context.regimen.use_of(context.drug)
    if use is None:
        return []
    used = [fact for fact in use.taking if text(fact.value.get("status")) not in _STARTS]
    if begun is None:
        return [*_seen_again(used), *use.durations]
    after = begun + _AFTER_START
    return [
        fact
        for fact in used
        if (first_day_of(fact) or begun) < begun or (first_day_of(fact) or begun) > after
    ] + list(use.durations)


def _seen_again(used: list[Fact]) -> list[Fact]:
    """Uses that show more than a first appearance: a list of one day alone may be the start."""
    days = {day_of(fact) for fact in used}
    listed = {text(fact.value.get("status")) for fact in used} <= {"listed", ""}
    return [] if listed and len(days) == 1 else used


def stage(context: Context) -> Value:
    """PRESENT for a first trial, ABSENT for a continuation, UNKNOWN else."""
    return first_use(context, {}).value


def duration(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Use beyond a short course: of this drug, or of any of its class until the request."""
    days = amount_of(parameters, "longer_than_days", 21)
    group = text(parameters.get("group"))
    use = _of_class(context, group) if group else context.regimen.use_of(context.drug)
    if use is None or use.since is None:
        return _by_request(context, parameters, days) or _new_or_unknown(context)
    recorded = f"{use.generic} is recorded since {us_date(use.since)}"
    shown = use.ends()
    new = [] if group else _never_before(context)
    if (context.day - use.since).days <= days:
        return _by_request(context, parameters, days) or LeafResult(
            value=Value.ABSENT if use.has_stated_start or new else Value.UNKNOWN,
            statement=f"{recorded}, not longer than {plain(days)} days: {says([*shown, *new])}.",
            opposing=(*shown, *new),
        )
    benefit = _benefit(context) if parameters.get("unless_benefit") is True else []
    if benefit:
        return LeafResult(
            value=Value.ABSENT,
            statement=f"{recorded}, with a benefit of its own: {says(benefit)}.",
            supporting=tuple(shown),
            opposing=tuple(benefit),
        )
    return LeafResult(
        value=Value.PRESENT,
        statement=(
            f"{recorded}, {(context.day - use.since).days} days before the decision, which is "
            f"longer than {plain(days)} days: {says(shown)}."
        ),
        supporting=tuple(shown),
    )


def _of_class(context: Context, group: str) -> Use | None:
    """The drug of the class that was used longest, and until lately."""
    recent = [
        use
        for use in context.regimen.uses
        if group in use.groups() and use.since is not None and use.shown_within(180, context.day)
    ]
    return min(recent, key=lambda use: (use.since or date.max, use.generic), default=None)


def _by_request(
    context: Context, parameters: Mapping[str, object], days: float
) -> LeafResult | None:
    """The request's own days, where the rule counts them and they alone are too many."""
    supply = requested(context)
    covered = dose.days_supply(supply) if supply else None
    counted = parameters.get("counting_request") is True
    if not counted or covered is None or covered[0].low <= days:
        return None
    return LeafResult(
        value=Value.PRESENT,
        statement=f"The request covers more than {plain(days)} days: {covered[1].expression}.",
        calculations=(covered[1],),
    )


def _new_or_unknown(context: Context) -> LeafResult:
    """No use on record: absent only where the record says that the drug is being started."""
    first = first_use(context, {})
    if first.value is not Value.PRESENT:
        return LeafResult(value=Value.UNKNOWN)
    return LeafResult(value=Value.ABSENT, statement=first.statement, opposing=first.supporting)


def _benefit(context: Context) -> list[Fact]:
    """A recorded gain tied to the drug itself."""
    gains = [fact for fact in context.said("functional_improvement") if is_gain(fact)]
    gains += [fact for one in comparisons(context) if one.helps for fact in one.facts]
    return [fact for fact in gains if context.is_this_drug(fact.subject)]


def trial_length(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """An adequate trial: a stated length of so many days; a listing tells no steps of dose."""
    days = amount_of(parameters, "days", 28)
    use = context.regimen.use_of(context.drug)
    if use is None or use.since is None:
        return LeafResult(value=Value.NOT_DOCUMENTED)
    length = (context.day - use.since).days
    shown = use.ends()
    if not use.durations:
        remark = f"; {context.drug_name} is recorded since {us_date(use.since)}: {says(shown)}"
        return LeafResult(value=Value.NOT_DOCUMENTED, remark=remark)
    return LeafResult(
        value=Value.MET if length >= days else Value.PARTIAL,
        statement=f"The trial lasts {plain(length)} days to the decision: {says(shown)}.",
        supporting=tuple(shown),
    )
