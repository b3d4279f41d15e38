"""Facts of therapy, programs and equipment in words."""

from __future__ import annotations

from typing import Any

import pytest

from openimr.evaluate.wording import describe
from openimr.evaluate.wording_care import CARE_WRITERS
from rule_cases import make_fact


def visits(**value: Any) -> dict[str, Any]:
    return {"concept": "prior_visits", **value}


def device(name: str, element: str, **more: Any) -> dict[str, Any]:
    return {"concept": "device_trial", "device": name, "element": element, **more}


SURGERY = {"concept": "surgical_candidate", "element": "candidate"}
DEFICIT = {"concept": "objective_deficit"}
LEFS = {"concept": "validated_instrument", "name": "LEFS", "score": 27, "unit": "of 80"}
TOLD = [
    (visits(visits=24, therapy="PHYSICAL THERAPY"), "24 visits of physical therapy"),
    (visits(visits=12, of=12, therapy="PT"), "12 of 12 visits of PT"),
    (visits(visits=8), "8 visits"),
    (visits(therapy="acupuncture", assertion="absent"), "no earlier acupuncture"),
    (visits(element="completed"), "earlier visits"),
    (device("TENS", "helped", percent=40), "TENS helped by 40 %"),
    (device("TENS", "failed"), "TENS did not help"),
    (device("H-wave", "trial", assertion="absent"), "H-wave not tried"),
    ({**DEFICIT, "kind": "strength", "grade": "4/5"}, "reduced strength (4/5)"),
    ({**DEFICIT, "kind": "motion", "assertion": "absent"}, "full motion"),
    ({"concept": "therapy_goal", "element": "general"}, "a general goal of treatment"),
    ({**SURGERY, "assertion": "absent"}, "surgery ruled out"),
    ({**SURGERY, "assertion": "historical"}, "surgery in view, in the past"),
    ({"concept": "support_need", "kind": "instability", "assertion": "absent"}, "no instability"),
    ({"concept": "job_goal", "element": "something new"}, "something new"),
    (LEFS, "LEFS 27 of 80"),
    ({**LEFS, "name": "ODI", "score": 52, "unit": "%"}, "ODI 52%"),
]


@pytest.mark.parametrize(("fact", "words"), TOLD)
def test_a_fact_in_words(fact: dict[str, Any], words: str) -> None:
    assert describe(make_fact(1, fact)) == words


@pytest.mark.parametrize("concept", sorted(CARE_WRITERS))
@pytest.mark.parametrize("assertion", ["present", "absent"])
def test_every_concept_of_care_has_words_without_a_value(concept: str, assertion: str) -> None:
    assert isinstance(describe(make_fact(1, {"concept": concept, "assertion": assertion})), str)
