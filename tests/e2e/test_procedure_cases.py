"""Injections, studies and operations: one small case with many items, read from end to end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from openimr.cli.main import run

ITEMS = {
    "Left L5-S1 transforaminal epidural steroid injection under fluoroscopy": "support",
    "MRI lumbar spine": "not_support",
    "Right shoulder arthroscopy with subacromial decompression": "support",
    "Right carpal tunnel release": "not_support",
    "Trigger point injections x 5, lumbar paraspinals": "not_support",
    "EMG/NCV bilateral upper extremities": "modify_to",
    "Discogram L3-S1": "not_support",
    "MRI thoracic spine": "refer",
}
APPLICATION = """State of California, Division of Workers' Compensation
APPLICATION FOR INDEPENDENT MEDICAL REVIEW                              DWC Form IMR

Employee Name: Marta Ilves
Date of Birth: 06/02/1961
Claim Number: KX-20017        Date of Injury: 02/10/2014
Requesting Physician: Owen P. Tarrant, MD        Specialty: Orthopedics

DISPUTED MEDICAL TREATMENT
Date of Utilization Review Determination Letter: 4/22/2015

Items:
{items}

Employee Signature:  Marta Ilves                     Date: 5-8-15
"""
DENIAL = """GRANITE UTILIZATION REVIEW

April 22, 2015

To: Owen P. Tarrant, MD
Re: Marta Ilves / KX-20017 / DOI 02/10/2014

DECISION: the following are NOT CERTIFIED
{items}
Rationale: the records do not meet the guideline.

Renata Delacroix, MD
"""
REPORT = """PRIMARY TREATING PHYSICIAN'S PROGRESS REPORT (PR-2)

Patient: Marta Ilves      Date of Exam: {day}      DOI: 02/10/2014
Claim Number: KX-20017     Sex: F

{text}

Owen P. Tarrant, MD
"""
NOW = """SUBJECTIVE: Low back pain with pain down the left leg to the foot, 7/10. She has completed
twelve weeks of physical therapy without improvement. Naproxen failed. She had a left L5-S1
epidural steroid injection on 10/14/2014 with 60% relief for 8 weeks. Right shoulder pain; she
is unable to reach overhead shelves. Numbness of the right hand at night; she wears a wrist
splint at night without relief. She is off work.

OBJECTIVE: Left ankle jerk is absent. Sensation is decreased over the left lateral foot.
Hawkins and Neer signs are positive on the right; drop arm test negative. Phalen's and Tinel's
tests are positive at the right wrist.

DIAGNOSTIC STUDIES: MRI of the lumbar spine dated 03/20/2014 showed an L5-S1 disc protrusion
contacting the left S1 nerve root. MRI of the right shoulder dated 09/02/2014 showed a
partial-thickness tear of the supraspinatus.

DIAGNOSES: Lumbar radiculopathy. Right shoulder impingement."""
EARLIER = """SUBJECTIVE: Low back and left leg pain, 6/10. She completed 12 physical therapy
visits for the right shoulder. A cortisone injection of the right shoulder on 11/20/2014 gave
40% relief for three weeks.

OBJECTIVE: Forward flexion of the right shoulder 130 degrees."""


@pytest.fixture(scope="module")
def items(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder: Path = tmp_path_factory.mktemp("procedures")
    case = folder / "case"
    case.mkdir()
    listed = "\n".join(f"   {n}. {item}" for n, item in enumerate(ITEMS, start=1))
    files = {
        "01-imr-application.txt": APPLICATION.format(items=listed),
        "02-ur-denial.txt": DENIAL.format(items=listed),
        "03-pr2-2015-04-09.txt": REPORT.format(day="04/09/2015", text=NOW),
        "04-pr2-2014-12-11.txt": REPORT.format(day="12/11/2014", text=EARLIER),
    }
    for name, text in files.items():
        (case / name).write_text(text, encoding="utf-8")
    assert run(["review", str(case), "--out", str(folder / "out"), "--quiet"]) == 0
    told = json.loads((folder / "out" / "determination.json").read_text(encoding="utf-8"))
    return {item["request_text"]: item for item in told["items"]}


@pytest.mark.parametrize(("item", "wanted"), ITEMS.items())
def test_each_item_comes_out_by_its_topic(
    items: dict[str, dict[str, Any]], item: str, wanted: str
) -> None:
    assert items[item]["suggestion"] == wanted


def test_what_decides_is_named(items: dict[str, dict[str, Any]]) -> None:
    reasons = {name: set(item["reasons"]) for name, item in items.items()}
    assert reasons["MRI lumbar spine"] == {"ML-3"}
    assert reasons["Right carpal tunnel release"] == {"CT-2"}
    assert reasons["EMG/NCV bilateral upper extremities"] == {"EU-2"}
    assert "ESI-6" in reasons[next(iter(ITEMS))]
