"""Notices of a case folder: goldens that were read, days, hostile values, no reviewer."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

import noticed
from noticed import ATTORNEY, CASE, EMPLOYEE, OFFICES, PARTIES, RULES, SCENES, scene_letters
from openimr.adapters.plain_files import write_plain
from openimr.cli.main import run
from openimr.model.errors import CheckFailed, InputError, UsageError
from openimr.model.notice import NoticeRole, Office
from openimr.model.party import Party, PartyRole, ServiceMethod
from openimr.model.reviewer import (
    Licence,
    LicenceStatus,
    Organization,
    Profession,
    Register,
    Reviewer,
)
from openimr.process.notices import letters, require_secret
from openimr.render.notices import notice_pdf, notice_text
from openimr.render.text import WIDTH

GOLDEN = Path(__file__).parents[2] / "golden" / "notices"
_SEQUOIA = Organization(name="Sequoia", ties=())
BOTH_SIDES = (NoticeRole.INJURED_EMPLOYEE, NoticeRole.ATTORNEY, NoticeRole.CLAIMS_ADMINISTRATOR)


def by_role(place: Path, scene: str, **changes: object) -> dict[NoticeRole, str]:
    found = scene_letters(place, scene, **changes).notices
    return {each.recipient.role: notice_text(each) for each in found}


@pytest.mark.parametrize("scene", SCENES)
def test_the_letters_are_those_that_were_read(scene: str, tmp_path: Path) -> None:
    """A missing golden is written and fails, so that somebody reads it."""
    texts = by_role(tmp_path, scene)
    told = "\f".join(texts[role] for role in BOTH_SIDES if role in texts)
    golden = GOLDEN / f"{scene}.txt"
    if os.environ.get("OPENIMR_WRITE_GOLDENS") or not golden.exists():
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(told, encoding="utf-8")
        pytest.fail(f"{golden.name} was written: read it")
    assert told == golden.read_text(encoding="utf-8")


def test_every_template_has_a_scene() -> None:
    assert {noticed.kind_of(scene) for scene in SCENES} == set(RULES.templates)


@pytest.mark.parametrize("scene", SCENES)
def test_no_line_is_empty_of_meaning_or_too_long(scene: str, tmp_path: Path) -> None:
    for text in by_role(tmp_path, scene).values():
        assert "{" not in text
        assert "None" not in text
        assert not re.search(
            r"^[A-Z][a-z ]+: *$(?<!documents:)(?<!these:)|\(\)|\S  of |, ,", text, re.MULTILINE
        ), text
        assert max(map(len, text.splitlines())) <= WIDTH


@pytest.mark.slow
@pytest.mark.parametrize("scene", SCENES)
def test_no_reviewer_is_found_in_any_file(scene: str, tmp_path: Path) -> None:
    found = scene_letters(tmp_path, scene)
    assert found.secret <= {"R-17", "R-18"}
    register = Register(
        organization=_SEQUOIA,
        reviewers=(_reviewer("R-17"), _reviewer("R-18")),
    )
    files = found.files()
    require_secret(files, frozenset({"R-17", "R-18"}), register)
    for data in files.values():
        assert b"R-17" not in data
        assert b"Quarterstone" not in data


def test_a_reviewer_in_a_reason_is_withheld(tmp_path: Path) -> None:
    steps = [*SCENES["extension"][:-1], replace(SCENES["extension"][-1], reason="R-17 is ill")]
    noticed_scene = {**SCENES, "extension": steps}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(noticed, "SCENES", noticed_scene)
        text = by_role(tmp_path, "extension")[NoticeRole.INJURED_EMPLOYEE]
    assert "The reason: [withheld] is ill" in text


def test_a_reviewer_named_in_the_case_is_refused(tmp_path: Path) -> None:
    item = replace(CASE.items[0], request_text="Lumbar MRI as r-17 says")
    with pytest.raises(InputError, match="would name a reviewer"):
        scene_letters(tmp_path, "determination", items=(item, CASE.items[1]))


def test_a_name_of_the_register_is_refused(tmp_path: Path) -> None:
    item = replace(CASE.items[0], request_text="Lumbar MRI (Philippa Quarterstone)")
    found = scene_letters(tmp_path, "determination", items=(item, CASE.items[1]))
    register = Register(organization=_SEQUOIA, reviewers=(_reviewer("R-17"),))
    with pytest.raises(CheckFailed, match=r"holds the reviewer's first and last name"):
        require_secret(found.files(), found.secret, register)


@pytest.mark.parametrize("with_register", [False, True])
def test_a_case_with_a_reviewer_needs_the_register(
    with_register: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name that stands in the question can be sought only by who knows it."""
    asked = SCENES["further-request"][-1].stating(question="Ask Philippa Quarterstone, A987654")
    steps = (*SCENES["further-request"][:-1], asked)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(noticed, "SCENES", {**SCENES, "further-request": steps})
        folder = noticed.make_folder(tmp_path, "further-request")
    write_plain(tmp_path / "offices.json", OFFICES)
    file = tmp_path / "register.json"
    write_plain(file, Register(organization=_SEQUOIA, reviewers=(_reviewer("R-17"),)))
    options = ["--register", str(file)] if with_register else []
    code = run(["notice", str(folder), "further-request", *options])
    told = " ".join(capsys.readouterr().err.split())
    if with_register:
        assert code != 0
        assert "holds the reviewer's licence number" in told
    else:
        assert code == 2
        assert "--register" in told
        assert "Labor Code 4610.6(f)" in told
    assert not (folder / "notices").exists()


def test_a_register_without_the_reviewer_is_refused() -> None:
    register = Register(organization=_SEQUOIA, reviewers=(_reviewer("R-18"),))
    with pytest.raises(UsageError, match="the register has no R-17"):
        require_secret({}, frozenset({"R-17"}), register)
    require_secret({}, frozenset(), None)


def _reviewer(identity: str) -> Reviewer:
    return Reviewer(
        id=identity,
        name="Philippa Quarterstone",
        profession=Profession.MEDICINE,
        licences=(
            Licence(
                state="CA",
                number="A987654",
                status=LicenceStatus.ACTIVE,
                expires=noticed.date(2030, 1, 1),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("service", "records", "documents"),
    [
        (ServiceMethod.MAIL_CALIFORNIA, "Thursday, April 16, 2015", "Thursday, April 16, 2015"),
        (ServiceMethod.FAX, "Thursday, April 16, 2015", "Thursday, April 16, 2015"),
        (ServiceMethod.ELECTRONIC, "Monday, April 13, 2015", "Monday, April 13, 2015"),
    ],
)
def test_records_are_due_by_the_way_of_service(
    service: ServiceMethod, records: str, documents: str, tmp_path: Path
) -> None:
    """15 days by mail, 12 electronically, 8 CCR 9792.10.5(a)(1): April 1 + 15 and + 12."""
    steps = [*SCENES["noarfi"][:-1], SCENES["noarfi"][-1].stating(service=service.value)]
    parties = tuple(replace(one, service=service) for one in PARTIES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(noticed, "SCENES", {**SCENES, "noarfi": steps})
        texts = by_role(tmp_path, "noarfi", parties=parties)
    administrator, worker = (
        " ".join(texts[role].split())
        for role in (NoticeRole.CLAIMS_ADMINISTRATOR, NoticeRole.INJURED_EMPLOYEE)
    )
    assert f"must be in the hands of Sequoia Medical Review by {records}" in administrator
    assert f"What you send must arrive by {documents}" in worker


@pytest.mark.parametrize(
    ("service", "day"),
    [
        (ServiceMethod.PERSONAL, "Friday, May 1, 2015"),
        (ServiceMethod.MAIL_CALIFORNIA, "Wednesday, May 6, 2015"),
        (ServiceMethod.MAIL_UNITED_STATES, "Monday, May 11, 2015"),
        (ServiceMethod.MAIL_ABROAD, "Thursday, May 21, 2015"),
        (ServiceMethod.ELECTRONIC, "Wednesday, May 6, 2015"),
    ],
)
def test_each_recipient_has_the_days_of_the_own_service(
    service: ServiceMethod, day: str, tmp_path: Path
) -> None:
    """Served on April 1: 30 days, and 0, 5, 10, 20 or 5 more (8 CCR 10507 of then)."""
    parties = (replace(EMPLOYEE, service=service), *PARTIES[1:])
    text = by_role(tmp_path, "determination", parties=parties)[NoticeRole.INJURED_EMPLOYEE]
    assert f"The petition must be filed by {day}" in " ".join(text.split())


def test_an_attorney_is_served_beside_the_employee(tmp_path: Path) -> None:
    roles = list(by_role(tmp_path, "noarfi"))
    assert roles[:2] == [NoticeRole.INJURED_EMPLOYEE, NoticeRole.ATTORNEY]


def test_an_attorney_is_asked_instead_of_the_employee(tmp_path: Path) -> None:
    assert NoticeRole.INJURED_EMPLOYEE not in by_role(tmp_path / "with", "information-request")
    parties = tuple(one for one in PARTIES if one is not ATTORNEY)
    alone = by_role(tmp_path / "without", "information-request", parties=parties)
    assert NoticeRole.INJURED_EMPLOYEE in alone
    assert NoticeRole.ATTORNEY not in alone


@pytest.mark.parametrize("role", [PartyRole.INJURED_EMPLOYEE, PartyRole.CLAIMS_ADMINISTRATOR])
def test_a_missing_party_is_named(role: PartyRole, tmp_path: Path) -> None:
    parties = tuple(one for one in PARTIES if one.role is not role)
    with pytest.raises(InputError, match=f"no party with the role {role}"):
        scene_letters(tmp_path, "noarfi", parties=parties)


def test_a_party_without_an_address_is_named(tmp_path: Path) -> None:
    parties = (replace(EMPLOYEE, address=None), *PARTIES[1:])
    with pytest.raises(InputError, match=r"party p1 \(injured_employee\) has no address"):
        scene_letters(tmp_path, "noarfi", parties=parties)


def test_an_unknown_ur_decision_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="lacks `ur_decision_date`"):
        scene_letters(tmp_path, "noarfi", ur_decision=type(CASE.ur_decision)())


def test_an_unknown_request_date_changes_the_sentence(tmp_path: Path) -> None:
    text = by_role(tmp_path, "noarfi", rfa_date=None)[NoticeRole.CLAIMS_ADMINISTRATOR]
    assert "in a request for authorization of" not in " ".join(text.split())


def test_a_part_left_out_without_a_reason_is_refused(tmp_path: Path) -> None:
    last = SCENES["eligibility-in-part"][-1]
    steps = [*SCENES["eligibility-in-part"][:-1], replace(last, reason="")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(noticed, "SCENES", {**SCENES, "eligibility-in-part": steps})
        with pytest.raises(InputError, match="lacks `reason`"):
            scene_letters(tmp_path, "eligibility-in-part")


def test_a_fee_that_nobody_knows_is_no_invoice(tmp_path: Path) -> None:
    folder = noticed.make_folder(tmp_path, "determination")
    with pytest.raises(InputError, match="the fee is not known"):
        letters(folder, "invoice", RULES, OFFICES)


def test_nothing_calls_for_it(tmp_path: Path) -> None:
    folder = noticed.make_folder(tmp_path, "eligibility")
    with pytest.raises(UsageError, match="nothing in the case calls for the notice `noarfi`"):
        letters(folder, "noarfi", RULES, OFFICES)


@pytest.mark.parametrize("kind", sorted(RULES.templates))
@pytest.mark.parametrize("program", ["ca-dmhc", "aca"])
def test_another_program_is_refused_by_name(program: str, kind: str, tmp_path: Path) -> None:
    """No letter of workers' compensation goes out where its law and its days do not hold."""
    write_plain(tmp_path / "case.json", replace(CASE, program=program))
    with pytest.raises(InputError) as raised:
        letters(tmp_path, kind, RULES, OFFICES)
    assert "is written for California workers' compensation" in raised.value.message
    assert f"of the program {program}" in raised.value.message


def test_what_happened_later_is_left_out(tmp_path: Path) -> None:
    folder = noticed.make_folder(tmp_path, "conversion")
    with pytest.raises(UsageError, match="nothing in the case calls"):
        letters(folder, "noarfi", RULES, OFFICES, as_of=noticed.FIRST)


HOSTILE = (
    '#image("/etc/passwd") *bold* <script>',
    "$x^2$ @ref \\ #{ 1 + 1 }",
    "{case_number} {unknown} {{",
    "line\none\ttwo\x00\x07\u202eevil\u2066",
    "Ω \U0001f600 漢字 \ue000",
    "A" * 400,
    "word " * 120,
)


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_stay_text(value: str, tmp_path: Path) -> None:
    """Markup is printed as it stands; braces in a value are no slots; a long name breaks."""
    parties = (replace(EMPLOYEE, name=value), *PARTIES[1:])
    items = (replace(CASE.items[0], request_text=value), CASE.items[1])
    found = scene_letters(
        tmp_path,
        "noarfi",
        parties=parties,
        items=items,
        claim_number=value,
        records_named_by_ur=(value,),
    )
    letter = found.notices[0]
    text = notice_text(letter)
    assert max(map(len, text.splitlines())) <= WIDTH
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069\ue000]", text)
    if "{" in value:
        assert value in " ".join(text.split())
    document = pypdfium2.PdfDocument(notice_pdf(letter))
    pages = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert "What is reviewed" in pages
    if value.startswith("#"):
        assert "passwd" in pages


def test_the_bytes_are_the_same_each_time(tmp_path: Path) -> None:
    first = scene_letters(tmp_path / "a", "determination").files()
    assert first == scene_letters(tmp_path / "b", "determination").files()
    assert len(first) == 12


def test_the_pdf_is_tagged_and_names_nobody_in_its_metadata(tmp_path: Path) -> None:
    pdf = notice_pdf(scene_letters(tmp_path, "determination").notices[0])
    document = pypdfium2.PdfDocument(pdf)
    told = {key: value for key, value in document.get_metadata_dict().items() if value}
    assert told.pop("Title") == RULES.templates["determination"].title
    assert "Author" not in told
    assert not re.search("Rosa|Whitby|Heron", " ".join(map(str, told.values())))
    assert b"pdfuaid" in pdf
    assert b"/MarkInfo" in pdf


def test_two_parties_of_a_role_have_a_letter_each(tmp_path: Path) -> None:
    other = Party(
        id="p9", role=PartyRole.REQUESTING_PHYSICIAN, name="Dr. Ada Moor", address="1 Elm\nFresno"
    )
    names = scene_letters(tmp_path, "noarfi", parties=(*PARTIES, other)).files()
    assert "04-noarfi-requesting_physician.txt" in names
    assert "04-noarfi-requesting_physician-2.pdf" in names


def test_the_command_writes_whole_or_not_at_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = noticed.make_folder(tmp_path, "noarfi")
    assert run(["notice", str(folder), "noarfi"]) == 2
    assert "offices.json" in capsys.readouterr().err
    write_plain(tmp_path / "offices.json", OFFICES)
    assert run(["notice", str(folder), "noarfi", "--to", "attorney"]) == 0
    written = sorted(path.name for path in (folder / "notices").iterdir())
    assert written == ["04-noarfi-attorney.pdf", "04-noarfi-attorney.txt"]
    assert run(["notice", str(folder), "determination"]) == 2
    assert run(["notice", str(folder), "noarfi", "--to", "nobody"]) == 2
    assert run(["notice", str(folder), "noarfi", "--to", "designee"]) == 2
    assert run(["notice", str(folder), "noarfi", "--as-of", "2015"]) == 2
    assert run(["notice", str(folder)]) == 2
    assert sorted(path.name for path in (folder / "notices").iterdir()) == written


def test_an_office_without_an_address_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = noticed.make_folder(tmp_path, "noarfi")
    file = tmp_path / "mine.json"
    file.write_text('{"review_organization": {"name": "X"}}')
    assert run(["notice", str(folder), "noarfi", "--offices", str(file)]) == 3
    assert "address is missing" in capsys.readouterr().err
    assert not (folder / "notices").exists()


def test_what_was_not_checked_is_told_to_the_sender_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = noticed.make_folder(tmp_path, "noarfi-expedited")
    write_plain(tmp_path / "offices.json", OFFICES)
    assert run(["notice", str(folder), "noarfi"]) == 0
    told = capsys.readouterr().err
    assert "not verified: D17: " in told
    for file in (folder / "notices").glob("*.txt"):
        text = file.read_text(encoding="utf-8")
        assert "verified" not in text
        assert "D17" not in text


def test_what_was_given_already_is_counted_from_the_sending(tmp_path: Path) -> None:
    """Nothing comes before it that "the same way" could mean."""
    items = tuple(replace(item, retrospective=True) for item in CASE.items)
    texts = by_role(tmp_path / "past", "determination", items=items)
    told = " ".join(texts[NoticeRole.CLAIMS_ADMINISTRATOR].split())
    assert "Counted from the day of sending and the time that service usually takes" in told
    assert "in the same way" not in told
    texts = by_role(tmp_path / "ahead", "determination")
    told = " ".join(texts[NoticeRole.CLAIMS_ADMINISTRATOR].split())
    assert "must be authorized within five working days" in told


@pytest.mark.parametrize("scene", ["information-request", "further-request"])
def test_a_day_that_runs_from_receipt_says_how_it_is_counted(scene: str, tmp_path: Path) -> None:
    for text in by_role(tmp_path, scene).values():
        told = " ".join(text.split())
        assert "counted from the sending of this letter and the time that delivery usually" in told


def test_the_list_names_every_notice(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["notice", "--list"]) == 0
    told = capsys.readouterr().out
    for kind, template in RULES.templates.items():
        assert f"{kind}: {template.title}" in told


def test_an_office_signs(tmp_path: Path) -> None:
    office = replace(OFFICES, review_organization=Office(name="Alder Review", address="1 Elm"))
    folder = noticed.make_folder(tmp_path, "noarfi")
    found = letters(folder, "noarfi", RULES, office)
    assert notice_text(found.notices[0]).startswith("Alder Review\n1 Elm\n")
