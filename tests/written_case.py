"""A case file written as texts for one test: application, UR denial and reports of one worker."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openimr.cli.main import run

APPLICATION = """State of California, Division of Workers' Compensation
APPLICATION FOR INDEPENDENT MEDICAL REVIEW                              DWC Form IMR

Employee Name: {worker}
Date of Birth: {born}
Claim Number: {claim}        Date of Injury: {injured}
Requesting Physician: {physician}        Specialty: {specialty}

DISPUTED MEDICAL TREATMENT
Date of Utilization Review Determination Letter: 4/22/2015

Items:
{items}

Employee Signature:  {worker}                     Date: 5-1-15
"""
DENIAL = """FARNLEY UTILIZATION REVIEW

April 22, 2015

To: {physician}
Re: {worker} / {claim} / DOI {injured}

DECISION: the following are NOT CERTIFIED
{items}
Rationale: the records do not meet the guideline.

Harold Winck, MD
"""
REPORT = """PRIMARY TREATING PHYSICIAN'S PROGRESS REPORT (PR-2)

Patient: {worker}      Date of Exam: {day}      DOI: {injured}
Claim Number: {claim}     Sex: F

{text}

{physician}
"""


@dataclass(frozen=True, kw_only=True)
class WrittenCase:
    """Who it is about; the days of the decision are the same in all."""

    worker: str
    born: str
    claim: str
    injured: str
    physician: str = "Lena M. Ostrow, MD"
    specialty: str = "Orthopedics"

    def write(self, folder: Path, items: Iterable[str], reports: Iterable[tuple[str, str]]) -> None:
        """The case file: what is asked for and reports, each with its day and text."""
        listed = "\n".join(f"   {number}. {item}" for number, item in enumerate(items, start=1))
        folder.mkdir(exist_ok=True)
        texts = [self._filled(APPLICATION, items=listed), self._filled(DENIAL, items=listed)]
        texts += [self._filled(REPORT, day=day, text=text) for day, text in reports]
        for number, text in enumerate(texts, start=1):
            (folder / f"{number:02d}.txt").write_text(text, encoding="utf-8")

    def _filled(self, form: str, **more: str) -> str:
        return form.format(**vars(self), **more)


def drafted(case: Path, out: Path) -> list[dict[str, Any]]:
    """The items of the draft that `openimr review` writes."""
    assert run(["review", str(case), "--out", str(out), "--ocr", "none", "--quiet"]) == 0
    return list(json.loads((out / "determination.json").read_text(encoding="utf-8"))["items"])
