"""What callers may choose, what clocks do when held, and what is refused with which words."""

from datetime import date, datetime

import pytest

from openimr.model.deadline import ClockOptions, Due, Suspension
from openimr.model.errors import UsageError
from openimr.model.moments import PACIFIC
from openimr.model.party import ServiceMethod
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.workflow.clock import due

RULES = load_clock_rules()


def told(found: Due) -> str:
    return " ".join(step.text for step in found.steps)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("moment", "service", "expected"),
    [
        ("2018-03-01T17:30", ServiceMethod.FAX, date(2018, 3, 8)),
        ("2018-03-01T17:31", ServiceMethod.FAX, date(2018, 3, 9)),
        ("2018-03-01T17:31", ServiceMethod.ELECTRONIC, date(2018, 3, 8)),
        ("2018-03-02T18:00", ServiceMethod.FAX, date(2018, 3, 12)),
        ("2018-03-02T01:31:00+00:00", ServiceMethod.FAX, date(2018, 3, 9)),  # 17:31 Pacific
    ],
)
def test_an_evening_fax_counts_as_received_on_the_next_business_day(
    moment: str, service: ServiceMethod, expected: date
) -> None:
    assert due(RULES, "D1", at(moment), service).due == expected


def test_a_concurrent_request_by_evening_fax_counts_at_once() -> None:
    options = ClockOptions(variant="concurrent")
    found = due(RULES, "D1", at("2018-03-01T18:00"), ServiceMethod.FAX, options=options)
    assert found.due == date(2018, 3, 8)


def test_receipt_is_estimated_from_mailing_and_says_so() -> None:
    found = due(RULES, "D23", date(2015, 11, 20), options=ClockOptions(sent=True))
    assert found.due == date(2015, 12, 3)
    assert found.estimated
    assert found.unverified
    assert "estimated at Wednesday 2015-11-25" in told(found)


@pytest.mark.parametrize(
    ("service", "authorized", "paid", "says"),
    [
        (
            ServiceMethod.MAIL_CALIFORNIA,
            date(2015, 12, 18),
            date(2016, 1, 2),
            "5 days after mailing",
        ),
        (ServiceMethod.MAIL_UNITED_STATES, date(2015, 12, 28), date(2016, 1, 7), "10 days after"),
        (
            ServiceMethod.PERSONAL,
            date(2015, 12, 15),
            date(2015, 12, 28),
            "Served in person: it was",
        ),
        (ServiceMethod.ELECTRONIC, date(2015, 12, 15), date(2015, 12, 28), "received when it was"),
        (ServiceMethod.OVERNIGHT, date(2015, 12, 16), date(2015, 12, 29), "the next business day"),
    ],
)
def test_only_what_is_carried_is_received_later(
    service: ServiceMethod, authorized: date, paid: date, says: str
) -> None:
    """Sent on Tuesday 2015-12-08."""
    sent = ClockOptions(sent=True)
    found = due(RULES, "D23", date(2015, 12, 8), service, options=sent)
    assert found.due == authorized
    assert says in told(found)
    assert found.estimated is (service is not ServiceMethod.PERSONAL)
    assert due(RULES, "D24", date(2015, 12, 8), service, options=sent).due == paid


def test_a_day_chooses_the_hours_of_the_clock_on_the_wall() -> None:
    spring = due(RULES, "D16", at("2015-03-07T10:00"))
    autumn = due(RULES, "D16", at("2015-10-31T10:00"))
    assert spring.due == datetime(2015, 3, 8, 11, 0, tzinfo=PACIFIC)
    assert autumn.due == datetime(2015, 11, 1, 9, 0, tzinfo=PACIFIC)
    assert "not moved off a closed day" in told(autumn)


def test_three_days_are_72_hours_where_the_moment_is_known() -> None:
    assert due(RULES, "D21", date(2015, 5, 1)).due == date(2015, 5, 4)
    assert due(RULES, "D21", at("2015-05-01T16:00")).due == datetime(
        2015, 5, 4, 16, 0, tzinfo=PACIFIC
    )


def test_an_extension_may_be_shorter_than_the_longest() -> None:
    assert due(RULES, "D22", date(2015, 6, 3)).due == date(2015, 6, 6)
    options = ClockOptions(length=2)
    assert due(RULES, "D22", date(2015, 6, 3), options=options).due == date(2015, 6, 5)


def test_juneteenth_is_open_unless_told_and_always_doubtful() -> None:
    plain = due(RULES, "D23", date(2025, 6, 16), regime_day=date(2025, 1, 2))
    told_so = due(
        RULES,
        "D23",
        date(2025, 6, 16),
        regime_day=date(2025, 1, 2),
        options=ClockOptions(doubtful_holidays=True),
    )
    assert (plain.due, told_so.due) == (date(2025, 6, 23), date(2025, 6, 24))
    assert plain.unverified
    assert told_so.unverified
    assert "Juneteenth (2025-06-19) is taken as open" in told(plain)


def test_an_appeal_holds_implementation_and_its_denial_lets_it_run_on() -> None:
    held = Suspension(since=date(2015, 6, 3), until=date(2015, 9, 1))
    found = due(RULES, "D24", date(2015, 6, 1), options=ClockOptions(suspended=(held,)))
    # Two of 20 days had run; 18 are left after the 1st of September.
    assert found.due == date(2015, 9, 19)
    assert "stood still from Wednesday 2015-06-03" in told(found)


def test_a_suspension_after_the_last_day_changes_nothing() -> None:
    held = Suspension(since=date(2015, 7, 3), until=date(2015, 9, 1))
    found = due(RULES, "D24", date(2015, 6, 1), options=ClockOptions(suspended=(held,)))
    assert found.due == date(2015, 6, 21)


def test_hours_stand_still_too() -> None:
    held = Suspension(since=at("2015-06-01T20:00"), until=at("2015-06-05T08:00"))
    options = ClockOptions(suspended=(held,))
    found = due(RULES, "D16", at("2015-06-01T10:00"), options=options)
    assert found.due == datetime(2015, 6, 5, 22, 0, tzinfo=PACIFIC)


def test_the_rules_are_those_of_the_ur_decision() -> None:
    old = due(RULES, "D23", date(2020, 11, 25), regime_day=date(2019, 12, 30))
    new = due(RULES, "D23", date(2020, 11, 25))
    assert (old.due, old.regime) == (date(2020, 12, 3), "2018")
    assert (new.due, new.regime) == (date(2020, 12, 4), "2020")


def test_what_was_not_read_of_2026_says_so() -> None:
    assert due(RULES, "D13", date(2026, 4, 1)).unverified
    assert not due(RULES, "D13", date(2026, 3, 30)).unverified
    assert not due(RULES, "D8", date(2026, 4, 1), ServiceMethod.MAIL_CALIFORNIA).unverified


@pytest.mark.parametrize(
    ("program", "deadline", "trigger", "expected"),
    [
        ("ca-dmhc", "D8", date(2015, 8, 31), date(2016, 2, 29)),
        ("ca-dmhc", "D14", date(2015, 11, 25), date(2015, 12, 1)),
        ("ca-dmhc", "D19", date(2015, 5, 1), date(2015, 5, 31)),
        ("aca", "D8", date(2015, 10, 31), date(2016, 2, 29)),
        ("aca", "D14", date(2015, 11, 25), date(2015, 12, 3)),
        ("aca", "D14", date(2015, 10, 8), date(2015, 10, 16)),  # Columbus Day is federal
        ("aca", "D23", date(2015, 5, 1), date(2015, 5, 1)),
    ],
)
def test_other_programs_are_parameters_of_the_same_clock(
    program: str, deadline: str, trigger: date, expected: date
) -> None:
    found = due(RULES, deadline, trigger, program=program)
    assert found.due == expected
    assert found.regime == program


@pytest.mark.parametrize(
    ("deadline", "trigger", "options", "program", "words"),
    [
        ("D99", date(2015, 1, 2), ClockOptions(), "ca-wc", ["D99", "D1, D2", "Labor Code 4610.5"]),
        (
            "D3",
            date(2015, 1, 2),
            ClockOptions(),
            "ca-wc",
            ["72 hours", "time of day", "Labor Code 4610;"],
        ),
        (
            "D17",
            date(2015, 1, 2),
            ClockOptions(variant="expedited"),
            "ca-wc",
            ["24 hours", "or take the variant mailed or electronic"],
        ),
        ("D9", date(2015, 1, 2), ClockOptions(), "ca-wc", ["2018-01-01", "4610.5(h)(1)"]),
        ("D8", date(2012, 1, 2), ClockOptions(), "ca-wc", ["2013-01-01", "SB 863"]),
        ("D8", date(9999, 12, 31), ClockOptions(), "ca-wc", ["after 2199"]),
        ("D8", date(2015, 1, 2), ClockOptions(sent=True), "ca-wc", ["not run from receipt"]),
        ("D8", date(2015, 1, 2), ClockOptions(variant="x"), "ca-wc", ["no variant x", "none"]),
        ("D18", date(2015, 1, 2), ClockOptions(variant="x"), "ca-wc", ["regular, expedited"]),
        ("D22", date(2015, 1, 2), ClockOptions(length=4), "ca-wc", ["1 to 3", "4610.6(d)"]),
        ("D8", date(2015, 1, 2), ClockOptions(length=4), "ca-wc", ["no bound"]),
        ("D8", date(2015, 1, 2), ClockOptions(), "xx", ["no program xx", "ca-wc, ca-dmhc, aca"]),
        ("D9", date(2015, 1, 2), ClockOptions(), "ca-dmhc", ["no deadline D9", "1374.30"]),
    ],
)
def test_what_cannot_be_answered_is_refused_with_the_rule(
    deadline: str, trigger: date, options: ClockOptions, program: str, words: list[str]
) -> None:
    with pytest.raises(UsageError) as raised:
        due(RULES, deadline, trigger, options=options, program=program)
    for word in words:
        assert word in raised.value.message
