"""The five seed scenarios, from the application to the published letter and back."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from case_folders import KEY, Walk, filed, read, seed_register
from openimr.adapters.plain_files import write_plain
from openimr.cli.main import run
from openimr.draft.ruled import FOLLOWS
from openimr.model.finding import Suggestion
from openimr.model.party import parties_sha256
from openimr.process.leaks import leaks
from openimr.synth.forge import SCENARIOS, forge_case
from openimr.synth.writers import as_text

pytestmark = pytest.mark.slow


def outcome_of(suggestion: str) -> tuple[str, str]:
    """The outcome that follows and no reason, else upheld with one."""
    follows = FOLLOWS.get(Suggestion(suggestion))
    if follows is not None:
        return follows.value, ""
    return "Upheld", "The record does not show it."


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_case_goes_from_application_to_publication(
    scenario: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setenv("OPENIMR_REVIEWER_KEY", KEY)
    number = f"CM15-000{scenario[-3:]}7"
    folder = tmp_path / "cases" / number
    records = folder / "records"
    records.mkdir(parents=True)
    for name, data in as_text(forge_case(8800, scenario=scenario)).items():
        (records / name).write_bytes(data)
    register = tmp_path / "register.json"
    write_plain(register, seed_register())

    assert run(["review", str(records), "--out", str(folder / "draft"), "--quiet"]) == 0
    draft = read(folder / "draft" / "determination.json")
    walk = Walk(folder, filed(draft, number))
    assert run(["eligibility", str(folder)]) == 0
    walk.to_ready()
    told = (folder / "notices").glob("*-noarfi-*.txt")
    assert {path.stem.partition("noarfi-")[2] for path in told} >= {
        "injured_employee",
        "claims_administrator",
    }
    capsys.readouterr()

    # A reviewer is proposed, with a proof.
    cases = ["assign", str(tmp_path / "cases"), "--register", str(register)]
    day = walk.at.date().isoformat()
    assert run([*cases, "--as-of", day, "--proof", str(tmp_path / "proofs"), "--json"]) == 0
    placed = json.loads(capsys.readouterr().out)["placed"]
    (reviewer,) = {one["reviewer"] for one in placed}
    (proof,) = (tmp_path / "proofs").glob("*.json")
    proved = hashlib.sha256(proof.read_bytes()).hexdigest()
    walk.to_review(reviewer, parties_sha256(walk.case.parties), proved)

    # The reviewer signs, and the organization issues.
    told = []
    for item in draft["items"]:
        outcome, reason = outcome_of(item["suggestion"])
        told += ["--outcome", f"{item['index']}={outcome}"]
        told += ["--because", f"{item['index']}={reason}"] if reason else []
    file = str(folder / "draft" / "determination.json")
    desk = ["--register", str(register), "--at", walk.later(), "--quiet"]
    assert run(["sign", file, "--reviewer", reviewer, *desk, *told]) == 0
    assert walk.state() == "QA"
    desk[3] = walk.later()
    assert run(["issue", str(folder), "--by", "desk", *desk]) == 0
    assert walk.state() == "ISSUED"
    letter = folder / "issued" / "1"
    assert run(["verify", str(letter / "determination.json"), "--case", str(folder)]) == 0
    capsys.readouterr()

    # What is published says what was decided, and names nobody.
    issued = read(letter / "determination.json")
    for form in ("txt", "pdf"):
        assert run(["published", "parse", str(letter / f"published.{form}"), "--json"]) == 0
        said = json.loads(capsys.readouterr().out)
        assert said["case_number"] == number
        assert said["decision_date"] == issued["issuance"]["issued"]
        assert said["licensure"] == issued["signature"]["licensure"]
        assert said["specialties"] == issued["signature"]["specialties"]
        assert [each["outcome"] for each in said["items"]] == [
            outcome_of(each["suggestion"])[0] for each in draft["items"]
        ]
        assert [each["request"]["topic_id"] for each in said["items"]] == [
            each["request"]["topic_id"] for each in draft["items"]
        ]
        assert said["warnings"] == []
    files = {str(path): path.read_bytes() for path in letter.iterdir()}
    for other in ("signed", "notices"):
        files |= {str(path): path.read_bytes() for path in (folder / other).iterdir()}
    for one in seed_register().reviewers:
        assert leaks(files, one) == []
