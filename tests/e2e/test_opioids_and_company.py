"""An opioid, what stands beside it, and sedatives: a small case read from end to end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from written_case import WrittenCase, drafted

CASE = WrittenCase(
    worker="Maren Tollefson",
    born="02/11/1965",
    claim="AL-2231",
    injured="06/14/2010",
    specialty="Pain Management",
)
ITEMS = (
    "OxyContin 40 mg q8h #90",
    "Soma 350 mg #120 with 1 refill",
    "Movantik 25 mg #30",
    "Narcan nasal spray 4 mg #2",
    "Ambien 10 mg #30",
)
NOW = """\
SUBJECTIVE: Low back pain, constant. Pain is 9/10 without medication and 5/10 with OxyContin.
With OxyContin she is able to cook and to walk for 30 minutes; without it she could walk only 5
minutes. She is constipated, for which docusate gave no relief. She takes Ambien for sleep.

CURRENT MEDICATIONS:
  OxyContin 40 mg, one tablet every 8 hours
  Soma 350 mg four times a day
  Ambien 10 mg at bedtime

DIAGNOSES: 1. Lumbar radiculopathy.

PLAN: 1. Continue OxyContin 40 mg q8h #90. 2. Continue Soma 350 mg qid #120. 3. Start Movantik
25 mg daily. 4. Naloxone nasal spray; its use was explained to her and her husband."""
EARLIER = """CURRENT MEDICATIONS:
  OxyContin 40 mg, one tablet every 8 hours
  Soma 350 mg four times a day
  Ambien 10 mg at bedtime"""


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    case, out = tmp_path_factory.mktemp("case"), tmp_path_factory.mktemp("out")
    CASE.write(case, ITEMS, [("04/09/2015", NOW), ("11/06/2014", EARLIER)])
    drafted(case, out)
    return out


def items(draft: Path) -> dict[str, Any]:
    told = json.loads((draft / "determination.json").read_text(encoding="utf-8"))
    return {item["request"]["topic_id"]: item for item in told["items"]}


def test_each_request_is_judged_by_its_own_topic(draft: Path) -> None:
    found = {topic: (item["suggestion"], item["reasons"]) for topic, item in items(draft).items()}
    assert found == {
        "oxycodone": ("modify_to", ["OXY-2", "OPI-9"]),
        "carisoprodol": ("not_support", ["CAR-1", "CAR-2"]),
        "opioid-constipation": ("support", ["OIC-1", "OIC-2"]),
        "naloxone": ("support", ["NAL-1", "NAL-3"]),
        "zolpidem": ("not_support", ["ZOL-1", "ZOL-4"]),
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "3 tablets x 40 mg = 120 mg a day (OXY-2; MTUS p. 86)",
        "OxyContin is asked for 3 times a day, where its label has twice at most (OXY-3;",
        "120 tablets x 2 fills / 4 a day = 60 days (CAR-3; MTUS p. 65)",
        "Soma stands beside oxycodone ER: OxyContin 40 mg #90 continued (04/09/2015)",
        "docusate failed, in the past (04/09/2015): “docusate gave no relief” (PR-2 of",
        "Carisoprodol in long use should be reduced stepwise and not stopped at once",
        "at most 2 tablets a day (80 mg of oxycodone)",
    ],
)
def test_the_letter_says_it_with_its_page(draft: Path, sentence: str) -> None:
    letter = " ".join((draft / "determination.txt").read_text(encoding="utf-8").split())
    assert sentence in letter


def test_what_a_first_opioid_asks_is_not_told_of_one_in_use(draft: Path) -> None:
    assert "OIN-" not in (draft / "determination.txt").read_text(encoding="utf-8")
