"""`openimr deadline` as a user calls it."""

import json

import pytest

from openimr.cli.main import run


def test_a_day_with_its_derivation(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["deadline", "D8", "--date", "2015-02-10", "--service", "mail_ca"]) == 0
    printed = capsys.readouterr().out
    assert "due Tuesday 2015-03-17, by the injured employee" in printed
    assert "30 calendar days run to Thursday 2015-03-12" in printed
    assert "CCP 1013(a)" in printed
    assert "Rules: 2014-04." in printed
    assert "nverified" not in printed


def test_json_gives_the_answer_with_its_steps(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["deadline", "d14", "--date", "2015-05-01", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["deadline"], found["due"]) == ("D14", "2015-05-18")
    assert found["unverified"] is True
    assert found["actor"] == "claims_administrator"
    assert [step["citation"] for step in found["steps"]][:1] == ["Civ. Code 10; CCP 12"]


@pytest.mark.parametrize(
    ("arguments", "due"),
    [
        (["D11", "--date", "2015-06-01"], "2015-06-08"),
        (["D11", "--date", "2015-06-01", "--regime", "2013"], "2015-06-16"),
        (["D11", "--date", "2015-06-01", "--regime", "2014-02-11"], "2015-06-16"),
        (["D23", "--date", "2020-11-25", "--regime", "2019"], "2020-12-03"),
        (["D23", "--date", "2020-11-25", "--regime", "2020"], "2020-12-04"),
        (["D8", "--date", "2020-11-25", "--regime", "2016"], "2020-12-28"),
        (["D14", "--date", "2015-05-01", "--no-roll"], "2015-05-16"),
        (["D19", "--date", "2015-05-01", "--roll"], "2015-06-01"),
        (["D22", "--date", "2015-06-01", "--days", "1"], "2015-06-02"),
        (["D23", "--date", "2015-11-20", "--sent"], "2015-12-03"),
        (["D19", "--date", "2015-05-01", "--program", "aca"], "2015-06-15"),
        (["D5", "--date", "2015-05-01T09:00", "--variant", "telling"], "2015-05-02T09:00:00-07:00"),
        (["D23", "--date", "2025-06-16", "--doubtful-holidays"], "2025-06-24"),
    ],
)
def test_options_choose_where_the_rules_leave_a_choice(
    arguments: list[str], due: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["deadline", *arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["due"] == due


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["D99", "--date", "2015-05-01"], ["no deadline D99", "8 CCR 9792.10.1"]),
        (["D8", "--date", "2015-02-30"], ["`2015-02-30` is no date", "2015-03-17"]),
        (["D8", "--date", "yesterday"], ["`yesterday` is no date"]),
        (["D3", "--date", "2015-05-01"], ["no time of day", "Labor Code 4610;"]),
        (["D8", "--date", "2015-05-01", "--regime", "x"], ["no regime x", "2014-04"]),
        (["D8", "--date", "2015-05-01", "--regime", "2009"], ["SB 863", "2013-01-01"]),
        (["D9", "--date", "2015-05-01"], ["2018-01-01"]),
        (["D8", "--date", "2015-05-01", "--program", "mars"], ["no program mars"]),
        (["D8", "--date", "2015-05-01", "--service", "owl"], ["mail_ca"]),
    ],
)
def test_what_cannot_be_answered_leaves_with_2_and_the_rule(
    arguments: list[str], words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["deadline", *arguments]) == 2
    printed = capsys.readouterr()
    assert not printed.out
    for word in words:
        assert word in printed.err
