"""A first course or a further one, and what came of the therapy so far."""

from __future__ import annotations

from typing import Any

import pytest

from openimr.evaluate.leaves.recurrence import interval, times_within
from openimr.evaluate.leaves.therapy import first_course, therapy_gain
from openimr.model.finding import Value
from openimr.model.rule import Role
from scenes import scene

PT: dict[str, Any] = {"therapies": ("physical", "pt")}
LINE = {"line": "Physical therapy 2 x 3 weeks, lumbar spine"}
WALKS = {"concept": "functional_improvement", "direction": "better", "activities": ["walks 30 min"]}
VAGUE = {"concept": "functional_improvement", "direction": "better", "specific": False}
SAME = {"concept": "functional_improvement", "direction": "same"}
FEWER = {"concept": "work_restrictions", "direction": "fewer"}
ODI = {"concept": "validated_instrument", "name": "ODI", "kind": "function"}
HAD = {"concept": "prior_visits", "therapy": "PT", "visits": 4}
NEVER = {"concept": "prior_visits", "therapy": "PT", "element": "none", "assertion": "absent"}
LESS = {"concept": "weaning_attempts", "kind": "tried"}


@pytest.mark.parametrize(
    ("line", "facts", "value"),
    [
        ("Physical therapy 2 x 3", [], Value.PRESENT),
        ("Physical therapy x 6 (initial trial)", [], Value.PRESENT),
        ("Additional physical therapy x 6", [], Value.ABSENT),
        ("Physical therapy x 6", [HAD], Value.ABSENT),
        ("Physical therapy x 6", [{**HAD, "therapy": "chiro"}], Value.PRESENT),
        ("Physical therapy x 6", [NEVER], Value.PRESENT),
        ("Physical therapy x 6", [{**WALKS, "subject": "physical therapy"}], Value.ABSENT),
        ("Physical therapy x 6", [{**WALKS, "subject": "acupuncture"}], Value.PRESENT),
    ],
)  # fmt: skip
def test_whether_it_is_the_first_course(
    line: str, facts: list[dict[str, Any]], value: Value
) -> None:
    assert first_course(scene({"line": line}, facts, role=Role.EXCEPTION), PT).value is value


def test_a_silence_is_read_as_a_first_course_with_the_search_behind_it() -> None:
    found = first_course(scene(LINE, role=Role.EXCEPTION), PT)
    assert found.searched
    assert found.statement == (
        "No earlier physical therapy is recorded, so the request is read as a first course."
    )


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        ([], Value.NOT_DOCUMENTED),
        ([WALKS], Value.MET),
        ([{**WALKS, "subject": "physical therapy"}], Value.MET),
        ([{**WALKS, "subject": "acupuncture"}], Value.NOT_DOCUMENTED),
        ([{**WALKS, "subject": "regimen"}], Value.NOT_DOCUMENTED),
        ([{**WALKS, "subject": "gabapentin"}], Value.NOT_DOCUMENTED),
        ([VAGUE], Value.PARTIAL),
        ([FEWER], Value.MET),
        ([SAME], Value.CONTRADICTED),
        ([{"concept": "work_restrictions", "direction": "same"}], Value.CONTRADICTED),
        ([WALKS, SAME], Value.CONFLICTING),
        ([{**WALKS, "date": "2015-01-10"}, SAME], Value.CONTRADICTED),
        ([{**VAGUE, "date": "2015-01-10"}, SAME], Value.CONTRADICTED),
        ([{**SAME, "date": "2015-01-10"}, WALKS], Value.MET),
        ([{**ODI, "score": 52, "date": "2014-09-01"}, {**ODI, "score": 36}], Value.MET),
        ([{**ODI, "score": 52, "date": "2014-09-01"}, {**ODI, "score": 52}], Value.CONTRADICTED),
        ([{**ODI, "score": 36}], Value.NOT_DOCUMENTED),
        ([{**WALKS, "date": "2013-02-01"}], Value.NOT_DOCUMENTED),
        ([{**WALKS, "assertion": "hypothetical"}], Value.NOT_DOCUMENTED),
    ],
)
def test_what_came_of_it(facts: list[dict[str, Any]], value: Value) -> None:
    assert therapy_gain(scene(LINE, facts, role=Role.GATE), PT).value is value


def test_both_limbs_where_the_rule_asks_for_both() -> None:
    rule = {**PT, "and_less_care": ({"concept": "weaning_attempts", "kind": "tried"},)}
    assert therapy_gain(scene(LINE, [WALKS], role=Role.GATE), rule).value is Value.PARTIAL
    assert therapy_gain(scene(LINE, [WALKS, LESS], role=Role.GATE), rule).value is Value.MET


TEST = {"concept": "urine_drug_test", "result": "done"}
RULE: dict[str, Any] = {"of": (TEST,), "at_least_days": 90}


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("2015-01-23", Value.EXCEEDED),  # 89 days
        ("2015-01-22", Value.WITHIN),
        ("2014-10-01", Value.WITHIN),
        ("2015-04-22", Value.UNKNOWN),  # the request's own day
    ],
)
def test_the_time_since_the_last_one(day: str, value: Value) -> None:
    found = interval(scene(LINE, [{**TEST, "date": day}]), RULE)
    assert found.value is value


def test_a_silence_tells_no_interval() -> None:
    assert interval(scene(LINE), RULE).value is Value.UNKNOWN


def test_where_none_is_recorded_the_request_counts_alone() -> None:
    found = times_within(scene(LINE), {"of": (TEST,), "at_most": 2, "months": 12})
    assert (found.value, found.searched) == (Value.WITHIN, True)


@pytest.mark.parametrize(("most", "value"), [(3, Value.WITHIN), (2, Value.EXCEEDED)])
def test_how_often_lately_with_the_request(most: int, value: Value) -> None:
    days = ["2014-09-01", "2015-02-01", "2015-02-01", "2013-01-01"]
    rule = {"of": (TEST,), "at_most": most, "months": 12}
    found = times_within(scene(LINE, [{**TEST, "date": day} for day in days]), rule)
    assert found.value is value
    assert found.statement.startswith("2 within 12 months, 3 with the request")
