"""The fourteen published decisions come out under the policies that explain them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rule_cases import evaluate, problems, read_cases

SEEDS = read_cases(Path(__file__).with_name("seeds.yaml"))
PUBLISHED = [case["expect"]["suggestion"] for case in SEEDS]


@pytest.mark.parametrize("case", SEEDS, ids=lambda case: case["case"])
def test_a_published_decision_is_reproduced(case: dict[str, Any]) -> None:
    assert problems(case, evaluate(case)) == []


@pytest.mark.parametrize(
    ("settings", "key", "agreeing"),
    [
        ({}, "", 14),
        ({"attribution": "regimen"}, "regimen", 13),
        ({"strict": True}, "strict", 11),
    ],
)
def test_agreement_by_profile(settings: dict[str, Any], key: str, agreeing: int) -> None:
    found = [evaluate({**case, "settings": settings}).suggestion.value for case in SEEDS]
    assert found == [case.get(key, case["expect"]["suggestion"]) for case in SEEDS]
    assert sum(one == other for one, other in zip(found, PUBLISHED, strict=True)) == agreeing
