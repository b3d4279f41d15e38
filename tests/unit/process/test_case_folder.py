"""A case folder: events appended whole or not at all, one writer, tampering refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import process_walk as walk
from openimr.adapters.lock import hold
from openimr.adapters.plain_files import write_plain
from openimr.model.errors import (
    BrokenChain,
    CaseBusy,
    IllegalAct,
    InputError,
    OpenIMRError,
    UnreadableFile,
)
from openimr.model.party import parties_sha256
from openimr.model.process_state import CaseState
from openimr.process.assigning import read_queue
from openimr.process.folder import EVENTS, act_on, open_case
from openimr.rulebook.clock_rules import load_clock_rules
from process_walk import DONE, TABLE, Step, a_case


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "CM15-0000001"
    place.mkdir()
    write_plain(place / "case.json", a_case())
    return place


def perform(folder: Path, *steps: Step) -> None:
    for step in steps:
        act_on(folder, TABLE, step.act, step.actor, DONE, step.data, step.reason)


def test_acts_are_appended_and_replayed(folder: Path) -> None:
    assert open_case(folder, TABLE).state.state is CaseState.START
    perform(folder, *walk.IS_ISSUED)
    before = (folder / EVENTS).read_bytes()
    perform(folder, walk.TAKE)
    after = (folder / EVENTS).read_bytes()
    assert after.startswith(before), "what was written is never written again otherwise"
    opened = open_case(folder, TABLE)
    assert opened.state.state is CaseState.IMPLEMENTING
    assert len(opened.events) == len(walk.IS_ISSUED) + 1
    assert opened.case == a_case()


def test_a_refused_act_writes_nothing(folder: Path) -> None:
    perform(folder, walk.RECEIVE)
    before = (folder / EVENTS).read_bytes()
    for step in (walk.ISSUE, walk.RECEIVE, walk.TRIAGE.stating(colour="red")):
        with pytest.raises(IllegalAct):
            perform(folder, step)
    assert (folder / EVENTS).read_bytes() == before
    assert {one.name for one in folder.iterdir()} == {"case.json", EVENTS, ".events.lock"}


def test_an_act_that_ends_the_review_writes_both_events(folder: Path) -> None:
    perform(folder, walk.RECEIVE, walk.AUTHORIZE.stating(items="1,2"))
    lines = (folder / EVENTS).read_text().splitlines()
    assert [json.loads(line)["act"] for line in lines] == [
        "receive_application",
        "authorize_item",
        "terminate",
    ]


def test_a_second_writer_is_told_who_writes(folder: Path) -> None:
    with (
        hold(folder / ".events.lock", DONE, what="case", busy=CaseBusy),
        pytest.raises(CaseBusy, match="another process is writing this case"),
    ):
        perform(folder, walk.RECEIVE)
    assert not (folder / EVENTS).exists()
    perform(folder, walk.RECEIVE)


def _changed_reason(lines: list[str]) -> list[str]:
    return [lines[0], lines[1].replace("as the file shows", "as it seems"), *lines[2:]]


def _without_third(lines: list[str]) -> list[str]:
    return [*lines[:2], *lines[3:]]


def _swapped(lines: list[str]) -> list[str]:
    return [lines[1], lines[0], *lines[2:]]


def _twice(lines: list[str]) -> list[str]:
    return [*lines[:2], *lines[1:]]


@pytest.mark.parametrize(
    ("tamper", "message"),
    [
        (_changed_reason, "event 2: .*event 2 .open_eligibility_review. was changed"),
        (_without_third, "event 3: .*event 3 was dropped or moved"),
        (_swapped, "event 1: .*event 1 was dropped or moved"),
        (_twice, "event 3: .*event 3 was inserted or moved"),
    ],
)
def test_a_chain_that_does_not_hold_is_refused(
    folder: Path, tamper: Callable[[list[str]], list[str]], message: str
) -> None:
    perform(folder, *walk.IN_RECORDS)
    path = folder / EVENTS
    path.write_text("".join(f"{line}\n" for line in tamper(path.read_text().splitlines())))
    before = path.read_bytes()
    with pytest.raises(BrokenChain, match=message):
        open_case(folder, TABLE)
    with pytest.raises(BrokenChain, match=message):
        perform(folder, walk.RECORDS)
    assert path.read_bytes() == before


@pytest.mark.parametrize("field", ["number", "at", "act", "actor", "reason", "citation", "sha256"])
def test_an_event_without_one_of_its_fields_is_refused(folder: Path, field: str) -> None:
    perform(folder, *walk.IN_RECORDS)
    path = folder / EVENTS
    lines = path.read_text().splitlines()
    told = json.loads(lines[1])
    del told[field]
    path.write_text("\n".join([lines[0], json.dumps(told), *lines[2:]]) + "\n")
    with pytest.raises(OpenIMRError, match="event 2") as refusal:
        open_case(folder, TABLE)
    assert refusal.value.exit_status == InputError.exit_status


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        ('{"number": 1', BrokenChain, "cut off"),
        ("no json\n", BrokenChain, "event 1: this is no event in JSON"),
        ("\n", BrokenChain, "event 1: this is no event in JSON"),
        ('{"colour": "red"}\n', InputError, r"unknown field\(s\) colour"),
        ("[" * 100_000 + "\n", BrokenChain, "no event in JSON"),
        ("\ud800\n", UnreadableFile, "cannot be read"),
    ],
)
def test_a_file_of_events_that_is_none_is_refused(
    folder: Path, text: str, kind: type[OpenIMRError], message: str
) -> None:
    (folder / EVENTS).write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(kind, match=message):
        open_case(folder, TABLE)


@pytest.mark.parametrize(
    "road",
    [
        (*walk.IS_ASSIGNED, walk.RECUSE),
        (*walk.IS_REMANDED, walk.RESUBMIT, walk.RECORDS),
        (*walk.IS_READY, walk.ATTEST.stating(no_conflict="no")),
    ],
    ids=["withdrew", "remanded", "conflicted"],
)
def test_whoever_may_not_decide_a_case_is_not_proposed_for_it(
    folder: Path, road: tuple[Step, ...]
) -> None:
    perform(folder, *road)
    assert open_case(folder, TABLE).state.excluded == {"R-17"}
    (queued,) = read_queue(folder.parent, {})
    assert queued.barred == ("R-17",)


def unstated(folder: Path, step: Step) -> Mapping[str, str]:
    """What the event states where the step states nothing."""
    opened = act_on(
        folder, TABLE, step.act, step.actor, DONE, {}, step.reason, clocks=load_clock_rules()
    )
    return opened.events[-1].data


def test_a_last_day_that_nobody_states_is_that_of_the_clock(folder: Path) -> None:
    perform(folder, *walk.IN_RECORDS)
    assert unstated(folder, walk.NO_RECORDS) == {"due": "2015-04-16"}


def test_a_last_day_that_is_still_to_come_is_no_end(folder: Path) -> None:
    perform(folder, *walk.IN_RECORDS[:-1], walk.NOARFI.stating(served_on="2015-04-10"))
    with pytest.raises(IllegalAct, match=r"and the last day is 2015-04-2\d"):
        unstated(folder, walk.NO_RECORDS)


def test_what_the_case_cannot_tell_must_be_stated(folder: Path) -> None:
    perform(folder, *walk.IN_ELIGIBILITY, walk.DEFER)
    with pytest.raises(IllegalAct, match="`document` is missing"):
        unstated(folder, walk.RESUME)


def test_the_parties_attested_to_are_those_of_the_case(folder: Path) -> None:
    perform(folder, *walk.IS_READY)
    opened = act_on(
        folder,
        TABLE,
        "attest",
        walk.ATTEST.actor,
        DONE,
        {"no_conflict": "yes", "knowledgeable": "yes"},
        clocks=load_clock_rules(),
    )
    assert opened.events[-1].data["parties_sha256"] == parties_sha256(opened.case.parties)
    assert opened.state.attested == {"R-17"}


def test_a_folder_without_a_case_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="a case cannot be opened"):
        open_case(tmp_path, TABLE)
    with pytest.raises(UnreadableFile):
        perform(tmp_path, walk.RECEIVE)
    assert not list(tmp_path.iterdir())


def test_another_case_under_the_events_is_refused(folder: Path) -> None:
    perform(folder, walk.RECEIVE)
    changed = (folder / "case.json").read_text().replace("2015-03-10", "2015-03-09")
    (folder / "case.json").write_text(changed)
    with pytest.raises(IllegalAct, match=r"event 1: `receive_application` is refused"):
        open_case(folder, TABLE)
