"""Signing and issuing: what is refused is named with its rule, and then nothing has changed."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from case_folders import KEY, Walk, filed, read, seed_register
from openimr.adapters.plain_files import write_plain
from openimr.cli.main import run
from openimr.model.party import parties_sha256
from openimr.model.reviewer import Relation, RelationKind, Reviewer
from openimr.synth.forge import forge_case
from openimr.synth.writers import as_text

pytestmark = pytest.mark.slow

NUMBER = "CM15-0000042"
REVIEWER = "rev-1"


class Office:
    """A case in review, the register, and the calls of the command line."""

    def __init__(self, root: Path) -> None:
        self.folder, self.register = root / NUMBER, root / "register.json"
        records = self.folder / "records"
        records.mkdir(parents=True)
        for name, data in as_text(forge_case(8800, scenario="seed-003")).items():
            (records / name).write_bytes(data)
        write_plain(self.register, seed_register())
        assert run(["review", str(records), "--out", str(self.draft.parent), "--quiet"]) == 0
        self.walk = Walk(self.folder, filed(read(self.draft), NUMBER))
        self.walk.to_ready()
        self.walk.to_review(REVIEWER, parties_sha256(self.walk.case.parties), "a" * 64)

    @property
    def draft(self) -> Path:
        return self.folder / "draft" / "determination.json"

    def sign(self, *more: str) -> int:
        call = ["sign", str(self.draft), "--reviewer", REVIEWER, "--register", str(self.register)]
        return run([*call, "--quiet", "--at", self.walk.later(), *more])

    def issue(self, *more: str) -> int:
        call = ["issue", str(self.folder), "--by", "desk", "--register", str(self.register)]
        return run([*call, "--quiet", "--at", self.walk.later(), *more])

    def files(self) -> dict[str, bytes]:
        """Everything in the folder but the lock."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file() and ".lock" not in path.name
        }


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


def copied(prepared: Office, root: Path) -> Office:
    """A copy of the case, for a test to change."""
    shutil.copytree(prepared.folder.parent, root / "office")
    copy, copy.walk = object.__new__(Office), object.__new__(Walk)
    copy.folder, copy.register = root / "office" / NUMBER, root / "office" / "register.json"
    copy.walk.folder, copy.walk.case = copy.folder, prepared.walk.case
    copy.walk.at = prepared.walk.at
    return copy


@pytest.fixture
def office(prepared: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The case in review."""
    monkeypatch.setenv("OPENIMR_REVIEWER_KEY", KEY)
    return copied(prepared, tmp_path)


@pytest.fixture(scope="module")
def released(prepared: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The case signed and issued."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENIMR_REVIEWER_KEY", KEY)
        office = copied(prepared, tmp_path_factory.mktemp("released"))
        assert office.sign(*outcomes(office)) == 0
        assert office.issue() == 0
    return office


def outcomes(office: Office, outcome: str = "Upheld") -> list[str]:
    told = []
    for item in read(office.draft)["items"]:
        told += ["--outcome", f"{item['index']}={outcome}"]
        told += ["--because", f"{item['index']}=I read all of it."]
    return told


def with_reviewer(office: Office, **changes: Any) -> None:
    register = seed_register()
    entries: list[Reviewer] = [
        replace(one, **changes) if one.id == REVIEWER else one for one in register.reviewers
    ]
    write_plain(office.register, replace(register, reviewers=tuple(entries)))


def expired() -> dict[str, Any]:
    (licence,) = seed_register().reviewers[0].licences
    return {"licences": (replace(licence, expires=date(2014, 12, 31)),)}


def employed(office: Office) -> dict[str, Any]:
    name = next(p.name for p in office.walk.case.parties if p.role == "claims_administrator")
    tie = Relation(to=name, kind=RelationKind.PROFESSIONAL, nature="employment")
    return {"relations": (tie,)}


def _edit(path: Path, change: Callable[[Any], None]) -> None:
    told = read(path)
    change(told)
    path.write_text(json.dumps(told))


def _changed_draft(office: Office) -> None:
    def change(draft: Any) -> None:
        draft["items"][0]["rationale"][0]["text"] = "Something else."

    _edit(office.draft, change)


def _changed_record(office: Office) -> None:
    record = min((office.folder / "records").iterdir())
    record.write_bytes(record.read_bytes() + b" ")


def _broken_chain(office: Office) -> None:
    events = office.folder / "events.jsonl"
    lines = events.read_text().splitlines(keepends=True)
    lines[1] = lines[1].replace("desk", "someone")
    events.write_text("".join(lines))


def _nothing(office: Office) -> None:
    del office


def _against(office: Office) -> list[str]:
    follows = read(office.draft)["items"][0]["suggestion"]
    return ["--outcome", f"1={'Upheld' if follows == 'support' else 'Overturned'}"]


def _unknown_key(office: Office) -> list[str]:
    ruling = office.folder.parent / "ruling.json"
    ruling.write_text('{"items": [], "verdict": "Upheld"}')
    return ["--ruling", str(ruling)]


Prepare = Callable[[Office], None]
Told = Callable[[Office], list[str]]


@pytest.mark.parametrize(
    ("prepare", "told", "status", "named"),
    [
        (_nothing, lambda _: [], 3, "item 1 has no outcome"),
        (_nothing, _against, 3, "without a reason"),
        (lambda office: with_reviewer(office, **expired()), outcomes, 3, "last on 2014-12-31"),
        (lambda office: with_reviewer(office, **employed(office)), outcomes, 3, "139.5"),
        (
            _nothing,
            lambda office: [*outcomes(office), "--reviewer", "rev-2"],
            3,
            "assigned to the case",
        ),
        (
            _nothing,
            lambda office: [*outcomes(office), "--reviewer", "rev-99"],
            3,
            "the register holds no reviewer rev-99",
        ),
        (_changed_draft, outcomes, 1, "the draft does not hold"),
        (_changed_record, outcomes, 1, "is not the file that was read"),
        (_broken_chain, outcomes, 3, "event 2"),
        (
            _nothing,
            lambda office: [
                *outcomes(office),
                "--at",
                (office.walk.at - timedelta(days=2)).isoformat(),
            ],
            3,
            "lies before the last event",
        ),
        (_nothing, lambda _: ["--outcome", "1=Maybe"], 2, "`Maybe` is no outcome"),
        (_nothing, _unknown_key, 3, "unknown field(s) verdict"),
    ],
)
def test_what_may_not_be_signed_is_refused(
    office: Office,
    prepare: Prepare,
    told: Told,
    status: int,
    named: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    prepare(office)
    call = told(office)
    before = office.files()
    assert office.sign(*call) == status
    assert named in capsys.readouterr().err
    assert office.files() == before


def test_a_dry_run_shows_the_letter_and_signs_nothing(office: Office, tmp_path: Path) -> None:
    before = office.files()
    assert office.sign(*outcomes(office), "--dry-run", str(tmp_path / "shown")) == 0
    assert read(tmp_path / "shown" / "determination.json")["status"] == "signed"
    assert office.files() == before


def test_what_is_overruled_stands_in_the_letter_with_what_it_replaced(office: Office) -> None:
    draft = read(office.draft)["items"][0]
    finding = next(one for one in draft["findings"] if one["value"] in ("met", "not_documented"))
    value = "contradicted" if finding["value"] == "met" else "met"
    ruling = {
        "items": [{"item": 1, "outcome": "Upheld", "reason": "As I weigh it."}],
        "findings": [
            {
                "item": 1,
                "criterion": finding["criterion"],
                "value": value,
                "reason": "The last report says so.",
            }
        ],
        "sentences": [{"item": 1, "number": 1, "text": "What was asked.", "reason": "plainer"}],
        "opened": [{"document": "D01", "pages": [1]}],
    }
    path = office.folder / "ruling.json"
    path.write_text(json.dumps(ruling))
    assert office.sign("--ruling", str(path)) == 0
    signed = read(office.folder / "signed" / "determination.json")
    item = signed["items"][0]
    changed = next(one for one in item["findings"] if one["criterion"] == finding["criterion"])
    assert (changed["value"], changed["overruled"]) == (value, finding["value"])
    assert "The last report says so" in changed["statement"]
    assert item["rationale"][0]["text"] == "What was asked."
    assert item["rationale"][0]["overruled"].startswith("The request is")
    assert any("pages were opened on screen" in text for text in signed["how_made"])
    call = ["verify", str(office.folder / "signed/determination.json"), "--quiet"]
    assert run([*call, "--case", str(office.folder)]) == 0


def test_issued_is_frozen_and_a_correction_stands_beside_it(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert office.issue() == 3
    assert office.sign(*outcomes(office)) == 0
    assert office.sign(*outcomes(office)) == 3
    assert office.issue() == 0
    first = {path.name: path.read_bytes() for path in (office.folder / "issued/1").iterdir()}
    capsys.readouterr()
    assert office.issue() == 3
    assert "--correct" in capsys.readouterr().err
    assert office.issue("--correct", "The date of service was wrong.") == 0
    assert {p.name: p.read_bytes() for p in (office.folder / "issued/1").iterdir()} == first
    second = read(office.folder / "issued" / "2" / "determination.json")
    assert second["issuance"]["version"] == 2
    assert second["issuance"]["corrects"] == second["signature"]["sha256"]


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (("items", 0, "outcome"), "Overturned", "outcome: says"),
        (("ruling", "items", 0, "outcome"), "Overturned", "signature: the ruling"),
        (("ruling", "items", 0, "reason"), "Another one.", "signature: the ruling"),
        (("signature", "pseudonym"), "R-OTHER", "signature: its own parts"),
        (("signature", "signed"), "2015-01-01T00:00:00-08:00", "chain: it was signed"),
        (("signature", "sha256"), "0" * 64, "chain: no reviewer signed"),
        (("issuance", "issued"), "2015-01-01", "chain: it was served on"),
        (("issuance", "case_number"), "CM15-9999999", "chain: the case is"),
        (("status",), "signed", "a determination that is signed has a issuance"),
    ],
)
def test_verify_names_what_was_changed_after_issuing(
    released: Office,
    tmp_path: Path,
    path: tuple[str | int, ...],
    value: str,
    named: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    office = copied(released, tmp_path)
    file = office.folder / "issued" / "1" / "determination.json"
    issued = read(file)
    place: Any = issued
    for step in path[:-1]:
        place = place[step]
    assert place[path[-1]] != value
    place[path[-1]] = value
    file.write_text(json.dumps(issued))
    capsys.readouterr()
    call = ["verify", str(file), "--case", str(office.folder), "--quiet", "--json"]
    assert run(call) == 1
    assert any(named in each for each in json.loads(capsys.readouterr().out)["problems"])
