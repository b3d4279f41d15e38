"""Hours a week, visits at once, how often a test is done, and what earlier care left undone."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.evaluate.leaves.after_procedure import failed_procedure, treated_diagnosis
from openimr.evaluate.leaves.services import (
    hours_of,
    itself,
    requested_part,
    screening_frequency,
    visits_asked,
    weekly_hours,
)
from openimr.evaluate.leaves.sole import indication, only
from openimr.model.finding import Value
from openimr.model.rule import Role
from scenes import scene

HOURS = [
    ("Home health aide 4 hours/day, 5 days/week x 6 weeks", 20),
    ("Home health nurse 2 hours per day, 7 days a week for 4 weeks", 14),
    ("Home care 4-6 hrs daily", 42),
    ("Home care 20 hours a week", 20),
    ("Home care assistance 24/7", 168),
    ("Live-in caregiver", 168),
    ("Home health evaluation", None),
]


@pytest.mark.parametrize(("line", "hours"), HOURS)
def test_hours_a_week(line: str, hours: float | None) -> None:
    found = hours_of(line)
    assert (found[0] if found else None) == hours


@given(st.integers(1, 24), st.integers(1, 7))
def test_hours_are_the_product_of_hours_and_days(hours: int, days: int) -> None:
    line = f"Home health aide {hours} hours/day, {days} days/week"
    found = hours_of(line)
    assert found is not None
    assert found[0] == hours * days
    value = weekly_hours(scene({"line": line}), {"at_most": 35}).value
    assert value is (Value.WITHIN if hours * days <= 35 else Value.EXCEEDED)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Pain management consultation", Value.WITHIN),
        ("Pain management consultation x 2 visits", Value.EXCEEDED),
        ("Follow-up visits with pain management", Value.UNKNOWN),
    ],
)
def test_visits_at_once(line: str, value: Value) -> None:
    assert visits_asked(scene({"line": line}), {"at_most": 1}).value is value


def screened(day: str, written: str = "2015-04-09") -> dict[str, Any]:
    return {"concept": "urine_drug_test", "result": "consistent", "date": day, "written": written}


LEVELS = {"at_most_by_level": {"low": 1, "moderate": 3, "high": 12}}
TESTS = [
    ([], Value.WITHIN),
    ([screened("2015-01-05")], Value.EXCEEDED),
    ([screened("2015-01-05"), {"concept": "misuse_risk", "level": "Intermediate"}], Value.WITHIN),
    ([screened("2013-01-05", "2013-01-06")], Value.WITHIN),
    ([screened("2015-04-09")], Value.UNKNOWN),
]


@pytest.mark.parametrize(("facts", "value"), TESTS)
def test_urine_tests_in_a_year(facts: list[dict[str, Any]], value: Value) -> None:
    context = scene({"line": "Urine drug screen"}, facts)
    assert screening_frequency(context, LEVELS).value is value


def test_a_test_counts_from_the_day_of_service() -> None:
    line = "Retrospective urine drug screen, DOS 12/10/14"
    later = [screened("2015-01-05"), screened("2014-12-10")]
    assert screening_frequency(scene({"line": line}, later), LEVELS).value is Value.WITHIN


def test_the_request_is_what_is_excluded() -> None:
    found = itself(scene({"line": "Genetic testing"}, role=Role.EXCLUSION), {})
    assert found.value is Value.PRESENT


def test_a_part_of_the_line_or_a_word_of_the_record() -> None:
    rule = {"parts": ("hip",), "enough": ({"concept": "surgical_candidate"},)}
    planned = [{"concept": "surgical_candidate", "element": "candidate"}]
    hip, knee = {"line": "Left hip Synvisc injection"}, {"line": "Left knee Synvisc injection"}
    assert requested_part(scene(hip, role=Role.EXCLUSION), rule).value is Value.PRESENT
    assert requested_part(scene(knee, role=Role.EXCLUSION), rule).value is Value.UNKNOWN
    assert requested_part(scene(knee, planned, role=Role.EXCLUSION), rule).value is Value.PRESENT


KNEE = {"concept": "joint_disorder", "kind": "osteoarthritis", "site": "knee"}
NERVE = {"concept": "neuropathic_pain", "kind": "radiculopathy"}
FOR = {"enough": ({"concept": "joint_disorder"},), "otherwise": ({"concept": "neuropathic_pain"},)}
ALONE = {"of": ({"concept": "neuropathic_pain"},), "unless": ({"concept": "joint_disorder"},)}
OLD_KNEE = {**KNEE, "date": "2014-09-01"}


@pytest.mark.parametrize(
    ("facts", "reason", "alone"),
    [
        ([OLD_KNEE, NERVE], Value.MET, Value.ABSENT),
        ([NERVE], Value.CONTRADICTED, Value.PRESENT),
        ([KNEE], Value.MET, Value.ABSENT),
        ([], Value.NOT_DOCUMENTED, Value.UNKNOWN),
    ],
)
def test_one_reason_suffices(facts: list[dict[str, Any]], reason: Value, alone: Value) -> None:
    gel = {"brand": "Voltaren Gel"}
    assert indication(scene(gel, facts, role=Role.GATE), FOR).value is reason
    assert only(scene(gel, facts, role=Role.EXCLUSION), ALONE).value is alone


CARE = {"concept": "conservative_care", "element": "failed", "weeks": 13}


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        ([KNEE, CARE], Value.MET),
        ([KNEE], Value.PARTIAL),
        ([CARE], Value.PARTIAL),
        ([KNEE, {**CARE, "weeks": 2}], Value.CONTRADICTED),
        ([], Value.NOT_DOCUMENTED),
    ],
)
def test_a_diagnosis_with_its_care(facts: list[dict[str, Any]], value: Value) -> None:
    context = scene({"line": "Right knee Synvisc-One injection"}, facts, role=Role.GATE)
    rule = {"enough": ({"concept": "joint_disorder"},), "weeks": 13, "kinds": 2}
    assert treated_diagnosis(context, rule).value is value


def injected(**more: Any) -> dict[str, Any]:
    return {"concept": "injection_response", "procedure": "cortisone", **more}


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        ([injected(element="no relief")], Value.MET),
        ([injected(element="relief", duration="two weeks")], Value.MET),
        ([injected(element="relief", percent=80, weeks=12)], Value.CONTRADICTED),
        ([{"concept": "prior_procedure", "procedure": "cortisone injection"}], Value.PARTIAL),
        ([], Value.NOT_DOCUMENTED),
    ],
)
def test_an_injection_that_failed(facts: list[dict[str, Any]], value: Value) -> None:
    context = scene({"line": "Right knee Synvisc-One injection"}, facts, role=Role.GATE)
    assert (
        failed_procedure(context, {"kinds": ("joint",), "percent": 50, "weeks": 6}).value is value
    )
