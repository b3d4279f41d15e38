"""Visits asked for, had before and allowed by UR, against a ceiling."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.evaluate.asked import asked_days, asked_visits
from openimr.evaluate.leaves.visit_count import count_of
from openimr.evaluate.leaves.visits import schedule, visits
from openimr.evaluate.past_visits import past_visits
from openimr.model.finding import Value
from scenes import scene

PT = ("physical", "pt", "physiotherapy")
RANGE = "2 to 3 a week x 4 weeks = 8 to 12 visits"
TEN = {"at_most": 10, "therapies": PT}
AT_THE_NECK = {"line": "Physical therapy 2 x 3 weeks, cervical spine"}

NEVER = {
    "concept": "prior_visits",
    "element": "none",
    "therapy": "physical therapy",
    "assertion": "absent",
}


def had(visits: int | None, therapy: str | None = "PT", **more: Any) -> dict[str, Any]:
    told = {"concept": "prior_visits", "element": "completed", "visits": visits}
    return {**told, **({"therapy": therapy} if therapy else {}), **more}


@pytest.mark.parametrize(
    ("line", "low", "high", "shown"),
    [
        ("Physical therapy 2 x 6 weeks, lumbar spine", 12, 12, "2 a week x 6 weeks = 12 visits"),
        ("Acupuncture x 6", 6, 6, "6 visits"),
        ("Acupuncture, one visit", 1, 1, "1 visit"),
        ("Acupuncture 2-3 times a week x 4 weeks", 8, 12, RANGE),
    ],
)  # fmt: skip
def test_the_visits_of_a_line(line: str, low: float, high: float, shown: str) -> None:
    asked = asked_visits(scene({"line": line}))
    assert asked is not None
    assert (asked.visits.low, asked.visits.high, asked.shown) == (low, high, shown)


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("Functional restoration program, 160 hours", 20),
        ("Functional restoration program, 10 days", 10),
        ("Functional restoration program for 4 weeks", 20),
        ("Functional restoration program x 20 sessions", 20),
    ],
)
def test_the_full_days_of_a_programme(line: str, days: float) -> None:
    asked = asked_days(scene({"line": line}))
    assert asked is not None
    assert asked.visits.high == days


@pytest.mark.parametrize("line", ["Physical therapy", "Acupuncture for the neck"])
def test_a_line_without_a_number_asks_for_no_number(line: str) -> None:
    context = scene({"line": line})
    assert asked_visits(context) is None
    assert visits(context, TEN).value is Value.UNKNOWN


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        ([had(3)], Value.WITHIN),
        ([had(4)], Value.WITHIN),
        ([had(5)], Value.EXCEEDED),
        ([NEVER], Value.WITHIN),
        ([], Value.UNKNOWN),
        ([had(12, "acupuncture")], Value.UNKNOWN),
    ],
)  # fmt: skip
def test_six_visits_just_under_at_and_over_ten(facts: list[dict[str, Any]], value: Value) -> None:
    found = visits(scene(AT_THE_NECK, facts), TEN)
    assert found.value is value
    assert "2 a week x 3 weeks = 6 visits" in found.statement


def test_a_first_course_needs_no_count() -> None:
    found = visits(
        scene({"line": "Acupuncture 1 x 6 (initial trial)"}), {"at_most": 6, "therapies": ()}
    )
    assert (found.value, found.statement) == (
        Value.WITHIN,
        "The request comes to 1 a week x 6 weeks = 6 visits, within 6 visits; "
        "it is asked for as a first course.",
    )


def test_more_than_the_ceiling_alone_is_exceeded_whatever_came_before() -> None:
    assert visits(scene({"line": "Physical therapy 3x4"}), TEN).value is Value.EXCEEDED


@pytest.mark.parametrize(
    ("facts", "total"),
    [
        ([had(24), had(12, date="2015-04-20")], 24),  # what was had cannot become less
        ([had(12, of=12, date="2014-06-06"), had(12, of=12, date="2014-12-03")], 24),
        ([had(4, of=12, date="2014-10-06"), had(12, of=12, date="2014-12-03")], 12),
        ([had(12, of=12, date="2014-12-03"), had(12, of=12, date="2014-12-05")], 12),
        ([had(6, of=6, date="2014-03-03"), had(2, of=8, date="2014-12-05")], 8),
        ([had(9, None)], 9),
        ([had(9, None), had(6)], 9),
        ([had(9, None), had(6, "chiropractic")], None),
        ([had(8, "physical therapy", assertion="historical", date="2009")], 8),
        ([had(30, assertion="hypothetical")], None),
    ],
)
def test_what_was_had(facts: list[dict[str, Any]], total: float | None) -> None:
    found = past_visits(scene(AT_THE_NECK, facts), PT)
    assert (found.visits if found else None) == total


def test_a_modified_request_is_judged_on_what_remains() -> None:
    line = {"line": "Physical therapy 12 visits", "ur_action": "modify", "ur_granted": "6 visits"}
    asked = asked_visits(scene(line))
    assert asked is not None
    assert (asked.visits.high, asked.granted) == (6, 6)
    assert asked.shown == "12 visits, less the 6 that UR allowed = 6"
    over = visits(scene(line, [NEVER]), TEN)
    assert over.value is Value.EXCEEDED
    assert "6 allowed by UR" in over.statement


@pytest.mark.parametrize("granted", ["not a number", "", "16 visits", None])
def test_words_of_ur_without_a_smaller_number_take_nothing_off(granted: str | None) -> None:
    line = {"line": "Physical therapy 12 visits", "ur_action": "modify", "ur_granted": granted}
    asked = asked_visits(scene(line))
    assert asked is not None
    assert (asked.visits.high, asked.granted) == (12, 0)


def test_only_visits_after_an_operation_count_where_the_rule_says_so() -> None:
    rule = {**TEN, "since": ({"concept": "acute_postoperative"},)}
    facts = [
        had(24, date="2014-03-01"),
        {"concept": "acute_postoperative", "kind": "postoperative", "date": "2015-03-01"},
        had(4, date="2015-04-01"),
    ]
    count = count_of(scene(AT_THE_NECK, facts), rule)
    assert count is not None
    assert (count.total.high, count.left) == (10, 6)


@pytest.mark.parametrize(
    ("served", "value"),
    [(None, Value.EXCEEDED), (date(2015, 2, 1), Value.WITHIN), (date(2015, 4, 10), Value.EXCEEDED)],
)
def test_a_service_given_is_judged_on_its_own_day(served: date | None, value: Value) -> None:
    rule = {**TEN, "since": ({"concept": "acute_postoperative"},), "months": 6}
    line = {"kind": "therapy", "procedure": "physical therapy", "visits": 6}
    given = {"retrospective": True, "date_of_service": served} if served else {}
    operated = {"concept": "acute_postoperative", "date": "2014-10-01"}
    later = had(9, date="2015-03-20")
    none_yet = had(1, date="2014-11-01")
    context = scene({**line, **given}, [operated, none_yet, later])
    assert visits(context, rule).value is value


def test_a_condition_or_a_word_of_the_case_sets_another_ceiling() -> None:
    crps = {"concept": "neuropathic_pain", "kind": "crps"}
    rule = {**TEN, "by": ({"at_most": 24, "when": (crps,)}, {"at_most": 5, "words": ("cervical",)})}
    assert visits(scene(AT_THE_NECK, [had(18), crps]), rule).value is Value.WITHIN
    assert visits(scene(AT_THE_NECK, [had(1)]), rule).value is Value.EXCEEDED


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Acupuncture 3 x 8 weeks", Value.WITHIN),
        ("Acupuncture 4 x 2 weeks", Value.EXCEEDED),
        ("Acupuncture 1 x 9 weeks", Value.EXCEEDED),
        ("Acupuncture x 6", Value.UNKNOWN),
        ("Acupuncture 2-4 times a week for 4 weeks", Value.UNKNOWN),
    ],
)
def test_how_often_and_how_long(line: str, value: Value) -> None:
    limits = {"per_week_at_most": 3, "weeks_at_most": 8}
    assert schedule(scene({"line": line}), limits).value is value


@given(
    st.lists(st.integers(1, 60), max_size=5),
    st.integers(1, 40),
    st.integers(1, 60),
)
def test_more_visits_before_never_bring_a_request_within(
    before: list[int], asked: int, limit: int
) -> None:
    rule = {"at_most": limit, "therapies": PT}
    line = {"kind": "therapy", "procedure": "physical therapy", "visits": asked}
    order = [Value.WITHIN, Value.UNKNOWN, Value.EXCEEDED]
    values = [
        visits(scene(line, [had(count) for count in before[:length]]), rule).value
        for length in range(1, len(before) + 1)
    ]
    assert values == sorted(values, key=order.index)
    if before:
        assert (values[-1] is Value.WITHIN) == (max(before) + asked <= limit)
