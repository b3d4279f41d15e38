"""What is taken beside the requested drug, and the risks that stand in the record."""

from __future__ import annotations

from typing import Any

import pytest

from openimr.evaluate.leaves.beside import risk_factor, taken_beside
from openimr.model.finding import Value
from openimr.model.rule import Role
from scenes import scene

NSAIDS = {"groups": ("nsaid",), "not_groups": ("topical",)}
OMEPRAZOLE = {"brand": "Prilosec"}


def listed(generic: str, **more: Any) -> dict[str, Any]:
    told = {"concept": "medication", "generic": generic, "status": "continued", "source": "list"}
    return {**told, **more}


CASES = [
    ([listed("naproxen")], Role.GATE, Value.MET),
    ([listed("naproxen")], Role.EXCLUSION, Value.PRESENT),
    ([listed("Voltaren Gel")], Role.GATE, Value.NOT_DOCUMENTED),
    ([listed("Voltaren Gel")], Role.EXCLUSION, Value.ABSENT),
    ([listed("naproxen", status="stopped")], Role.GATE, Value.CONTRADICTED),
    ([listed("naproxen", status="stopped"), listed("meloxicam")], Role.GATE, Value.MET),
    ([listed("naproxen", date="2014-03-01")], Role.GATE, Value.NOT_DOCUMENTED),
    ([], Role.GATE, Value.NOT_DOCUMENTED),
    ([], Role.EXCLUSION, Value.UNKNOWN),
]


@pytest.mark.parametrize(("facts", "role", "value"), CASES)
def test_a_drug_taken_beside(facts: list[dict[str, Any]], role: Role, value: Value) -> None:
    assert taken_beside(scene(OMEPRAZOLE, facts, role=role), NSAIDS).value is value


def test_a_drug_asked_for_in_the_same_case_says_so() -> None:
    result = taken_beside(scene(OMEPRAZOLE, role=Role.GATE, also=[{"brand": "Mobic"}]), NSAIDS)
    assert result.value is Value.MET
    assert "meloxicam, itself asked for in this case" in result.statement


@pytest.mark.parametrize(
    ("generic", "value"),
    [("temazepam", Value.MET), ("pregabalin", Value.MET), ("gabapentin", Value.NOT_DOCUMENTED)],
)
def test_a_controlled_drug_is_known_by_its_schedule(generic: str, value: Value) -> None:
    context = scene({"line": "Urine drug screen"}, [listed(generic)], role=Role.GATE)
    assert taken_beside(context, {"scheduled": True}).value is value


RISK = {
    "enough": ({"concept": "gi_risk", "risk": "ulcer", "ever": True},),
    "against": ({"concept": "gi_risk", "assertion": "absent"},),
    "age_above": 65,
    "groups": ("anticoagulant",),
    "two_of": "nsaid",
    "not_groups": ("topical",),
    "intolerant_of": ("nsaid",),
}
ULCER = {"concept": "gi_risk", "risk": "ulcer"}
RISKS = [
    ([], {"age": 66}, Value.MET),
    ([], {"age": 65}, Value.NOT_DOCUMENTED),
    ([], {}, Value.NOT_DOCUMENTED),
    ([ULCER], {}, Value.MET),
    ([{**ULCER, "assertion": "absent"}], {}, Value.CONTRADICTED),
    ([{**ULCER, "assertion": "absent"}], {"age": 80}, Value.MET),
    ([listed("warfarin")], {}, Value.MET),
    ([listed("naproxen")], {}, Value.NOT_DOCUMENTED),
    ([listed("naproxen"), listed("Voltaren Gel")], {}, Value.NOT_DOCUMENTED),
    ([listed("naproxen"), listed("meloxicam")], {}, Value.MET),
    (
        [{"concept": "prior_nonopioid_trials", "group": "nsaid", "outcome": "not_tolerated"}],
        {},
        Value.MET,
    ),
    (
        [
            {
                "concept": "prior_nonopioid_trials",
                "generic": "gabapentin",
                "outcome": "not_tolerated",
            }
        ],
        {},
        Value.NOT_DOCUMENTED,
    ),
]


@pytest.mark.parametrize(("facts", "header", "value"), RISKS)
def test_one_factor_of_risk_is_enough(
    facts: list[dict[str, Any]], header: dict[str, Any], value: Value
) -> None:
    context = scene(OMEPRAZOLE, facts, role=Role.GATE_ANY, header=header)
    assert risk_factor(context, RISK).value is value
