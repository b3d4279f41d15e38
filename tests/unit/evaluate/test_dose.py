"""Arithmetic that a reader can check on paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.evaluate import dose
from openimr.evaluate.dose import Range, Supply
from openimr.model.drug import Drug, FactorSet
from openimr.model.finding import Value
from rule_cases import formulary


def drug(name: str) -> Drug:
    found = formulary().find(name)
    assert found is not None
    return found


def supply(name: str, **told: object) -> Supply:
    return Supply(drug=drug(name), **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "told", "result", "expression"),
    [
        ("Norco", {"strength": "10/325 mg", "per_day": 5}, 50, "5 tablets x 10 mg = 50 mg a day"),
        (
            "Norco",
            {"strength": "10/325 mg", "quantity": 84, "days": 28},
            30,
            "84 tablets / 28 days x 10 mg = 30 mg a day",
        ),
        (
            "Norco",
            {"strength": "10/325 mg", "quantity": 180},
            60,
            "6 tablets x 10 mg = 60 mg a day",
        ),
        (
            "Norco",
            {"strength": "10/325 mg", "quantity": 90},
            None,
            "3 to 6 tablets x 10 mg = 30 to 60 mg a day",
        ),
        (
            "Cymbalta",
            {"strength": "60 mg", "per_day": 1.5},
            90,
            "1.5 capsules x 60 mg = 90 mg a day",
        ),
    ],
)
def test_daily_dose(
    name: str, told: dict[str, object], result: float | None, expression: str
) -> None:
    ingredient = drug(name).ingredients[0] if drug(name).ingredients else drug(name).generic
    found = dose.daily_dose(supply(name, **told), ingredient)
    assert found is not None
    assert (found[1].result, found[1].expression) == (result, expression)


def test_a_dose_of_unknown_quantity_is_not_known() -> None:
    assert dose.daily_dose(supply("Norco", strength="10/325 mg"), "hydrocodone") is None


@pytest.mark.parametrize(
    ("name", "told", "days", "expression"),
    [
        ("Flexeril", {"quantity": 90, "per_day": 3}, "30", "90 tablets / 3 a day = 30 days"),
        (
            "Flexeril",
            {"quantity": 90},
            "30 to 90",
            "90 tablets / 3 a day to 1 a day = 30 to 90 days",
        ),
        (
            "Restoril",
            {"quantity": 30, "refills": 2},
            "90",
            "30 capsules x 3 fills / 1 a day = 90 days",
        ),
        (
            "Restoril",
            {"quantity": 30, "refills": 1, "days": 30},
            "60",
            "30 days x 2 fills = 60 days",
        ),
        ("Butrans", {"quantity": 24}, "168", "24 patches x 7 days each = 168 days"),
        ("Duragesic", {"quantity": 10}, "30", "10 patches x 3 days each = 30 days"),
    ],
)
def test_days_supply(name: str, told: dict[str, object], days: str, expression: str) -> None:
    found = dose.days_supply(supply(name, **told))
    assert found is not None
    assert (str(found[0]), found[1].expression) == (days, expression)


@pytest.mark.parametrize(
    ("told", "hours"), [({"quantity": 15}, 48), ({"quantity": 10}, 72), ({"per_day": 1 / 3}, 72)]
)
def test_patch_wear(told: dict[str, object], hours: float) -> None:
    found = dose.wear_hours(supply("Duragesic", **told))
    assert found is not None
    assert found[1].result == hours


def test_fentanyl_by_rate_and_by_patches_dispensed() -> None:
    found = dose.morphine_equivalent(
        supply("Duragesic", strength="100 mcg/hr", quantity=15, days=30), FactorSet.CDC_2016
    )
    assert found is not None
    assert str(found[0]) == "240"
    assert [step.result for step in found[1]] == [240, 360]
    assert found[1][1].expression == (
        "100 mcg/hr x 15 patches / 30 days x 7.2 = 360 mg morphine equivalent a day "
        "(by patches dispensed)"
    )


@pytest.mark.parametrize(
    ("name", "strength", "per_day", "by_set"),
    [
        ("Norco", "10/325 mg", 6, (60, 60)),
        ("tramadol", "50 mg", 4, (20, 40)),
        ("OxyContin", "20 mg", 2, (60, 60)),
        ("hydromorphone", "4 mg", 4, (64, 80)),
        ("methadone", "10 mg", 2, (80, 94)),
        ("methadone", "10 mg", 3, (240, 141)),
    ],
)
def test_both_factor_sets(
    name: str, strength: str, per_day: float, by_set: tuple[int, int]
) -> None:
    told = supply(name, strength=strength, per_day=per_day)
    for factor_set, expected in zip(FactorSet, by_set, strict=True):
        found = dose.morphine_equivalent(told, factor_set)
        assert found is not None
        assert round(found[0].high) == expected
        assert found[1][0].factor_set == factor_set.value


def test_micrograms_stay_micrograms() -> None:
    found = dose.morphine_equivalent(
        supply("fentanyl lozenge", strength="400 mcg", per_day=2), FactorSet.CDC_2016
    )
    assert found is not None
    assert found[1][0].expression == "800 mcg fentanyl x 0.13 = 104 mg morphine equivalent a day"
    assert (
        dose.morphine_equivalent(supply("fentanyl lozenge", per_day=2), FactorSet.CDC_2022) is None
    )


def test_a_strength_written_in_part_is_completed_from_the_formulary() -> None:
    amounts = dose.strengths(drug("Norco"), "10")
    assert str(amounts["hydrocodone"]) == "10"
    assert str(amounts["acetaminophen"]) == "300 to 750"


@given(st.floats(0, 500), st.floats(0, 500), st.floats(1, 500))
def test_a_range_is_within_only_as_a_whole(low: float, width: float, limit: float) -> None:
    span = Range(low, low + width)
    value = span.against(limit)
    assert (value is Value.WITHIN) == (low + width <= limit + 1e-6)
    assert (value is Value.EXCEEDED) == (low > limit + 1e-6)


def test_a_sum_is_written_out() -> None:
    total, step = dose.summed("sum", [("a", Range(1, 1)), ("b", Range(2, 3))], "mg")
    assert (str(total), step.result) == ("3 to 4", None)
    assert step.expression == "1 (a) + 2 to 3 (b) = 3 to 4 mg"
