"""Ingredients, strength and amount of what is rubbed on the skin."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.evaluate.leaves.each_trial import each_trial
from openimr.evaluate.leaves.topicals import concentration, grams_a_day, ingredients, units_a_day
from openimr.model.finding import Value
from openimr.model.rule import Role
from scenes import scene

RULE = {
    "not_recommended": ("gabapentin",),
    "not_groups": ("muscle_relaxant",),
    "at_most": {"capsaicin": 0.025},
    "in_patch": ("lidocaine",),
    "conditional": ("ketamine",),
    "unless": ({"concept": "neuropathic_pain", "kind": "crps"},),
    "recommended": ("menthol", "capsaicin", "methyl salicylate", "lidocaine", "ketamine"),
}
CRPS = {"concept": "neuropathic_pain", "kind": "crps"}
PRODUCTS = [
    ("Gabapentin 6%/Menthol 2% cream 60 gm", [], Value.PRESENT),
    ("Baclofen 2%/Menthol 2% cream 60 gm", [], Value.PRESENT),
    ("Lidocaine 4%/Menthol 1% cream 60 gm", [], Value.PRESENT),
    ("Terocin patch #10 (lidocaine 4%/menthol 4%)", [], Value.ABSENT),
    ("Menthol 2%/Capsaicin 0.025% cream 60 gm", [], Value.ABSENT),
    ("Menthol 2%/Capsaicin 0.026% cream 60 gm", [], Value.PRESENT),
    ("Ketamine 10%/Menthol 2% cream 60 gm", [], Value.PRESENT),
    ("Ketamine 10%/Menthol 2% cream 60 gm", [CRPS], Value.ABSENT),
    ("Tramadol 8%/Menthol 2% cream 60 gm", [], Value.UNKNOWN),
    ("Topical compound cream (unspecified)", [], Value.UNKNOWN),
]


@pytest.mark.parametrize(("line", "facts", "value"), PRODUCTS)
def test_one_bad_ingredient_fails_the_product(
    line: str, facts: list[dict[str, Any]], value: Value
) -> None:
    context = scene({"line": line}, facts, role=Role.EXCLUSION)
    assert ingredients(context, RULE).value is value


@given(st.integers(1, 20000))
def test_a_strength_is_within_or_above_and_never_both(thousandths: int) -> None:
    percent = thousandths / 1000
    context = scene({"line": f"Capsaicin {percent:.3f}% cream 60 gm"})
    found = concentration(context, {"ingredient": "capsaicin", "at_most": 0.025})
    wanted = Value.WITHIN if percent <= 0.025 else Value.EXCEEDED
    assert found.value is wanted


def test_a_strength_that_is_not_told_stays_unknown() -> None:
    found = concentration(scene({"brand": "Zostrix"}), {"ingredient": "capsaicin", "at_most": 1})
    assert found.value is Value.UNKNOWN


GELS = [
    ("Voltaren Gel 1% 100g tubes #3", "300 g / 30 days = 10 g a day", Value.WITHIN),
    ("Voltaren Gel 1% 100g tubes #10", "1000 g / 30 days = 33.33 g a day", Value.EXCEEDED),
    ("Voltaren 1% gel 500 g", "500 g / 30 days = 16.67 g a day", Value.WITHIN),
    ("Voltaren 1% gel, apply 4 g QID, 500 g", "4 g x 4 a day = 16 g a day", Value.WITHIN),
    ("Voltaren 1% gel", "gives no amount", Value.UNKNOWN),
    ("Flector patch 1.3% #60", "is none", Value.UNKNOWN),
]


@pytest.mark.parametrize(("line", "words", "value"), GELS)
def test_grams_of_a_gel(line: str, words: str, value: Value) -> None:
    found = grams_a_day(scene({"line": line}), {"at_most": 32})
    assert found.value is value
    assert words in found.statement


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ({"quantity": 90}, Value.WITHIN),
        ({"quantity": 91}, Value.EXCEEDED),
        ({"quantity": 30, "units_per_dose": 4, "doses_per_day": 1}, Value.EXCEEDED),
        ({}, Value.UNKNOWN),
    ],
)
def test_patches_a_day(told: dict[str, Any], value: Value) -> None:
    assert units_a_day(scene({"brand": "Lidoderm", **told}), {"at_most": 3}).value is value


def trial(generic: str, outcome: str = "failed") -> dict[str, Any]:
    return {"concept": "prior_nonopioid_trials", "generic": generic, "outcome": outcome}


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        ([trial("amitriptyline"), trial("gabapentin", "not_tolerated")], Value.MET),
        ([trial("amitriptyline")], Value.PARTIAL),
        ([trial("amitriptyline", "tried")], Value.PARTIAL),
        ([trial("naproxen")], Value.NOT_DOCUMENTED),
        ([{**trial("gabapentin", "tried"), "assertion": "absent"}], Value.CONTRADICTED),
        ([], Value.NOT_DOCUMENTED),
    ],
)
def test_each_kind_of_drug_must_have_failed(facts: list[dict[str, Any]], value: Value) -> None:
    context = scene({"brand": "Menthoderm"}, facts, role=Role.GATE)
    assert each_trial(context, {"groups": ("antidepressant", "antiepileptic")}).value is value
