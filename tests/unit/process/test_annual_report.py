"""The annual figures against a second count, over a seeded folder of 240 cases."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import forged_docket
from forged_docket import LINES, Ledger
from openimr.cli.main import run
from openimr.model.annual import Figures
from openimr.process import annual_chart
from openimr.process.report import ReportRules, annual_report
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.rulebook.money import load_money_rules
from openimr.rulebook.report import load_categories

SEED, COUNT = 20141, 240
AT = datetime(2016, 3, 1, tzinfo=UTC)
RULES = ReportRules(
    table=forged_docket.TABLE,
    clock=load_clock_rules(),
    money=load_money_rules(),
    categories=load_categories(),
)
CLOSED = {
    date(2014, 7, 4), date(2014, 9, 1), date(2014, 11, 11), date(2014, 11, 27),
    date(2014, 11, 28), date(2014, 12, 25), date(2015, 1, 1), date(2015, 1, 19),
    date(2015, 2, 16), date(2015, 3, 31), date(2015, 5, 25), date(2015, 9, 7),
}  # fmt: skip
"""Holidays of the State between the first and the last day of the forged cases, by hand."""
WORKING = CLOSED - {date(2014, 11, 28)}
"""Of working days: the Friday after Thanksgiving was one until 2019 (Gomez, 2018)."""
YEARS = (None, 2014, 2015)


@pytest.fixture(scope="module")
def forged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Ledger]]:
    folder = tmp_path_factory.mktemp("docket")
    return folder, forged_docket.forge(folder, SEED, COUNT)


@pytest.fixture(scope="module", params=YEARS)
def counted(
    request: pytest.FixtureRequest, forged: tuple[Path, list[Ledger]]
) -> tuple[int | None, Figures, list[Ledger]]:
    report = annual_report(forged[0], RULES, as_of=AT, year=request.param)
    assert report.problems == ()
    assert report.cases == COUNT
    return request.param, report.figures, forged[1]


Counted = tuple[int | None, Figures, list[Ledger]]


def of_year(year: int | None, day: date | None) -> bool:
    return day is not None and year in (None, day.year)


def standing(one: Ledger) -> str:
    if one.eligible_on:
        return "partly_eligible" if one.left_out else "eligible"
    return {"withdrawn": "ended_before_eligibility"}.get(one.story, one.story)


def in_force(one: Ledger) -> date | None:
    """The determination, unless the Board set it aside."""
    gone = one.petition is not None and one.petition[1] == "necessity, reversed"
    return None if gone else one.decided


def open_day(day: date, closed: set[date] = CLOSED) -> date:
    while day.weekday() > 4 or day in closed:
        day += timedelta(days=1)
    return day


def records_due(one: Ledger) -> date | None:
    if one.assigned is None:
        return None
    return open_day(one.assigned + timedelta(days=12 if one.electronic else 15))


def records_done(one: Ledger) -> date | None:
    """When nothing more was owed: they came, or the case was decided or ended."""
    return one.records_in or one.decided or one.ended


def test_the_forged_cases_hold_every_story(forged: tuple[Path, list[Ledger]]) -> None:
    ledgers = forged[1]
    assert len({one.story for one in ledgers}) == 7
    assert any(one.records_given_up for one in ledgers)
    assert {one.petition[1] for one in ledgers if one.petition} >= {
        "necessity, denied", "necessity, reversed", "necessity, pending", "eligibility, denied",
    }  # fmt: skip


def test_applications(counted: Counted) -> None:
    year, figures, ledgers = counted
    filed = [one for one in ledgers if of_year(year, one.received)]
    unique = [one for one in filed if one.story != "duplicate"]
    assert (figures.gross, figures.unique) == (len(filed), len(unique))
    assert figures.standing == Counter(map(standing, unique))
    assert figures.ineligible_by == Counter(ground for one in unique for ground in one.grounds)


def test_determinations_and_items(counted: Counted) -> None:
    year, figures, ledgers = counted
    decided = [one for one in ledgers if of_year(year, in_force(one))]
    names = {frozenset({True}): "overturned", frozenset({False}): "upheld"}
    assert figures.letters == Counter(
        names.get(frozenset(one.outcomes), "mixed") for one in decided
    )
    items = [
        (LINES[line], outcome)
        for one in decided
        for line, outcome in zip(
            [line for n, line in enumerate(one.lines, 1) if n != one.left_out],
            one.outcomes,
            strict=True,
        )
    ]
    for category, found in figures.by_category.items():
        assert found.upheld == items.count((category, False)), category
        assert found.overturned == items.count((category, True)), category
    assert figures.items.decided == len(items)
    assert figures.items.share == sum(over for _, over in items) / len(items)


def test_ages(counted: Counted) -> None:
    year, figures, ledgers = counted
    decided = [one for one in ledgers if of_year(year, in_force(one))]
    for ages, begins in (
        (figures.from_assignment, [one.assigned for one in decided]),
        (
            figures.from_complete_records,
            [
                one.records_in or one.assigned + timedelta(days=19)
                for one in decided
                if one.assigned
            ],
        ),
    ):
        days = sorted(
            (one.decided - begin).days for one, begin in zip(decided, begins, strict=True)
        )
        half = len(days) // 2
        middle = days[half] if len(days) % 2 else (days[half - 1] + days[half]) / 2
        assert ages.determinations == len(days)
        assert ages.median == middle
        assert ages.mean == pytest.approx(sum(days) / len(days))
        below = [day for day in days if day <= ages.p90]
        assert len(below) >= 0.9 * len(days)
        assert len([day for day in days if day < ages.p90]) < 0.9 * len(days)


def test_late_records_and_penalties(counted: Counted) -> None:
    """$500 a day and at most $5,000, where the last day is of December 2014 or later."""
    year, figures, ledgers = counted
    late, dollars = 0, 0
    for one in ledgers:
        due, done = records_due(one), records_done(one)
        if due is None or not of_year(year, due) or done is None or done <= due:
            continue
        late += 1
        if due >= date(2014, 12, 1):
            dollars += min(5000, 500 * (done - due).days)
    assert (figures.records_late, figures.penalties) == (late, dollars)
    assert late > 0


def test_timeliness_of_the_notice_and_the_determination(counted: Counted) -> None:
    year, figures, ledgers = counted
    notice: Counter[str] = Counter()
    determination: Counter[str] = Counter()
    for one in ledgers:
        if one.eligible_on and one.assigned:
            due = open_day(one.eligible_on + timedelta(days=1), WORKING)
            if of_year(year, due):
                notice["late" if one.assigned > due else "in_time"] += 1
        begin = one.records_in or one.records_given_up
        if begin is not None:
            due = begin + timedelta(days=30)
            if of_year(year, due):
                late = one.decided is not None and one.decided > due
                ended = one.decided is None
                determination["late" if late else "ended" if ended else "in_time"] += 1
    assert +Counter(figures.timeliness["D13"]) == notice
    assert +Counter(figures.timeliness["D19"]) == determination


def test_a_right_that_is_not_used_is_never_late(counted: Counted) -> None:
    _, figures, _ = counted
    for right in {"D17", "D25", "D26"} & set(figures.timeliness):
        assert figures.timeliness[right]["late"] == 0
    assert figures.timeliness["D25"]["ended"] > 0


def test_ends_and_petitions(counted: Counted) -> None:
    year, figures, ledgers = counted
    ended = [one for one in ledgers if of_year(year, one.ended)]
    assert figures.terminated == Counter(
        f"{one.story}, {'after' if one.had_reviewer else 'before'}_reviewer" for one in ended
    )
    petitions = [one.petition for one in ledgers if one.petition]
    assert figures.appeals == Counter(how for day, how in petitions if of_year(year, day))


def test_fees(counted: Counted) -> None:
    """$420, $160 and $420 for applications of 2014; those of 2015 are not known."""
    year, figures, ledgers = counted
    amounts = {"regular": 420, "ended_before_reviewer": 160, "ended_after_reviewer": 420}
    expected: dict[str, list[int]] = {}
    for one in ledgers:
        if not of_year(year, one.received) or one.assigned is None:
            continue
        if one.ended:
            kind = f"ended_{'after' if one.had_reviewer else 'before'}_reviewer"
        elif in_force(one):
            kind = "regular"
        else:
            continue
        total = expected.setdefault(kind, [0, 0, 0])
        total[0] += 1
        total[1 if one.received.year == 2014 else 2] += (
            amounts[kind] if one.received.year == 2014 else 1
        )
    found = {
        name: [one.applications, one.amount, one.unknown] for name, one in figures.fees.items()
    }
    assert found == expected


def test_the_command_prints_the_same_figures(
    forged: tuple[Path, list[Ledger]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["report", str(forged[0]), "--year", "2015", "--at", AT.isoformat()]
    assert run([*call, "--json", "--out", str(tmp_path / "out")]) == 0
    data = json.loads(capsys.readouterr().out)
    figures = annual_report(forged[0], RULES, as_of=AT, year=2015).figures
    assert data["gross"] == figures.gross
    assert data["items"]["decided"] == figures.items.decided
    assert data["timeliness"]["D13"] == figures.timeliness["D13"]
    assert data["left_out"] == []
    assert json.loads((tmp_path / "out" / "report.json").read_text()) == data
    text = (tmp_path / "out" / "report.txt").read_text()
    assert re.search(rf"all \(gross\) +{figures.gross}\n", text)
    picture = (tmp_path / "out" / "report.svg").read_bytes()
    assert b"<title>Treatments decided, by category, 2015</title>" in picture
    assert run([*call, "--out", str(tmp_path / "again")]) == 0
    assert capsys.readouterr().out == text
    assert (tmp_path / "again" / "report.svg").read_bytes() == picture


def test_without_the_extra_there_is_a_table_only(
    forged: tuple[Path, list[Ledger]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(annual_chart, "find_spec", lambda _: None)
    first = min(forged[0].iterdir())
    assert run(["report", str(first), "--out", str(tmp_path / "out")]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "report.json",
        "report.txt",
    ]
    assert "openimr[charts]" in capsys.readouterr().err


def test_a_case_that_cannot_be_read_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forged_docket.forge(tmp_path, 7, 3)
    broken = tmp_path / "CM14-0000002" / "events.jsonl"
    broken.write_text(broken.read_text().replace('"desk"', '"disk"'))
    assert run(["report", str(tmp_path), "--json"]) == 1
    told = capsys.readouterr()
    assert "CM14-0000002" in told.err
    data = json.loads(told.out)
    assert (data["cases"], data["gross"], len(data["left_out"])) == (3, 2, 1)


def test_a_case_in_two_folders_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forged_docket.forge(tmp_path, 7, 1)
    (tmp_path / "CM14-0000001").rename(tmp_path / "a")
    forged_docket.forge(tmp_path, 7, 1)
    assert run(["report", str(tmp_path)]) == 3
    assert "counted twice" in capsys.readouterr().err


def test_a_folder_without_cases_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", str(tmp_path)]) == 3
    assert "there is no case here" in capsys.readouterr().err
