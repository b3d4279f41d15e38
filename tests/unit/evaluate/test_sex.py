"""Doses that the label sets lower for women, and statements tied to other drugs."""

from __future__ import annotations

import pytest

from openimr.evaluate.leaves.sex import dose_of_women
from openimr.evaluate.leaves.statements import evidence
from openimr.model.finding import Value
from openimr.model.rule import Role
from scenes import scene

LABEL = {"at_most_by_drug": {"zolpidem": 5, "zolpidem ER": 6.25}}


@pytest.mark.parametrize(
    ("sex", "strength", "wanted"),
    [
        ("female", "5 mg", Value.WITHIN),
        ("female", "10 mg", Value.EXCEEDED),
        ("male", "10 mg", Value.WITHIN),
        (None, "10 mg", Value.UNKNOWN),
        (None, "5 mg", Value.WITHIN),
    ],
)
def test_a_woman_takes_less(sex: str | None, strength: str, wanted: Value) -> None:
    request = {"brand": "Ambien", "strength": strength, "units_per_dose": 1, "doses_per_day": 1}
    assert dose_of_women(scene(request, header={"sex": sex}), LABEL).value is wanted


def test_a_drug_without_a_dose_for_women_is_within() -> None:
    request = {"generic": "ramelteon", "strength": "8 mg", "quantity": 10}
    assert dose_of_women(scene(request, header={"sex": "female"}), LABEL).value is Value.WITHIN


@pytest.mark.parametrize(("let_in", "wanted"), [(True, Value.PRESENT), (False, Value.UNKNOWN)])
def test_what_is_tied_to_another_drug_counts_where_it_is_asked_for(
    let_in: bool, wanted: Value
) -> None:
    drowsy = {"concept": "adverse_effects", "effect": "sedation", "subject": "oxycodone"}
    asks = {"concept": "adverse_effects", "effect": "sedation", "of_others": let_in}
    found = evidence(
        scene({"brand": "Provigil"}, [drowsy], role=Role.EXCLUSION), {"enough": [asks]}
    )
    assert found.value is wanted
