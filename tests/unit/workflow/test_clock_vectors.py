"""The worked examples of the process: dates that courts or the statute's own terms fix."""

from datetime import date

import pytest

from openimr.model.deadline import ClockOptions
from openimr.model.party import ServiceMethod
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.workflow.clock import due

RULES = load_clock_rules()
MAIL = ServiceMethod.MAIL_CALIFORNIA


@pytest.mark.parametrize(
    ("deadline", "trigger", "service", "expected"),
    [
        ("D8", date(2015, 2, 10), MAIL, date(2015, 3, 17)),
        ("D8", date(2013, 12, 29), None, date(2014, 1, 28)),  # Avila: received 01-29 was late
        ("D25", date(2014, 11, 6), MAIL, date(2014, 12, 11)),  # Matute: filed 12-10 was in time
        ("D14", date(2015, 5, 1), None, date(2015, 5, 18)),
        ("D23", date(2015, 11, 25), None, date(2015, 12, 3)),
        ("D23", date(2026, 11, 25), None, date(2026, 12, 4)),
        ("D13", date(2026, 3, 30), None, date(2026, 4, 1)),
        ("D13", date(2028, 11, 9), None, date(2028, 11, 13)),
    ],
)
def test_worked_examples(
    deadline: str, trigger: date, service: ServiceMethod | None, expected: date
) -> None:
    assert due(RULES, deadline, trigger, service).due == expected


def test_matute_is_a_saturday_without_the_mail() -> None:
    in_person = due(RULES, "D25", date(2014, 11, 6), ServiceMethod.PERSONAL)
    assert in_person.due == date(2014, 12, 8), "day 30 is Saturday 12-06"


def test_the_roll_of_records_is_a_switch_and_says_that_it_was_not_checked() -> None:
    stays = due(RULES, "D14", date(2015, 5, 1), options=ClockOptions(roll=False))
    moved = due(RULES, "D14", date(2015, 5, 1))
    assert stays.due == date(2015, 5, 16)
    assert moved.unverified
    assert stays.unverified
    assert not due(RULES, "D14", date(2015, 5, 4)).unverified
