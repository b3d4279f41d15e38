"""No party learns who the reviewer is; the new reviewer does not learn what was set aside."""

from __future__ import annotations

import json
from dataclasses import replace

import process_walk as walk
from openimr.adapters.plain_files import to_plain
from openimr.model.event import Event
from openimr.model.process_state import ItemState
from openimr.workflow.views import party_view, reviewer_view, shown_items
from process_walk import TABLE, done, walked


def told(events: tuple[Event, ...]) -> str:
    return json.dumps([to_plain(event) for event in events])


def test_a_party_sees_no_reviewer() -> None:
    talkative = replace(walk.ASK_MORE, reason="r-17 asks what R-17 cannot find")
    road = (*walk.IN_REVIEW, talkative, walk.MORE, walk.SIGN, walk.ISSUE)
    events = walked(road)[1]
    assert "R-17" in told(events)
    shown = told(party_view(TABLE, "ca-wc", events)).lower()
    assert "r-17" not in shown
    assert "[withheld] asks what [withheld] cannot find" in shown


def test_a_party_sees_that_something_happened_but_not_what_stays_inside() -> None:
    secret = "the reviewer works at the clinic of the employee"  # noqa: S105 no password
    events = walked((*walk.IS_ASSIGNED, replace(walk.RECUSE, reason=secret)))[1]
    view = party_view(TABLE, "ca-wc", events)
    assert [event.act for event in view] == [event.act for event in events]
    assert [event.at for event in view] == [event.at for event in events]
    assert secret not in told(view)
    assert not view[-1].data
    assert (
        view[-1].reason == "The reviewer withdraws, or a conflict is found; another is to be found."
    )


def test_a_party_cannot_try_ids_against_a_hash() -> None:
    events = walked(walk.IS_ISSUED)[1]
    view = party_view(TABLE, "ca-wc", events)
    assert all(event.sha256 == event.previous == "" for event in view)
    shown = told(view)
    assert not any(event.sha256 in shown for event in events)


def test_a_party_sees_outcomes_once_they_are_issued() -> None:
    signed, issued = done(walk.IN_QUALITY), done(walk.IS_ISSUED)
    assert set(shown_items(signed, party=True).values()) == {ItemState.DISPUTED}
    assert shown_items(signed, party=False) == signed.items
    assert shown_items(issued, party=True) == issued.items
    ended = done((*walk.IN_QUALITY, walk.WITHDRAW))
    assert set(shown_items(ended, party=True).values()) == {ItemState.DISPUTED}


def test_the_new_reviewer_sees_nothing_of_the_decision_set_aside() -> None:
    said = replace(walk.RETURN, reason="the rationale contradicts itself")
    road = (*walk.IN_QUALITY, said, walk.SIGN, walk.ISSUE, walk.PETITION, walk.REVERSE)
    after = (*road, walk.RESUBMIT, walk.RECORDS, walk.ATTEST_OTHER)
    events = walked(after)[1]
    view = reviewer_view(TABLE, "ca-wc", events)
    shown = told(view)
    for hidden in ("R-17", "UPHELD", walk.LETTER, "contradicts", "FACT"):
        assert hidden in told(events)
        assert hidden not in shown
    assert "R-18" in shown
    first = walked(walk.IN_REVIEW)[1]
    assert "R-17" in told(reviewer_view(TABLE, "ca-wc", first))
