"""What a review costs, and what a missed time limit costs: arithmetic over rows of data."""

from __future__ import annotations

from datetime import date, datetime

from openimr.model.deadline import Due, Step
from openimr.model.moments import local_day
from openimr.model.money import (
    Fee,
    FeeClass,
    FeeReviewer,
    FeeSchedule,
    MoneyRules,
    Penalty,
    PenaltyRule,
)
from openimr.workflow.calendar import named_day


def fee(
    rules: MoneyRules,
    received: date,
    kind: FeeClass,
    *,
    reviewer: FeeReviewer = FeeReviewer.PHYSICIAN,
    reviewers: int = 1,
) -> Fee:
    """The fee for an application, which the claims administrator pays (8 CCR 9792.10.8).

    Args:
        rules: fees by period.
        received: the day of the application.
        kind: what is paid for; a schedule without a row for pharmacy alone has the regular fee.
        reviewer: the profession of the reviewer, where the schedule tells professions apart.
        reviewers: how many there are.

    Returns:
        The amount, or None with the reason where it is not known.
    """
    in_force = [one for one in rules.fees if one.effective_from <= received]
    schedule = in_force[-1] if in_force else None
    if schedule is None:
        first = rules.fees[0].effective_from
        text = f"There is no fee for an application of {received}: the first is of {first}."
        return Fee(amount=None, step=Step(text=text, citation=rules.fees[0].citation))
    if schedule.not_known:
        text = f"The fee for an application of {received} is not known: {schedule.not_known}."
        step = Step(text=text, citation=schedule.citation, unverified=True)
        return Fee(amount=None, step=step)
    amount = _amount(schedule, kind, reviewer, reviewers)
    what = f"{kind.value.replace('_', ' ')}, {reviewers} reviewer(s)"
    text = f"Application of {received}, {what}: " + (
        "the schedule names no amount." if amount is None else f"${amount:,}."
    )
    step = Step(text=text, citation=schedule.citation, unverified=schedule.unverified)
    return Fee(amount=amount, step=step)


def _amount(
    schedule: FeeSchedule, kind: FeeClass, reviewer: FeeReviewer, reviewers: int
) -> int | None:
    kinds = [kind] if kind is not FeeClass.PHARMACY_ONLY else [kind, FeeClass.REGULAR]
    for wanted in kinds:
        for row in schedule.amounts:
            fits = row.reviewer in {None, reviewer} and row.reviewers in {0, reviewers}
            if row.kind is wanted and fits:
                return row.amount
    return None


def penalty_for(rules: MoneyRules, due: Due, done: date | datetime | None) -> Penalty | None:
    """The penalty that follows from a time limit of a case, so far; None if there is none.

    Args:
        rules: penalties by period.
        due: the time limit; its last day chooses the penalty in force.
        done: the day on which it was met, or, while it is not, the day of asking; None: not known,
            and nothing follows from what nobody knows.
    """
    last = local_day(due.due)
    days = (local_day(done) - last).days if done is not None else 0
    if days <= 0:
        return None
    rule = next((one for one in rules.penalties if _follows(one, due.deadline, last)), None)
    return penalty(rule, last, days) if rule else None


def _follows(rule: PenaltyRule, deadline: str, day: date) -> bool:
    in_force = rule.effective_from <= day <= (rule.effective_to or date.max)
    return in_force and deadline in rule.deadlines


def penalty(rule: PenaltyRule, last: date, days: int) -> Penalty:
    """What a penalty comes to some calendar days after a last day.

    Args:
        rule: the penalty.
        last: the last day of the time limit.
        days: calendar days after it, at least 1.
    """
    total = rule.per_day * days
    amount = min(total, rule.maximum) if rule.maximum else total
    bound = "at most " if rule.up_to else ""
    steps = [
        Step(
            text=f"{days} day(s) after {named_day(last)}, {bound}${rule.per_day:,} a day: "
            f"{bound}${total:,}.",
            citation=rule.citation,
            unverified=rule.unverified,
        )
    ]
    if amount < total:
        text = f"No more than ${rule.maximum:,} in all: ${amount:,}."
        steps.append(Step(text=text, citation=rule.citation, unverified=rule.unverified))
    procedure = Step(text=f"How it is set: {rule.procedure}.", citation=rule.citation)
    return Penalty(
        rule=rule.id, days=days, amount=amount, bound=rule.up_to, steps=(*steps, procedure)
    )
