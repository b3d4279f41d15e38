"""Too late or not: service, mail, receipt, formulary, resolved liability, and what is unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligible_case import ELIGIBLE, at, changed, finding, proposal
from openimr.model.application import ImrCase, LiabilityDispute
from openimr.model.ground import GroundCode, GroundFinding, Standing
from openimr.model.party import ServiceMethod

YES, NO, OPEN = Standing.ESTABLISHED, Standing.NOT_ESTABLISHED, Standing.UNKNOWN
PERSONAL, MAIL, US = (
    ServiceMethod.PERSONAL,
    ServiceMethod.MAIL_CALIFORNIA,
    ServiceMethod.MAIL_UNITED_STATES,
)


def late(case: ImrCase) -> GroundFinding:
    return finding(proposal(case, as_of=date(2020, 1, 1)), GroundCode.LATE)


def filed(
    issued: date | None,
    service: ServiceMethod | None,
    received: date | None,
    *,
    served: bool = True,
    **decision: object,
) -> ImrCase:
    """An application against a decision served on the day on which it was issued."""
    made = replace(
        ELIGIBLE.ur_decision,
        issued=issued,
        served=issued if served else None,
        service=service,
        **decision,  # type: ignore[arg-type]
    )
    return changed(
        rfa_date=None,
        date_of_injury=date(2011, 5, 3),
        ur_decision=made,
        application__received=at(received) if received else None,
        application__signed_on=None,
    )


@pytest.mark.parametrize(
    ("issued", "service", "received", "standing"),
    [
        # 30 days; the day of service does not count, the last one does
        (date(2015, 2, 10), PERSONAL, date(2015, 3, 12), NO),
        (date(2015, 2, 10), PERSONAL, date(2015, 3, 13), YES),
        # mail in California: day 35
        (date(2015, 2, 10), MAIL, date(2015, 3, 17), NO),
        (date(2015, 2, 10), MAIL, date(2015, 3, 18), YES),
        # from or to another state: day 40, a Sunday, so Monday
        (date(2015, 2, 10), US, date(2015, 3, 23), NO),
        (date(2015, 2, 10), US, date(2015, 3, 24), YES),
        # the last day is a Sunday and Cesar Chavez Day would be no Monday
        (date(2015, 1, 30), PERSONAL, date(2015, 3, 2), NO),
        (date(2015, 1, 30), PERSONAL, date(2015, 3, 3), YES),
        # Avila: one day late
        (date(2013, 12, 24), MAIL, date(2014, 1, 28), NO),
        (date(2013, 12, 24), MAIL, date(2014, 1, 29), YES),
        # how is not stated: sure only before the earliest and after the latest
        (date(2015, 2, 10), None, date(2015, 3, 12), NO),
        (date(2015, 2, 10), None, date(2015, 3, 17), OPEN),
        (date(2015, 2, 10), None, date(2015, 3, 23), OPEN),
        (date(2015, 2, 10), None, date(2015, 4, 20), YES),
    ],
)
def test_the_last_day(
    issued: date, service: ServiceMethod | None, received: date, standing: Standing
) -> None:
    found = late(filed(issued, service, received))
    assert found.standing is standing, found.statement


def test_where_the_day_of_service_is_not_stated_nothing_is_late() -> None:
    """The decision may have been served long after it was issued."""
    found = late(filed(date(2015, 2, 10), None, date(2016, 2, 10), served=False))
    assert found.standing is OPEN
    assert "if served on 2015-02-10" in found.statement
    assert "when the decision was served and how the decision was served" in found.statement
    assert found.questions[0].whom == "claims_administrator"


def test_where_it_is_in_time_from_the_day_of_issue_service_need_not_be_known() -> None:
    assert late(filed(date(2015, 2, 10), None, date(2015, 3, 1), served=False)).standing is NO


def test_without_a_stamp_it_is_asked_for() -> None:
    found = late(filed(date(2015, 2, 10), MAIL, None))
    assert found.standing is OPEN
    assert "receipt stamp" in found.questions[0].text


def test_what_was_signed_after_the_last_day_was_not_received_before_it() -> None:
    case = changed(filed(date(2015, 2, 10), MAIL, None), application__signed_on=date(2015, 3, 18))
    assert late(case).standing is YES
    assert late(changed(case, application__signed_on=date(2015, 3, 17))).standing is OPEN


def test_receipt_counts_by_the_day_in_california() -> None:
    """Seven in the morning of the 18th in London is the 17th in Oakland."""
    case = filed(date(2015, 2, 10), MAIL, date(2015, 3, 17))
    utc = datetime.fromisoformat("2015-03-18T06:30:00+00:00")
    assert late(changed(case, application__received=utc)).standing is NO
    assert late(changed(case, application__received=utc + timedelta(hours=1))).standing is YES


@pytest.mark.parametrize(
    ("issued", "formulary", "received", "standing"),
    [
        (date(2017, 12, 29), True, date(2018, 1, 20), NO),
        (date(2018, 1, 5), True, date(2018, 1, 22), NO),
        (date(2018, 1, 5), True, date(2018, 1, 23), YES),
        (date(2018, 1, 5), False, date(2018, 2, 9), NO),
        (date(2018, 1, 5), None, date(2018, 1, 19), NO),
        (date(2018, 1, 5), None, date(2018, 2, 9), OPEN),
        (date(2018, 1, 5), None, date(2018, 2, 13), YES),
    ],
)
def test_a_dispute_about_a_formulary_drug_has_ten_days_from_2018(
    issued: date, formulary: bool | None, received: date, standing: Standing
) -> None:
    found = late(filed(issued, MAIL, received, formulary=formulary))
    assert found.standing is standing, found.statement
    assert ("formulary" in found.statement) is (standing is OPEN)


def test_a_formulary_limit_is_shown_as_unverified() -> None:
    made = proposal(filed(date(2018, 1, 5), MAIL, date(2018, 3, 1), formulary=True))
    assert made.unverified


def test_no_drug_is_no_formulary_dispute() -> None:
    case = filed(date(2018, 1, 5), MAIL, date(2018, 2, 9))
    assert late(replace(case, items=(replace(case.items[1], index=1),))).standing is NO


def test_late_cannot_be_raised_where_the_form_was_not_served() -> None:
    case = filed(date(2015, 2, 10), MAIL, date(2015, 9, 1), form_served=False)
    assert late(case).standing is NO
    unsaid = late(filed(date(2015, 2, 10), MAIL, date(2015, 9, 1), form_served=None))
    assert unsaid.standing is YES
    assert "form" in unsaid.questions[0].text.casefold()


def test_a_dispute_over_liability_moves_the_time() -> None:
    case = filed(date(2015, 2, 10), MAIL, date(2015, 9, 1))
    raised = LiabilityDispute(raised=date(2015, 2, 1))
    assert late(changed(case, liability=raised)).standing is NO
    resolved = replace(
        raised,
        resolved=date(2015, 7, 20),
        resolution_served=date(2015, 7, 24),
        resolution_service=PERSONAL,
    )
    found = late(changed(case, liability=resolved))
    assert found.standing is YES
    assert found.due[0].deadline == "D10"
    in_time = changed(case, liability=resolved, application__received=at(date(2015, 8, 24)))
    assert late(in_time).standing is NO


@settings(max_examples=60, deadline=None)
@given(
    issued=st.dates(date(2013, 7, 1), date(2019, 6, 1)),
    after=st.integers(0, 80),
    service=st.sampled_from([None, PERSONAL, MAIL, US]),
)
def test_a_later_receipt_is_never_less_late(
    issued: date, after: int, service: ServiceMethod | None
) -> None:
    order = [NO, OPEN, YES]
    received = issued + timedelta(days=after)
    first, second = (
        order.index(late(filed(issued, service, day, formulary=False)).standing)
        for day in (received, received + timedelta(days=1))
    )
    assert first <= second
