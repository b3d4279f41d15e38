"""Fees by period and class, and penalties by days."""

from datetime import date

import pytest

from openimr.model.money import FeeClass, FeeReviewer
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.rulebook.money import load_money_rules
from openimr.workflow.clock import due
from openimr.workflow.money import fee, penalty_for

MONEY, RULES = load_money_rules(), load_clock_rules()
REGULAR, EXPEDITED, PHARMACY = FeeClass.REGULAR, FeeClass.EXPEDITED, FeeClass.PHARMACY_ONLY
BEFORE, AFTER = FeeClass.ENDED_BEFORE_REVIEWER, FeeClass.ENDED_AFTER_REVIEWER
OTHER = FeeReviewer.OTHER


@pytest.mark.parametrize(
    ("received", "kind", "amount"),
    [
        (date(2012, 12, 31), REGULAR, None),
        (date(2013, 1, 1), REGULAR, 560),
        (date(2014, 3, 31), REGULAR, 560),
        (date(2013, 7, 1), PHARMACY, 560),
        (date(2013, 7, 1), BEFORE, None),
        (date(2014, 4, 1), REGULAR, 420),
        (date(2014, 4, 1), PHARMACY, 390),
        (date(2014, 12, 31), EXPEDITED, 515),
        (date(2014, 5, 1), BEFORE, 160),
        (date(2014, 5, 1), AFTER, 420),
        (date(2015, 1, 1), REGULAR, None),
        (date(2019, 12, 31), EXPEDITED, None),
        (date(2020, 1, 1), REGULAR, 345),
        (date(2025, 1, 1), PHARMACY, 345),
        (date(2026, 3, 31), BEFORE, 115),
        (date(2026, 4, 1), REGULAR, None),
    ],
)
def test_fees_by_the_day_of_the_application(
    received: date, kind: FeeClass, amount: int | None
) -> None:
    assert fee(MONEY, received, kind).amount == amount


@pytest.mark.parametrize(
    ("kind", "reviewer", "reviewers", "amount"),
    [
        (REGULAR, OTHER, 1, 495),
        (REGULAR, OTHER, 2, 655),
        (REGULAR, FeeReviewer.PHYSICIAN, 2, 760),
        (EXPEDITED, FeeReviewer.PHYSICIAN, 1, 685),
        (EXPEDITED, FeeReviewer.PHYSICIAN, 2, 850),
        (EXPEDITED, OTHER, 1, 595),
        (EXPEDITED, OTHER, 2, None),
    ],
)
def test_the_fees_of_2013_tell_professions_and_panels_apart(
    kind: FeeClass, reviewer: FeeReviewer, reviewers: int, amount: int | None
) -> None:
    found = fee(MONEY, date(2013, 8, 1), kind, reviewer=reviewer, reviewers=reviewers)
    assert found.amount == amount


def test_an_unknown_fee_says_why_and_a_copied_one_that_it_was_not_checked() -> None:
    unknown = fee(MONEY, date(2017, 6, 1), REGULAR)
    assert "2015 to 2019" in unknown.step.text
    assert unknown.step.unverified
    assert fee(MONEY, date(2021, 6, 1), REGULAR).step.unverified
    assert not fee(MONEY, date(2014, 6, 1), REGULAR).step.unverified


@pytest.mark.parametrize(
    ("received", "amount"),
    [
        (date(2015, 6, 1), None),
        (date(2015, 6, 2), 500),
        (date(2015, 6, 5), 2000),
        (date(2015, 6, 11), 5000),
        (date(2015, 7, 30), 5000),
    ],
)
def test_late_records_cost_500_a_day_up_to_5000(received: date, amount: int | None) -> None:
    limit = due(RULES, "D14", date(2015, 5, 17))
    assert limit.due == date(2015, 6, 1)
    found = penalty_for(MONEY, limit, received)
    assert (found.amount if found else None) == amount


def test_no_penalty_was_sought_before_december_2014_and_none_follows_from_silence() -> None:
    assert penalty_for(MONEY, due(RULES, "D14", date(2014, 11, 3)), date(2015, 1, 1)) is None
    assert penalty_for(MONEY, due(RULES, "D14", date(2015, 5, 17)), None) is None
    assert penalty_for(MONEY, due(RULES, "D19", date(2015, 5, 17)), date(2016, 1, 1)) is None


def test_a_penalty_for_late_implementation_is_a_bound_that_was_not_checked() -> None:
    found = penalty_for(MONEY, due(RULES, "D23", date(2015, 11, 25)), date(2015, 12, 5))
    assert found is not None
    assert (found.days, found.amount, found.bound) == (2, 10000, True)
    assert found.steps[0].unverified
    assert "at most" in found.steps[0].text
