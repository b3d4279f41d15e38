"""A case whose day moves across a change of edition, and a draft proved with and without a pack."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from openimr.cli.main import run
from packs import write_pack
from written_case import WrittenCase, drafted

CASE = WrittenCase(worker="Odile Farrow", born="02/11/1965", claim="AL-4410", injured="05/30/2013")
REPORT = """SUBJECTIVE: Acute flare-up of low back pain with spasm since last week.
Ibuprofen failed.

OBJECTIVE: Acute muscle spasm on palpation of the lumbar paraspinals.

DIAGNOSES: Lumbar strain.

PLAN: Start cyclobenzaprine 10 mg #30, one three times a day."""
ITEM = "Cyclobenzaprine 10 mg #30, one tablet three times a day"
TOPIC = """id: cyclobenzaprine
title: Cyclobenzaprine
guideline: Example Guidelines
cites: Example Guidelines 2016
edition: "2016"
effective_from: 2016-07-28
effective_to: 2017-11-30
pages: "7"
status: for two weeks, after a failed course of therapy
mtus_addresses: true
generics: [cyclobenzaprine]
criteria:
  - id: XCB-1
    name: a failed course of therapy
    role: G
    statement: A course of physical therapy has failed
    satisfied_by: therapy with its result
    contradicted_by: no therapy
    sought: course of physical therapy
    if_silent: deny
    source: {pages: "7"}
    concepts: [conservative_care]
    test: {name: conservative_care, kinds: 1, must: [therapy]}
support_requires: {all: [XCB-1]}
"""
PATH = "guidelines/example/2016/cyclobenzaprine.yaml"
VARIABLE = "OPENIMR_RULEBOOK_PATH"


def write_case(folder: Path, decided: tuple[str, str]) -> Path:
    """The same case; the day of the UR decision in its two forms stands in place of the written."""
    CASE.write(folder, [ITEM], [("07/15/2016", REPORT)])
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8")
        text = text.replace("4/22/2015", decided[0]).replace("April 22, 2015", decided[1])
        path.write_text(text, encoding="utf-8")
    return folder


def review(folder: Path, decided: tuple[str, str]) -> dict[str, Any]:
    case = write_case(folder / "case", decided)
    (item,) = drafted(case, folder / "draft")
    return item


def edition_told(item: dict[str, Any]) -> str:
    return " ".join(one["text"] for one in item["rationale"] if one["part"] == "edition")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write_pack(
        tmp_path / "pack",
        {PATH: TOPIC},
        effective_from="2016-07-28",
        effective_to="2017-11-30",
        edition='"2016"',
    )


LAST = ("7/27/2016", "July 27, 2016")
FIRST = ("7/28/2016", "July 28, 2016")


@pytest.fixture(autouse=True)
def no_packs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


def test_a_day_later_the_text_of_2009_is_not_applied(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    last, first = review(tmp_path / "one", LAST), review(tmp_path / "two", FIRST)
    assert (last["edition"]["edition"], first["edition"]["edition"]) == ("2009", None)
    assert "edition 2009, in force from 07/18/2009 to 07/27/2016" in edition_told(last)
    assert "chosen by the day of the UR decision, 07/27/2016" in edition_told(last)
    assert last["findings"]
    assert (first["findings"], first["suggestion"]) == ([], "refer")
    told = edition_told(first)
    assert "The text that governs is MTUS Chronic Pain Medical Treatment Guidelines of 2016" in told
    assert "The rulebook holds no criteria of it." in told
    assert "was in force from 07/18/2009 to 07/27/2016 and is not applied" in told
    assert (
        "MTUS Chronic Pain Medical Treatment Guidelines of 2016"
        in (first["reviewer_guideline"]["text"])
    )
    assert first["reviewer_guideline"]["mtus"] is True


def test_two_editions_give_different_results_for_the_same_record(
    tmp_path: Path, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(pack))
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    last, first = review(tmp_path / "one", LAST), review(tmp_path / "two", FIRST)
    assert {finding["criterion"] for finding in first["findings"]} == {"XCB-1"}
    assert (last["suggestion"], first["suggestion"]) == ("support", "not_support")
    told = edition_told(first)
    assert "Example Guidelines, edition 2016, as the pack example (Example Guidelines" in told
    assert "in force from 07/28/2016 to 11/30/2017, chosen by the day of the UR decision" in told


def test_a_drug_after_2018_is_told_of_the_formulary(tmp_path: Path) -> None:
    told = edition_told(review(tmp_path, ("3/1/2018", "March 1, 2018")))
    assert "The MTUS Drug Formulary (8 CCR 9792.27.1 to 9792.27.23)" in told
    assert "not whether it is medically necessary" in told


def verified(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    capsys.readouterr()
    told = str(folder / "draft/determination.json")
    code = run(["verify", told, "--case", str(folder / "case"), "--json", "--quiet"])
    return code, json.loads(capsys.readouterr().out)["problems"]


def test_a_pack_that_changed_or_is_absent_is_named(
    tmp_path: Path,
    pack: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(VARIABLE, str(pack))
    review(tmp_path, FIRST)
    assert verified(tmp_path, capsys) == (0, [])
    made = json.loads((tmp_path / "draft/determination.json").read_text())
    assert [each["name"] for each in made["engine"]["rulebook"]["packs"]] == ["example"]

    (pack / PATH).write_text(TOPIC.replace("has failed", "was tried"), encoding="utf-8")
    code, problems = verified(tmp_path, capsys)
    assert code == 1
    changed = f"rulebook packs/example/{PATH}: has changed since the determination was made"
    assert problems[0] == changed

    monkeypatch.delenv(VARIABLE)
    code, problems = verified(tmp_path, capsys)
    assert code == 1
    assert problems[0] == (
        "rulebook pack example (Example Guidelines, edition 2016): is absent; name its folder in "
        "OPENIMR_RULEBOOK_PATH"
    )
    assert not any("packs/example/" in problem for problem in problems[:1])


def test_a_pack_that_was_added_is_named(
    tmp_path: Path,
    pack: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    review(tmp_path, LAST)
    monkeypatch.setenv(VARIABLE, str(pack))
    code, problems = verified(tmp_path, capsys)
    assert code == 1
    assert problems[0].startswith("rulebook pack example: was not there when")


def test_lists_checks_and_explanations_name_the_pack(
    pack: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, str(pack))
    assert run(["rules", "check"]) == 0
    assert "pack example (Example Guidelines, edition 2016): 1 topic (" in capsys.readouterr().out
    assert run(["rules", "list", "--json"]) == 0
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {one["pack"] for one in listed if one["id"] == "cyclobenzaprine"} == {None, "example"}
    assert run(["rules", "show", "cyclobenzaprine", "--as-of", "2016-07-28"]) == 0
    shown = capsys.readouterr().out
    assert "as the pack example (Example Guidelines, edition 2016) has it" in shown
    assert "Licence: for the tests alone" in shown
    assert "XCB-1" in shown
    assert "CBP-1" not in shown


def test_a_broken_pack_stops_every_command(
    pack: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (pack / PATH).write_text(TOPIC.replace("role: G", "role: gate"), encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(pack))
    assert run(["rules", "check"]) == 3
    message = capsys.readouterr().err
    assert f"packs/example/{PATH}:15: criteria.XCB-1.role: `gate` is not allowed here" in message


def test_a_day_without_criteria_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "show", "hydrocodone-apap", "--as-of", "2017-12-01"]) == 0
    shown = capsys.readouterr().out
    assert "The text that governs is ACOEM Opioids Guideline (2017-04-20)" in shown
    assert "HC-1" not in shown
