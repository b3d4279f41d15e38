"""Tests of single drugs: cautions, alternatives, counts, courses, and doses by indication."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.model.finding import Evaluation, Value
from rule_cases import DECIDED, evaluate, formulary, rulebook

READ = (rulebook(), formulary())
"""Read before the tests, whose time is theirs alone."""
CAUTIONS = ("heart disease", "risk of suicide", "glaucoma")


def value(found: Evaluation, name: str) -> Value:
    return next(finding.value for finding in found.findings if finding.criterion == name)


def statement(found: Evaluation, name: str) -> str:
    return next(finding.statement for finding in found.findings if finding.criterion == name)


@given(
    present=st.sets(st.sampled_from(CAUTIONS)),
    denied=st.sets(st.sampled_from(CAUTIONS)),
    age=st.none() | st.integers(18, 100),
)
def test_a_caution_stands_whatever_else_is_denied(
    present: set[str], denied: set[str], age: int | None
) -> None:
    facts = [{"concept": "drug_caution", "caution": one} for one in sorted(present)]
    facts += [
        {"concept": "drug_caution", "caution": one, "assertion": "absent"} for one in sorted(denied)
    ]
    case = {"request": {"generic": "amitriptyline"}, "facts": facts, "header": {"age": age}}
    got = value(evaluate(case), "TCA-2")
    if present or (age is not None and age >= 65):
        assert got is Value.CONTRADICTED
    else:
        assert got is (Value.MET if denied else Value.NOT_DOCUMENTED)


@given(units=st.integers(1, 12_000), unit=st.sampled_from([" units", "U", " U", "-unit", " IU"]))
def test_units_are_read_with_or_without_a_comma(units: int, unit: str) -> None:
    wanted = Value.EXCEEDED if units > 400 else Value.WITHIN
    for written in (str(units), f"{units:,}"):
        found = evaluate(
            {"request": {"brand": "Botox", "text": f"Botox injection {written}{unit}"}}
        )
        assert value(found, "BOT-4") is wanted


@pytest.mark.parametrize("line", ["Botox 100 mg", "Botox injections x 4", "Botox, 31 injections"])
def test_what_counts_no_units_leaves_them_open(line: str) -> None:
    assert value(evaluate({"request": {"brand": "Botox", "text": line}}), "BOT-4") is Value.UNKNOWN


@given(days=st.integers(1, 400), helps=st.booleans())
def test_a_trial_may_last_ten_weeks_or_as_long_as_it_helps(days: int, helps: bool) -> None:
    since = (DECIDED - timedelta(days=days)).isoformat()
    facts: list[dict[str, Any]] = [
        {"concept": "duration_of_use", "generic": "gabapentin", "since": since}
    ]
    if helps:
        gain = {"concept": "pain_with_without_medication", "percent": 40, "subject": "gabapentin"}
        facts.append(gain)
    found = evaluate({"request": {"generic": "gabapentin"}, "facts": facts})
    too_long = days > 70 and not helps
    assert value(found, "GAB-4") is (Value.EXCEEDED if too_long else Value.WITHIN)


CEILINGS = {"diabetic_neuropathy": 300, "post_herpetic_neuralgia": 600, "radiculopathy": 600}


@given(kinds=st.sets(st.sampled_from(sorted(CEILINGS))), tablets=st.integers(1, 14))
def test_the_highest_ceiling_of_the_indications_holds(kinds: set[str], tablets: int) -> None:
    facts = [
        {"concept": "neuropathic_pain", "kind": kind, "strength": "diagnosis"}
        for kind in sorted(kinds)
    ]
    request = {"generic": "pregabalin", "strength": "50 mg", "units_per_dose": 1}
    found = evaluate({"request": {**request, "doses_per_day": tablets}, "facts": facts})
    most = max((CEILINGS[kind] for kind in kinds), default=600)
    wanted = Value.EXCEEDED if 50 * tablets > most else Value.WITHIN
    assert value(found, "PRE-4") is wanted


@pytest.mark.parametrize(
    ("depression", "pain", "trial", "wanted"),
    [
        (True, False, False, Value.MET),
        (False, True, True, Value.MET),
        (False, True, False, Value.PARTIAL),
        (False, False, True, Value.PARTIAL),
        (False, False, False, Value.NOT_DOCUMENTED),
    ],
)
def test_one_alternative_of_two_suffices(
    depression: bool, pain: bool, trial: bool, wanted: Value
) -> None:
    told = [
        (depression, {"concept": "other_indication", "diagnosis": "depression"}),
        (pain, {"concept": "neuropathic_pain", "kind": "crps", "strength": "diagnosis"}),
        (
            trial,
            {
                "concept": "prior_nonopioid_trials",
                "drug": "Elavil",
                "generic": "amitriptyline",
                "outcome": "failed",
            },
        ),
    ]
    facts = [fact for stands, fact in told if stands]
    found = evaluate({"request": {"generic": "bupropion"}, "facts": facts})
    assert value(found, "BUP0-1") is wanted


@pytest.mark.parametrize(
    ("per_day", "wanted"), [(1, Value.CONTRADICTED), (2, Value.CONTRADICTED), (3, Value.MET)]
)
def test_a_high_dose_is_above_120_mg_of_all_opioids(per_day: int, wanted: Value) -> None:
    morphine = {
        "concept": "medication",
        "drug": "morphine ER",
        "generic": "morphine ER",
        "strength": "60 mg",
        "per_day": per_day,
        "source": "list",
        "status": "listed",
    }
    found = evaluate({"request": {"brand": "AndroGel"}, "facts": [morphine]})
    assert value(found, "TES-2") is wanted
    assert f"{60 * per_day} mg a day" in statement(found, "TES-2")


def test_a_first_course_rests_on_a_search() -> None:
    found = evaluate({"request": {"generic": "prednisone"}})
    first = next(finding for finding in found.findings if finding.criterion == "COR-2")
    assert first.value is Value.MET
    assert first.certificate is not None
