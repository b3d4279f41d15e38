"""Notices that name an amount: the penalty for late records, and the fee of a review."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from openimr.model.application import Priority
from openimr.model.deadline import CaseClock, Due
from openimr.model.errors import InputError
from openimr.model.moments import local_day
from openimr.model.money import FeeClass, PenaltyRule
from openimr.model.notice import Caution, Condition, Recipient, Slot
from openimr.model.notice_words import dollars
from openimr.model.process_state import Flag
from openimr.workflow.money import fee, penalty_for
from openimr.workflow.notice_values import Filled, Told, long_moment

_RECORDS = frozenset({"D14", "D15", "D16"})
_FEES: Mapping[FeeClass, str] = {
    FeeClass.REGULAR: "regular review",
    FeeClass.EXPEDITED: "expedited review",
    FeeClass.PHARMACY_ONLY: "regular review of drugs alone",
    FeeClass.ENDED_BEFORE_REVIEWER: "review that ended before it was given to a reviewer",
    FeeClass.ENDED_AFTER_REVIEWER: "review that ended after it was given to a reviewer",
}


def penalty_terms(told: Told, records: Due) -> tuple[Mapping[Slot, str], bool]:
    """The penalty by day for late records, and whether it is in force on their last day."""
    rule = _rule(told, records.deadline, local_day(records.due))
    if rule is None:
        return {}, False
    return {
        Slot.PENALTY_PER_DAY: dollars(rule.per_day),
        Slot.PENALTY_MOST: dollars(rule.maximum),
    }, True


def late_records(told: Told, _: Recipient) -> Filled:
    """What late records have come to on the day of the notice."""
    clock = _records_clock(told)
    if clock is None:
        return Filled(conditions={Condition.PENALTY: False})
    terms, in_force = penalty_terms(told, clock.due)
    stands = penalty_for(told.money, clock.due, told.event.at) if in_force else None
    slots = {Slot.RECORDS_DUE: long_moment(clock.due.due), **terms}
    if stands is not None:
        days = "1 day" if stands.days == 1 else f"{stands.days} days"
        slots |= {Slot.PENALTY_AMOUNT: dollars(stands.amount), Slot.PENALTY_DAYS: days}
    return Filled(
        slots=slots, conditions={Condition.PENALTY: stands is not None}, dues=(clock.due,)
    )


def invoice(told: Told, _: Recipient) -> Filled:
    """The fee of the application.

    Raises:
        InputError: the fee of the day is not known.
    """
    kind, received = fee_class(told), told.case.application.received
    if received is None:
        raise InputError(
            "no invoice can be written: the day of the application is not known",
            why="it chooses the fee (8 CCR 9792.10.8)",
            remedy="state `application.received` in case.json",
        )
    owed = fee(told.money, local_day(received), kind, reviewers=max(1, len(told.state.reviewers)))
    if owed.amount is None:
        raise InputError(
            "no invoice can be written: the fee is not known",
            why=owed.step.text.rstrip("."),
            remedy="add the amount to rulebook/data/process/fees.yaml with its source",
        )
    cautions = [Caution(text=owed.step.text, citation=owed.step.citation)]
    return Filled(
        slots={Slot.FEE: dollars(owed.amount), Slot.FEE_CLASS: _FEES[kind]},
        cautions=tuple(cautions) if owed.step.unverified else (),
    )


def fee_class(told: Told) -> FeeClass:
    """What is paid for: how the case ended, else its track."""
    ended = told.state.flags.get(Flag.FEE_CLASS)
    if ended is not None:
        before = ended == "before_reviewer"
        return FeeClass.ENDED_BEFORE_REVIEWER if before else FeeClass.ENDED_AFTER_REVIEWER
    urgent = told.state.priority is Priority.EXPEDITED
    return FeeClass.EXPEDITED if urgent else FeeClass.REGULAR


def _rule(told: Told, deadline: str, day: date) -> PenaltyRule | None:
    return next(
        (
            one
            for one in told.money.penalties
            if deadline in one.deadlines
            and not one.up_to
            and one.effective_from <= day <= (one.effective_to or date.max)
        ),
        None,
    )


def _records_clock(told: Told) -> CaseClock | None:
    found = [one for one in told.clocks if one.deadline in _RECORDS]
    return found[-1] if found else None
