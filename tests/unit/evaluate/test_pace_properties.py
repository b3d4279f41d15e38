"""Paces, intervals and ages move one way only: more of it never makes a limit kept again."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from openimr.evaluate.leaves.dosing import dosing_interval
from openimr.evaluate.leaves.injury import since_injury
from openimr.evaluate.leaves.taper import taper_pace
from openimr.model.finding import Value
from openimr.model.rule import Role
from rule_cases import DECIDED
from scenes import scene

TWICE = {"at_most_by_drug": {"oxycodone ER": 2}}


@given(st.integers(min_value=1, max_value=60))
def test_a_count_of_two_a_day_or_less_keeps_the_interval(quantity: int) -> None:
    asked = scene({"brand": "OxyContin", "quantity": quantity}, role=Role.ADVISORY)
    assert dosing_interval(asked, TWICE).value is Value.MET


@given(st.integers(min_value=61, max_value=600))
def test_a_larger_count_keeps_it_never_for_certain(quantity: int) -> None:
    asked = scene({"brand": "OxyContin", "quantity": quantity}, role=Role.ADVISORY)
    assert dosing_interval(asked, TWICE).value is not Value.MET


@given(st.lists(st.integers(min_value=1, max_value=300), min_size=2, max_size=6, unique=True))
def test_a_taper_is_measured_whenever_its_counts_fall(counts: list[int]) -> None:
    falling = sorted(counts, reverse=True)
    line = "Norco 10/325mg taper weekly: " + ", then ".join(f"#{count}" for count in falling)
    found = taper_pace(scene({"text": line, "kind": "drug"}), {"percent_a_week": 50})
    steepest = max(one - other for one, other in pairwise(falling))
    assert found.value is (Value.WITHIN if steepest <= falling[0] / 2 else Value.EXCEEDED), (
        found.statement
    )


@given(st.integers(min_value=0, max_value=4000), st.integers(min_value=0, max_value=400))
def test_an_older_injury_is_never_more_acute(days: int, more: int) -> None:
    order = [Value.ABSENT, Value.UNKNOWN, Value.PRESENT]
    told = {"longer_than_months": 6, "acute_within_months": 1}
    newer, older = (
        since_injury(
            scene({"brand": "Fioricet"}, header={"date_of_injury": DECIDED - timedelta(days=age)}),
            told,
        ).value
        for age in (days, days + more)
    )
    assert order.index(newer) <= order.index(older)
