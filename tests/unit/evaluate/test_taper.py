"""How fast a taper steps down."""

from __future__ import annotations

from typing import Any

import pytest

from openimr.evaluate.leaves.taper import taper_pace
from openimr.model.finding import Value
from scenes import scene

HALF = {"percent_a_week": 50}
LAST = {
    "concept": "medication",
    "generic": "hydrocodone/acetaminophen",
    "strength": "10/325 mg",
    "quantity": 120,
    "status": "dispensed",
    "source": "ledger",
}


def pace(line: str, *facts: dict[str, Any]) -> tuple[Value, str]:
    found = taper_pace(scene({"line": line}, facts), HALF)
    return found.value, found.statement


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Norco 10/325mg #60 (weaning), then #45, then #30 over 3 months", Value.WITHIN),
        ("Norco 10/325mg taper: #28, then #14 weekly", Value.WITHIN),  # half a week, at the limit
        ("Norco 10/325mg taper: #28, then #13 weekly", Value.EXCEEDED),
        ("Norco 10/325mg taper: #28, then #15 weekly", Value.WITHIN),
        ("Norco 10/325mg for weaning", Value.UNKNOWN),
        ("Norco 10/325mg #60 for weaning", Value.UNKNOWN),
        ("Norco 10/325mg #30 taper, then #60", Value.UNKNOWN),  # no taper at all
    ],
)
def test_the_steps_of_the_line(line: str, wanted: Value) -> None:
    assert pace(line)[0] is wanted


def test_the_last_supply_is_the_first_step() -> None:
    found, words = pace("Norco 10/325mg #60 for weaning", LAST)
    assert found is Value.WITHIN
    assert "120 to 60 units: 60 of 120 in 30 days = 11.67 % a week" in words


def test_a_supply_of_another_strength_is_no_step() -> None:
    assert pace("Norco 10/325mg #60 for weaning", {**LAST, "strength": "5/325 mg"})[0] is (
        Value.UNKNOWN
    )


def test_a_program_has_no_steps() -> None:
    assert pace("Detoxification program, 7 days inpatient")[0] is Value.UNKNOWN


def test_directions_tell_the_supply_where_nothing_counts_it() -> None:
    told = {key: value for key, value in LAST.items() if key != "quantity"}
    listed = {**told, "per_day": 4, "status": "listed", "source": "list"}
    assert "120 to 90 units" in pace("Norco 10/325mg #90 for weaning", listed)[1]
