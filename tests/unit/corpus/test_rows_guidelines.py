from __future__ import annotations

import pytest

from openimr.corpus.guidelines import guideline_names, guideline_places
from openimr.published.guideline import read_guideline

CASES = [
    (
        "Decision based on MTUS Chronic Pain Treatment Guidelines Opioids Page(s): 74-76, 80.",
        ["MTUS Chronic Pain"],
        [f"MTUS Chronic Pain p. {page}" for page in (74, 75, 76, 80)],
    ),
    (
        "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): "
        "NSAIDs, GI symptoms & cardiovascular risk, Proton Pump Inhibitors (PPIs).",
        ["MTUS Chronic Pain 2016"],
        [
            "MTUS Chronic Pain 2016, NSAIDs, GI symptoms & cardiovascular risk",
            "MTUS Chronic Pain 2016, Proton Pump Inhibitors (PPIs)",
        ],
    ),
    (
        "Decision based on MTUS Neck and Upper Back Complaints 2004, Section(s): Summary. Decision "
        "based on Non-MTUS Citation Official Disability Guidelines (ODG), Neck and Upper Back.",
        ["MTUS Neck and Upper Back Complaints 2004", "ODG Neck and Upper Back"],
        ["MTUS Neck and Upper Back Complaints 2004, Summary"],
    ),
    (
        "Decision based on MTUS Forearm, Wrist, and Hand Complaints 2004, Section(s): Diagnostic "
        "Criteria, and Chronic Pain Medical Treatment 2016, Section(s): Office visits.",
        ["MTUS Forearm, Wrist, and Hand Complaints 2004", "MTUS Chronic Pain 2016"],
        [
            "MTUS Forearm, Wrist, and Hand Complaints 2004, Diagnostic Criteria",
            "MTUS Chronic Pain 2016, Office visits",
        ],
    ),
    (
        "Decision based on MTUS Chronic Pain Treatment Guidelines Page(s): 17. Decision based on "
        "Non-MTUS Citation Official Disability Guidelines, Pain Chapter, Gabapentin.",
        ["MTUS Chronic Pain", "ODG Pain"],
        ["MTUS Chronic Pain p. 17"],
    ),
    ("The Claims Administrator did not cite any medical evidence for its decision.", [], []),
    (
        "The Expert Reviewer based their decision on recommendation(s) outside of the MTUS "
        "Guidelines. Decision based on Non-MTUS Citation ACOEM: Low back disorders, MRI.",
        ["ACOEM"],
        [],
    ),
    ("Decision based on Non-MTUS Citation A Journal of Knees.", ["A Journal of Knees"], []),
    (
        "Decision based on MTUS Something New Altogether 2031.",
        ["MTUS Something New Altogether 2031"],
        [],
    ),
    (
        "Decision based on MTUS Opioids Treatment 2016 Page(s): 900-1, 5.",
        ["MTUS Opioids 2016"],
        ["MTUS Opioids 2016 p. 5"],
    ),
]


@pytest.mark.parametrize(("text", "names", "places"), CASES)
def test_names_and_places(text: str, names: list[str], places: list[str]) -> None:
    line = read_guideline(text)
    assert list(guideline_names(line)) == names
    assert list(guideline_places(line)) == places
