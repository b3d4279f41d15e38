"""Grounds and types of records: what is shipped, and what is refused."""

# ruff: noqa: E501 - a table of cases is read in rows

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from openimr.model.errors import RulebookInvalid
from openimr.model.ground import GroundCode, GroundOutcome, GroundScope
from openimr.rulebook.grounds import load_grounds, parse_grounds
from openimr.rulebook.records import load_record_rules, parse_record_rules

DATA = files("openimr.rulebook") / "data" / "process"
GROUNDS = (DATA / "grounds.yaml").read_text(encoding="utf-8")
RECORDS = (DATA / "records.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "day", [date(2013, 7, 1), date(2014, 4, 1), date(2018, 1, 1), date(2026, 5, 1)]
)
def test_each_day_has_every_ground_once(day: date) -> None:
    codes = [rule.code for rule in load_grounds().on(day)]
    assert sorted(codes) == sorted(GroundCode)


def test_outcomes_are_those_of_the_regulation() -> None:
    shipped = {rule.code: rule for rule in load_grounds().on(date(2015, 2, 10))}
    by_outcome = {
        outcome: {code.value for code, rule in shipped.items() if rule.outcome is outcome}
        for outcome in GroundOutcome
    }
    assert by_outcome == {
        "ineligible": {
            "UNSIGNED", "LATE", "NO_UR", "CNC", "INCOMPLETE", "NO_DISPUTE", "OLD_REGIME",
            "NOT_PARTY", "PRIOR_IMR", "WRONG_FORUM",
        },
        "deferred": {"LIABILITY"},
        "terminated": {"AUTHORISED", "WITHDRAWN"},
        "linked": {"DUPLICATE", "CONSOLIDATE"},
        "proceed": {"CLOCK_NOT_STARTED", "UR_LATE", "NO_URGENCY_CERT"},
    }  # fmt: skip
    of_items = {code.value for code, rule in shipped.items() if rule.scope is GroundScope.ITEM}
    assert of_items == {"CNC", "NO_DISPUTE", "LIABILITY", "AUTHORISED", "DUPLICATE", "PRIOR_IMR"}
    assert {code.value for code, rule in shipped.items() if rule.unverified} == {"WITHDRAWN"}


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("code: UNSIGNED", "code: UNSINGED", "`UNSINGED` is not allowed here"),
        ("code: UNSIGNED", "code: LATE", "the ground UNSIGNED is missing"),
        ("outcome: terminated", "outcome: closed", "`closed` is not allowed here"),
        ("cure_days: 15", "cure_days: soon", "`soon` is no whole number above 0"),
        ("cure_days: 15", "cure_days: 0", "`0` is no whole number above 0"),
        ("effective_to: 2014-03-31", "effective_to: 2014-02-30", "`2014-02-30` is not a date"),
        ("effective_to: 2014-03-31", "effective_to: 2014-03-30", "NO_UR does not begin the day after"),
        ("    within_months: 12\n", "", "PRIOR_IMR has no `within_months`"),
        ("cure: sign it", "within_months: 3\n    cure: sign it", "`within_months` is of PRIOR_IMR only"),
        ("actions: [modify, deny, delay]", "actions: [refuse]", "`refuse` is not allowed here"),
        ("limits: {decision: D8, liability: D10}", "limits: {liability: D10}", "`decision` is missing"),
        ("limits: {decision: D8, liability: D10}", "limits: {decision: D8, mail: D9}", "unknown key `mail`"),
        ("injury: 2013-01-01", "birth: 2013-01-01", "unknown key `birth`"),
        ("title: The application is not signed", "title: ''", "`title` is empty"),
        ("checked_on: 2026-11-24", "checked_on: 2026-11-24\nreviewed: x", "unknown key `reviewed`"),
    ],
)  # fmt: skip
def test_an_entry_that_cannot_be_used_is_named_with_its_line(
    one: str, other: str, told: str
) -> None:
    assert one in GROUNDS
    with pytest.raises(RulebookInvalid) as raised:
        parse_grounds(GROUNDS.replace(one, other, 1))
    problem = next(line for line in raised.value.problems if told in line)
    assert problem.startswith("process/grounds.yaml:")
    assert "; " in problem  # how to mend it


def test_the_claims_administrator_owes_five_types() -> None:
    rules = load_record_rules()
    assert [rule.id for rule in rules if rule.owed] == ["A", "B", "C", "D", "E"]
    assert {rule.id: rule.window_months for rule in rules if rule.window_months} == {"A": 6}


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("kinds: [rfa]", "kinds: [rfx]", "`rfx` is not allowed here"),
        ("window_months: 6", "window_months: six", "`six` is no number of months"),
        ("  - id: B", "  - id: A", "the type `A` stands 2 times"),
        ("owed: true", "owed: perhaps", "`owed` is not true or false"),
    ],
)
def test_a_type_of_records_that_cannot_be_used_is_named(one: str, other: str, told: str) -> None:
    assert one in RECORDS
    with pytest.raises(RulebookInvalid) as raised:
        parse_record_rules(RECORDS.replace(one, other, 1))
    assert any(told in line for line in raised.value.problems)


def test_the_page_on_the_process_tells_each_ground_as_it_is() -> None:
    page = (Path(__file__).parents[3] / "docs/reference/process.md").read_text(encoding="utf-8")
    for rule in load_grounds().rules:
        (row,) = (
            line
            for line in page.splitlines()
            if line.startswith(f"| `{rule.code}` |")
            and (rule.effective_to is None) == (" to " not in line.split(" | ")[-2])
        )
        silence = rule.if_silent.replace("_", " ")
        for told in (rule.test, rule.outcome, rule.scope, silence, rule.citation, rule.cure):
            assert told in row, rule.code
        assert str(rule.effective_from) in row
