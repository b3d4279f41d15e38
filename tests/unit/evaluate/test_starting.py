"""Doses that bind a first prescription alone."""

from __future__ import annotations

from typing import Any

import pytest

from openimr.evaluate.leaves.starting import starting_dose
from openimr.model.finding import Value
from scenes import scene

START = {"concept": "initial_trial", "generic": "eszopiclone"}
USED = {"concept": "duration_of_use", "generic": "eszopiclone", "months": 6}


@pytest.mark.parametrize(
    ("strength", "facts", "wanted"),
    [
        ("1 mg", [START], Value.WITHIN),
        ("2 mg", [START], Value.EXCEEDED),
        ("3 mg", [USED], Value.WITHIN),
        ("3 mg", [], Value.UNKNOWN),
        ("1 mg", [], Value.WITHIN),
    ],
)
def test_only_a_first_prescription_is_bound(
    strength: str, facts: list[dict[str, Any]], wanted: Value
) -> None:
    request = {"brand": "Lunesta", "strength": strength, "units_per_dose": 1, "doses_per_day": 1}
    told = {"ingredient": "eszopiclone", "at_most": 1}
    assert starting_dose(scene(request, facts), told).value is wanted
