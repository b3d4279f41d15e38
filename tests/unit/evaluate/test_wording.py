"""Facts in words."""

from __future__ import annotations

from typing import Any

import pytest

from openimr.evaluate.wording import describe, listed, plain, says, us_date
from openimr.model.dates import PartialDate
from rule_cases import make_fact


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"concept": "pain_score", "score": 6, "context": "unspecified"}, "pain 6/10"),
        (
            {"concept": "pain_score", "score": 6.5, "context": "with_medication"},
            "pain 6.5/10 with medication",
        ),
        ({"concept": "pain_score"}, "pain score"),
        (
            {"concept": "pain_with_without_medication", "without": 8, "with": 5},
            "pain 8/10 without and 5/10 with medication",
        ),
        (
            {
                "concept": "pain_with_without_medication",
                "without": 8,
                "with": 5,
                "subject": "oxycodone",
            },
            "pain 8/10 without and 5/10 with oxycodone",
        ),
        (
            {"concept": "pain_with_without_medication", "percent": 50, "subject": "regimen"},
            "50 % pain relief with the medication as a whole",
        ),
        ({"concept": "pain_with_without_medication", "assertion": "absent"}, "no pain relief"),
        ({"concept": "pain_with_without_medication", "relief": "good"}, "good pain relief"),
        ({"concept": "pain_with_without_medication", "direction": "worse"}, "more pain"),
        ({"concept": "pain_with_without_medication", "with": 5}, "pain 5/10 with medication"),
        (
            {
                "concept": "functional_improvement",
                "direction": "better",
                "activities": ["cooks", "drives"],
            },
            "better function: cooks and drives",
        ),
        (
            {
                "concept": "functional_improvement",
                "direction": "better",
                "before": "10 minutes",
                "after": "30 minutes",
            },
            "better function: from 10 minutes to 30 minutes",
        ),
        ({"concept": "functional_improvement", "assertion": "absent"}, "no functional gain"),
        ({"concept": "return_to_work", "status": "off_work"}, "off work"),
        (
            {"concept": "return_to_work", "status": "full_duty", "with_medication": True},
            "working full duty, with the medicine named",
        ),
        (
            {"concept": "work_restrictions", "direction": "fewer", "limits": "20 lb"},
            "fewer work restrictions (20 lb)",
        ),
        ({"concept": "validated_instrument", "name": "ODI", "score": 42, "unit": "%"}, "ODI 42%"),
        (
            {
                "concept": "medication",
                "drug": "Norco",
                "strength": "10/325 mg",
                "quantity": 90,
                "status": "listed",
            },
            "Norco 10/325 mg #90 listed",
        ),
        ({"concept": "medication", "drug": "Soma", "assertion": "absent"}, "Soma not taken"),
        ({"concept": "adverse_effects", "effect": "any", "assertion": "absent"}, "no side effects"),
        (
            {"concept": "adverse_effects", "effect": "constipation", "managed": True},
            "constipation, managed",
        ),
        (
            {"concept": "prior_nonopioid_trials", "drug": "naproxen", "outcome": "not_tolerated"},
            "naproxen not tolerated",
        ),
        (
            {"concept": "duration_of_use", "generic": "temazepam", "since": "2011-08"},
            "temazepam since 08/2011",
        ),
        (
            {"concept": "duration_of_use", "generic": "temazepam", "months": 6},
            "temazepam for 6 months",
        ),
        (
            {"concept": "initial_trial", "generic": "methocarbamol", "replaces": "carisoprodol"},
            "start of methocarbamol in place of carisoprodol",
        ),
        (
            {"concept": "neuropathic_pain", "kind": "radicular_pain", "strength": "diagnosis"},
            "radicular pain",
        ),
        ({"concept": "neuropathic_pain", "kind": "crps", "strength": "finding"}, "CRPS (finding)"),
        ({"concept": "neuropathic_pain", "assertion": "absent"}, "no neuropathic pain"),
        ({"concept": "muscle_spasm", "kind": "guarding", "assertion": "absent"}, "no guarding"),
        ({"concept": "neuro_exam_normal", "kind": "reflexes"}, "normal reflexes"),
        (
            {"concept": "neuro_exam_normal", "kind": "general"},
            "normal neurological examination",
        ),
        ({"concept": "cv_renal_hepatic_risk", "risk": "hepatic"}, "liver risk"),
        (
            {"concept": "cv_renal_hepatic_risk", "risk": "renal", "assertion": "absent"},
            "no kidney risk",
        ),
        ({"concept": "drug_indication", "diagnosis": "spasticity"}, "spasticity"),
        (
            {"concept": "drug_caution", "caution": "glaucoma", "assertion": "absent"},
            "no glaucoma",
        ),
        ({"concept": "crps_signs", "category": "motor_trophic"}, "sign of CRPS: motor trophic"),
        ({"concept": "hormone_status", "element": "low_testosterone"}, "low testosterone"),
        (
            {"concept": "urine_drug_test", "result": "consistent", "detail": "as declared."},
            "urine drug test consistent",
        ),
        ({"concept": "urine_drug_test", "assertion": "absent"}, "no urine drug test"),
        ({"concept": "weaning_attempts", "kind": "planned"}, "taper planned"),
        ({"concept": "pdmp_cures", "result": "reviewed"}, "CURES report: reviewed"),
        ({"concept": "other_indication", "diagnosis": "fibromyalgia"}, "fibromyalgia"),
        ({"concept": "muscle_spasm", "assertion": "absent"}, "no muscle spasm"),
        ({"concept": "muscle_spasm", "assertion": "historical"}, "muscle spasm, in the past"),
        ({"concept": "muscle_spasm", "assertion": "conflicting"}, "muscle spasm, said both ways"),
    ],
)
def test_describe(told: dict[str, Any], words: str) -> None:
    assert describe(make_fact(1, told)) == words


def test_says_names_three_newest_first_and_counts_the_rest() -> None:
    facts = [
        make_fact(n, {"concept": "pain_score", "score": n, "date": f"2015-0{n}-01"})
        for n in range(1, 6)
    ]
    assert says(facts) == (
        "pain 5/10 (05/01/2015), pain 4/10 (04/01/2015), pain 3/10 (03/01/2015) and "
        "2 more statements"
    )
    assert says([facts[0], facts[0]]) == "pain 1/10 (01/01/2015)"


def test_says_the_same_statement_once_with_its_days() -> None:
    facts = [
        make_fact(n, {"concept": "pain_score", "score": 6, "date": f"2015-0{n}-01"})
        for n in range(1, 6)
    ]
    assert says(facts[:2]) == "pain 6/10 (02/01/2015, 01/01/2015)"
    assert says(facts) == "pain 6/10 (05/01/2015, 04/01/2015, 03/01/2015, 2 earlier)"


def test_listed() -> None:
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_dates_and_numbers() -> None:
    assert us_date(None) == "undated"
    assert us_date(PartialDate(2014)) == "2014"
    assert us_date(PartialDate(2014, 3)) == "03/2014"
    assert [plain(value) for value in (5.0, 2.5, 4 / 3, 1_500_000.0)] == [
        "5",
        "2.5",
        "1.33",
        "1500000",
    ]
