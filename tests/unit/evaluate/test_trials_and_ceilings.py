"""Which results of an earlier trial count, and what lowers or lifts a ceiling."""

from __future__ import annotations

from typing import Any

import pytest

from openimr.evaluate.leaves.combination import combination
from openimr.evaluate.leaves.limits import daily_dose, morphine_equivalent
from openimr.evaluate.leaves.trials import prior_trial
from openimr.model.finding import Value
from openimr.model.rule import Role
from scenes import scene

TRAMADOL = {"at_most_by_drug": {"tramadol": 400}, "from_age": 76, "at_most_from_age": 300}
CONSULTED = {"concept": "consultation", "specialty": "pain management", "status": "done"}


def tried(outcome: str) -> dict[str, Any]:
    return {"concept": "prior_nonopioid_trials", "generic": "oxycodone", "outcome": outcome}


@pytest.mark.parametrize(
    ("outcome", "wanted", "words"),
    [
        ("not_tolerated", Value.MET, "with its result"),
        ("failed", Value.PARTIAL, "but not that it was not tolerated"),
        ("helped", Value.PARTIAL, "but not that it was not tolerated"),
    ],
)
def test_only_the_results_asked_for_count(outcome: str, wanted: Value, words: str) -> None:
    told = {"groups": ["opioid"], "outcomes": ["not_tolerated", "contraindicated"]}
    found = prior_trial(scene({"brand": "Nucynta"}, [tried(outcome)], role=Role.GATE), told)
    assert found.value is wanted
    assert words in found.statement


def test_a_use_told_as_failed_is_a_trial() -> None:
    told = {"concept": "medication", "generic": "morphine ER", "status": "failed"}
    found = prior_trial(scene({"generic": "methadone"}, [told]), {"groups": ["er_opioid"]})
    assert found.value is Value.MET


@pytest.mark.parametrize(
    ("age", "daily", "wanted"),
    [
        (75, 8, Value.WITHIN),
        (76, 8, Value.EXCEEDED),
        (76, 6, Value.WITHIN),
        (None, 8, Value.WITHIN),
    ],
)
def test_age_lowers_a_ceiling(age: int | None, daily: int, wanted: Value) -> None:
    request = {"brand": "Ultram", "strength": "50 mg", "units_per_dose": 1, "doses_per_day": daily}
    assert daily_dose(scene(request, header={"age": age}), TRAMADOL).value is wanted


def test_a_consultation_lifts_a_ceiling_where_the_rule_says_so() -> None:
    request = {"brand": "OxyContin", "strength": "80 mg", "units_per_dose": 1, "doses_per_day": 2}
    told: dict[str, object] = {"at_most": 80}
    seen = scene(request, [CONSULTED])
    assert daily_dose(seen, told).value is Value.EXCEEDED
    assert daily_dose(seen, {**told, "consultation": ["pain"]}).value is Value.WITHIN
    assert daily_dose(scene(request), {**told, "consultation": ["pain"]}).value is Value.EXCEEDED


def test_an_ingredient_that_no_drug_holds_is_within() -> None:
    told = {"ingredient": "acetaminophen", "at_most": 4000, "all_sources": True}
    found = daily_dose(scene({"brand": "Roxicodone", "quantity": 120}), told)
    assert found.value is Value.WITHIN
    assert found.statement == "No drug with acetaminophen is asked for or listed."


def test_a_drug_alone_is_measured_without_the_others() -> None:
    request = {"brand": "Dilaudid", "strength": "4 mg", "units_per_dose": 1, "doses_per_day": 6}
    taken = {"concept": "medication", "status": "listed", "source": "list"}
    beside = {**taken, "generic": "morphine ER", "strength": "60 mg", "per_day": 2}
    both = scene(request, [beside])
    assert morphine_equivalent(both, {"at_most": 120}).value is Value.EXCEEDED
    alone = morphine_equivalent(both, {"at_most": 120, "alone": True})
    assert alone.value is Value.WITHIN
    assert (
        "The morphine equivalent of Dilaudid (CDC 2016 factors) is 96 mg a day" in alone.statement
    )


def test_a_statement_can_be_a_danger_by_itself() -> None:
    told = {"against": [{"concept": "other_indication", "diagnosis": "seizure disorder"}]}
    seizures = {"concept": "other_indication", "diagnosis": "seizure disorder"}
    warned = combination(scene({"brand": "Ultram"}, [seizures], role=Role.ADVISORY), told)
    assert warned.value is Value.CONTRADICTED
    assert combination(scene({"brand": "Ultram"}), told).value is Value.NOT_DOCUMENTED


def test_a_trial_that_ended_otherwise_is_told_before_what_is_still_taken() -> None:
    told = {"groups": ["opioid"], "outcomes": ["not_tolerated"]}
    taken = {"concept": "medication", "generic": "tramadol", "status": "listed", "source": "list"}
    found = prior_trial(scene({"brand": "Nucynta"}, [tried("failed"), taken]), told)
    assert found.value is Value.PARTIAL
    assert "oxycodone" in found.statement
    assert "tramadol" not in found.statement
