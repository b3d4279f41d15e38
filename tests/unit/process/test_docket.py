"""What is due in a folder of cases: order, lateness, penalties, and cases that cannot be read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

import process_walk as walk
from openimr.adapters.plain_files import write_plain
from openimr.cli.main import run
from openimr.model.application import Application, ImrCase, Priority, UrDecision
from openimr.model.deadline import Standing
from openimr.model.errors import InputError
from openimr.model.moments import PACIFIC
from openimr.process.docket import Docket, DocketRules, docket
from openimr.process.folder import write_events
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.rulebook.money import load_money_rules
from process_walk import TABLE, Step, a_case, walked

RULES = DocketRules(table=TABLE, clock=load_clock_rules(), money=load_money_rules())
DECISION = UrDecision(issued=date(2015, 2, 10))


def keep(folder: Path, number: str, steps: Sequence[Step], **changes: object) -> ImrCase:
    case = a_case(**{"case_number": number, "ur_decision": DECISION, **changes})
    _, events = walked(steps, case)
    (folder / number).mkdir(parents=True)
    write_plain(folder / number / "case.json", case)
    write_events(folder / number, events)
    return case


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    keep(tmp_path, "CM15-0000001", walk.IN_RECORDS)
    keep(tmp_path, "CM15-0000002", walk.IS_ISSUED)
    keep(tmp_path, "CM15-0000003", (*walk.IS_ISSUED, walk.TAKE, walk.PETITION))
    keep(tmp_path, "CM15-0000004", walk.IN_ELIGIBILITY)
    keep(tmp_path, "CM15-0000005", (*walk.ISSUED_UPHELD, walk.CLOSE))
    keep(
        tmp_path,
        "CM15-0000006",
        walk.IN_RECORDS,
        ur_decision=UrDecision(issued=date(2015, 2, 10), expedited=True),
        application=Application(received=walk.STAMP, requested=Priority.EXPEDITED),
    )
    (tmp_path / "notes").mkdir()
    return tmp_path


def rows(found: Docket) -> list[tuple[str, str, int, bool]]:
    return [
        (one.case_number[-1], one.clock.deadline, one.days_left, one.late) for one in found.entries
    ]


def test_the_most_urgent_is_first_and_what_stands_still_last(cases: Path) -> None:
    found = docket(cases, date(2015, 4, 20), RULES)
    assert found.cases == 6
    assert rows(found) == [
        ("1", "D14", -4, True),
        ("4", "D12", -1, False),
        ("6", "D16", 0, False),
        ("6", "D17", 0, False),
        ("2", "D25", 16, False),
        ("1", "D17", -4, False),
        ("3", "D23", -34, False),
    ]
    assert found.entries[-1].clock.standing is Standing.SUSPENDED
    assert [one.clock.deadline for one in found.entries if one.ended] == ["D17"]


def test_a_right_that_nobody_used_ended_and_is_not_late(
    cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["docket", str(cases / "CM15-0000002"), "--as-of", "2015-06-01"]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("2015-05-06        ended ")
    assert "1 case(s), 1 clock(s), 0 late" in printed.err
    assert run(["docket", str(cases / "CM15-0000002"), "--as-of", "2015-05-06"]) == 0
    assert "today" in capsys.readouterr().out


def test_a_moment_tells_hours_apart(cases: Path) -> None:
    late = docket(cases / "CM15-0000006", datetime(2015, 4, 20, 9, 59, tzinfo=PACIFIC), RULES)
    assert not any(one.late for one in late.entries)
    late = docket(cases / "CM15-0000006", datetime(2015, 4, 20, 10, 1, tzinfo=PACIFIC), RULES)
    assert [(one.clock.deadline, one.late, one.ended) for one in late.entries] == [
        ("D16", True, False),
        ("D17", False, True),
    ]


def test_late_records_cost_what_the_days_come_to(cases: Path) -> None:
    found = docket(cases / "CM15-0000001", date(2015, 4, 20), RULES)
    amounts = {one.clock.deadline: one.penalty for one in found.entries}
    assert amounts["D14"] is not None
    assert amounts["D14"].amount == 2000
    assert amounts["D17"] is None


def test_a_case_that_cannot_be_trusted_is_named_and_the_others_are_shown(
    cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = cases / "CM15-0000001" / "events.jsonl"
    events.write_text(events.read_text().replace("mail_ca", "mail_us"), encoding="utf-8")
    (cases / "CM15-0000002" / "case.json").write_text("{", encoding="utf-8")
    assert run(["docket", str(cases), "--as-of", "2015-04-20", "--json"]) == 1
    printed = capsys.readouterr()
    shown = [json.loads(line)["case_number"] for line in printed.out.splitlines()]
    assert set(shown) == {"CM15-0000003", "CM15-0000004", "CM15-0000006"}
    assert "CM15-0000001" in printed.err
    assert "CM15-0000002" in printed.err


def test_a_folder_without_a_case_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a case is a folder with case\.json"):
        docket(tmp_path, date(2015, 4, 20), RULES)


def test_the_command_marks_what_is_late(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["docket", str(cases), "--as-of", "2015-04-20"]) == 0
    printed = capsys.readouterr()
    first = printed.out.splitlines()[0]
    assert first.startswith("2015-04-16        LATE 4 days")
    assert "$2,000 so far" in first
    assert "at once" in printed.out
    assert "stands still" in printed.out.splitlines()[-1]
    assert "6 case(s), 7 clock(s), 1 late" in printed.err


def test_json_has_a_line_for_each_thing_due(
    cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["docket", str(cases / "CM15-0000001"), "--as-of", "2015-04-20", "--json"]) == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    assert first["due"] == "2015-04-16"
    assert (first["late"], first["days_left"], first["penalty"]) == (True, -4, 2000)
    assert first["service"] == "mail_ca"
