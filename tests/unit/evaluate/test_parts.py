"""Criteria of several parts, what goes with an operation, and how long a device is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from openimr.evaluate.leaves.equipment import asked_length, surgery_named
from openimr.evaluate.leaves.parent import operations_of, parent_surgery
from openimr.evaluate.leaves.parts import every_part
from openimr.model.finding import Suggestion, Value
from openimr.model.rule import Role
from rule_cases import evaluate
from scenes import scene

HEP = {"concept": "home_exercise", "element": "independent"}
FAILED = {"concept": "device_trial", "element": "failed", "device": "TENS"}
NEVER = {"concept": "device_trial", "element": "trial", "device": "TENS", "assertion": "absent"}
RULE: dict[str, Any] = {
    "names": ("exercise", "TENS that failed"),
    "first": ({"concept": "home_exercise"},),
    "second": ({"concept": "device_trial", "element": "failed"},),
    "against": ({"concept": "device_trial", "assertion": "absent"},),
}
FUSION = {"line": "L4-L5 lumbar fusion"}
ARTHROSCOPY = {"line": "Right shoulder arthroscopy"}


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        ([HEP, FAILED], Value.MET),
        ([HEP], Value.PARTIAL),
        ([FAILED], Value.PARTIAL),
        ([], Value.NOT_DOCUMENTED),
        ([NEVER], Value.CONTRADICTED),
        ([HEP, NEVER], Value.CONTRADICTED),  # of the same day, with a part missing
        ([HEP, FAILED, NEVER], Value.MET),
        ([HEP, FAILED, {**NEVER, "date": "2015-04-20"}], Value.CONTRADICTED),
        ([HEP, {**NEVER, "date": "2015-01-20"}], Value.PARTIAL),
    ],
)
def test_every_part_is_asked_for(facts: list[dict[str, Any]], value: Value) -> None:
    assert every_part(scene({"line": "PENS"}, facts, role=Role.GATE), RULE).value is value


def test_what_is_missing_is_named() -> None:
    found = every_part(scene({"line": "PENS"}, [HEP], role=Role.GATE), RULE)
    assert found.statement == (
        "Recorded: home exercises done alone (04/09/2015); not recorded: TENS that failed."
    )
    assert found.searched


@pytest.mark.parametrize(
    ("injured", "value"),
    [("2015-01-21", Value.CONTRADICTED), ("2015-01-19", Value.MET), (None, Value.MET)],
)
def test_the_pain_must_be_old_enough(injured: str | None, value: Value) -> None:
    header = {"date_of_injury": date.fromisoformat(injured)} if injured else {}
    context = scene({"line": "PENS"}, [HEP, FAILED], role=Role.GATE, header=header)
    assert every_part(context, {**RULE, "pain_months": 3}).value is value


@pytest.mark.parametrize(
    ("suggestion", "value"),
    [
        (Suggestion.SUPPORT, Value.MET),
        (Suggestion.MODIFY_TO, Value.MET),
        (Suggestion.NOT_SUPPORT, Value.CONTRADICTED),
        (Suggestion.REFER, Value.CONFLICTING),
        (None, Value.CONFLICTING),
    ],
)
def test_an_associated_item_follows_its_operation(
    suggestion: Suggestion | None, value: Value
) -> None:
    context = scene({"line": "Assistant surgeon"}, role=Role.GATE, also=[FUSION])
    context = replace(context, decided={} if suggestion is None else {2: suggestion})
    assert parent_surgery(context, {}).value is value


def test_it_follows_the_operation_of_its_own_part() -> None:
    context = scene(
        {"line": "Post-operative shoulder sling, right shoulder"}, also=[FUSION, ARTHROSCOPY]
    )
    assert [item.index for item in operations_of(context)] == [3]


def test_without_an_operation_in_dispute_the_record_tells() -> None:
    done = {"concept": "acute_postoperative", "kind": "postoperative"}
    rule = {"enough": ({"concept": "acute_postoperative", "within_days": 120},)}
    request = {"line": "Cold therapy unit"}
    assert parent_surgery(scene(request, [done], role=Role.GATE), rule).value is Value.MET
    assert parent_surgery(scene(request, role=Role.GATE), rule).value is Value.NOT_DOCUMENTED


COLD = {"at_most": 7}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Cold therapy unit 6 day rental", Value.WITHIN),
        ("Cold therapy unit 7 day rental", Value.WITHIN),
        ("Cold therapy unit 8 day rental", Value.EXCEEDED),
        ("Cryotherapy unit rental for 2 weeks", Value.EXCEEDED),
        ("Cold therapy unit purchase", Value.EXCEEDED),
        ("Cold therapy unit", Value.UNKNOWN),
    ],
)
def test_how_long_it_is_asked_for(line: str, value: Value) -> None:
    assert asked_length(scene({"line": line}), COLD).value is value


def test_the_operation_of_the_case_sets_the_length() -> None:
    rule = {"at_most": 1, "by": ({"at_most": 3, "words": ("fusion",)},)}
    stay = {"line": "Inpatient stay 3 days"}
    assert asked_length(scene(stay, also=[FUSION]), rule).value is Value.WITHIN
    assert asked_length(scene(stay, also=[ARTHROSCOPY]), rule).value is Value.EXCEEDED


def test_an_operation_of_a_list_is_found_by_the_lines_of_the_case() -> None:
    context = scene({"line": "Assistant surgeon"}, role=Role.ADVISORY, also=[FUSION])
    assert surgery_named(context, {"words": ("lumbar fusion",)}).value is Value.MET
    assert surgery_named(context, {"words": ("arthroplasty",)}).value is Value.NOT_DOCUMENTED


def test_a_criterion_speaks_of_the_lines_that_its_words_name() -> None:
    cold = {f.criterion for f in evaluate({"request": {"line": "Cold therapy unit"}}).findings}
    helper = {f.criterion for f in evaluate({"request": {"line": "Assistant surgeon"}}).findings}
    assert cold == {"SUR-1", "SUR-2"}
    assert helper == {"SUR-1", "SUR-5"}
    slim = {f.criterion for f in evaluate({"request": {"line": "Weight loss program"}}).findings}
    chair = {f.criterion for f in evaluate({"request": {"line": "Shower chair"}}).findings}
    assert (slim, chair) == ({"DME-2", "DME-3"}, {"DME-1", "DME-3"})
