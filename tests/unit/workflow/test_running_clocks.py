"""Clocks that follow from the events of a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

import process_walk as walk
from openimr.model.application import Application, FiledItem, ImrCase, Priority, UrDecision
from openimr.model.deadline import CaseClock, Standing
from openimr.model.errors import InputError
from openimr.model.moments import PACIFIC
from openimr.model.party import Party, PartyRole, ServiceMethod
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.workflow.running import running_clocks
from process_walk import DONE, Step, a_case, walked

RULES = load_clock_rules()
REGULAR = a_case(ur_decision=UrDecision(issued=date(2015, 2, 10)))
FORMULARY = a_case(ur_decision=UrDecision(issued=date(2018, 2, 10), formulary=True))
EXPEDITED = a_case(
    ur_decision=UrDecision(issued=date(2015, 2, 10), expedited=True),
    application=Application(received=walk.STAMP, requested=Priority.EXPEDITED),
)
PAST_TREATMENT = a_case(
    ur_decision=UrDecision(issued=date(2015, 2, 10)),
    items=(
        FiledItem(index=1, request_text="Lumbar MRI"),
        FiledItem(index=2, request_text="Retro: physical therapy", retrospective=True),
    ),
)
ELECTRONIC = walk.NOARFI.stating(service="electronic")


def clocks(steps: Sequence[Step], case: ImrCase = REGULAR) -> dict[str, CaseClock]:
    _, events = walked(steps, case)
    return {clock.deadline: clock for clock in running_clocks(case, events, RULES)}


def open_ones(steps: Sequence[Step], case: ImrCase = REGULAR) -> set[str]:
    found = clocks(steps, case).values()
    return {one.deadline for one in found if one.standing is Standing.RUNNING}


@pytest.mark.parametrize(
    ("case", "steps", "running"),
    [
        (REGULAR, (walk.RECEIVE,), set()),
        (REGULAR, walk.IN_ELIGIBILITY, {"D12"}),
        (REGULAR, (*walk.IN_ELIGIBILITY, walk.ASK), {"D11"}),
        (REGULAR, (*walk.IN_ELIGIBILITY, walk.ASK, walk.ANSWER), {"D12"}),
        (REGULAR, (*walk.IN_ELIGIBILITY, walk.INELIGIBLE), {"D26"}),
        (REGULAR, (*walk.IN_ELIGIBILITY, walk.INELIGIBLE, walk.REOPEN), {"D12"}),
        (REGULAR, (*walk.IN_ELIGIBILITY, walk.DEFER), set()),
        (REGULAR, (*walk.IN_ELIGIBILITY, walk.DEFER, walk.RESUME), {"D12"}),
        (REGULAR, (*walk.IN_ELIGIBILITY, walk.ELIGIBLE), {"D13"}),
        (REGULAR, walk.IN_RECORDS, {"D14", "D17"}),
        (REGULAR, (*walk.IN_RECORDS[:-1], ELECTRONIC), {"D15", "D17"}),
        (EXPEDITED, walk.IN_RECORDS, {"D16", "D17"}),
        (REGULAR, (*walk.IN_RECORDS, walk.EXPEDITE), {"D16", "D17"}),
        (REGULAR, walk.IS_READY, {"D19"}),
        (FORMULARY, walk.IS_READY, {"D20"}),
        (EXPEDITED, walk.IS_READY, {"D21"}),
        (REGULAR, (*walk.IS_READY, walk.EXPEDITE), {"D21"}),
        (REGULAR, (*walk.IS_READY, walk.EXTEND), {"D22"}),
        (REGULAR, (*walk.IN_RECORDS, walk.NO_RECORDS), {"D14", "D19"}),
        (REGULAR, (*walk.IN_REVIEW, walk.ASK_MORE), {"D18", "D19"}),
        (REGULAR, (*walk.IN_REVIEW, walk.ASK_MORE, walk.MORE), {"D19"}),
        (REGULAR, walk.IS_ISSUED, {"D25"}),
        (REGULAR, (*walk.IS_ISSUED, walk.TAKE), {"D23", "D25"}),
        (PAST_TREATMENT, (*walk.IS_ISSUED, walk.TAKE), {"D24", "D25"}),
        (REGULAR, (*walk.IS_ISSUED, walk.TAKE, walk.IMPLEMENT), {"D25"}),
        (REGULAR, (*walk.IS_ISSUED, walk.TAKE, walk.PETITION), set()),
        (REGULAR, (*walk.IS_ISSUED, walk.TAKE, walk.PETITION, walk.DENY), {"D23"}),
        (REGULAR, (*walk.IS_REMANDED, walk.RESUBMIT), {"D14", "D17"}),
        (REGULAR, (*walk.IS_READY, walk.WITHDRAW), set()),
        (REGULAR, (*walk.ISSUED_UPHELD, walk.CLOSE), set()),
    ],
)
def test_acts_start_meet_and_hold_clocks(
    case: ImrCase, steps: Sequence[Step], running: set[str]
) -> None:
    assert open_ones(steps, case) == running


def test_the_days_are_those_that_the_acts_state() -> None:
    assert clocks(walk.IN_RECORDS)["D14"].due.due == date(2015, 4, 16)
    assert clocks((*walk.IN_RECORDS[:-1], ELECTRONIC))["D15"].due.due == date(2015, 4, 13)
    assert clocks(walk.IS_READY)["D19"].due.due == date(2015, 4, 9)
    assert clocks(walk.IS_ISSUED)["D25"].due.due == date(2015, 5, 6)
    issued = clocks(walk.IS_ISSUED)["D25"].due
    assert "5 calendar days more" in " ".join(step.text for step in issued.steps)


def served(employee: ServiceMethod | None, attorney: ServiceMethod | None = None) -> ImrCase:
    """A case whose employee, and attorney where there is one, are served so."""
    parties = [Party(id="p1", role=PartyRole.INJURED_EMPLOYEE, name="A. B.", service=employee)]
    if attorney:
        parties.append(Party(id="p2", role=PartyRole.ATTORNEY, name="C. D.", service=attorney))
    return replace(REGULAR, parties=tuple(parties))


def last_day(case: ImrCase, steps: Sequence[Step], limit: str, party: PartyRole | None) -> date:
    _, events = walked(steps, case)
    (found,) = (one for one in running_clocks(case, events, RULES, party) if one.deadline == limit)
    assert isinstance(found.due.due, date)
    return found.due.due


def test_each_party_petitions_by_its_own_service_and_the_last_day_of_all_closes() -> None:
    """Served on 2015-04-01 in person on the administrator, by mail on the employee."""
    steps = (*walk.IN_QUALITY, walk.ISSUE.stating(service="personal"))
    worker, administrator = PartyRole.INJURED_EMPLOYEE, PartyRole.CLAIMS_ADMINISTRATOR
    for case in (REGULAR, served(None), served(ServiceMethod.MAIL_CALIFORNIA)):
        assert last_day(case, steps, "D25", worker) == date(2015, 5, 6)
        assert last_day(case, steps, "D25", administrator) == date(2015, 5, 1)
        assert last_day(case, steps, "D25", None) == date(2015, 5, 6)
    in_person = served(ServiceMethod.PERSONAL)
    assert last_day(in_person, steps, "D25", None) == date(2015, 5, 1)
    abroad = served(ServiceMethod.PERSONAL, ServiceMethod.MAIL_UNITED_STATES)
    assert last_day(abroad, steps, "D25", worker) == date(2015, 5, 11)


def test_the_days_to_petition_against_ineligibility_are_the_employee_s_own() -> None:
    told = walk.INELIGIBLE.stating(served_on="2015-04-10", service="personal")
    steps = (*walk.IN_ELIGIBILITY, told)
    assert last_day(REGULAR, steps, "D26", None) == date(2015, 5, 15)
    in_person = served(ServiceMethod.PERSONAL)
    assert last_day(in_person, steps, "D26", None) == date(2015, 5, 11)  # a Sunday moves


def test_the_employee_s_documents_are_due_by_the_employee_s_own_service() -> None:
    steps = (*walk.IN_RECORDS[:-1], ELECTRONIC)
    assert last_day(REGULAR, steps, "D15", None) == date(2015, 4, 13)
    assert last_day(REGULAR, steps, "D17", None) == date(2015, 4, 16)
    own = served(ServiceMethod.ELECTRONIC)
    assert last_day(own, walk.IN_RECORDS, "D14", None) == date(2015, 4, 16)
    assert last_day(own, walk.IN_RECORDS, "D17", None) == date(2015, 4, 13)


def test_hours_run_from_the_act_where_only_a_day_is_stated() -> None:
    found = clocks(walk.IN_RECORDS, EXPEDITED)["D16"].due
    assert found.due == (DONE + timedelta(hours=24)).astimezone(PACIFIC)
    stamped = walk.NOARFI.stating(served_on="2015-04-01T08:00:00-07:00")
    found = clocks((*walk.IN_RECORDS[:-1], stamped), EXPEDITED)["D16"].due
    assert found.due == datetime(2015, 4, 2, 8, 0, tzinfo=PACIFIC)


def test_an_extension_runs_from_the_last_day_of_what_it_extends() -> None:
    two = walk.EXTEND.stating(days="2")
    assert clocks((*walk.IS_READY, walk.EXTEND))["D22"].due.due == date(2015, 4, 12)
    assert clocks((*walk.IS_READY, two))["D22"].due.due == date(2015, 4, 11)
    assert clocks((*walk.IS_READY, two))["D19"].standing is Standing.ENDED


def test_a_request_without_a_receipt_is_estimated() -> None:
    found = clocks((*walk.IN_ELIGIBILITY, walk.ASK))["D11"].due
    assert found.estimated
    assert found.due == date(2015, 5, 1)  # sent Sunday 04-19, received 04-24, 5 business days


def test_an_appeal_holds_what_is_left_of_the_time_to_implement() -> None:
    _, events = walked((*walk.IS_ISSUED, walk.TAKE, walk.PETITION, walk.DENY), REGULAR)
    taken, petition, denied = (
        next(one for one in events if one.act == name)
        for name in ("receive_determination", "petition", "deny_petition")
    )
    days = {
        taken.number: datetime(2015, 6, 1, 9, tzinfo=PACIFIC),
        petition.number: datetime(2015, 6, 3, 9, tzinfo=PACIFIC),
        denied.number: datetime(2015, 9, 1, 9, tzinfo=PACIFIC),
    }
    moved = [
        replace(one, at=days[one.number], data={})  # the times alone
        if one.number in days
        else one
        for one in events
    ]
    found = {one.deadline: one for one in running_clocks(REGULAR, moved, RULES)}
    # Two of five business days had run; three are left after the 1st of September.
    assert found["D23"].due.due == date(2015, 9, 4)
    held = {one.deadline: one for one in running_clocks(REGULAR, moved[:-1], RULES)}
    assert held["D23"].standing is Standing.SUSPENDED


def test_what_is_met_keeps_the_day_on_which_it_was() -> None:
    met = clocks((*walk.IS_ISSUED, walk.TAKE, walk.IMPLEMENT))["D23"]
    assert met.standing is Standing.MET
    assert met.closed_at == date(2015, 4, 10)


def test_a_part_implemented_leaves_the_rest_due() -> None:
    both = walk.SIGN.stating(outcomes="1=OVERTURNED,2=OVERTURNED")
    steps = (*walk.IN_REVIEW, both, walk.ISSUE, walk.TAKE, walk.IMPLEMENT)
    assert "D23" in open_ones(steps)
    assert "D23" in open_ones(steps, PAST_TREATMENT)
    assert "D24" not in open_ones(steps, PAST_TREATMENT)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ({"served_on": "2015-02-30", "service": "mail_ca"}, "out of range"),
        ({"served_on": "2015-04-01", "service": "pigeon"}, "pigeon"),
    ],
)
def test_an_event_that_cannot_be_dated_is_named(data: dict[str, str], word: str) -> None:
    _, events = walked(walk.IN_RECORDS, REGULAR)
    broken = [replace(one, data=data) if one.act == "issue_noarfi" else one for one in events]
    with pytest.raises(InputError) as raised:
        running_clocks(REGULAR, broken, RULES)
    assert f"event {len(events)} (issue_noarfi)" in raised.value.message
    assert word in raised.value.message
