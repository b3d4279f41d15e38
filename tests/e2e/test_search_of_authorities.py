"""From papers to a proved letter: the search of authorities, care given, and what goes with it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from openimr.cli.main import run
from written_case import WrittenCase, drafted

CASE = WrittenCase(worker="Jane Q. Orvell", born="1/2/1970", claim="ZZ-1", injured="3/3/2012")
ITEMS = [
    "Retro Norco 10/325mg #120, DOS 3/2/2015",
    "Zolpidem 10mg #30",
    "Right carpal tunnel release",
    "Post-operative physical therapy 12 visits, right wrist",
    "Cold therapy unit 7 day rental",
    "Pre-operative medical clearance",
    "MRI thoracic spine",
]
BEFORE = """SUBJECTIVE: Low back pain 8/10. Poor sleep.
MEDICATIONS: Norco 10/325mg 4 times a day
"""
AFTER = """SUBJECTIVE: With Norco pain goes from 8/10 to 4/10. With Norco she can walk 40 minutes,
without it 10 minutes. Right wrist pain. No side effects. No aberrant behavior.
MEDICATIONS: Norco 10/325mg 4 times a day, zolpidem 10 mg at bedtime
"""
CHALLENGES = """\
challenges:
  - item: 1
    question: treatment
    stated: "RFA, p. 2"
    studies:
      - {citation: "Doe A 2014", design: randomized_trial, bias: low, applicable: true, why: fits, for: request}
      - {citation: "Roe B 2012", design: case_series, bias: high, applicable: true, why: fits, for: guideline}
"""  # noqa: E501
Draft = dict[str, Any]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("authorities") / "case"
    CASE.write(folder, ITEMS, [("2/20/2015", BEFORE), ("4/10/2015", AFTER)])
    return folder


@pytest.fixture(scope="module")
def items(case: Path) -> list[dict[str, Any]]:
    return drafted(case, case.parent / "out")


def steps(item: dict[str, Any]) -> list[str]:
    return [step["result"] for step in item["search_sequence"]["steps"]]


def test_each_item_keeps_its_search(items: list[dict[str, Any]]) -> None:
    assert steps(items[0])[:2] == ["addressed", "not_reached"]
    assert steps(items[1])[:3] == ["not_addressed", "addressed", "not_reached"]
    assert steps(items[6])[0] == "text_not_available"
    assert [item["search_sequence"]["relied_on"] for item in items[:2]] == [["mtus"], ["acoem_odg"]]
    assert items[1]["reviewer_guideline"]["text"].startswith("The MTUS is not applicable")


def test_the_letter_shows_every_step(items: list[dict[str, Any]], case: Path) -> None:
    letter = " ".join((case.parent / "out" / "determination.txt").read_text("utf-8").split())
    assert letter.count("Search of authorities.") == len(items)
    assert "text not available here. ACOEM Practice Guidelines of 2004 in the MTUS" in letter
    assert "(not yet checked against the text" in letter
    page = (case.parent / "out" / "determination.html").read_text("utf-8")
    assert all(f'id="authorities-{item["index"]}"' in page for item in items)


def test_care_given_is_judged_on_what_was_known_then(items: list[dict[str, Any]]) -> None:
    first = items[0]
    values = {one["criterion"]: one["value"] for one in first["findings"]}
    assert values["OPI-1"] != "met"
    assert values["OPI-2"] == "not_documented"
    assert any("Judged on what was known on 03/02/2015" in note for note in first["notes"])
    told = " ".join(sentence["text"] for sentence in first["rationale"])
    assert "written on 04/10/2015, after the care was given on 03/02/2015" in told


def test_a_day_of_service_is_not_the_day_of_the_paper(case: Path) -> None:
    drafted(case, case.parent / "dated")
    made = json.loads((case.parent / "dated" / "determination.json").read_text("utf-8"))
    assert [one["date"] for one in made["documents"][:2]] == ["2015-05-01", "2015-04-22"]


def test_what_goes_with_the_operation_follows_it(items: list[dict[str, Any]]) -> None:
    operation, *associated = items[2:6]
    assert operation["suggestion"] == "not_support"
    assert [item["suggestion"] for item in associated] == ["not_support"] * 3
    assert [item["reasons"] for item in associated] == [["PST-1"], ["SUR-1"], ["SUR-1"]]


def rename_result(item: Draft) -> str:
    item["search_sequence"]["steps"][0]["result"] = "rebutted"
    return "item 1 search_sequence step 1 result: says 'rebutted', the case file gives 'addressed'"


def drop_step(item: Draft) -> str:
    item["search_sequence"]["steps"].pop()
    return "item 1 search_sequence step 4: is missing"


def change_order(item: Draft) -> str:
    item["search_sequence"]["order"] = "labor-code"
    return "item 1 search_sequence order: says 'labor-code'"


def hide_doubt(item: Draft) -> str:
    item["search_sequence"]["steps"][0]["verified_on"] = "2026-01-01"
    return "item 1 search_sequence step 1 verified_on: says '2026-01-01'"


def invent_appraisal(item: Draft) -> str:
    item["search_sequence"]["appraisal"] = {"question": "treatment"}
    return "search_sequence: an appraisal cannot be read (KeyError)"


def remove_all(item: Draft) -> str:
    del item["search_sequence"]
    return "item 1 search_sequence: is missing"


@pytest.mark.parametrize(
    "alter", [rename_result, drop_step, change_order, hide_doubt, invent_appraisal, remove_all]
)
def test_an_altered_search_is_named(
    alter: Callable[[Draft], str],
    items: list[dict[str, Any]],
    case: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    whole = json.loads((case.parent / "out" / "determination.json").read_text("utf-8"))
    changed = copy.deepcopy(whole)
    told = alter(changed["items"][0])
    file = tmp_path / "determination.json"
    file.write_text(json.dumps(changed), "utf-8")
    capsys.readouterr()
    assert run(["verify", str(file), "--case", str(case), "--quiet"]) == 1
    assert told in capsys.readouterr().out
    assert len(items) == len(whole["items"])


def test_a_challenge_is_weighed_and_proved_again(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "challenges.yaml", tmp_path / "out"
    file.write_text(CHALLENGES, "utf-8")
    call = ["review", str(case), "--out", str(out), "--quiet", "--challenges", str(file)]
    assert run(call) == 0
    made = json.loads((out / "determination.json").read_text("utf-8"))
    first = made["items"][0]
    assert (first["suggestion"], steps(first)[0]) == ("refer", "rebutted")
    assert first["search_sequence"]["appraisal"]["prevails"] == "request"
    proof = ["verify", str(out / "determination.json"), "--case", str(case), "--quiet"]
    assert run(proof) == 0
    first["search_sequence"]["appraisal"]["studies"][0]["level"] = "1a"
    (out / "determination.json").write_text(json.dumps(made), "utf-8")
    capsys.readouterr()
    assert run(proof) == 1
    assert "search_sequence appraisal study 1 level: says '1a'" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("item: 1", "item: 9", "there is no item 9"),
        ("item: 1", "item: 2", "the challenge of item 2 has nothing to rebut"),
        ("bias: low", "bias: none", "challenges.yaml:6"),
    ],
)
def test_a_challenge_that_cannot_be_used_is_refused(
    one: str,
    other: str,
    told: str,
    case: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "challenges.yaml"
    file.write_text(CHALLENGES.replace(one, other, 1), "utf-8")
    call = ["review", str(case), "--out", str(tmp_path / "out"), "--challenges", str(file)]
    assert run([*call, "--quiet"]) == 3
    assert told in capsys.readouterr().err
