"""`openimr act` and `openimr status` on a case folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import process_walk as walk
from openimr.adapters.plain_files import write_plain
from openimr.cli.main import run
from process_walk import Step, a_case

AT = "2015-04-19T10:00:00-07:00"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_plain(tmp_path / "case.json", a_case())
    return tmp_path


def perform(folder: Path, *steps: Step) -> int:
    status = 0
    for step in steps:
        data = [word for key, value in step.data.items() for word in ("--data", f"{key}={value}")]
        who = f"{step.role}:{step.name}"
        call = ["act", str(folder), step.act, "--as", who, "--at", AT, "--reason", step.reason]
        status = run([*call, *data])
    return status


def test_a_case_goes_from_the_application_to_its_end(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert perform(folder, *walk.IS_ISSUED, walk.TAKE, walk.IMPLEMENT) == 0
    capsys.readouterr()
    assert run(["status", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["state"] == "CLOSED"
    assert told["items"] == {"1": "UPHELD", "2": "OVERTURNED"}
    assert told["reviewers"] == ["R-17"]
    assert {one["act"] for one in told["next"]} == {"petition", "reopen", "correct"}
    assert len(told["events"]) == len(walk.IS_ISSUED) + 2


def test_a_person_reads_what_may_be_done_and_what_happened(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    perform(folder, *walk.IN_REVIEW)
    capsys.readouterr()
    assert run(["status", str(folder)]) == 0
    shown = capsys.readouterr().out
    assert "CM15-0000001: IN_REVIEW, regular" in shown
    assert "item 1: DISPUTED  Lumbar MRI" in shown
    assert "reviewer: R-17" in shown
    assert "sign -> QA by reviewer, stating outcomes, determination_sha256" in shown
    assert "8. 2015-04-19T10:00:00-07:00 accept (reviewer:R-17): as the file shows" in shown


def test_what_a_party_may_see_has_no_reviewer(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    perform(folder, *walk.IN_QUALITY)
    capsys.readouterr()
    for form in ([], ["--json"]):
        assert run(["status", str(folder), "--view", "party", *form]) == 0
        shown = capsys.readouterr().out
        assert "R-17" not in shown
        assert "item 1: UPHELD" not in shown
        assert '"UPHELD"' not in shown


def test_who_decides_after_a_remand_sees_nothing_of_what_was_set_aside(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    perform(folder, *walk.IS_REMANDED, walk.RESUBMIT)
    capsys.readouterr()
    assert run(["status", str(folder), "--view", "reviewer", "--json"]) == 0
    shown = capsys.readouterr().out
    assert "issue" in shown
    for hidden in ("R-17", "UPHELD", walk.LETTER):
        assert hidden not in shown


def test_a_petition_is_in_time_by_the_petitioner_s_own_service(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Served on 2015-04-01, in person on the administrator: 05-01, the employee by mail: 05-06."""
    issue = walk.ISSUE.stating(service="personal")
    assert perform(folder, *walk.IN_REVIEW, walk.SIGN_UPHELD, issue) == 0

    def told(act: str, who: str, at: str, *more: str) -> int:
        return run(["act", str(folder), act, "--as", who, "--at", f"{at}T10:00:00-07:00", *more])

    filed = ["--data", "filed_on=2015-05-05", "--data", "verified=yes", "--data", "grounds=FACT"]
    assert told("close", "clock:x", "2015-05-05") == 3
    assert "the last day is 2015-05-06" in capsys.readouterr().err
    assert told("petition", "claims_administrator:x", "2015-05-05", *filed) == 3
    assert "filed 2015-05-05, due 2015-05-01" in capsys.readouterr().err
    assert told("petition", "injured_employee:x", "2015-05-05", *filed) == 0


def test_a_notice_of_ineligibility_says_when_and_how_it_was_served(folder: Path) -> None:
    found = walk.INELIGIBLE.stating(served_on="2015-04-19", service="mail_ca")
    assert perform(folder, *walk.IN_ELIGIBILITY, found) == 0
    filed = ["--data", "filed_on=2015-05-26", "--data", "verified=yes", "--data", "grounds=FACT"]
    call = ["act", str(folder), "petition", "--as", "injured_employee:x"]
    assert (
        run([*call, "--at", "2015-05-26T10:00:00-07:00", *filed]) == 0
    )  # 05-24, a Sunday; a holiday


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["issue", "--as", "review_organization:x"], 3, "`issue` is not possible"),
        (["close", "--as", "judge:x"], 2, "names no role and person"),
        (["close", "--as", "clock:"], 2, "names no role and person"),
        (["close", "--as", "clock:x", "--at", "2015-04-19"], 2, "is no instant"),
        (["close", "--as", "clock:x", "--at", "noon"], 2, "is no instant"),
        (["close", "--as", "clock:x", "--data", "due"], 2, "there is no value"),
        (
            ["close", "--as", "clock:x", "--data", "due=1", "--data", "due=2"],
            2,
            "`due` is told twice",
        ),
    ],
)
def test_a_call_that_cannot_be_done_says_why(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    status: int,
    message: str,
) -> None:
    assert run(["act", str(folder), *arguments]) == status
    assert message in capsys.readouterr().err
    assert not (folder / "events.jsonl").exists()


def test_the_time_is_now_where_none_is_given(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["act", str(folder), "receive_application", "--as", "intake:x", "--json"]
    assert run([*call, "--data", f"received={walk.STAMP.isoformat()}"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["events"][0]["at"] > "2026"
    assert told["events"][0]["reason"].startswith("The application arrives")


def test_the_rules_check_reads_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "check"]) == 0
    assert "process: 38 acts in 47 rows" in capsys.readouterr().out
