"""Another strength or release form of the requested drug adds to its dose, and only once."""

from __future__ import annotations

from typing import Any

import pytest

from openimr.evaluate.leaves.limits import daily_dose, morphine_equivalent
from scenes import scene

SLOW = {"brand": "OxyContin", "strength": "20 mg", "units_per_dose": 1, "doses_per_day": 2}
FAST = {"brand": "Roxicodone", "strength": "10 mg", "units_per_dose": 1, "doses_per_day": 3}
LISTED = {"concept": "medication", "status": "listed", "source": "list"}


def listed(generic: str, strength: str, per_day: float) -> dict[str, Any]:
    return {**LISTED, "generic": generic, "strength": strength, "per_day": per_day}


def total(request: dict[str, Any], *facts: dict[str, Any], also: Any = ()) -> str:
    found = morphine_equivalent(scene(request, facts, also=also), {"at_most": 120})
    return found.statement.partition(" is ")[2].partition(",")[0]


def test_another_line_of_the_case_adds() -> None:
    assert total(SLOW, also=[FAST]) == "105 mg a day"


def test_another_strength_of_the_same_form_adds() -> None:
    assert total(SLOW, also=[{**SLOW, "strength": "40 mg"}]) == "180 mg a day"


@pytest.mark.parametrize(
    "other",
    [
        SLOW,  # the same line again, for the next month
        {**SLOW, "strength": "40 mg", "retrospective": True},
        {"brand": "OxyContin", "quantity": 60},  # perhaps of the same strength
    ],
)
def test_what_may_be_the_same_supply_adds_nothing(other: dict[str, Any]) -> None:
    assert total(SLOW, also=[other]) == "60 mg a day"


def test_a_list_of_both_forms_adds() -> None:
    lists = (listed("oxycodone ER", "20 mg", 2), listed("oxycodone", "10 mg", 3))
    assert total(SLOW, *lists) == "105 mg a day"
    told = {"ingredient": "oxycodone", "at_most": 80, "all_sources": True}
    found = daily_dose(scene(SLOW, lists), told)
    assert "40 (oxycodone ER) + 30 (oxycodone) = 70 mg a day" in found.statement


def test_one_drug_named_twice_adds_nothing() -> None:
    lists = (listed("oxycodone ER", "20 mg", 2), listed("oxycodone", "20 mg", 2))
    assert total(SLOW, *lists) == "60 mg a day"


def test_an_opioid_alone_is_measured_in_all_its_forms() -> None:
    fast = {"brand": "Dilaudid", "strength": "4 mg", "units_per_dose": 1, "doses_per_day": 4}
    slow = {"brand": "Exalgo", "strength": "16 mg", "units_per_dose": 1, "doses_per_day": 1}
    both = scene(fast, [listed("fentanyl transdermal", "50 mcg/hr", 1)], also=[slow])
    found = morphine_equivalent(both, {"at_most": 120, "alone": True})
    assert "64 (hydromorphone) + 64 (hydromorphone ER) = 128 mg a day" in found.statement


BOTH = listed("oxycodone/acetaminophen", "5/325 mg", 3)
PERCOCET = {"brand": "Percocet", "strength": "5/325 mg", "units_per_dose": 1, "doses_per_day": 3}


def test_a_bare_ingredient_is_short_for_the_combination_taken() -> None:
    bare = {**LISTED, "generic": "oxycodone"}
    assert total(PERCOCET, BOTH, bare) == "22.5 mg a day"


def test_an_ingredient_with_an_amount_of_its_own_adds() -> None:
    assert total(PERCOCET, BOTH, listed("oxycodone", "10 mg", 2)) == "52.5 mg a day"
