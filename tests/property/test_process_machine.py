"""Random acts, legal and illegal, by all roles, in all programs and regimes: invariants hold.

The invariants are told here once more, from the events alone, and not by the code under test.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

import process_walk as walk
from openimr.adapters.plain_files import to_plain
from openimr.model.application import (
    Application,
    FiledItem,
    ImrCase,
    LiabilityDispute,
    Priority,
    UrDecision,
)
from openimr.model.deadline import Standing
from openimr.model.errors import IllegalAct
from openimr.model.event import Actor, ActorRole, Event
from openimr.model.party import parties_sha256
from openimr.model.process_state import OUTCOMES, TERMINAL, CaseState, ItemState, State
from openimr.model.transition import DataKind, Transition
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.workflow.acts import act, replay
from openimr.workflow.running import running_clocks
from openimr.workflow.views import party_view
from process_walk import TABLE, a_case

REVIEWERS = ("REV-0017", "REV-0018", "REV-0019", "REV-0020")
REGIMES = tuple(
    date.fromisoformat(day)
    for day in (
        "2013-07-15",
        "2014-04-10",
        "2015-05-04",
        "2016-08-01",
        "2018-02-01",
        "2020-03-02",
        "2026-05-04",
    )
)
STILL = {CaseState.DEFERRED, CaseState.APPEALED, CaseState.TERMINATED}
DECIDED = {CaseState.ISSUED, CaseState.IMPLEMENTING, CaseState.CLOSED}
CLOCKS = load_clock_rules()
ACTS = sorted({row.act for row in TABLE.rows})


@dataclass(frozen=True)
class Tried:
    """What came of one try."""

    act: str
    legal: bool
    state: CaseState


def random_case(dice: random.Random) -> ImrCase:
    decided = dice.choice(REGIMES)
    received = datetime(decided.year, decided.month, decided.day, 18, tzinfo=UTC)
    received += timedelta(days=dice.randint(0, 40))
    items = tuple(
        FiledItem(
            index=index,
            request_text=f"Treatment {index}",
            authorized_on=decided if dice.random() < 0.05 else None,
        )
        for index in range(1, dice.randint(1, 4) + 1)
    )
    return a_case(
        program=dice.choice(sorted(TABLE.programs)),
        application=Application(
            received=received,
            requested=dice.choice(list(Priority)),
            urgency_certified=dice.choice([True, False, None]),
        ),
        ur_decision=UrDecision(
            issued=decided,
            formulary=dice.choice([True, False, None]),
            expedited=dice.choice([True, False, None]),
        ),
        items=items,
        liability=dice.choice([None, LiabilityDispute(consents_to_review=True)]),
        received=a_case().received if dice.random() < 0.8 else (),
    )


def random_value(dice: random.Random, kind: DataKind, name: str, state: State, at: datetime) -> str:
    """Something that this data could be: mostly fitting, now and then not."""
    if dice.random() < 0.01:
        return dice.choice(["", "nonsense, really", "-1", "R=1", "2015-13-40"])
    if name in CHOICES or kind in CHOICES:
        return dice.choice(CHOICES.get(name) or CHOICES[kind])
    if kind in {DataKind.DATE, DataKind.WHEN, DataKind.INSTANT}:
        days = [-3, -1, 0, 0, 0, 0, 1] if name == "served_on" else [-30, -3, -1, 0, 1]
        days = [-30, -3, -1, 0] if name == "due" else days
        told = at + timedelta(days=dice.choice(days))
        as_day = kind is DataKind.DATE or (kind is DataKind.WHEN and dice.random() < 0.7)
        return told.date().isoformat() if as_day else told.isoformat()
    if kind is DataKind.REVIEWERS:
        return random_reviewers(dice, state)
    return random_items(dice, kind, state)


CHOICES: Mapping[str, Sequence[str]] = {
    "grounds": ["LATE", "LIABILITY", "UNSIGNED,LATE", "FACT", "FACT,BIAS", "UR_LATE"],
    "parties_sha256": [parties_sha256(())] * 29 + [walk.OTHER],
    "kind": ["pr2", "mri", "ur_decision", "denial"],
    "deadline": ["D19", "D20", "D21", "D8"],
    DataKind.YES_NO: ["yes"] * 29 + ["no"],
    DataKind.SHA256: [walk.LETTER] * 29 + [walk.OTHER],
    DataKind.SERVICE: ["mail_ca", "electronic", "personal"],
    DataKind.NUMBER: ["1", "2", "3", "4"],
    DataKind.IDS: ["CM15-0000001,CM15-0000002"],
    DataKind.ID: ["CM15-0000002", "CM15-0000001", "pr2"],
    DataKind.TEXT: ["some words"],
}
"""By name or else by kind."""


def random_reviewers(dice: random.Random, state: State) -> str:
    if state.reviewers and dice.random() < 0.8:
        return dice.choice([",".join(state.reviewers), state.reviewers[0]])
    ready = sorted(state.attested - state.excluded) or list(REVIEWERS)
    return ",".join(dice.sample(ready, dice.randint(1, min(3, len(ready)))))


def random_items(dice: random.Random, kind: DataKind, state: State) -> str:
    every = list(state.items) or [1]
    if kind is DataKind.ITEMS:
        overturned = list(state.in_state(ItemState.OVERTURNED))
        chosen = overturned or dice.sample(every, dice.randint(1, len(every)))
        return ",".join(map(str, chosen if dice.random() < 0.9 else [9]))
    some = list(state.in_state(ItemState.DISPUTED)) if dice.random() < 0.9 else every[:1]
    return ",".join(f"{one}={dice.choice(sorted(OUTCOMES))}" for one in some)


def random_try(
    dice: random.Random, state: State, case: ImrCase, at: datetime
) -> tuple[str, Actor, dict[str, str], str]:
    """An act: mostly one that begins here, by who may, with fitting data; or anything at all."""
    rows: Sequence[Transition] = TABLE.of(case.program)
    here = [row for row in rows if state.state in row.from_states]
    onward = [row for row in here if row.to and row.to not in TERMINAL] or here
    wild = dice.random() < 0.15
    row = dice.choice(rows if wild else onward if dice.random() < 0.85 else here)
    role = dice.choice(row.who) if dice.random() < 0.95 else dice.choice(list(ActorRole))
    name = "office"
    if role is ActorRole.REVIEWER:
        mine = state.reviewers if state.reviewers and dice.random() < 0.9 else REVIEWERS
        name = dice.choice(mine)
    data = {key: random_value(dice, kind, key, state, at) for key, kind in row.data.items()}
    for key, kind in row.may.items():
        if dice.random() < 0.3 and key not in {"out_of_scope", "grounds"}:
            data[key] = random_value(dice, kind, key, state, at)
    if row.act == "receive_application" and dice.random() < 0.9:
        data["received"] = case.application.received.isoformat()
    if dice.random() < 0.03:
        data.pop(dice.choice(sorted(data)), None) if data else data.update(more="1")
    reason = "" if dice.random() < 0.1 else f"as {dice.choice(REVIEWERS)} would see, too"
    return row.act, Actor(role=role, name=name), data, reason


def run_case(seed: int, tries: int) -> Iterator[Tried]:
    """One case under random acts; every invariant is examined after each."""
    dice = random.Random(seed)
    case = random_case(dice)
    state, events, at = State(), (), case.application.received
    for _ in range(tries):
        at += timedelta(hours=dice.choice([0, 1, 24, 100]))
        when = at if dice.random() < 0.97 else at - timedelta(days=400)
        name, actor, data, reason = random_try(dice, state, case, at)
        result = outcome_of(state, case, name, actor, when, data, reason)
        if isinstance(result, str):
            assert any(mark in result for mark in (" (", "its acts are", "last event", "zone"))
            yield Tried(name, legal=False, state=state.state)
            continue
        after, more = result
        examine_step(state, after, more)
        state, events = after, (*events, *more)
        examine(case, state, events)
        yield Tried(name, legal=True, state=state.state)


def outcome_of(
    state: State,
    case: ImrCase,
    name: str,
    actor: Actor,
    when: datetime,
    data: Mapping[str, str],
    reason: str,
) -> tuple[State, tuple[Event, ...]] | str:
    """What comes of an act, or why it is refused; a refusal leaves all as it was."""
    told = dict(data)
    try:
        return act(TABLE, state, case, name, actor, when, data, reason)
    except IllegalAct as refusal:
        return refusal.message if told == data else "it changed what it was told"


def examine_step(before: State, after: State, more: Sequence[Event]) -> None:
    """What holds between a state and the next."""
    if before.state in TERMINAL and after.state is not before.state:
        assert more[0].act in {"petition", "reopen"}
    if before.state in DECIDED and after.state in DECIDED:
        assert after.items == before.items, "an issued outcome never changes"
    assert after.excluded >= before.excluded
    assert after.hidden >= before.hidden


def examine(case: ImrCase, state: State, events: Sequence[Event]) -> None:
    assert replay(TABLE, case, events) == state
    for one, other in pairwise(events):
        assert one.at <= other.at
    for event in events:
        assert event.actor.role
        assert event.actor.name.strip()
        assert event.reason.strip()
        assert event.citation.strip()
    examine_signatures(state, events)
    examine_conflicts(events)
    examine_clocks(case, state, events)
    shown = json.dumps([to_plain(one) for one in party_view(TABLE, case.program, events)])
    named = {one for one in REVIEWERS if any(one == told for told in reviewers_in(events))}
    assert not any(one in shown for one in named), "no party learns who the reviewer is"


def reviewers_in(events: Sequence[Event]) -> Iterator[str]:
    for event in events:
        if event.actor.role is ActorRole.REVIEWER:
            yield event.actor.name
        yield from event.data.get("reviewers", "").split(",")


def examine_signatures(state: State, events: Sequence[Event]) -> None:
    """Nothing is issued without a reviewer's signature on every item that is decided."""
    decided = set(state.in_state(*OUTCOMES))
    signed: dict[str, Mapping[str, str]] = {}
    assigned: set[str] = set()
    for event in events:
        match event.act:
            case "assign_reviewer":
                assigned, signed = set(event.data["reviewers"].split(",")), {}
            case "recuse" | "reverse" | "return_to_reviewer" | "terminate":
                signed = {}
            case "sign":
                assert event.actor.role is ActorRole.REVIEWER
                signed[event.actor.name] = event.data
            case "issue":
                letters = {told["determination_sha256"] for told in signed.values()}
                assert set(signed) == assigned
                assert letters == {event.data["determination_sha256"]}
    if state.state in DECIDED | {CaseState.QA}:
        assert set(signed) == assigned
        assert assigned
        for told in signed.values():
            items = {int(pair.split("=")[0]) for pair in told["outcomes"].split(",")}
            assert items >= decided
            assert state.state is CaseState.QA or items == decided
    elif state.state in {CaseState.RECEIVED, CaseState.READY, CaseState.IN_REVIEW}:
        assert not decided, "no outcome before the signature"
    if state.state in DECIDED:
        assert decided
        assert not state.in_state(ItemState.DISPUTED)


def examine_conflicts(events: Sequence[Event]) -> None:
    """No reviewer who withdrew, has a conflict or decided before is assigned or signs."""
    barred: set[str] = set()
    free: set[str] = set()
    assigned: tuple[str, ...] = ()
    for event in events:
        name = event.actor.name
        match event.act:
            case "attest":
                if event.data["no_conflict"] != "yes":
                    barred.add(name)
                good = event.data["no_conflict"] == event.data["knowledgeable"] == "yes"
                free = free | {name} if good else free - {name}
            case "recuse":
                barred |= set(event.data["reviewers"].split(","))
                free -= barred
            case "assign_reviewer":
                assigned = tuple(event.data["reviewers"].split(","))
                assert not set(assigned) & barred
                assert set(assigned) <= free
            case "accept" | "sign":
                assert name in assigned
                assert not set(assigned) & barred
                assert set(assigned) <= free
            case "issue":
                assert not set(assigned) & barred
            case "reverse":
                barred |= set(assigned)
                free, assigned = set(), ()


def examine_clocks(case: ImrCase, state: State, events: Sequence[Event]) -> None:
    """Looked at where something must hold: to date every clock takes far longer than an act."""
    converted = events[-1].act == "convert_to_expedited"
    if state.state not in STILL and not converted:
        return
    clocks = running_clocks(case, events, CLOCKS)
    running = {one.deadline for one in clocks if one.standing is Standing.RUNNING}
    if state.state in {CaseState.DEFERRED, CaseState.TERMINATED}:
        assert not running
    if state.state is CaseState.APPEALED:
        assert not {"D23", "D24"} & running
    if state.state is CaseState.TERMINATED:
        assert not state.in_state(*OUTCOMES)
    if converted and case.program != "aca":  # it has no D16
        assert not {"D14", "D15", "D19", "D20"} & running


def run_all(seeds: range, tries: int) -> tuple[Counter[bool], set[str], set[CaseState]]:
    legal: Counter[bool] = Counter()
    acts: set[str] = set()
    states: set[CaseState] = set()
    for seed in seeds:
        for tried in run_case(seed, tries):
            legal[tried.legal] += 1
            states.add(tried.state)
            if tried.legal:
                acts.add(tried.act)
    return legal, acts, states


def test_the_invariants_hold_under_random_acts() -> None:
    legal, _, states = run_all(range(12), 100)
    assert min(legal.values()) > 300
    assert CaseState.ISSUED in states


@pytest.mark.slow
def test_the_invariants_hold_under_ten_thousand_random_acts() -> None:
    """Every act was done legally and every state was reached on the way."""
    legal, acts, states = run_all(range(3000, 3250), 80)
    assert legal.total() >= 10_000
    assert min(legal.values()) > 2_000
    assert acts == set(ACTS)
    assert states == set(CaseState)
