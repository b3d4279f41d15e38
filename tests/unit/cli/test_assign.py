"""`openimr reviewers check` and `openimr assign` on files: results, errors, and no names."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import process_walk as walk
from openimr.adapters.plain_files import to_plain, write_plain
from openimr.cli.main import run
from openimr.model.application import Application, FiledItem, ImrCase, PriorReview
from openimr.model.party import Party
from openimr.model.reviewer import (
    Organization,
    OrganizationTie,
    OrganizationTieKind,
    Register,
    Relation,
    RelationKind,
)
from openimr.process.folder import write_events
from process_walk import Step
from reviewing import BOARD, DAY, FIT, LICENCE, PARTIES, ent, register, reviewer

ON = DAY.isoformat()
SECOND = reviewer(
    id="R2", name="Zoltan Ferris", licences=(replace(LICENCE, number="G555444", state="NY"),)
)
RECEIVED = walk.STAMP


def filed(number: int, *lines: str, **changes: Any) -> ImrCase:
    items = tuple(FiledItem(index=i, request_text=line) for i, line in enumerate(lines, start=1))
    plain = ImrCase(
        case_number=f"CM15-{number:07}",
        application=Application(received=RECEIVED),
        items=items,
        parties=PARTIES,
        received=walk.a_case().received,
    )
    return replace(plain, **changes)


def put(folder: Path, people: Register, *cases: ImrCase) -> tuple[str, str]:
    for case in cases:
        (folder / "cases" / case.case_number).mkdir(parents=True)
        write_plain(folder / "cases" / case.case_number / "case.json", case)
    write_plain(folder / "register.json", people)
    return str(folder / "cases"), str(folder / "register.json")


def assign(cases: str, people: str, *more: str) -> int:
    return run(["assign", cases, "--register", people, "--as-of", ON, *more])


def told(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


LINES = ("Norco 10/325 mg #120", "MRI lumbar spine without contrast")


def test_a_folder_of_cases_is_assigned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases, people = put(tmp_path, register(FIT, SECOND), filed(1, *LINES), filed(2, LINES[1]))
    assert assign(cases, people, "--json") == 0
    found = told(capsys)
    assert [one["case_number"] for one in found["placed"]] == ["CM15-0000001", "CM15-0000002"]
    assert found["placed"][0]["items"] == [1, 2]
    assert found["totals"]["gap"] == 0


def test_lines_of_one_file_are_a_queue_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, people = put(tmp_path, register(FIT))
    queue = tmp_path / "queue.jsonl"
    queue.write_text("".join(json.dumps(to_plain(filed(n, LINES[0]))) + "\n" for n in (1, 2)))
    assert assign(str(queue), people, "--json") == 0
    assert len(told(capsys)["placed"]) == 2


def test_what_cannot_be_placed_is_told_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases, people = put(tmp_path, register(FIT), filed(1, "Hearing aid"))
    assert assign(cases, people) == 1
    shown = capsys.readouterr()
    assert "nobody" in shown.out
    assert "no same or similar specialty" in shown.out
    assert "0 placed, 1 not" in shown.err


@pytest.mark.parametrize(
    "prior",
    [
        PriorReview(case_number="CM15-0000001", reviewer="R1", items=("something else",)),
        PriorReview(case_number="CM14-0000009", reviewer="R1", items=("Norco 10/325mg #90",)),
        PriorReview(case_number="CM14-0000009", reviewer="R1"),
    ],
)
def test_who_decided_the_dispute_before_is_barred(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], prior: PriorReview
) -> None:
    case = filed(1, LINES[0], prior_reviews=(prior,))
    cases, people = put(tmp_path, register(FIT, SECOND), case)
    assert assign(cases, people, "--json") == 0
    assert told(capsys)["placed"][0]["reviewer"] == "R2"


def test_who_decided_another_dispute_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prior = PriorReview(case_number="CM14-0000009", reviewer="R1", items=(LINES[1],))
    cases, people = put(tmp_path, register(FIT, SECOND), filed(1, LINES[0], prior_reviews=(prior,)))
    assert assign(cases, people, "--json") == 0
    assert told(capsys)["placed"][0]["reviewer"] == "R1"


def walk_to(cases: str, steps: tuple[Step, ...]) -> None:
    _, events = walk.walked(steps, filed(1, LINES[0]))
    write_events(Path(cases) / "CM15-0000001", events)


def test_events_beside_a_case_bar_who_had_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    had = reviewer(id="R-17", name="Bertrand Yellowlees")
    cases, people = put(tmp_path, register(had, SECOND), filed(1, LINES[0]))
    walk_to(cases, (*walk.IS_ASSIGNED, walk.RECUSE))
    assert assign(cases, people, "--json") == 0
    assert told(capsys)["placed"][0]["reviewer"] == "R2"


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ((walk.RECEIVE,), "RECEIVED"),
        ((*walk.IN_ELIGIBILITY, walk.INELIGIBLE), "INELIGIBLE"),
        ((*walk.IN_ELIGIBILITY, walk.ASK), "INFO_PENDING"),
        (walk.IN_RECORDS, "RECORDS_PENDING"),
        ((*walk.IS_READY, walk.WITHDRAW), "TERMINATED"),
        (walk.IS_ASSIGNED, "REVIEWER_ASSIGNED"),
        ((*walk.IN_REVIEW, walk.SIGN.stating(outcomes="1=UPHELD"), walk.ISSUE), "ISSUED"),
    ],
)
def test_a_case_that_is_not_ready_goes_to_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], steps: tuple[Step, ...], state: str
) -> None:
    cases, people = put(tmp_path, register(FIT), filed(1, LINES[0]), filed(2, LINES[0]))
    walk_to(cases, steps)
    assert assign(cases, people, "--json") == 1
    found = told(capsys)
    assert [one["case_number"] for one in found["placed"]] == ["CM15-0000002"]
    ((reason,),) = [one["reasons"] for one in found["not_placed"]]
    assert reason["code"] == "state"
    assert reason["says"] == f"the case is {state}; a reviewer is assigned when it is READY"
    assert "139.5" in reason["citation"]
    assign(cases, people, "--explain", "CM15-0000001")
    assert "asks for no reviewer now" in capsys.readouterr().out


@pytest.mark.parametrize("steps", [walk.IS_READY, (*walk.IS_REMANDED, walk.RESUBMIT, walk.RECORDS)])
def test_a_case_that_is_ready_is_assigned_also_after_a_remand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], steps: tuple[Step, ...]
) -> None:
    lines = [replace(s, data={**s.data, "outcomes": "1=OVERTURNED"}) if s is walk.SIGN else s
             for s in steps]  # fmt: skip
    cases, people = put(tmp_path, register(FIT), filed(1, LINES[0]))
    walk_to(cases, tuple(lines))
    assert assign(cases, people, "--json") == 0
    assert told(capsys)["placed"][0]["reviewer"] == "R1"


def test_items_out_of_scope_are_not_assigned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = filed(1, "Hearing aid", LINES[0])
    cases, people = put(tmp_path, register(FIT), case)
    some = walk.ELIGIBLE.stating(out_of_scope="1")
    steps = (*walk.IN_ELIGIBILITY, some, walk.NOARFI, walk.RECORDS)
    _, events = walk.walked(steps, case)
    write_events(Path(cases) / "CM15-0000001", events)
    assert assign(cases, people, "--json") == 0
    assert told(capsys)["placed"][0]["items"] == [2]


@pytest.mark.parametrize("left_out", [None, *PARTIES])
def test_a_case_whose_parties_are_not_stated_goes_to_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], left_out: Party | None
) -> None:
    parties = tuple(one for one in PARTIES if left_out and one != left_out)
    nameless = (*parties, replace(left_out, name=" ")) if left_out else ()
    cases, people = put(
        tmp_path,
        register(FIT),
        filed(1, LINES[0], parties=parties),
        filed(2, LINES[0], parties=nameless),
    )
    assert assign(cases, people, "--json") == 1
    found = told(capsys)
    assert not found["placed"]
    role = left_out.role.replace("_", " ") if left_out else "claims administrator"
    for one in found["not_placed"]:
        (reason,) = one["reasons"]
        assert reason["code"] == "parties"
        assert reason["citation"] == "Labor Code 139.5(d)(5)-(6)"
        assert "parties not stated" in reason["says"]
        assert role in reason["says"]


def test_a_mixed_case_is_divided_with_approval_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases, people = put(tmp_path, register(FIT, ent()), filed(1, LINES[0], "Hearing aid"))
    assert assign(cases, people, "--json") == 1
    assert told(capsys)["not_placed"][0]["reasons"][0]["code"] == "items_apart"
    assert assign(cases, people, "--apart", "CM15-0000001", "AD 15-77", "--json") == 0
    assert {one["reviewer"] for one in told(capsys)["placed"]} == {"R1", "R9"}
    assert assign(cases, people, "--panel", "CM15-0000009", "2", "AD 15-78") == 2


def test_no_output_holds_a_name_or_a_licence_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tie = Relation(to="Blue Heron Packing", kind=RelationKind.PROFESSIONAL, nature="patient")
    worn = reviewer(
        id="R3",
        name="Desdemona Ravensworth",
        relations=(tie,),
        licences=(replace(LICENCE, number="C777123"),),
    )
    old = reviewer(
        id="R4", name="Gulliver Thorn", licences=(replace(LICENCE, expires=RECEIVED.date()),)
    )
    everyone = register(FIT, SECOND, worn, old)
    cases, people = put(tmp_path, everyone, filed(1, *LINES), filed(2, "Hearing aid"))
    out, proofs = tmp_path / "out" / "assignment.json", tmp_path / "proofs"
    assign(cases, people, "--out", str(out), "--proof", str(proofs))
    assign(cases, people, "--explain", "CM15-0000001")
    assign(cases, people, "--json")
    run(["reviewers", "check", people, "--as-of", ON])
    run(["reviewers", "check", people, "--as-of", ON, "--json"])
    shown = capsys.readouterr()
    files = [out, *sorted(proofs.iterdir())]
    assert len(files) == 3
    text = shown.out + shown.err + "".join(file.read_text() for file in files)
    assert "R3" in text
    for one in everyone.reviewers:
        for secret in (*one.name.split(), *(licence.number for licence in one.licences)):
            assert secret not in text
    assert "Heron" not in text


def test_the_check_tells_what_is_missing_expired_and_expiring(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    soon = replace(LICENCE, expires=DAY + timedelta(60))
    later = replace(LICENCE, expires=DAY + timedelta(61))
    people = register(
        reviewer(licences=(soon,)),
        reviewer(id="R2", licences=(later,), boards=(replace(BOARD, evidence=None),)),
        reviewer(id="R3", licences=(replace(LICENCE, expires=DAY - timedelta(1)),)),
    )
    _, path = put(tmp_path, people)
    assert run(["reviewers", "check", path, "--as-of", ON, "--json"]) == 1
    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["may_be_assigned"], first["notices"]) == (
        True,
        ["the licence of CA expires on 2015-07-31"],
    )
    assert second["notices"] == ["no evidence is on file: certificate in " + BOARD.specialty]
    assert third["reasons"][0]["citation"] == "Labor Code 139.5(d)(4)(B)"
    assert first["pseudonym"] is None


def test_a_key_gives_pseudonyms(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, path = put(tmp_path, register(FIT))
    monkeypatch.setenv("OPENIMR_REVIEWER_KEY", "k" * 32)
    assert run(["reviewers", "check", path, "--as-of", ON, "--json"]) == 0
    from_environment = told(capsys)["pseudonym"]
    key = tmp_path / "key"
    key.write_text("k" * 32 + "\n")
    monkeypatch.delenv("OPENIMR_REVIEWER_KEY")
    run(["reviewers", "check", path, "--as-of", ON, "--json", "--key-file", str(key)])
    assert told(capsys)["pseudonym"] == from_environment != None  # noqa: E711


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"licences": (replace(LICENCE, state="Cal"),)}, "R1: licences[0].state: is no state"),
        ({"specialties": ("witchcraft",)}, "R1: specialties[0]: `witchcraft` is no specialty"),
        ({"boards": (replace(BOARD, specialty="x"),)}, "R1: boards[0].specialty"),
        ({"name": " "}, "R1: name: is empty"),
        ({"weekly_hours": 112.5}, "R1: weekly_hours: is above 112"),
        ({"capacity": -1}, "R1: capacity: is below zero"),
        ({"away": ((DAY, DAY - timedelta(1)),)}, "R1: away[0]: ends before"),
        (
            {"relations": (Relation(to="X", kind=RelationKind.FINANCIAL, share_of_income=5.0),)},
            "R1: relations[0].share_of_income: is no share (Labor Code 139.5(d)(5))",
        ),
        ({"relations": (Relation(to=" ", kind=RelationKind.SELF),)}, "names nobody"),
    ],
)
def test_a_register_with_faults_is_refused_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: dict[str, Any], words: str
) -> None:
    _, path = put(tmp_path, register(reviewer(**changes)))
    assert run(["reviewers", "check", path, "--as-of", ON]) == 3
    error = capsys.readouterr().err
    assert words in error
    assert FIT.name not in error


def test_an_organization_without_a_name_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tie = OrganizationTie(to=" ", kind=OrganizationTieKind.OWNS)
    nameless = Organization(name="", ties=(tie,))
    _, path = put(tmp_path, replace(register(FIT), organization=nameless))
    assert run(["reviewers", "check", path, "--as-of", ON]) == 3
    error = capsys.readouterr().err
    assert "organization: name: is empty" in error
    assert "organization: ties[0].to: names nobody" in error


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("profession", "wizard", "profession: is none of MD"),
        ("weekly_hours", "many", "weekly_hours: is not a number"),
        ("licence", [], "unknown field(s) licence"),
        ("away", [["2015-02-30", "2015-03-01"]], "is no date"),
    ],
)
def test_an_entry_that_does_not_fit_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], key: str, value: object, words: str
) -> None:
    _, path = put(tmp_path, register(FIT))
    plain = json.loads(Path(path).read_text())
    plain["reviewers"][0][key] = value
    Path(path).write_text(json.dumps(plain))
    assert run(["reviewers", "check", path]) == 3
    assert words in capsys.readouterr().err


def test_a_case_number_that_is_a_path_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, people = put(tmp_path, register(FIT))
    queue = tmp_path / "queue.jsonl"
    queue.write_text(json.dumps(to_plain(replace(filed(1, LINES[0]), case_number="../../x"))))
    assert assign(str(queue), people, "--proof", str(tmp_path / "p")) == 3
    assert "case number cannot be used" in capsys.readouterr().err
