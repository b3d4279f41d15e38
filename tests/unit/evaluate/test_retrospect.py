"""Care already given is judged on what was known when it was given."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from openimr.evaluate.retrospect import known_then
from openimr.model.finding import Evaluation
from rule_cases import evaluate, make_fact

SERVED = date(2015, 3, 2)
GAIN = [
    {"concept": "pain_with_without_medication", "without": 8, "with": 4},
    {
        "concept": "functional_improvement",
        "direction": "better",
        "specific": True,
        "subject": "hydrocodone/acetaminophen",
    },
]


def of(day: str, **request: Any) -> Evaluation:
    asked = {"brand": "Norco", "strength": "10/325 mg", "quantity": 120, **request}
    return evaluate({"request": asked, "facts": [{**fact, "date": day} for fact in GAIN]})


def values(found: Evaluation) -> list[str]:
    return [one.value.value for one in found.findings if one.criterion in ("OPI-1", "OPI-2")]


GIVEN = {"retrospective": True, "date_of_service": SERVED}


def test_what_is_said_after_the_service_does_not_count() -> None:
    found = of("2015-04-10", **GIVEN)
    assert values(found) == ["not_documented", "not_documented"]
    assert found.suggestion.value == "not_support"
    assert any("03/02/2015" in note and "2 statements" in note for note in found.notes)
    silent = next(one.statement for one in found.findings if one.criterion == "OPI-2")
    assert ", of 03/02/2015 or before, was found" in silent


@pytest.mark.parametrize("day", ["2015-03-02", "2015-02-20"])
def test_what_is_said_by_the_day_of_service_counts(day: str) -> None:
    assert values(of(day, **GIVEN)) == ["met", "met"]


def test_a_request_for_care_to_come_counts_all() -> None:
    found = of("2015-04-10")
    assert values(found) == ["met", "met"]
    assert not any("care" in note for note in found.notes)


def test_without_a_day_of_service_nothing_is_left_out_and_the_reviewer_is_told() -> None:
    found = of("2015-04-10", retrospective=True)
    assert values(found) == ["met", "met"]
    assert any("no line tells its day" in note for note in found.notes)


def test_now_is_the_day_of_service() -> None:
    """Evidence of a year before the decision was fresh when the care was given."""
    old = of("2014-03-20", retrospective=True, date_of_service=date(2014, 4, 1))
    assert values(old) == ["met", "met"]
    assert values(of("2014-03-20")) == ["not_documented", "not_documented"]


def test_a_day_of_service_after_the_decision_is_a_slip_of_the_pen() -> None:
    found = of("2015-04-10", retrospective=True, date_of_service=date(2051, 3, 2))
    assert values(found) == ["met", "met"]


@pytest.mark.parametrize(
    ("day", "written", "counts"),
    [
        ("2015-03-02", "2015-04-10", True),  # a fill of that day on a later print
        ("2015-06-01", "2015-02-01", True),  # a plan written before
        ("2015-03", "2015-04-10", True),  # known to the month: not shown to be later
        ("2015-04", "2015-04-10", False),
        ("2015-03-03", "2015-03-03", False),
        (None, None, True),
    ],
)
def test_the_earlier_of_both_days_counts(
    day: str | None, written: str | None, *, counts: bool
) -> None:
    fact = make_fact(1, {"concept": "pain_score", "date": day, "written": written})
    assert known_then([fact], SERVED) == ((fact,) if counts else ())
