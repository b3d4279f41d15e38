"""Every row of the table of acts: allowed where it begins, else refused with its rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

import process_walk as walk
from openimr.model.application import ImrCase, Priority, ReceivedDocument, UrDecision
from openimr.model.deadline import Standing
from openimr.model.document import DocumentKind
from openimr.model.errors import IllegalAct, InputError
from openimr.model.event import Actor, ActorRole
from openimr.model.party import Party, PartyRole
from openimr.model.process_state import CaseState, Flag, ItemState, SigningAct, State, frozen
from openimr.model.transition import EffectName, GuardName, Transition
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.workflow.acts import _allowed, act, possible, replay
from openimr.workflow.attempt import Attempt
from openimr.workflow.effects import EFFECTS
from openimr.workflow.guards import GUARDS
from openimr.workflow.running import running_clocks
from process_walk import DONE, TABLE, Step, a_case, done, walked

ROADS: tuple[tuple[tuple[Step, ...], Step], ...] = (
    ((), walk.RECEIVE),
    ((walk.RECEIVE,), walk.DUPLICATE),
    ((walk.RECEIVE,), walk.TRIAGE),
    (walk.IN_ELIGIBILITY, walk.ASK),
    ((*walk.IN_ELIGIBILITY, walk.ASK), walk.ANSWER),
    ((*walk.IN_ELIGIBILITY, walk.ASK), walk.NO_ANSWER),
    (walk.IN_ELIGIBILITY, walk.INELIGIBLE),
    (walk.IN_ELIGIBILITY, walk.DEFER),
    ((*walk.IN_ELIGIBILITY, walk.DEFER), walk.RESUME),
    (walk.IN_ELIGIBILITY, walk.ELIGIBLE),
    ((*walk.IN_ELIGIBILITY, walk.ELIGIBLE), walk.NOARFI),
    (walk.IN_RECORDS, walk.EXPEDITE),
    (walk.IN_RECORDS, walk.CONSOLIDATE),
    (walk.IN_RECORDS, walk.RECORDS),
    (walk.IN_RECORDS, walk.NO_RECORDS),
    ((*walk.IS_READY, walk.ATTEST), walk.ASSIGN),
    (walk.IS_ASSIGNED, walk.RECUSE),
    (walk.IN_QUALITY, walk.RECUSE),
    (walk.IS_ASSIGNED, walk.ACCEPT),
    (walk.IN_REVIEW, walk.ASK_MORE),
    ((*walk.IN_REVIEW, walk.ASK_MORE), walk.MORE),
    ((*walk.IN_REVIEW, walk.ASK_MORE), walk.NO_MORE),
    (walk.IN_REVIEW, walk.SIGN),
    (walk.PANEL_IN_REVIEW, walk.SIGN),
    (walk.IN_QUALITY, walk.RETURN),
    (walk.IN_QUALITY, walk.ISSUE),
    (walk.IS_ISSUED, walk.TAKE),
    ((*walk.IS_ISSUED, walk.TAKE), walk.IMPLEMENT),
    (
        (
            *walk.IN_REVIEW,
            walk.SIGN.stating(outcomes="1=OVERTURNED,2=OVERTURNED"),
            walk.ISSUE,
            walk.TAKE,
        ),
        walk.IMPLEMENT,
    ),
    (walk.ISSUED_UPHELD, walk.CLOSE),
    (walk.IS_ISSUED, walk.PETITION),
    ((*walk.IN_ELIGIBILITY, walk.INELIGIBLE), walk.PETITION),
    (walk.IS_APPEALED, walk.DENY),
    (walk.APPEALED_APPLICATION, walk.DENY),
    (walk.IS_APPEALED, walk.REVERSE),
    (walk.APPEALED_APPLICATION, walk.REVERSE),
    (walk.IS_REMANDED, walk.RESUBMIT),
    ((*walk.APPEALED_APPLICATION, walk.REVERSE), walk.RESUBMIT_APPLICATION),
    ((walk.RECEIVE,), walk.TERMINATE),
    ((walk.RECEIVE,), walk.WITHDRAW),
    ((*walk.ISSUED_UPHELD, walk.CLOSE), walk.REOPEN),
    ((*walk.IN_ELIGIBILITY, walk.INELIGIBLE), walk.REOPEN),
    (walk.IN_RECORDS, walk.DOCUMENT),
    (walk.IN_RECORDS, walk.AUTHORIZE),
    (walk.IS_READY, walk.EXTEND),
    (walk.IS_READY, walk.ATTEST),
    (walk.IS_ISSUED, walk.CORRECT),
)
"""For each row of the table, in its order: how to get there, and the step."""
NUMBERS = range(len(TABLE.rows))


@dataclass(frozen=True)
class Scene:
    """Everything that an act depends on."""

    state: State
    case: ImrCase
    actor: Actor
    data: Mapping[str, str]
    reason: str
    row: Transition

    @property
    def attempt(self) -> Attempt:
        return Attempt(
            act=self.row.act, actor=self.actor, at=DONE, reason=self.reason, data=self.data
        )

    def act(self) -> State:
        return act(
            TABLE,
            self.state,
            self.case,
            self.row.act,
            self.actor,
            DONE,
            self.data,
            self.reason,
        )[0]


def scene(number: int) -> Scene:
    road, step = ROADS[number]
    case = a_case()
    if step is walk.TERMINATE:
        authorized = datetime(2015, 3, 1, tzinfo=UTC).date()
        case = replace(
            case, items=tuple(replace(one, authorized_on=authorized) for one in case.items)
        )
    return Scene(
        state=done(road, case),
        case=case,
        actor=step.actor,
        data=step.data,
        reason=step.reason,
        row=TABLE.rows[number],
    )


def name_of(number: int) -> str:
    row = TABLE.rows[number]
    return f"{row.number or '-'}-{row.act}-{number}"


def test_every_row_has_a_road() -> None:
    assert len(ROADS) == len(TABLE.rows)


@pytest.mark.parametrize("number", NUMBERS, ids=name_of)
def test_a_row_is_allowed_where_it_begins_and_leads_where_it_says(number: int) -> None:
    told = scene(number)
    chosen = _allowed(TABLE, told.state, told.case, told.attempt)
    assert chosen is TABLE.of("ca-wc")[number]
    after = told.act()
    assert after.state == (told.row.to or told.state.state)
    assert after.version == told.state.version + 1


@pytest.mark.parametrize("number", NUMBERS, ids=name_of)
def test_a_row_is_refused_from_every_other_state(number: int) -> None:
    told = scene(number)
    same = [row for row in TABLE.rows if row.act == told.row.act]
    begins = {state for row in same for state in row.from_states}
    for state in set(CaseState) - begins:
        moved = replace(told, state=replace(told.state, state=state))
        with pytest.raises(IllegalAct, match="is not possible") as refusal:
            moved.act()
        assert told.row.citation in refusal.value.message
        assert "possible now: " in refusal.value.message


@pytest.mark.parametrize("number", NUMBERS, ids=name_of)
def test_a_row_is_refused_to_every_other_role(number: int) -> None:
    told = scene(number)
    here = [
        row for row in TABLE.rows if row.act == told.row.act and told.state.state in row.from_states
    ]
    allowed = {role for row in here for role in row.who}
    for role in set(ActorRole) - allowed:
        with pytest.raises(IllegalAct, match="is not for") as refusal:
            replace(told, actor=Actor(role=role, name="R-17")).act()
        assert told.row.citation in refusal.value.message


@pytest.mark.parametrize("number", NUMBERS, ids=name_of)
def test_what_a_row_must_state_is_asked_for(number: int) -> None:
    told = scene(number)
    for key in told.row.data:
        less = {name: value for name, value in told.data.items() if name != key}
        with pytest.raises(IllegalAct):
            replace(told, data=less).act()
        with pytest.raises(IllegalAct):
            replace(told, data={**told.data, key: " "}).act()
    with pytest.raises(IllegalAct, match="`colour` is not asked for"):
        replace(told, data={**told.data, "colour": "red"}).act()
    if told.row.reason_needed:
        with pytest.raises(IllegalAct, match="the reason is missing"):
            replace(told, reason=" ").act()


def _data(**changes: str) -> Callable[[Scene], Scene]:
    return lambda told: replace(told, data={**told.data, **changes})


def _without(*keys: str) -> Callable[[Scene], Scene]:
    return lambda told: replace(
        told, data={name: value for name, value in told.data.items() if name not in keys}
    )


def _state(**changes: object) -> Callable[[Scene], Scene]:
    return lambda told: replace(told, state=replace(told.state, **changes))


def _items(to: ItemState) -> Callable[[Scene], Scene]:
    return _state(items=frozen({1: to, 2: to}))


_LATER = (DONE + timedelta(seconds=1)).isoformat()
_SIGNED = SigningAct(reviewer="R-17", outcomes=frozen({1: ItemState.UPHELD}), sha256=walk.LETTER)
SPOILT: Mapping[GuardName, Callable[[Scene], Scene]] = {
    GuardName.RECEIPT_STAMP_OF_APPLICATION: _data(received="2015-03-10T17:00:01+00:00"),
    GuardName.RECEIVED_BEFORE_NOW: _data(received=_LATER),
    GuardName.A_PERSON_CONFIRMS: _data(confirmed="no"),
    GuardName.ANOTHER_CASE: _data(of="CM15-0000001"),
    GuardName.INELIGIBLE_GROUND: _data(grounds="LIABILITY"),
    GuardName.LIABILITY_WITHOUT_CONSENT: _data(grounds="LATE"),
    GuardName.RESOLVED_OR_CONSENTED: _without("consents"),
    GuardName.NO_GROUND_AGAINST: _data(grounds="LATE"),
    GuardName.SOMETHING_IN_DISPUTE: _items(ItemState.AUTHORIZED),
    GuardName.CONTENT_COMPLETE: _data(content_complete="no"),
    GuardName.NOT_YET_EXPEDITED: _state(priority=Priority.EXPEDITED),
    GuardName.ALIKE_AND_ELIGIBLE: _data(alike="no"),
    GuardName.NOT_CONSOLIDATED: _state(flags=frozen({Flag.CONSOLIDATED_INTO: "CM15-0000002"})),
    GuardName.MORE_THAN_UR_DECISION: lambda told: replace(
        told,
        case=replace(
            told.case,
            received=tuple(replace(one, kind="ur_decision") for one in told.case.received),
        ),
    ),
    GuardName.DUE_PASSED: _data(due="2015-04-19"),
    GuardName.WITHIN_DUE: _data(due="2015-04-09"),
    GuardName.CHECKS_PASSED: _data(checks_passed="no"),
    GuardName.NOT_EXCLUDED: _state(excluded=frozenset({"R-17"})),
    GuardName.ATTESTED: _state(attested=frozenset()),
    GuardName.PANEL_APPROVED: _data(reviewers="R-17,R-18"),
    GuardName.NAMES_ASSIGNED: _data(reviewers="R-18"),
    GuardName.ASSIGNED_REVIEWER: lambda told: replace(
        told, actor=Actor(role=ActorRole.REVIEWER, name="R-99")
    ),
    GuardName.STILL_FREE: _state(excluded=frozenset({"R-17"})),
    GuardName.COPIED_TO_ALL: _data(copied_to_all="no"),
    GuardName.EVERY_ITEM_DECIDED: _data(outcomes="1=UPHELD"),
    GuardName.NOT_YET_SIGNED: _state(signatures=(_SIGNED,)),
    GuardName.LAST_SIGNATURE: _state(reviewers=("R-17", "R-18")),
    GuardName.SIGNATURES_OUTSTANDING: _state(reviewers=("R-17",)),
    GuardName.SIGNED_BY_ALL: _state(signatures=(_SIGNED,)),
    GuardName.THE_SIGNED_LETTER: _data(determination_sha256=walk.OTHER),
    GuardName.NO_NAMES: _data(no_names="no"),
    GuardName.SOMETHING_OVERTURNED: _items(ItemState.UPHELD),
    GuardName.ALL_UPHELD: _items(ItemState.OVERTURNED),
    GuardName.OVERTURNED_ITEMS: _data(items="1,9"),
    GuardName.ALL_IMPLEMENTED: _items(ItemState.OVERTURNED),
    GuardName.NOT_ALL_IMPLEMENTED: _data(items="1,2"),
    GuardName.PETITION_VERIFIED: _data(verified="no"),
    GuardName.GROUND_OF_APPEAL: _data(grounds="FACT,FEELING"),
    GuardName.OF_ELIGIBILITY: _state(flags=frozen({Flag.APPEAL_OF: "necessity"})),
    GuardName.OF_NECESSITY: _state(flags=frozen({Flag.APPEAL_OF: "eligibility"})),
    GuardName.ALL_AUTHORIZED: _items(ItemState.DISPUTED),
    GuardName.ITEMS_UNDECIDED: _data(items="9"),
    GuardName.EXTENSION_WITHIN: _data(days="4"),
    GuardName.KNOWN_KIND: _data(kind="denial"),
    GuardName.PARTIES_SHOWN: _data(parties_sha256=walk.LETTER),
    GuardName.SERVED_BY_NOW: _data(served_on="2015-04-20"),
    GuardName.SERVED_BY_NEXT_DAY: _data(served_on="2015-04-21"),
    GuardName.NOT_TO_COME: lambda told: _data(
        **dict.fromkeys(
            {*told.row.data, *told.row.may} & set(TABLE.guards[GuardName.NOT_TO_COME].among),
            "2015-04-20",
        )
    )(told),
    GuardName.AUTHORIZED_AFTER_UR: lambda told: replace(
        told, case=replace(told.case, ur_decision=UrDecision(issued=date(2015, 3, 21)))
    ),
}
"""For each condition, how to make it fail."""


@pytest.mark.parametrize(
    ("number", "guard"),
    [(number, guard) for number in NUMBERS for guard in TABLE.rows[number].guards],
    ids=str,
)
def test_a_row_is_not_taken_where_a_guard_of_it_fails(number: int, guard: GuardName) -> None:
    whole = scene(number)
    check, told = GUARDS[guard], TABLE.guards[guard]
    assert check(told, whole.state, whole.case, whole.attempt) == ""
    broken = SPOILT[guard](whole)
    assert check(told, broken.state, broken.case, broken.attempt)
    before = broken.state
    chosen = row_or_refusal(broken)
    if isinstance(chosen, str):
        assert f"`{whole.row.act}`" in chosen
        assert "(" in chosen, "it cites the rule"
    else:
        assert chosen is not TABLE.of("ca-wc")[number], "another row of the act may take it"
    assert broken.state == before


def row_or_refusal(told: Scene) -> Transition | str:
    try:
        return _allowed(TABLE, told.state, told.case, told.attempt)
    except IllegalAct as refusal:
        return refusal.message


def test_every_condition_and_consequence_has_a_function() -> None:
    assert set(GUARDS) == set(GuardName) == set(SPOILT)
    assert set(EFFECTS) == set(EffectName)
    used = {effect for row in TABLE.rows for effect in row.effects}
    assert used == set(EffectName)


def test_a_guard_that_was_not_checked_against_the_law_says_so() -> None:
    told = SPOILT[GuardName.ATTESTED](scene(15))
    with pytest.raises(IllegalAct, match="not checked against its text"):
        told.act()


def test_an_act_before_the_last_event_or_without_a_zone_is_refused() -> None:
    state = done((walk.RECEIVE,))
    step = walk.TRIAGE
    early = DONE - timedelta(seconds=1)
    for at, why in ((early, "lies before the last event"), (early.replace(tzinfo=None), "zone")):
        with pytest.raises(IllegalAct, match=why):
            act(TABLE, state, a_case(), step.act, step.actor, at, step.data)


def test_an_unknown_act_program_or_nobody_is_refused() -> None:
    state = done((walk.RECEIVE,))
    actor = Actor(role=ActorRole.INTAKE, name="mail")
    with pytest.raises(IllegalAct, match="there is no act `decide`"):
        act(TABLE, state, a_case(), "decide", actor, DONE, {})
    with pytest.raises(InputError, match="there is no program `moon`"):
        act(TABLE, state, a_case(program="moon"), "accept", actor, DONE, {})
    nobody = Actor(role=ActorRole.REVIEW_ORGANIZATION, name=" ")
    with pytest.raises(IllegalAct, match="register id of who acts"):
        act(TABLE, state, a_case(), walk.TRIAGE.act, nobody, DONE, {})


def test_replaying_the_events_gives_the_state() -> None:
    roads = (walk.IS_REMANDED, walk.PANEL_IN_REVIEW, walk.APPEALED_APPLICATION)
    for road in roads:
        state, events = walked(road)
        assert replay(TABLE, a_case(), events) == state


def test_an_event_that_the_rules_do_not_allow_is_refused_on_replay() -> None:
    events = walked(walk.IS_ISSUED)[1]
    other = a_case(received=())
    with pytest.raises(IllegalAct, match="event 5: `complete_records` is refused"):
        replay(TABLE, other, events)


def test_items_are_eligible_one_by_one() -> None:
    state = done((*walk.IN_ELIGIBILITY, walk.ELIGIBLE.stating(out_of_scope="2")))
    assert state.items == {1: ItemState.DISPUTED, 2: ItemState.OUT_OF_SCOPE}
    with pytest.raises(IllegalAct, match="none is"):
        done((*walk.IN_ELIGIBILITY, walk.ELIGIBLE.stating(out_of_scope="1,2")))


def test_authorizing_some_items_drops_them_and_all_of_them_ends_the_review() -> None:
    some = done((*walk.IN_REVIEW, walk.AUTHORIZE))
    assert some.state is CaseState.IN_REVIEW
    assert some.in_state(ItemState.AUTHORIZED) == (2,)
    state, events = walked((*walk.IN_REVIEW, walk.AUTHORIZE.stating(items="1,2")))
    assert state.state is CaseState.TERMINATED
    assert [event.act for event in events][-2:] == ["authorize_item", "terminate"]
    assert state.flags[Flag.FEE_CLASS] == "after_reviewer"
    assert not open_clocks((*walk.IN_REVIEW, walk.AUTHORIZE.stating(items="1,2")))


def test_an_item_authorized_after_the_signature_sends_the_text_back() -> None:
    road = (*walk.IN_QUALITY, walk.AUTHORIZE)
    with pytest.raises(IllegalAct, match="item 2 was signed and is no longer decided"):
        done((*road, walk.ISSUE))
    again = walk.SIGN.stating(outcomes="1=UPHELD")
    assert done((*road, walk.RETURN, again, walk.ISSUE)).state is CaseState.ISSUED


def open_clocks(steps: Sequence[Step]) -> Mapping[str, Standing]:
    clocks = running_clocks(a_case(), walked(steps)[1], load_clock_rules())
    still = {Standing.RUNNING, Standing.SUSPENDED}
    return {one.deadline: one.standing for one in clocks if one.standing in still}


def test_clocks_stand_still_while_deferred_and_while_appealed() -> None:
    deferred = (*walk.IN_ELIGIBILITY, walk.DEFER)
    assert open_clocks(deferred) == {"D12": Standing.SUSPENDED}
    assert open_clocks((*deferred, walk.RESUME)) == {"D12": Standing.RUNNING}
    taken = (*walk.IS_ISSUED, walk.TAKE)
    assert open_clocks(taken) == {"D23": Standing.RUNNING, "D25": Standing.RUNNING}
    appealed = (*taken, walk.PETITION)
    assert open_clocks(appealed) == {"D23": Standing.SUSPENDED}
    assert open_clocks((*appealed, walk.DENY)) == {"D23": Standing.RUNNING}
    assert open_clocks((*appealed, walk.REVERSE)) == {}


def test_conversion_replaces_the_clocks_that_run() -> None:
    assert set(open_clocks(walk.IN_RECORDS)) == {"D14", "D17"}
    assert set(open_clocks((*walk.IN_RECORDS, walk.EXPEDITE))) == {"D16", "D17"}
    assert set(open_clocks((*walk.IS_READY, walk.EXPEDITE))) == {"D21"}
    assert done((*walk.IN_RECORDS, walk.EXPEDITE)).priority is Priority.EXPEDITED


def test_a_remand_excludes_who_decided_and_hides_what_was_written() -> None:
    state = done((*walk.IS_REMANDED, walk.RESUBMIT, walk.RECORDS))
    assert state.excluded == {"R-17"}
    assert state.hidden == {walk.LETTER}
    assert set(state.items.values()) == {ItemState.DISPUTED}
    road = (*walk.IS_REMANDED, walk.RESUBMIT, walk.RECORDS, walk.ATTEST)
    with pytest.raises(IllegalAct, match="R-17 may not decide it"):
        done((*road, walk.ASSIGN))
    fresh = (*road, walk.ATTEST_OTHER, walk.ASSIGN.stating(reviewers="R-18"))
    assert done(fresh).reviewers == ("R-18",)


def test_a_conflict_found_late_stops_the_signature_and_the_issue() -> None:
    conflict = walk.ATTEST.stating(no_conflict="no")
    with pytest.raises(IllegalAct, match="R-17 is not free"):
        done((*walk.IN_REVIEW, conflict, walk.SIGN))
    released = done((*walk.IN_QUALITY, walk.RECUSE))
    assert released.state is CaseState.READY
    assert released.excluded == {"R-17"}
    assert not released.signatures
    assert set(released.items.values()) == {ItemState.DISPUTED}


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ("UPHELD", "UPHELD", ItemState.UPHELD),
        ("UPHELD", "OVERTURNED", ItemState.OVERTURNED),
        ("OVERTURNED", "OVERTURNED", ItemState.OVERTURNED),
    ],
)
def test_a_panel_that_is_split_evenly_grants(first: str, second: str, outcome: ItemState) -> None:
    one = walk.SIGN.stating(outcomes=f"1=UPHELD,2={first}")
    other = replace(walk.SIGN.stating(outcomes=f"1=UPHELD,2={second}"), name="R-18")
    between = done((*walk.PANEL_IN_REVIEW, one))
    assert between.state is CaseState.IN_REVIEW
    assert not between.signed_items
    state = done((*walk.PANEL_IN_REVIEW, one, other))
    assert state.state is CaseState.QA
    assert state.items == {1: ItemState.UPHELD, 2: outcome}
    with pytest.raises(IllegalAct, match="R-17 has signed"):
        done((*walk.PANEL_IN_REVIEW, one, one))


def test_an_extension_is_given_once_and_for_a_limit_that_runs() -> None:
    with pytest.raises(IllegalAct, match="it was extended already"):
        done((*walk.IS_READY, walk.EXTEND, walk.EXTEND))
    with pytest.raises(IllegalAct, match="what runs is D19"):
        done((*walk.IS_READY, walk.EXTEND.stating(deadline="D21")))


def test_a_case_decided_with_another_gets_no_reviewer_of_its_own() -> None:
    with pytest.raises(IllegalAct, match="not decided together"):
        done((*walk.IS_READY, walk.CONSOLIDATE, walk.ATTEST, walk.ASSIGN))
    leading = walk.CONSOLIDATE.stating(into="CM15-0000001")
    assert done((*walk.IS_READY, leading, walk.ATTEST, walk.ASSIGN)).reviewers == ("R-17",)


def test_a_determination_after_its_day_is_late_and_valid() -> None:
    state = done((*walk.IN_QUALITY, walk.ISSUE.stating(due="2015-04-01")))
    assert state.state is CaseState.ISSUED
    assert state.flags[Flag.LATE_DETERMINATION] == "2015-04-01"
    assert Flag.LATE_DETERMINATION not in done(walk.IS_ISSUED).flags


def test_a_correction_changes_the_letter_and_no_outcome() -> None:
    before, after = done(walk.IS_ISSUED), done((*walk.IS_ISSUED, walk.CORRECT))
    assert after.items == before.items
    assert after.flags[Flag.ISSUED_SHA256] == walk.OTHER


def test_a_case_that_ended_is_reopened_without_what_was_begun() -> None:
    ended = done((*walk.IN_QUALITY, walk.WITHDRAW))
    assert ended.flags[Flag.FEE_CLASS] == "after_reviewer"
    state = done((*walk.IN_QUALITY, walk.WITHDRAW, walk.REOPEN))
    assert state.state is CaseState.ELIG_REVIEW
    assert (state.reviewers, state.signatures) == ((), ())
    assert Flag.FEE_CLASS not in state.flags


def test_records_alone_decide_whether_the_review_can_begin() -> None:
    bare = a_case(received=())
    with pytest.raises(IllegalAct, match="no such record was received"):
        done((*walk.IN_RECORDS, walk.NO_RECORDS), bare)
    only_ur = walk.DOCUMENT.stating(kind="ur_decision")
    with pytest.raises(IllegalAct, match="no such record was received"):
        done((*walk.IN_RECORDS, only_ur, walk.NO_RECORDS), bare)
    state = done((*walk.IN_RECORDS, walk.DOCUMENT, walk.NO_RECORDS), bare)
    assert state.flags[Flag.LATE_RECORDS] == "2015-03-31"


@pytest.mark.parametrize(
    "kind",
    [
        *("ur-decision", "UR_DECISION", "utilization_review_decision", "ur_denial", "denial"),
        *("imr_form", "imr_application", "envelope", "letter", "correspondence", "unknown", ""),
    ],
)
def test_what_is_no_clinical_record_is_nothing_to_decide_on(kind: str) -> None:
    sender = PartyRole.CLAIMS_ADMINISTRATOR
    paper = ReceivedDocument(file="a.pdf", kind=kind, sender=sender, received=walk.STAMP)
    with pytest.raises(IllegalAct, match="no such record was received"):
        done(walk.IS_READY, a_case(received=(paper,)))
    with pytest.raises(IllegalAct, match=r"is none of|no such record|is not one word"):
        done(
            (*walk.IN_RECORDS, walk.DOCUMENT.stating(kind=kind), walk.RECORDS), a_case(received=())
        )


def test_every_kind_that_intake_knows_is_known_and_the_clinical_ones_are_records() -> None:
    known = set(TABLE.guards[GuardName.KNOWN_KIND].among)
    records = set(TABLE.guards[GuardName.MORE_THAN_UR_DECISION].among)
    assert known >= {*DocumentKind} | records
    clinical = {one for one in DocumentKind if one.is_clinical} - {DocumentKind.UNKNOWN}
    assert records & {*DocumentKind} == clinical
    for kind in ("MRI", "progress-report"):
        steps = (*walk.IN_RECORDS, walk.DOCUMENT.stating(kind=kind), walk.RECORDS)
        assert done(steps, a_case(received=())).state is CaseState.READY


@pytest.mark.parametrize(
    ("road", "step", "why"),
    [
        (
            walk.IN_RECORDS[:-1],
            walk.NOARFI.stating(served_on="2015-04-20"),
            "the act is of 2015-04-19",
        ),
        (walk.IN_RECORDS[:-1], walk.NOARFI.stating(served_on="2015-03-09"), "came on 2015-03-10"),
        (walk.IN_QUALITY, walk.ISSUE.stating(served_on="2015-04-21"), "the act is of 2015-04-19"),
        (walk.IN_QUALITY, walk.ISSUE.stating(served_on="2014-04-01"), "came on 2015-03-10"),
        (
            walk.IN_ELIGIBILITY,
            walk.INELIGIBLE.stating(served_on="2015-03-01"),
            "came on 2015-03-10",
        ),
        (walk.IS_READY, walk.WITHDRAW.stating(withdrawn_on="2015-04-20"), "`withdrawn_on` is 2015"),
        (walk.IS_READY, walk.AUTHORIZE.stating(authorized_on="2015-04-20"), "`authorized_on` is"),
        (
            walk.IS_READY,
            walk.AUTHORIZE.stating(authorized_on="2015-02-09"),
            "decision is of 2015-02-10",
        ),
    ],
)
def test_an_impossible_day_is_refused(road: Sequence[Step], step: Step, why: str) -> None:
    case = a_case(ur_decision=UrDecision(issued=date(2015, 2, 10)))
    with pytest.raises(IllegalAct, match=why):
        done((*road, step), case)


def test_a_determination_may_be_served_on_the_day_after_its_release() -> None:
    steps = (*walk.IN_QUALITY, walk.ISSUE.stating(served_on="2015-04-20"))
    assert done(steps).state is CaseState.ISSUED


def test_an_attestation_to_other_parties_is_refused() -> None:
    with pytest.raises(IllegalAct, match="the hash of its parties is"):
        done((*walk.IS_READY, walk.ATTEST.stating(parties_sha256="c" * 64)))


def test_a_party_who_comes_after_the_attestation_makes_no_case_unreadable() -> None:
    state, events = walked((*walk.IS_READY, walk.ATTEST))
    new = Party(id="p9", role=PartyRole.ATTORNEY, name="A. B.")
    assert replay(TABLE, a_case(parties=(new,)), events) == state


def test_an_excluded_reviewer_stays_so_in_whatever_case_the_id_is_written() -> None:
    again = replace(walk.ATTEST, name="r-17")
    road = (*walk.IS_REMANDED, walk.RESUBMIT, walk.RECORDS, again)
    with pytest.raises(IllegalAct, match="r-17 may not decide it"):
        done((*road, walk.ASSIGN.stating(reviewers="r-17")))


def test_the_date_of_assignment_is_that_of_the_notice_and_a_remand_renews_it() -> None:
    assert done(walk.IN_RECORDS).flags[Flag.ASSIGNED_ON] == "2015-04-01"
    assert done(walk.IN_REVIEW).flags[Flag.ASSIGNED_ON] == "2015-04-01"
    again = walk.RESUBMIT.stating(served_on="2015-04-15")
    assert done((*walk.IS_REMANDED, again)).flags[Flag.ASSIGNED_ON] == "2015-04-15"
    before = done((*walk.IS_READY, walk.WITHDRAW)).flags
    assert before[Flag.FEE_CLASS] == "before_reviewer"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"resolved_on": "2015-04-01"}, "`due` is not stated"),
        ({"resolved_on": "2015-03-01", "due": "2015-04-18"}, "the last day was 2015-04-18"),
    ],
)
def test_a_deferred_review_resumes_in_time_only(data: Mapping[str, str], why: str) -> None:
    step = replace(walk.RESUME, data={"document": "d7", **data})
    with pytest.raises(IllegalAct, match=why):
        done((*walk.IN_ELIGIBILITY, walk.DEFER, step))
    last_day = replace(
        walk.RESUME, data={"document": "d7", "resolved_on": "2015-04-01", "due": "2015-04-19"}
    )
    assert done((*walk.IN_ELIGIBILITY, walk.DEFER, last_day)).state is CaseState.ELIG_REVIEW


def test_a_day_is_a_day_in_california() -> None:
    """23:30 there on the last day is the next day in Greenwich, and still in time."""
    at = datetime(2015, 4, 2, 6, 30, tzinfo=UTC)
    state, _ = walked((*walk.IN_ELIGIBILITY, walk.ASK), at=at)
    for due, passed in (("2015-04-01", False), ("2015-03-31", True)):
        step = walk.NO_ANSWER.stating(due=due)
        try:
            act(TABLE, state, a_case(), step.act, step.actor, at, step.data)
            assert passed
        except IllegalAct:
            assert not passed


def test_programs_without_an_appeals_board_close_without_waiting_for_one() -> None:
    for program in ("ca-dmhc", "aca"):
        case = a_case(program=program)
        acts = {row.act for row in TABLE.of(program)}
        assert not acts & {"petition", "deny_petition", "reverse", "resubmit", "defer"}
        gate = ActorRole.CLAIMS_ADMINISTRATOR if program == "aca" else walk.ELIGIBLE.role
        eligible = replace(walk.ELIGIBLE, role=gate)
        road = tuple(eligible if step is walk.ELIGIBLE else step for step in walk.ISSUED_UPHELD)
        state = done((*road, replace(walk.CLOSE, data={})), case)
        assert state.state is CaseState.CLOSED


def test_possible_acts_are_those_that_begin_in_the_state() -> None:
    acts = [row.act for row in possible(TABLE, done(walk.IN_QUALITY), a_case())]
    assert {"issue", "return_to_reviewer", "recuse"} <= set(acts)
    assert "sign" not in acts
