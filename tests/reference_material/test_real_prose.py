"""Case files built on real clinical prose run through, and every fact is a quote of its page."""

import json
from pathlib import Path

import pytest

from openimr.adapters.casefile import read_files
from openimr.model.determination import Determination
from openimr.pipeline import load_rules, review
from openimr.proof import check_quotes, check_references
from openimr.render.json import render_json
from reference import reference

pytestmark = [pytest.mark.shared, pytest.mark.slow]
NOTES_A_CASE = 12

APPLICATION = """APPLICATION FOR INDEPENDENT MEDICAL REVIEW
DWC Form IMR
Employee Name (First, MI, Last): Rosalind Q. Marchetti
Date of Birth: 03/14/1961     Date of Injury: 06/02/2009
Claim Number: ZZ-4471-09
Date of Utilization Review Determination Letter: 05/12/2015
List each specific requested medical service, good, or item that was denied or modified:
   1.  Norco 10/325mg #120
   2.  Cymbalta 60mg #30
Employee Signature: R. Marchetti     Date: 05/20/2015
"""
DECISION = """UTILIZATION REVIEW DETERMINATION
Date: 05/12/2015
Re: Rosalind Marchetti     Claim Number: ZZ-4471-09     Date of Injury: 06/02/2009
1. Norco 10/325mg #120 - DENIED
2. Cymbalta 60mg #30 - DENIED
The MTUS Chronic Pain Medical Treatment Guidelines p. 78 ask for documented relief and function.
Reviewer: P. Aldworth, MD
"""


def note_file(number: int, text: str) -> str:
    head = (
        "PRIMARY TREATING PHYSICIAN'S PROGRESS REPORT (PR-2)\n"
        f"Patient: Rosalind Marchetti     Date of exam: 04/{number + 1:02d}/2015\n\n"
    )
    return head + text


def cases() -> list[list[str]]:
    lines = reference("real-notes/notes.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    return [texts[first : first + NOTES_A_CASE] for first in range(0, len(texts), NOTES_A_CASE)]


def reviewed(texts: list[str], folder: Path) -> Determination:
    (folder / "01-application.txt").write_text(APPLICATION)
    (folder / "02-ur.txt").write_text(DECISION)
    for number, text in enumerate(texts):
        (folder / f"{number + 3:02d}-pr2.txt").write_text(note_file(number, text))
    return review(read_files(folder), rules=load_rules())


def test_cases_of_real_prose_run_through_and_resolve(tmp_path: Path) -> None:
    for number, texts in enumerate(cases()):
        folder = tmp_path / str(number)
        folder.mkdir()
        determination = reviewed(texts, folder)
        as_json = json.loads(json.dumps(render_json(determination)))
        assert len(determination.items) == 2
        assert list(check_quotes(as_json, determination.documents)) == []
        assert list(check_references(as_json)) == []
