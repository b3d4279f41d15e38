"""Every ground: established, not established, unknown; per item; and what is proposed of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from eligible_case import ELIGIBLE, at, changed, finding, item, proposal
from openimr.model.application import (
    DecisionBasis,
    ImrCase,
    LiabilityDispute,
    Priority,
    PriorReview,
)
from openimr.model.case import UrAction
from openimr.model.errors import InputError
from openimr.model.ground import GroundCode, ProposedOutcome, Standing
from openimr.model.party import PartyRole, ServiceMethod
from openimr.model.stated import Source

G, S, O = GroundCode, Standing, ProposedOutcome  # noqa: E741 the table below is read in columns
YES, NO, OPEN = S.ESTABLISHED, S.NOT_ESTABLISHED, S.UNKNOWN
NECESSITY, LIABLE, INFORMATION = DecisionBasis


def dispute(**values: object) -> ImrCase:
    return changed(liability=LiabilityDispute(**values))  # type: ignore[arg-type]


def prior(**values: object) -> ImrCase:
    """With an earlier review of both lines, of the same decision unless said otherwise."""
    told = {
        "case_number": "CM15-0030000",
        "ur_decision": date(2015, 2, 10),
        "items": ("Norco 10/325mg #120", "MRI lumbar spine"),
        **values,
    }
    return changed(prior_reviews=(PriorReview(**told),))  # type: ignore[arg-type]


def decided(**values: object) -> ImrCase:
    """With an earlier determination, of another decision."""
    told = {"ur_decision": date(2014, 7, 1), "decided": date(2014, 9, 15), **values}
    return prior(**told)


OF_CASE = [
    (G.UNSIGNED, {}, NO, O.ELIGIBLE),
    (G.UNSIGNED, {"application__signed": False}, YES, O.INELIGIBLE),
    (G.UNSIGNED, {"application__signed": None}, OPEN, O.REQUEST_INFORMATION),
    (G.NO_UR, {}, NO, O.ELIGIBLE),
    (G.NO_UR, {"application__ur_decision_attached": False}, YES, O.INELIGIBLE),
    (G.NO_UR, {"application__ur_decision_attached": None}, OPEN, O.REQUEST_INFORMATION),
    (G.INCOMPLETE, {}, NO, O.ELIGIBLE),
    (G.INCOMPLETE, {"application__missing_fields": ("Employer",)}, YES, O.REQUEST_INFORMATION),
    (G.INCOMPLETE, {"claim_number": None}, OPEN, O.ELIGIBLE),
    (G.INCOMPLETE, {"parties": ()}, OPEN, O.ELIGIBLE),
    (G.NOT_PARTY, {}, NO, O.ELIGIBLE),
    (G.NOT_PARTY, {"application__filer": PartyRole.EMERGENCY_PROVIDER}, NO, O.ELIGIBLE),
    (G.NOT_PARTY, {"application__filer": PartyRole.EMPLOYER}, YES, O.INELIGIBLE),
    (G.NOT_PARTY, {"application__filer": PartyRole.CLAIMS_ADMINISTRATOR}, YES, O.INELIGIBLE),
    (G.NOT_PARTY, {"application__filer": PartyRole.REQUESTING_PHYSICIAN}, YES, O.INELIGIBLE),
    (G.NOT_PARTY, {"application__filer": None}, OPEN, O.REQUEST_INFORMATION),
    (G.NOT_PARTY, {"application__filer": PartyRole.ATTORNEY}, OPEN, O.REQUEST_INFORMATION),
    (
        G.NOT_PARTY,
        {"application__filer": PartyRole.ATTORNEY, "application__representation_proved": False},
        YES,
        O.INELIGIBLE,
    ),
    (
        G.NOT_PARTY,
        {"application__filer": PartyRole.ATTORNEY, "application__representation_proved": True},
        NO,
        O.ELIGIBLE,
    ),
    (
        G.NOT_PARTY,
        {
            "application__filer": PartyRole.DESIGNEE,
            "application__designation_signed_on": date(2015, 2, 9),
        },
        YES,
        O.INELIGIBLE,
    ),
    (
        G.NOT_PARTY,
        {
            "application__filer": PartyRole.DESIGNEE,
            "application__designation_signed_on": date(2015, 2, 10),
        },
        NO,
        O.ELIGIBLE,
    ),
    (G.NOT_PARTY, {"application__filer": PartyRole.DESIGNEE}, OPEN, O.REQUEST_INFORMATION),
    (G.WRONG_FORUM, {}, OPEN, O.ELIGIBLE),
    (G.WRONG_FORUM, {"application__forum": "billing"}, YES, O.INELIGIBLE),
    (G.WITHDRAWN, {}, OPEN, O.ELIGIBLE),
    (G.WITHDRAWN, {"application__withdrawn_on": date(2015, 3, 20)}, YES, O.TERMINATED),
    (G.WITHDRAWN, {"application__future_medical_settled_on": date(2015, 3, 1)}, YES, O.TERMINATED),
    (G.UR_LATE, {}, OPEN, O.ELIGIBLE),
    (G.UR_LATE, {"ur_decision__alleged_late": True}, YES, O.ELIGIBLE),
    (G.UR_LATE, {"ur_decision__alleged_late": False}, NO, O.ELIGIBLE),
    (G.NO_URGENCY_CERT, {}, NO, O.ELIGIBLE),
    (
        G.NO_URGENCY_CERT,
        {"application__requested": Priority.EXPEDITED, "application__urgency_certified": False},
        YES,
        O.ELIGIBLE,
    ),
    (
        G.NO_URGENCY_CERT,
        {"application__requested": Priority.EXPEDITED, "application__urgency_certified": True},
        NO,
        O.ELIGIBLE,
    ),
    (G.NO_URGENCY_CERT, {"application__requested": Priority.EXPEDITED}, OPEN, O.ELIGIBLE),
    (G.CLOCK_NOT_STARTED, {}, NO, O.ELIGIBLE),
    (G.CLOCK_NOT_STARTED, {"ur_decision__form_served": None}, OPEN, O.ELIGIBLE),
    (
        G.CLOCK_NOT_STARTED,
        {"ur_decision__form_served": False, "application__received": at(date(2015, 9, 9))},
        YES,
        O.ELIGIBLE,
    ),
    (G.OLD_REGIME, {}, NO, O.ELIGIBLE),
]


@pytest.mark.parametrize(("code", "values", "standing", "outcome"), OF_CASE)
def test_a_ground_of_the_case(
    code: GroundCode, values: dict[str, object], standing: Standing, outcome: ProposedOutcome
) -> None:
    made = proposal(changed(**values))
    found = finding(made, code)
    assert (found.standing, made.outcome) == (standing, outcome), found.statement


@pytest.mark.parametrize(
    ("injured", "decision", "standing"),
    [
        (date(2011, 5, 3), {"communicated": date(2013, 6, 28)}, YES),
        (date(2011, 5, 3), {"communicated": date(2013, 7, 1)}, NO),
        (date(2011, 5, 3), {"issued": date(2013, 7, 2)}, NO),
        (date(2013, 1, 1), {"communicated": date(2013, 6, 28)}, NO),
        (date(2012, 12, 31), {"communicated": date(2013, 6, 28)}, YES),
        (None, {"communicated": date(2013, 6, 28)}, OPEN),
        (date(2011, 5, 3), {"issued": date(2013, 6, 28)}, OPEN),
        (date(2009, 5, 3), {"issued": date(2010, 6, 28)}, OPEN),
    ],
)
def test_the_old_regime(
    injured: date | None, decision: dict[str, date], standing: Standing
) -> None:
    bare = replace(ELIGIBLE.ur_decision, **{"issued": None, "served": None, **decision})
    case = changed(
        date_of_injury=injured,
        rfa_date=None,
        ur_decision=bare,
        application__received=None,
        application__signed_on=None,
    )
    made = proposal(case, as_of=date(2013, 8, 1))
    found = finding(made, G.OLD_REGIME)
    assert found.standing is standing, found.statement
    assert (made.outcome is O.INELIGIBLE) is (standing is YES)


def test_an_application_is_younger_than_the_decision_it_disputes() -> None:
    """What was signed before July 2013 disputes a decision that was communicated before."""
    bare = replace(ELIGIBLE.ur_decision, issued=date(2013, 5, 2), served=None)
    case = changed(
        rfa_date=None,
        ur_decision=bare,
        application__received=None,
        application__signed_on=date(2013, 6, 1),
    )
    assert finding(proposal(case), G.OLD_REGIME).standing is YES


OF_ITEM = [
    (G.CNC, ELIGIBLE, NO, O.ELIGIBLE),
    (G.CNC, item(ELIGIBLE, 1, bases=(INFORMATION,)), YES, O.INELIGIBLE),
    (G.CNC, item(ELIGIBLE, 1, bases=(INFORMATION, NECESSITY)), NO, O.ELIGIBLE),
    (G.CNC, changed(ur_decision__bases=()), OPEN, O.ELIGIBLE),
    (G.NO_DISPUTE, ELIGIBLE, NO, O.ELIGIBLE),
    (G.NO_DISPUTE, item(ELIGIBLE, 1, ur_action=UrAction.APPROVE), YES, O.INELIGIBLE),
    (G.NO_DISPUTE, item(ELIGIBLE, 1, ur_action=UrAction.DELAY), NO, O.ELIGIBLE),
    (G.NO_DISPUTE, item(ELIGIBLE, 1, ur_action=UrAction.UNKNOWN), OPEN, O.ELIGIBLE),
    (G.AUTHORISED, ELIGIBLE, OPEN, O.ELIGIBLE),
    (G.AUTHORISED, item(ELIGIBLE, 1, authorized_on=date(2015, 3, 12)), YES, O.TERMINATED),
    (G.LIABILITY, ELIGIBLE, NO, O.ELIGIBLE),
    (G.LIABILITY, changed(ur_decision__bases=()), OPEN, O.ELIGIBLE),
    (G.LIABILITY, item(ELIGIBLE, 1, body_part_accepted=False), YES, O.DEFERRED),
    (G.LIABILITY, item(ELIGIBLE, 1, bases=(LIABLE,)), YES, O.DEFERRED),
    (G.LIABILITY, item(ELIGIBLE, 1, bases=(LIABLE, NECESSITY)), YES, O.DEFERRED),
    (G.LIABILITY, dispute(raised=date(2015, 2, 1)), YES, O.DEFERRED),
    (G.LIABILITY, dispute(raised=date(2015, 2, 11)), NO, O.ELIGIBLE),
    (G.LIABILITY, dispute(raised=date(2015, 2, 1), consents_to_review=True), NO, O.ELIGIBLE),
    (
        G.LIABILITY,
        dispute(
            raised=date(2015, 2, 1), resolved=date(2015, 3, 1), resolution_served=date(2015, 3, 2)
        ),
        NO,
        O.ELIGIBLE,
    ),
    (G.LIABILITY, dispute(), OPEN, O.REQUEST_INFORMATION),
    (G.DUPLICATE, ELIGIBLE, OPEN, O.ELIGIBLE),
    (G.DUPLICATE, prior(), YES, O.LINKED),
    (G.DUPLICATE, prior(items=("hydrocodone/apap 10-325 mg #120",)), YES, O.LINKED),
    (G.DUPLICATE, prior(items=("Norco 10/325mg #90",)), NO, O.ELIGIBLE),
    (G.DUPLICATE, prior(ur_decision=date(2014, 12, 1)), NO, O.ELIGIBLE),
    (G.DUPLICATE, prior(ur_decision=None), OPEN, O.REQUEST_INFORMATION),
    (G.PRIOR_IMR, ELIGIBLE, OPEN, O.ELIGIBLE),
    (G.PRIOR_IMR, decided(change_documented=""), YES, O.INELIGIBLE),
    (G.PRIOR_IMR, decided(), OPEN, O.REQUEST_INFORMATION),
    (G.PRIOR_IMR, decided(change_documented="surgery on 2015-01-05"), NO, O.ELIGIBLE),
    (
        G.PRIOR_IMR,
        decided(change_documented="", items=("Norco 5/325mg #60",)),
        OPEN,
        O.REQUEST_INFORMATION,
    ),
    (G.PRIOR_IMR, decided(change_documented="", items=("Norco 10/325mg #60",)), YES, O.INELIGIBLE),
    (G.PRIOR_IMR, decided(change_documented="", decided=date(2014, 2, 3)), YES, O.INELIGIBLE),
    (G.PRIOR_IMR, decided(change_documented="", decided=date(2014, 2, 2)), NO, O.ELIGIBLE),
    (G.PRIOR_IMR, decided(change_documented="", decided=None), NO, O.ELIGIBLE),
    (G.PRIOR_IMR, decided(change_documented="", items=("Gym membership",)), NO, O.ELIGIBLE),
]


@pytest.mark.parametrize(("code", "case", "standing", "outcome"), OF_ITEM)
def test_a_ground_of_an_item(
    code: GroundCode, case: ImrCase, standing: Standing, outcome: ProposedOutcome
) -> None:
    made = proposal(case)
    found = finding(made, code, 1)
    assert (found.standing, made.items[0].outcome) == (standing, outcome), found.statement


def test_an_item_may_fall_and_the_other_go_on() -> None:
    made = proposal(item(ELIGIBLE, 2, ur_action=UrAction.APPROVE))
    assert made.outcome is O.PARTLY_ELIGIBLE
    assert [one.outcome for one in made.items] == [O.ELIGIBLE, O.INELIGIBLE]
    assert made.items[1].grounds == (G.NO_DISPUTE,)


def test_all_items_authorized_end_the_case() -> None:
    case = item(ELIGIBLE, 1, authorized_on=date(2015, 3, 12))
    assert proposal(case).outcome is O.PARTLY_ELIGIBLE
    assert proposal(item(case, 2, authorized_on=date(2015, 3, 12))).outcome is O.TERMINATED


def test_a_delay_is_disputed_until_2017_only() -> None:
    """Labor Code 4610.5(c) names it no more from 2018."""
    case = item(ELIGIBLE, 1, ur_action=UrAction.DELAY)
    later = changed(
        case,
        rfa_date=None,
        ur_decision=replace(
            case.ur_decision, issued=date(2018, 2, 10), served=date(2018, 2, 10), formulary=False
        ),
        application__received=at(date(2018, 3, 1)),
        application__signed_on=None,
    )
    assert finding(proposal(case), G.NO_DISPUTE, 1).standing is NO
    assert finding(proposal(later), G.NO_DISPUTE, 1).standing is YES


@pytest.mark.parametrize(
    ("issued", "received", "outcome", "days"),
    [
        (date(2014, 3, 10), date(2014, 3, 31), O.REQUEST_INFORMATION, 15),
        (date(2014, 3, 31), date(2014, 4, 8), O.REQUEST_INFORMATION, 15),
        (date(2014, 4, 1), date(2014, 4, 8), O.INELIGIBLE, None),
    ],
)
def test_a_missing_decision_is_cured_by_letter_until_march_2014(
    issued: date, received: date, outcome: ProposedOutcome, days: int | None
) -> None:
    decision = replace(ELIGIBLE.ur_decision, issued=issued, served=issued)
    case = changed(
        rfa_date=None,
        ur_decision=decision,
        application__received=at(received),
        application__signed_on=None,
        application__ur_decision_attached=False,
    )
    made = proposal(case, as_of=received)
    assert (made.outcome, finding(made, G.NO_UR).rule.cure_days) == (outcome, days)
    asked = " ".join(question.text for question in made.questions)
    assert (f"within {days} days" in asked) is (days is not None)


def test_an_unsigned_late_application_names_both_grounds() -> None:
    case = changed(application__signed=False, application__received=at(date(2015, 6, 1)))
    made = proposal(case)
    assert made.items[0].grounds == (G.UNSIGNED, G.LATE)
    assert made.outcome is O.INELIGIBLE


def test_expedited_review_needs_its_certificate() -> None:
    asked = changed(application__requested=Priority.EXPEDITED)
    assert proposal(asked).track is Priority.REGULAR
    certified = changed(asked, application__urgency_certified=True)
    assert proposal(certified).track is Priority.EXPEDITED


def test_applications_of_one_injury_may_be_reviewed_together() -> None:
    other = changed(
        case_number="CM15-0031999",
        parties=tuple(
            replace(party, name=name)
            for party, name in zip(
                ELIGIBLE.parties, ("MARISOL QUENNELL", "Dr. Ansel Drury"), strict=True
            )
        ),
    )
    found = finding(proposal(ELIGIBLE, beside=(other,)), G.CONSOLIDATE)
    assert found.standing is YES
    assert "CM15-0031999" in found.statement
    assert proposal(ELIGIBLE, beside=(other,)).outcome is O.ELIGIBLE
    elsewhere = changed(other, date_of_injury=date(2012, 1, 1))
    assert finding(proposal(ELIGIBLE, beside=(elsewhere,)), G.CONSOLIDATE).standing is NO
    unsaid = changed(other, date_of_injury=None)
    assert finding(proposal(ELIGIBLE, beside=(unsaid,)), G.CONSOLIDATE).standing is OPEN
    assert finding(proposal(ELIGIBLE), G.CONSOLIDATE).standing is OPEN


def test_a_case_of_which_nothing_is_stated_has_no_ground() -> None:
    """Silence is unknown: nothing is established, and what matters is asked."""
    case = ImrCase(case_number="CM15-0000001", application=type(ELIGIBLE.application)())
    made = proposal(case)
    assert made.of(YES) == ()
    assert made.outcome is O.REQUEST_INFORMATION
    assert made.request is not None
    assert made.request.deadline == "D11"


def test_each_established_ground_tells_its_facts_with_their_page() -> None:
    source = Source(file="form.pdf", page=2, quote="Signature: (blank)")
    made = proposal(changed(application__signed=False), sources={"application.signed": source})
    facts = {fact.field: fact for fact in finding(made, G.UNSIGNED).facts}
    assert facts["application.signed"].value == "no"
    assert facts["application.signed"].source == source


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"application__forum": "court"}, "application.forum: court is none of billing"),
        (
            {"application__received": at(date(2015, 2, 9)), "application__signed_on": None},
            "application.received (2015-02-09) is before ur_decision.issued (2015-02-10)",
        ),
        (
            {"ur_decision__served": date(2015, 2, 9)},
            "ur_decision.served (2015-02-09) is before ur_decision.issued (2015-02-10)",
        ),
        (
            {"date_of_birth": date(2012, 1, 1)},
            "date_of_injury (2011-05-03) is before date_of_birth",
        ),
        (
            {"items": (replace(ELIGIBLE.items[0], index=7),)},
            "the item in place 1 has the number 7",
        ),
    ],
)
def test_a_case_that_contradicts_itself_is_refused_with_its_fields(
    values: dict[str, object], told: str
) -> None:
    with pytest.raises(InputError) as raised:
        proposal(changed(**values))
    assert told in raised.value.message


def test_a_ground_that_case_and_page_give_differently_is_unknown() -> None:
    from openimr.model.stated import Clash

    clash = Clash(field="application.signed", stated="no", read="yes", source=None)
    case = changed(application__signed=False)
    made = proposal(case, otherwise=ELIGIBLE, clashes=(clash,))
    found = finding(made, G.UNSIGNED)
    assert found.standing is OPEN
    assert "case.json says no" in found.statement
    assert made.outcome is O.REQUEST_INFORMATION


def test_a_clash_that_changes_nothing_leaves_the_ground() -> None:
    from openimr.model.stated import Clash

    clash = Clash(field="application.received", stated="2015-03-10", read="2015-03-11", source=None)
    other = changed(application__received=at(date(2015, 3, 11)))
    made = proposal(ELIGIBLE, otherwise=other, clashes=(clash,))
    assert finding(made, G.LATE).standing is NO


def test_service_is_said_as_a_person_would() -> None:
    statement = finding(proposal(ELIGIBLE), G.LATE).statement
    assert "2015-03-17 (D8, served on 2015-02-10 by mail in California)" in statement
    assert ELIGIBLE.ur_decision.service is ServiceMethod.MAIL_CALIFORNIA


def test_the_grounds_are_of_one_program() -> None:
    with pytest.raises(InputError) as raised:
        proposal(changed(program="aca"))
    assert "no grounds of eligibility of the program aca" in raised.value.message
