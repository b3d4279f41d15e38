"""`openimr eligibility` on a case folder, on plain records, and where both clash."""

# ruff: noqa: E501 - a table of cases is read in rows

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from eligible_case import ELIGIBLE, changed
from openimr.adapters.casefile import read_files
from openimr.adapters.plain_files import write_plain
from openimr.cli.main import run
from openimr.model.application import FiledItem
from openimr.model.case import UrAction
from openimr.model.errors import EmptyCase
from reference import reference

PACKETS = Path(__file__).parents[1] / "resources" / "packets"
AFTER_ALL = "2030-01-01"
"""When every packet had come in."""
FORM = """APPLICATION FOR INDEPENDENT MEDICAL REVIEW
DWC Form IMR
Type of Utilization Review:   [X] Regular   [ ] Expedited
Employee Name (First, MI, Last): Marisol T. Quennell
Address: 14 Alder Row, Fresno CA 93701
Date of Birth: 02/02/1968
Claim Number: QX-1177-02     Date of Injury (MM/DD/YYYY): 05/03/2011
Employer: Quarry Lane Packing
Requesting Physician Name: Ansel Drury, MD
Claims Administrator Name: Heron Claims Services
Date of Utilization Review Determination Letter: 2/10/2015
Is the Claims Administrator disputing liability for the requested medical treatment
besides the question of medical necessity?   [ ] Yes   [X] No
List each specific requested medical service, good, or item that was denied or modified:
   1.  Norco 10/325mg #120
   2.  MRI lumbar spine
I request an independent medical review and allow my records to be sent.
Employee Signature: {signature}          Date: 3/6/2015
RECEIVED MAR {day} 2015 9:12 AM
"""
DECISION = """HERON UTILIZATION REVIEW
Decision date: 02/10/2015
Patient: Marisol Quennell      Claim: QX-1177-02      DOI: 05/03/2011
Requesting physician: Ansel Drury, MD
RFA dated 2/3/2015, received 2/4/2015

DETERMINATION
  1. Norco 10/325mg #120 .......... Denied
  2. MRI lumbar spine ............. Denied

Records reviewed: RFA 2/3/2015; PR-2 1/29/2015; PR-2 11/20/2014

Rationale: MTUS page 78 asks for documented relief. Not medically necessary.
The form is enclosed.
Proof of service: mailed 2/10/2015 to M. Quennell at Fresno, CA
"""
VISIT = """PRIMARY TREATING PHYSICIAN'S PROGRESS REPORT (PR-2)
Patient: Marisol Quennell   Date of exam: 01/29/2015
Low back pain 7/10. Norco 10/325 four a day.
Ansel Drury, MD
"""


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")


def records(folder: Path, *, signature: str = "Marisol Quennell", day: int = 10) -> Path:
    folder.mkdir(parents=True)
    (folder / "01-imr-application.txt").write_text(FORM.format(signature=signature, day=day))
    (folder / "02-ur-denial-2015-02-10.txt").write_text(DECISION)
    (folder / "03-pr2-2015-01-29.txt").write_text(VISIT)
    return folder


def called(
    capsys: pytest.CaptureFixture[str], *arguments: str, as_of: str = "2015-04-01"
) -> dict[str, Any]:
    assert run(["eligibility", *arguments, "--as-of", as_of, "--json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def ground(answer: dict[str, Any], code: str, item: int | None = None) -> dict[str, Any]:
    found: dict[str, Any]
    (found,) = (one for one in answer["grounds"] if (one["code"], one["item"]) == (code, item))
    return found


def test_a_folder_of_records_is_read_with_its_pages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = called(capsys, str(records(tmp_path / "papers")))
    assert (answer["outcome"], answer["status"]) == ("eligible", "proposal")
    late = ground(answer, "LATE")
    assert late["standing"] == "not_established"
    assert "2015-03-17 (D8, served on 2015-02-10 by mail in California)" in late["statement"]
    facts = {fact["field"]: fact for fact in late["facts"]}
    assert facts["application.received"]["value"] == "2015-03-10 09:12"
    assert facts["application.received"]["source"]["file"] == "01-imr-application.txt"
    assert facts["ur_decision.service"]["source"]["page"] == 1
    named = {one["named"]: one["presence"] for one in answer["records"]["named"]}
    assert named == {
        "RFA 2/3/2015": "missing",
        "PR-2 1/29/2015": "found",
        "PR-2 11/20/2014": "missing",
    }


def test_a_late_unsigned_application_is_told_and_refused_by_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    papers = records(tmp_path / "papers", signature="__________", day=18)
    answer = called(capsys, str(papers))
    assert answer["outcome"] == "ineligible"
    assert answer["items"][0]["grounds"] == ["UNSIGNED", "LATE"]
    assert run(["eligibility", str(papers), "--as-of", "2015-04-01"]) == 0
    shown = capsys.readouterr().out
    assert "A person decides" in shown
    assert "01-imr-application.txt p. 1" in shown


def test_a_case_folder_and_its_records_are_laid_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_plain(tmp_path / "case.json", ELIGIBLE)
    records(tmp_path / "records", signature="________")
    answer = called(capsys, str(tmp_path))
    assert answer["case_number"] == "CM15-0031415"
    (clash,) = [one for one in answer["clashes"] if one["field"] == "application.signed"]
    assert (clash["stated"], clash["read"]) == ("yes", "no")
    assert clash["source"]["file"] == "01-imr-application.txt"
    assert ground(answer, "UNSIGNED")["standing"] == "unknown"
    assert answer["outcome"] == "request information"
    assert answer["answer_due"]["due"] == "2015-04-08"


def test_pages_fill_what_a_case_does_not_say(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    silent = changed(
        application__signed=None,
        application__signed_on=None,
        ur_decision__service=None,
        items=(),
        parties=(),
    )
    write_plain(tmp_path / "case.json", silent)
    records(tmp_path / "records")
    answer = called(capsys, str(tmp_path))
    assert (answer["outcome"], answer["clashes"]) == ("eligible", [])
    assert len(answer["items"]) == 2
    facts = {fact["field"]: fact for fact in ground(answer, "UNSIGNED")["facts"]}
    assert facts["application.signed"]["source"] is not None


def test_a_case_folder_without_records_is_proposed_on_what_is_stated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_plain(tmp_path / "case.json", ELIGIBLE)
    answer = called(capsys, str(tmp_path))
    assert answer["outcome"] == "eligible"
    assert not answer["records"]["decidable"]


def test_applications_to_review_together_are_found_beside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = changed(
        case_number="CM15-0031999",
        items=(FiledItem(index=1, request_text="TENS unit", ur_action=UrAction.DENY),),
    )
    for name, case in (
        ("one", ELIGIBLE),
        ("two", other),
        ("unsigned", changed(case_number="CM15-0032000", application__signed=False)),
    ):
        write_plain(tmp_path / name / "case.json", case)
    answer = called(capsys, str(tmp_path / "one"), "--beside", str(tmp_path))
    found = ground(answer, "CONSOLIDATE")
    assert found["standing"] == "established"
    assert "CM15-0031999" in found["statement"]
    alone = called(capsys, str(tmp_path / "unsigned"), "--beside", str(tmp_path / "unsigned"))
    assert ground(alone, "CONSOLIDATE")["standing"] == "unknown"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"case_number": "CM1", "application": {"received": "2015-02-30T09:00:00-08:00"}}', "application.received"),
        ('{"case_number": "CM1", "application": {"forum": "moon"}}', "application.forum: moon is none of"),
        ('{"case_number": "CM1", "application": {"signet": true}}', "unknown field(s) signet"),
        ('{"application": {}}', "required field case_number is missing"),
        ('{"case_number": "CM1", "application": {}, "ur_decision": {"issued": "2015-02-10", "served": "2015-02-01"}}', "ur_decision.served (2015-02-01) is before"),
        ("not json", "this is not a case in JSON"),
    ],
)  # fmt: skip
def test_a_case_that_cannot_be_used_is_refused_with_its_fields(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    (tmp_path / "case.json").write_text(text)
    assert run(["eligibility", str(tmp_path)]) == 3
    message = capsys.readouterr().err
    assert told in message
    assert str(tmp_path) in message
    assert (tmp_path / "case.json").read_text() == text
    assert [path.name for path in tmp_path.iterdir()] == ["case.json"]


@pytest.mark.parametrize("columns", ["40", "60", "100", "200"])
def test_it_is_readable_on_narrow_and_wide_terminals(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    columns: str,
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    papers = records(tmp_path / "papers", signature="__________", day=18)
    assert run(["eligibility", str(papers), "--as-of", "2015-04-01"]) == 0
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= int(columns)
    letters = "".join(letter for letter in shown if letter.isalnum())
    for word in ("ineligible", "UNSIGNED", "LATE", "20150317"):
        assert word in letters


def test_of_a_case_folder_only_the_records_are_reviewed(tmp_path: Path) -> None:
    write_plain(tmp_path / "case.json", ELIGIBLE)
    records(tmp_path / "records")
    (tmp_path / "notices").mkdir()
    (tmp_path / "notices" / "noarfi.txt").write_text("Norco was certified.")
    names = [file.file for file in read_files(tmp_path)]
    assert names == [
        "01-imr-application.txt",
        "02-ur-denial-2015-02-10.txt",
        "03-pr2-2015-01-29.txt",
    ]
    out = tmp_path / "draft"
    assert run(["review", str(tmp_path), "--out", str(out), "--quiet"]) == 0
    draft = json.loads((out / "determination.json").read_text())
    assert {document["file"] for document in draft["documents"]} == set(names)
    assert run(["verify", str(out / "determination.json"), "--case", str(tmp_path)]) == 0


def test_a_case_folder_without_records_cannot_be_reviewed(tmp_path: Path) -> None:
    write_plain(tmp_path / "case.json", ELIGIBLE)
    with pytest.raises(EmptyCase) as raised:
        read_files(tmp_path)
    assert "records" in raised.value.message


def _packets() -> list[Path]:
    return sorted(path for path in PACKETS.iterdir() if path.name[0] in "HWY")


@pytest.mark.slow
@pytest.mark.parametrize("packet", _packets(), ids=lambda path: path.name)
def test_no_ground_is_seen_where_there_is_none(
    packet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The packets were written as cases that went to review."""
    answer = called(capsys, str(packet), as_of=AFTER_ALL)
    assert [one["code"] for one in answer["grounds"] if one["standing"] == "established"] == []


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.parametrize("name", ["A02", "A05", "B04", "B07"])
def test_no_ground_is_seen_in_the_reference_packets(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    packet = shutil.copytree(reference(f"packets/{name}"), tmp_path / name)
    answer = called(capsys, str(packet), as_of=AFTER_ALL)
    assert answer["outcome"] == "eligible"
    assert [one["code"] for one in answer["grounds"] if one["standing"] == "established"] == []


def test_an_item_that_was_approved_is_not_in_dispute(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    papers = records(tmp_path / "papers")
    approved = DECISION.replace(
        "MRI lumbar spine ............. Denied", "MRI lumbar spine ............. Certified"
    )
    (papers / "02-ur-denial-2015-02-10.txt").write_text(approved)
    answer = called(capsys, str(papers))
    assert answer["outcome"] == "partly eligible"
    assert [item["outcome"] for item in answer["items"]] == ["eligible", "ineligible"]
    found = ground(answer, "NO_DISPUTE", 2)
    assert found["standing"] == "established"
    assert found["facts"][0]["source"]["file"] == "02-ur-denial-2015-02-10.txt"


@pytest.mark.parametrize(
    ("old", "new", "code", "outcome"),
    [
        ("[X] No", "[ ] No", None, "eligible"),
        ("[ ] Yes   [X] No", "[X] Yes   [ ] No", "LIABILITY", "deferred"),
        ("[X] Regular   [ ] Expedited", "[ ] Regular   [X] Expedited", None, "eligible"),
        ("MAR {day} 2015 9:12 AM", "MAR 18 2015 4:59 PM", "LATE", "ineligible"),
        ("Employee Signature: {signature}", "Employee Signature: Ansel Drury MD", "NOT_PARTY", "ineligible"),
    ],
)  # fmt: skip
def test_a_ground_that_a_page_states_is_found(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    old: str,
    new: str,
    code: str | None,
    outcome: str,
) -> None:
    papers = records(tmp_path / "papers")
    assert old in FORM
    text = FORM.replace(old, new).format(signature="Marisol Quennell", day=10)
    (papers / "01-imr-application.txt").write_text(text)
    answer = called(capsys, str(papers))
    met = {one["code"] for one in answer["grounds"] if one["standing"] == "established"}
    assert (met, answer["outcome"]) == ({code} if code else set(), outcome)


def test_a_conditional_denial_is_found_and_tilts_with_any_question_of_necessity(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    papers = records(tmp_path / "papers")
    reason = "MTUS page 78 asks for documented relief. Not medically necessary."
    only = "Denied because the MRI report that was requested was not received."
    for text, outcome in ((only, "ineligible"), (f"{only} {reason}", "eligible")):
        letter = DECISION.replace(reason, text)
        (papers / "02-ur-denial-2015-02-10.txt").write_text(letter)
        assert called(capsys, str(papers))["outcome"] == outcome


def test_without_a_decision_in_the_file_it_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    papers = records(tmp_path / "papers")
    (papers / "02-ur-denial-2015-02-10.txt").unlink()
    answer = called(capsys, str(papers))
    assert ground(answer, "NO_UR")["standing"] == "established"
    assert answer["outcome"] == "ineligible"
    (papers / "04-scan.txt").write_text("illegible scribble\n")
    assert ground(called(capsys, str(papers)), "NO_UR")["standing"] == "unknown"


def test_late_records_of_a_case_with_a_notice_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from datetime import date

    from eligible_case import at
    from openimr.model.application import ReceivedDocument
    from openimr.model.event import Actor, ActorRole, Event
    from openimr.model.party import PartyRole
    from openimr.process.folder import write_events

    paper = ReceivedDocument(
        file="late.pdf",
        kind="progress_report",
        sender=PartyRole.CLAIMS_ADMINISTRATOR,
        received=at(date(2015, 5, 20)),
    )
    write_plain(tmp_path / "case.json", changed(received=(paper,)))
    notice = Event(
        number=1,
        at=at(date(2015, 5, 1)),
        act="issue_noarfi",
        actor=Actor(role=ActorRole.REVIEW_ORGANIZATION, name="desk"),
        reason="",
        citation="8 CCR 9792.10.4(b)",
        data={"served_on": "2015-05-01", "service": "mail_ca"},
    )
    write_events(tmp_path, (notice,))
    told = called(capsys, str(tmp_path))["records"]
    assert [due["due"] for due in told["due"]] == ["2015-05-18"]
    assert "$1,000" in told["late"][0]


def test_earlier_applications_of_the_employee_are_found_beside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from datetime import date

    from eligible_case import at

    earlier = changed(case_number="CM15-0030000", application__received=at(date(2015, 3, 9)))
    somebody = changed(earlier, case_number="CM15-0030001", date_of_birth=date(1970, 1, 1))
    later = changed(case_number="CM15-0039999", application__received=at(date(2015, 3, 11)))
    for case in (ELIGIBLE, earlier, somebody, later):
        write_plain(tmp_path / case.case_number / "case.json", case)
    own = tmp_path / ELIGIBLE.case_number
    answer = called(capsys, str(own), "--beside", str(tmp_path))
    assert answer["outcome"] == "linked"
    found = ground(answer, "DUPLICATE", 1)
    assert "CM15-0030000" in found["statement"]
    facts = {fact["field"]: fact["value"] for fact in found["facts"]}
    assert facts["prior_reviews[1].ur_decision"] == "2015-02-10"
    first = called(capsys, str(tmp_path / "CM15-0030000"), "--beside", str(tmp_path))
    assert ground(first, "DUPLICATE", 1)["standing"] == "unknown"


def test_a_determination_of_the_same_treatment_is_found_beside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from dataclasses import replace
    from datetime import date

    from eligible_case import at
    from openimr.model.event import Actor, ActorRole, Event
    from openimr.process.folder import write_events

    decision = replace(ELIGIBLE.ur_decision, issued=date(2014, 6, 2), served=date(2014, 6, 2))
    earlier = changed(
        case_number="CM14-0030000",
        rfa_date=None,
        ur_decision=decision,
        application__received=at(date(2014, 6, 20)),
        application__signed_on=None,
    )
    write_plain(tmp_path / "earlier" / "case.json", earlier)
    issued = Event(
        number=1,
        at=at(date(2014, 9, 15)),
        act="issue",
        actor=Actor(role=ActorRole.REVIEW_ORGANIZATION, name="desk"),
        reason="",
        citation="8 CCR 9792.10.6(d)",
    )
    write_events(tmp_path / "earlier", (issued,))
    write_plain(tmp_path / "own" / "case.json", ELIGIBLE)
    answer = called(capsys, str(tmp_path / "own"), "--beside", str(tmp_path))
    found = ground(answer, "PRIOR_IMR", 1)
    assert found["standing"] == "unknown"
    assert "CM14-0030000 decided Norco 10/325mg #120 on 2014-09-15" in found["statement"]
    assert answer["outcome"] == "request information"
    assert "What changed since 2014-09-15" in answer["questions"][0]["text"]


@pytest.mark.parametrize("program", ["ca-dmhc", "aca"])
def test_a_case_of_another_program_is_refused_by_name(
    program: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_plain(tmp_path / "case.json", changed(program=program))
    assert run(["eligibility", str(tmp_path), "--as-of", "2015-04-01"]) == 3
    told = " ".join(capsys.readouterr().err.split())
    assert f"no grounds of eligibility of the program {program}" in told
    assert "those that are held are of ca-wc" in told


@pytest.mark.parametrize("paper", [False, True])
def test_nothing_is_proposed_before_the_receipt(
    paper: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if paper:
        records(tmp_path / "case")
    else:
        write_plain(tmp_path / "case" / "case.json", ELIGIBLE)
    assert run(["eligibility", str(tmp_path / "case"), "--as-of", "2015-03-09", "--json"]) == 2
    output = capsys.readouterr()
    assert not output.out
    told = " ".join(output.err.split())
    assert "the application had not been received on 2015-03-09" in told
    assert "application.received is 2015-03-10" in told
    assert run(["eligibility", str(tmp_path / "case"), "--as-of", "2015-03-10", "--json"]) == 0


@pytest.mark.parametrize("number", ["../../x", "/etc/x", "a\\b", "..", "CM15 1", "x\n", "-x"])
def test_a_number_that_is_no_name_is_refused(
    number: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_plain(tmp_path / "case.json", changed(case_number=number))
    assert run(["eligibility", str(tmp_path), "--as-of", "2015-04-01"]) == 3
    told = capsys.readouterr().err
    assert "is no case number" in told
    assert str(tmp_path / "case.json") in told


@pytest.mark.parametrize(
    ("change", "field", "stated", "read", "file"),
    [
        # The decision's page gives its service, February 10.
        (
            {"ur_decision__issued": "2015-02-20", "ur_decision__served": None},
            "ur_decision.served",
            "ur_decision.issued is 2015-02-20, which cannot be later",
            "2015-02-10",
            "02-ur-denial-2015-02-10.txt",
        ),
        # The form is signed on March 6.
        (
            {"application__received": "2015-03-03", "application__signed_on": None},
            "application.signed_on",
            "application.received is 2015-03-03 09:00, which cannot be earlier",
            "2015-03-06",
            "01-imr-application.txt",
        ),
    ],
)
def test_a_day_that_only_a_page_gives_clashes_and_blames_nobody(
    change: dict[str, str | None],
    field: str,
    stated: str,
    read: str,
    file: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from datetime import date

    from eligible_case import at

    days: dict[str, object] = {
        name: (at if name.endswith("received") else lambda day: day)(date.fromisoformat(day))
        if day
        else None
        for name, day in change.items()
    }
    write_plain(tmp_path / "case.json", changed(**days))
    records(tmp_path / "records")
    answer = called(capsys, str(tmp_path))
    (clash,) = [one for one in answer["clashes"] if one["field"] == field]
    assert (clash["stated"], clash["read"]) == (stated, read)
    assert clash["source"]["file"] == file


def test_what_the_case_alone_contradicts_is_still_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from datetime import date

    write_plain(tmp_path / "case.json", changed(ur_decision__served=date(2015, 2, 1)))
    records(tmp_path / "records")
    assert run(["eligibility", str(tmp_path), "--as-of", "2015-04-01"]) == 3
    assert "ur_decision.served (2015-02-01) is before" in capsys.readouterr().err
