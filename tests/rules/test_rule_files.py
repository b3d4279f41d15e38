"""Every topic file has cases at the mirrored path, and its cases come out as they say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rule_cases import evaluate, problems, read_cases, rulebook

HERE = Path(__file__).parent
FILES = sorted(topic.file for topic in rulebook().topics)
CASES = [
    pytest.param(case, id=f"{Path(file).stem}: {case['case']}")
    for file in FILES
    if (HERE / file).exists()
    for case in read_cases(HERE / file)
]


@pytest.mark.parametrize("file", FILES)
def test_every_topic_file_has_cases(file: str) -> None:
    assert (HERE / file).exists(), f"write cases in tests/rules/{file}"


@pytest.mark.parametrize("file", FILES)
def test_the_cases_name_every_criterion(file: str) -> None:
    topic = next(topic for topic in rulebook().topics if topic.file == file)
    named = {name for case in read_cases(HERE / file) for name in case["expect"]}
    assert {criterion.id for criterion in topic.criteria} - named == set()


def test_no_case_file_without_its_topic_file() -> None:
    written = {str(path.relative_to(HERE)) for path in HERE.rglob("*.yaml")}
    assert written - set(FILES) == set()


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any]) -> None:
    assert problems(case, evaluate(case)) == []
