"""A whole queue: nobody unfit, tied or back again; the cheapest; the same whatever the order."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openimr.assign.load import Loads
from openimr.assign.queue import assign_queue
from openimr.assign.screen import Screening, urgency
from openimr.assign.unit import units_of
from openimr.model.application import Priority
from openimr.model.assignment import Assignment, CaseToAssign, ItemToAssign, PanelApproval
from openimr.model.errors import InputError, UsageError
from openimr.model.ids import TopicId
from openimr.model.party import Party, PartyRole
from openimr.model.request import RequestKind
from openimr.model.reviewer import Register, Relation, RelationKind
from openimr.synth.reviewers import forge_queue, forge_register
from reviewing import (
    DAY,
    HEARING,
    LICENCE,
    OPIOID,
    PARTIES,
    PMR,
    RULES,
    case,
    ent,
    register,
    reviewer,
)

TWO = register(reviewer(), reviewer(id="R2", name="Zoltan Ferris"))
ESI = ItemToAssign(index=3, topic=TopicId("esi"), kind=RequestKind.INJECTION)
GROUPS = [
    [(TopicId("hydrocodone-apap"), RequestKind.DRUG), (TopicId("nsaid"), RequestKind.DRUG)],
    [(TopicId("esi"), RequestKind.INJECTION), (TopicId("mri-lumbar"), RequestKind.IMAGING)],
]


def run(cases: list[CaseToAssign], people: Register, key: bytes = b"") -> Assignment:
    return assign_queue(cases, people, RULES, DAY, key=key).assignment


def given_to(found: Assignment) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for one in found.placed:
        told.setdefault(one.case_number, []).append(one.reviewer)
    return told


def test_an_unfit_reviewer_gets_nothing() -> None:
    found = run([case()], register(reviewer(disciplined=None)))
    assert not found.placed
    assert found.not_placed[0].reasons[0].says == "1 reviewer: discipline, or not stated"


def test_a_tied_reviewer_gets_nothing_of_the_case() -> None:
    tie = Relation(to="BLUE HERON PACKING", kind=RelationKind.PROFESSIONAL, nature="patient")
    people = register(reviewer(relations=(tie,)), reviewer(id="R2", name="Zoltan Ferris", load=90))
    assert given_to(run([case()], people)) == {"CM15-0000001": ["R2"]}


def test_on_remand_somebody_else_decides() -> None:
    found = run([case(barred=("R1",))], TWO)
    assert given_to(found) == {"CM15-0000001": ["R2"]}
    nobody = run([case(barred=("R1", "R2"))], TWO)
    assert [r.code for r in nobody.not_placed[0].reasons] == ["decided_before"]


def test_the_items_of_a_case_stay_together() -> None:
    cases = [case(n, items=(OPIOID, replace(OPIOID, index=2), ESI)) for n in range(1, 7)]
    found = run(cases, TWO)
    assert {len(names) for names in given_to(found).values()} == {1}
    assert all(one.items == (1, 2, 3) for one in found.placed)
    assert max(dict(found.totals.taken).values()) <= 10


def test_items_that_nobody_may_decide_together_ask_for_approval() -> None:
    people = register(reviewer(), ent())
    mixed = case(items=(OPIOID, HEARING))
    (missing,) = run([mixed], people).not_placed
    assert missing.reasons[0].code == "items_apart"
    approved = replace(mixed, panel=PanelApproval(approval="AD 12/3", by_item=True))
    assert given_to(run([approved], people)) == {"CM15-0000001": ["R1", "R9"]}


@pytest.mark.parametrize(
    "panel", [PanelApproval(approval=" ", size=2), PanelApproval(approval="", by_item=True)]
)
def test_a_panel_needs_approval(panel: PanelApproval) -> None:
    with pytest.raises(InputError, match=r"has no approval.*9792\.10\.6\(c\)"):
        run([case(panel=panel)], TWO)


def test_a_panel_has_different_members_or_is_not_placed() -> None:
    panel = PanelApproval(approval="AD-1", size=2)
    assert sorted(given_to(run([case(panel=panel)], TWO))["CM15-0000001"]) == ["R1", "R2"]
    three = run([case(panel=replace(panel, size=3))], TWO)
    assert not three.placed
    assert not three.totals.taken
    with pytest.raises(InputError, match="has 9 members"):
        run([case(panel=replace(panel, size=9))], TWO)


def test_the_preferred_licence_the_same_specialty_and_the_idle_are_preferred() -> None:
    ny = reviewer(licences=(replace(LICENCE, state="NY"),))
    ca = reviewer(id="R2", name="Zoltan Ferris")
    assert given_to(run([case()], register(ny, ca))) == {"CM15-0000001": ["R2"]}
    scs = replace(OPIOID, topic=TopicId("scs"), kind=RequestKind.INJECTION)
    pain = replace(
        ca.boards[0], board="American Board of Anesthesiology", specialty="pain medicine"
    )
    same = replace(ca, boards=(pain,), specialties=("pain management",))
    assert given_to(run([case(items=(scs,))], register(reviewer(), same)))["CM15-0000001"] == ["R2"]
    busy = reviewer(load=90)
    assert given_to(run([case()], register(busy, ca))) == {"CM15-0000001": ["R2"]}


def test_the_urgent_are_placed_first_when_room_is_short() -> None:
    one_place = register(reviewer(capacity=1))
    urgent = case(2, priority=Priority.EXPEDITED)
    assert given_to(run([case(1), urgent, case(3)], one_place)) == {"CM15-0000002": ["R1"]}
    late = case(3, due=DAY + timedelta(1))
    assert given_to(run([case(1), case(2), late], one_place)) == {"CM15-0000003": ["R1"]}
    waiting = case(3, received=DAY - timedelta(20))
    assert given_to(run([case(1), case(2), waiting], one_place)) == {"CM15-0000003": ["R1"]}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, 1),
        ({"priority": Priority.FORMULARY}, 3),
        ({"due": DAY + timedelta(15)}, 1),
        ({"due": DAY + timedelta(14)}, 2),
        ({"due": DAY + timedelta(7)}, 3),
        ({"due": DAY - timedelta(5)}, 7),
        ({"received": DAY - timedelta(6)}, 1),
        ({"received": DAY - timedelta(7)}, 2),
        ({"received": date(2013, 1, 1)}, 5),
    ],
)
def test_urgency_is_counted_from_the_data(changes: dict[str, object], expected: int) -> None:
    assert urgency(case(**changes), DAY, RULES.points) == expected


def test_work_is_spread() -> None:
    people = register(*(reviewer(id=f"R{n}", name=f"Nobody{n} Xylander{n}") for n in range(5)))
    found = run([case(n) for n in range(1, 26)], people)
    assert set(dict(found.totals.taken).values()) == {5}


def brute_force(cases: list[CaseToAssign], people: Register) -> int:
    """The least points over all ways to give whole cases to reviewers."""
    screening = Screening(people, RULES, DAY)
    units = units_of(cases, screening)
    best = None
    for choice in product(*([*map(int, unit.places), None] for unit in units)):
        loads = Loads(screening.reviewers, RULES.points.load)
        points = 0
        for unit, place in zip(units, choice, strict=True):
            if place is None:
                points += unit.size * unit.not_placed if unit.can_be_placed else 0
            else:
                loads.give(place, unit.size)
                points += unit.size * int(unit.points[list(unit.places).index(place)])
        if (loads.taken <= loads.capacity).all():
            total = points + loads.points
            best = total if best is None else min(best, total)
    assert best is not None
    return best


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.integers(0, 6), st.booleans()), min_size=1, max_size=3
    ),
    st.lists(st.sampled_from([1, 1, 1, 2]), min_size=1, max_size=5),
)
def test_small_queues_are_assigned_at_the_least_points(
    rooms: list[tuple[int, int, bool]], sizes: list[int]
) -> None:
    people = register(
        *(
            reviewer(
                id=f"R{n}",
                name=f"Nobody{n} Xylander{n}",
                capacity=room,
                load=load,
                licences=(replace(LICENCE, state="CA" if home else "NY"),),
            )
            for n, (room, load, home) in enumerate(rooms)
        )
    )
    cases = [
        case(n, items=tuple(replace(OPIOID, index=i) for i in range(1, size + 1)))
        for n, size in enumerate(sizes, start=1)
    ]
    totals = run(cases, people).totals
    least = brute_force(cases, people)
    assert totals.bound <= least <= totals.points
    if set(sizes) == {1}:
        assert totals.points == least == totals.bound


def test_the_order_of_cases_and_register_does_not_matter() -> None:
    cases, people = forge_queue(3, 60, GROUPS, DAY), forge_register(3, 40, DAY)
    turned = replace(people, reviewers=people.reviewers[::-1])
    assert run(list(cases), people) == run(list(cases)[::-1], turned)


def test_the_key_decides_between_equals_and_nothing_else() -> None:
    cases = [case(n) for n in range(1, 13)]
    one, other = run(cases, TWO, b"one"), run(cases, TWO, b"other")
    assert one.totals.points == other.totals.points
    assert given_to(one) != given_to(other)
    assert run(cases, TWO, b"one") == one


def test_who_the_parties_are_changes_nothing_where_nobody_is_tied() -> None:
    """Identity never enters the points: other names, other roles, more parties, same result."""
    cases, people = list(forge_queue(4, 60, GROUPS, DAY)), forge_register(4, 40, DAY)
    free = replace(people, reviewers=tuple(replace(r, relations=()) for r in people.reviewers))
    bare = [replace(one, parties=PARTIES) for one in cases]
    insurer = Party(id="p9", role=PartyRole.CLAIMS_ADMINISTRATOR, name="Wxyzzy Mutual")
    renamed = (replace(one, name=f"Qqqq {one.id}") for one in PARTIES)
    more = (insurer, *renamed)
    other = [replace(one, parties=more) for one in cases]
    assert run(bare, free) == run(other, free)


def test_a_case_stands_once_in_a_queue() -> None:
    with pytest.raises(InputError, match="CM15-0000001 stands twice"):
        run([case(), case()], TWO)


def test_without_the_solver_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ortools.graph.python", None)
    with pytest.raises(UsageError, match=r"openimr\[assignment\]"):
        run([case()], TWO)


def test_a_forged_queue_is_within_two_percent_of_the_bound() -> None:
    cases, people = forge_queue(6, 300, GROUPS, DAY), forge_register(6, 40, DAY)
    found = run(list(cases), people)
    assert found.totals.bound > 0
    assert 0 <= found.totals.gap <= 0.02
    assert PMR in RULES.specialties.all
