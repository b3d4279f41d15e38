"""What goes with an operation follows it: by its own topic, or by a gate it is given."""

from __future__ import annotations

from typing import Any

import pytest

from openimr.model.finding import Evaluation
from rule_cases import evaluate

OPERATION = {"line": "Right shoulder arthroscopy with rotator cuff repair"}
FOLLOWING = [
    "Post-operative physical therapy 12 visits, right shoulder",
    "Cold therapy unit 7 day rental",
    "Pre-operative medical clearance",
    "Assistant surgeon",
    "Associated surgical service: shoulder sling",
    "Pre-op EKG",
]


def beside(line: str, decided: str, facts: Any = ()) -> Evaluation:
    told = {"request": {"line": line}, "also": [OPERATION], "decided": {2: decided}, "facts": facts}
    return evaluate(told)


@pytest.mark.parametrize("line", FOLLOWING)
@pytest.mark.parametrize("decided", ["support", "not_support", "refer"])
def test_it_comes_out_as_the_operation_does(line: str, decided: str) -> None:
    assert beside(line, decided).suggestion.value == decided


GABAPENTIN = "Post-operative gabapentin 300mg #90"
NERVE = [{"concept": "neuropathic_pain", "kind": "radiculopathy", "strength": "diagnosis"}]


def test_a_drug_for_after_surgery_needs_the_operation_as_well() -> None:
    assert beside(GABAPENTIN, "support", NERVE).suggestion.value == "support"
    found = beside(GABAPENTIN, "not_support", NERVE)
    assert found.suggestion.value == "not_support"
    assert found.reasons == ("SUR-1",)
    assert beside(GABAPENTIN, "refer", NERVE).suggestion.value == "refer"


def test_its_own_criteria_still_decide() -> None:
    assert "SUR-1" not in beside(GABAPENTIN, "support").reasons
    assert beside(GABAPENTIN, "support").suggestion.value == "not_support"


def test_without_the_operation_in_dispute_or_the_mark_it_is_judged_by_itself() -> None:
    alone = evaluate({"request": {"line": GABAPENTIN}, "facts": NERVE})
    assert "SUR-1" not in {one.criterion for one in alone.findings}
    unmarked = beside("Gabapentin 300mg #90", "not_support", NERVE)
    assert unmarked.suggestion.value == "support"
