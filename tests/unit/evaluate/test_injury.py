"""How long after the injury the request comes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from openimr.evaluate.leaves.injury import since_injury
from openimr.model.finding import Value
from openimr.model.rule import Role
from rule_cases import DECIDED
from scenes import scene


def value(days: int | None, told: dict[str, object]) -> tuple[Value, str]:
    injured = None if days is None else DECIDED - timedelta(days=days)
    header = {"date_of_injury": injured}
    found = since_injury(scene({"brand": "Lunesta"}, header=header, role=Role.EXCLUSION), told)
    return found.value, found.statement


@pytest.mark.parametrize(
    ("days", "wanted"), [(60, Value.ABSENT), (61, Value.ABSENT), (62, Value.PRESENT)]
)
def test_just_under_at_and_over(days: int, wanted: Value) -> None:
    assert value(days, {"longer_than_months": 2})[0] is wanted


@pytest.mark.parametrize(
    ("days", "wanted"),
    [(30, Value.ABSENT), (31, Value.UNKNOWN), (183, Value.UNKNOWN), (184, Value.PRESENT)],
)
def test_between_acute_and_chronic_it_is_open(days: int, wanted: Value) -> None:
    assert value(days, {"longer_than_months": 6, "acute_within_months": 1})[0] is wanted


def test_without_a_date_nothing_is_known() -> None:
    assert value(None, {"longer_than_months": 2})[0] is Value.UNKNOWN


def test_the_days_are_told() -> None:
    day = DECIDED - timedelta(days=400)
    assert date(2014, 3, 18) == day
    said = "The injury of 03/18/2014 lies 13 months before the decision, more than 2 months."
    assert value(400, {"longer_than_months": 2})[1] == said
