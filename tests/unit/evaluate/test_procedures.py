"""Tests of procedures, studies and operations, one by one, in small records."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.evaluate.leaves import TESTS
from openimr.evaluate.leaves.procedure import weeks_of
from openimr.evaluate.region import agree, is_elsewhere, level_of, parts_of, roots_in, sides_of
from openimr.model.request import Request
from rule_cases import DECIDED, evaluate, formulary, make_fact, rulebook

formulary()
rulebook()  # both are read once, before any example is timed
ESI: dict[str, Any] = {
    "text": "Left L5-S1 transforaminal epidural steroid injection",
    "kind": "injection",
    "topic_id": "esi",
    "procedure": "epidural steroid injection",
    "body_parts": ("lumbar spine",),
    "levels": ("L5-S1",),
    "laterality": "left",
}


def value_of(criterion: str, request: dict[str, Any], facts: list[dict[str, Any]]) -> str:
    found = evaluate({"request": request, "facts": facts})
    return next(str(one.value) for one in found.findings if one.criterion == criterion)


@pytest.mark.parametrize(
    ("told", "weeks"),
    [
        ({"weeks": 6}, 6),
        ({"duration": "6 weeks"}, 6),
        ({"duration": "two weeks"}, 2),
        ({"duration": "a month"}, 4.35),
        ({"duration": "7 days"}, 1),
        ({"duration": "84 hours"}, 0.5),
        ({"duration": "some weeks"}, None),
        ({"duration": ""}, None),
        ({}, None),
    ],
)
def test_how_long_a_statement_says_it_lasted(told: dict[str, Any], weeks: float | None) -> None:
    assert weeks_of(make_fact(1, {"concept": "injection_response", **told})) == weeks


@pytest.mark.parametrize(
    ("said", "roots"),
    [
        ("L4-5", ("L4", "L5")),
        ("L5-S1", ("L5", "S1")),
        ("C5-C6 and C7", ("C5", "C6", "C7")),
        ("T12-L1", ("T12", "L1")),
        ("L4/5", ("L4", "L5")),
        ("left leg", ()),
        ("", ()),
    ],
)
def test_roots_beside_a_level(said: str, roots: tuple[str, ...]) -> None:
    assert roots_in(said) == roots


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("L4-5", "L4-5", True),
        ("L4-5", "L5-S1", False),
        ("L4-5", "L5", True),
        ("L4-5", "S1", False),
        ("L5", "L5", True),
        ("", "L5", True),
    ],
)
def test_when_two_levels_are_one(one: str, other: str, same: bool) -> None:
    assert agree(roots_in(one), roots_in(other)) is same


@given(st.lists(st.sampled_from(["L3", "L4", "L5", "S1"]), max_size=4),
       st.lists(st.sampled_from(["L3", "L4", "L5", "S1"]), max_size=4))  # fmt: skip
def test_agreement_has_no_order(one: list[str], other: list[str]) -> None:
    assert agree(one, other) is agree(other, one)


@pytest.mark.parametrize(
    ("told", "parts", "elsewhere"),
    [
        ({"level": "EHL"}, {"foot"}, False),
        ({"level": "triceps"}, {"elbow"}, True),
        ({"level": "L5"}, {"lumbar spine"}, False),
        ({"level": "C6"}, {"cervical spine"}, True),
        ({"site": "knee"}, {"knee"}, False),
        ({"sign": "weakness"}, set(), False),
    ],
)
def test_which_part_a_statement_speaks_of(
    told: dict[str, Any], parts: set[str], elsewhere: bool
) -> None:
    fact = make_fact(1, {"concept": "radiculopathy_findings", **told})
    request = Request(text="ESI", body_parts=("lumbar spine",))
    assert parts_of(fact) == parts
    assert is_elsewhere(fact, request) is elsewhere
    assert not is_elsewhere(fact, Request(text="ESI"))


def test_a_sign_tests_one_root_and_a_side_may_be_both() -> None:
    assert level_of(make_fact(1, {"concept": "radiculopathy_findings", "level": "EHL"})) == ("L5",)
    assert sides_of(make_fact(1, {"concept": "x", "side": "bilateral"})) == {"left", "right"}
    assert sides_of(make_fact(1, {"concept": "x", "side": "R"})) == {"right"}
    assert sides_of(make_fact(1, {"concept": "x"})) == frozenset()


@given(percent=st.integers(0, 100), weeks=st.integers(1, 30))
def test_a_response_is_never_met_below_either_figure(percent: int, weeks: int) -> None:
    told = {
        "concept": "injection_response",
        "element": "relief",
        "procedure": "epidural",
        "percent": percent,
        "weeks": weeks,
    }
    expected = "met" if percent >= 50 and weeks >= 6 else "contradicted"
    assert value_of("ESI-6", ESI, [told]) == expected


@given(st.integers(0, 60))
def test_care_is_met_only_from_its_weeks_on(weeks: int) -> None:
    request = {
        "text": "Lateral epicondyle release",
        "topic_id": "elbow-ankle-surgery",
        "kind": "surgery",
        "body_parts": ("elbow",),
    }
    told = {"concept": "conservative_care", "element": "failed", "weeks": weeks}
    assert value_of("EA-1", request, [told]) == ("met" if weeks >= 26 else "contradicted")


def test_silence_never_contradicts_a_service() -> None:
    """On an empty record no gate, limit or exclusion of a topic is called breached."""

    for topic in rulebook().topics:
        if topic.generics or not topic.in_force(DECIDED):
            continue
        request = {"text": "x", "kind": "other", "topic_id": topic.id, "procedure": "service"}
        found = evaluate({"request": request})
        wrong = {one.criterion for one in found.findings if one.value == "contradicted"}
        assert not wrong, (topic.id, wrong)


def test_a_gate_with_a_smaller_form_leads_to_it() -> None:
    facts = [
        {"concept": "spinal_disorder", "kind": "post-laminectomy syndrome"},
        {"concept": "conservative_care", "element": "failed"},
        {"concept": "psych_status", "element": "cleared"},
    ]
    request = {"text": "Stimulator implantation", "topic_id": "scs", "kind": "surgery"}
    found = evaluate({"request": request, "facts": facts})
    assert (found.suggestion.value, found.modification) == (
        "modify_to",
        "a trial of stimulation before any implant",
    )


def test_every_test_named_here_is_registered() -> None:
    named = {"asked", "level_count", "requested_count", "both_sides", "first_of_kind"}
    named |= {"procedure_response", "procedure_count", "procedure_interval", "level_agreement"}
    named |= {"earlier_at_level", "change_since_study", "conservative_care", "lasting_complaint"}
    assert named | {"measured", "age_and_mass"} <= set(TESTS)
