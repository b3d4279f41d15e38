"""Every deadline against a table worked out by a second method (`second_method.py`)."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
import second_method
import yaml

from openimr.model.deadline import ClockOptions
from openimr.model.party import ServiceMethod
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.workflow.clock import due

RULES = load_clock_rules()
TABLE = yaml.safe_load(second_method.CASES.read_text(encoding="utf-8"))


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    for key, rows in TABLE.items():
        for row in rows:
            yield key, row


def trigger_of(told: str) -> date | datetime:
    return datetime.fromisoformat(told) if "T" in told else date.fromisoformat(told)


@pytest.mark.parametrize("key", TABLE)
def test_due_dates_are_those_of_the_second_method(key: str) -> None:
    deadline, _, variant = key.partition("/")
    wrong = []
    for row in TABLE[key]:
        found = due(
            RULES,
            deadline,
            trigger_of(str(row["trigger"])),
            ServiceMethod(row["service"]) if row["service"] else None,
            regime_day=date.fromisoformat(str(row["ur_decision"])),
            options=ClockOptions(variant=variant, roll=row["roll"]),
        )
        if found.due.isoformat() != str(row["due"]):
            wrong.append((row, found.due.isoformat()))
    assert not wrong


def test_the_table_is_what_the_second_method_gives() -> None:
    assert second_method.table() == second_method.CASES.read_text(encoding="utf-8")


def test_every_deadline_has_at_least_twenty_dates_of_many_kinds() -> None:
    for number in range(1, 28):
        rows = [row for key, row in cases() if key.split("/")[0] == f"D{number}"]
        assert len({str(row["trigger"]) for row in rows}) >= 20, number
        regimes = {str(row["ur_decision"])[:4] for row in rows}
        assert len(regimes) >= 10, number
