"""Whether applications and decisions came in time, and what is said where nobody knows."""

from datetime import date

import pytest

from openimr.model.party import ServiceMethod
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.workflow.timeliness import (
    Timeliness,
    Verdict,
    application_timeliness,
    decision_timeliness,
)

RULES = load_clock_rules()
SERVED = date(2016, 12, 22)


def application(received: date | None, service: ServiceMethod | None = None) -> Timeliness:
    return application_timeliness(RULES, SERVED, received, service)


@pytest.mark.parametrize(
    ("received", "service", "verdict"),
    [
        (date(2017, 1, 23), None, Verdict.IN_TIME),  # day 30 is Saturday the 21st
        (date(2017, 1, 24), None, Verdict.DEPENDS),
        (date(2017, 1, 26), None, Verdict.DEPENDS),
        (date(2017, 1, 27), None, Verdict.LATE),
        (date(2017, 1, 24), ServiceMethod.PERSONAL, Verdict.LATE),
        (date(2017, 1, 26), ServiceMethod.MAIL_CALIFORNIA, Verdict.IN_TIME),
        (date(2017, 1, 31), ServiceMethod.MAIL_UNITED_STATES, Verdict.IN_TIME),
        (date(2017, 2, 10), ServiceMethod.MAIL_ABROAD, Verdict.IN_TIME),
        (date(2017, 2, 14), ServiceMethod.MAIL_ABROAD, Verdict.LATE),
        (date(2016, 12, 21), None, Verdict.UNKNOWN),
        (None, None, Verdict.UNKNOWN),
    ],
)
def test_receipt_decides_and_service_may_open_the_question(
    received: date | None, service: ServiceMethod | None, verdict: Verdict
) -> None:
    assert application(received, service).verdict is verdict


def test_what_is_late_says_by_how_much_and_what_is_still_open() -> None:
    reason = application(date(2017, 1, 30)).reason
    assert "4 day(s) after 2017-01-26" in reason
    assert "is not known" in reason
    served = application(date(2017, 1, 30), ServiceMethod.MAIL_CALIFORNIA).reason
    assert "unless the form was not served with it" in served


def test_avila_is_late_by_a_day_if_served_in_person() -> None:
    found = application_timeliness(
        RULES, date(2013, 12, 29), date(2014, 1, 29), ServiceMethod.PERSONAL
    )
    assert found.verdict is Verdict.LATE
    assert "1 day(s) after 2014-01-28" in found.reason


def test_a_formulary_dispute_has_ten_days_and_fifteen_by_mail() -> None:
    served = date(2019, 3, 4)
    for received, verdict in (
        (date(2019, 3, 14), Verdict.IN_TIME),
        (date(2019, 3, 19), Verdict.DEPENDS),
        (date(2019, 3, 20), Verdict.LATE),
    ):
        found = application_timeliness(RULES, served, received, formulary=True)
        assert found.verdict is verdict
        assert found.latest is not None
        assert found.latest.unverified


@pytest.mark.parametrize(
    ("decided", "expedited", "verdict"),
    [
        (date(2017, 1, 6), False, Verdict.IN_TIME),
        (date(2017, 1, 7), False, Verdict.DEPENDS),
        (date(2017, 1, 21), False, Verdict.DEPENDS),
        (date(2017, 1, 22), False, Verdict.LATE),
        (date(2016, 12, 10), True, Verdict.IN_TIME),
        (date(2016, 12, 11), True, Verdict.DEPENDS),
        (date(2016, 12, 12), True, Verdict.LATE),
        (None, False, Verdict.UNKNOWN),
    ],
)
def test_a_decision_runs_from_documents_whose_day_letters_do_not_state(
    decided: date | None, expedited: bool, verdict: Verdict
) -> None:
    found = decision_timeliness(RULES, date(2016, 12, 7), decided, expedited=expedited)
    assert found.verdict is verdict


def test_a_late_decision_is_valid_all_the_same() -> None:
    reason = decision_timeliness(RULES, date(2016, 12, 7), date(2017, 3, 1)).reason
    assert "valid all the same" in reason
