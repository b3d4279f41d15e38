"""The files of the clock: what is shipped is whole, and what is broken is named."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from openimr.model.errors import RulebookInvalid
from openimr.rulebook.clock_rules import FILES, load_clock_rules, parse_clock_rules, process_text
from openimr.rulebook.money import FEES, PENALTIES, load_money_rules, parse_money_rules

RULES = load_clock_rules()
BROKEN = yaml.safe_load(Path(__file__).with_name("broken_clock_rules.yaml").read_text())


def problems(file: str, old: str, new: str) -> str:
    texts = {name: process_text(name) for name in FILES}
    assert old in texts[file]
    texts[file] = texts[file].replace(old, new, 1)
    with pytest.raises(RulebookInvalid) as raised:
        parse_clock_rules(texts)
    return "\n".join(raised.value.problems)


def test_all_deadlines_regimes_and_programs_are_there() -> None:
    assert [rule.id for rule in RULES.deadlines] == [f"D{number}" for number in range(1, 28)]
    regimes = ["2013", "2014-04", "2015-04", "2016-07", "2018", "2020", "2026"]
    assert [regime.id for regime in RULES.regimes] == regimes
    assert list(RULES.programs) == ["ca-wc", "ca-dmhc", "aca"]
    assert all(regime.changes for regime in RULES.regimes)


def test_programs_differ_in_parameters_only() -> None:
    names = {frozenset(program.parameters) for program in RULES.programs.values()}
    assert len(names) == 1


def test_every_clock_that_an_act_starts_is_a_deadline_of_california() -> None:
    started = {start.deadline for act in RULES.acts.values() for start in act.starts}
    assert started == {f"D{number}" for number in range(11, 27)}


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case["says"][0])
def test_a_broken_entry_is_named_with_its_mend(case: dict[str, Any]) -> None:
    found = problems(case["file"], case["old"], case["new"])
    assert f"process/{case['file']}:" in found
    for word in case["says"]:
        assert word in found


def money_problems(file: str, old: str, new: str) -> str:
    texts = {name: process_text(name) for name in (FEES, PENALTIES)}
    assert old in texts[file]
    texts[file] = texts[file].replace(old, new, 1)
    with pytest.raises(RulebookInvalid) as raised:
        parse_money_rules(texts[FEES], texts[PENALTIES], [rule.id for rule in RULES.deadlines])
    return "\n".join(raised.value.problems)


@pytest.mark.parametrize(
    ("file", "old", "new", "word"),
    [
        (FEES, "amount: 560", "amount: -560", "no amount"),
        (FEES, "class: pharmacy_only", "class: drugs", "`drugs` is not allowed"),
        (FEES, "effective_to: 2014-03-31", "effective_to: 2014-03-30", "the day after `fees-2013`"),
        (FEES, "    not_known: the fees of", "    # not_known: the fees of", "nor says why not"),
        (PENALTIES, "deadlines: [D14", "deadlines: [D41", "unknown deadline `D41`"),
        (PENALTIES, "per_day: 500", "per_dag: 500", "unknown key `per_dag`"),
    ],
)
def test_a_broken_amount_is_named_with_its_mend(file: str, old: str, new: str, word: str) -> None:
    found = money_problems(file, old, new)
    assert f"process/{file}:" in found
    assert word in found


def test_amounts_are_shipped_for_each_period_or_said_to_be_unknown() -> None:
    assert all(bool(one.amounts) != bool(one.not_known) for one in load_money_rules().fees)
