"""Proofs of forged queues, checked by a second reading of the rules."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import lru_cache
from typing import Any

import pytest

import independent_assignment as second
from openimr.adapters.plain_files import to_plain
from openimr.assign.proof import Prover
from openimr.assign.queue import assign_queue
from openimr.model.assignment import PanelApproval
from openimr.model.request import RequestKind
from openimr.model.reviewer import Relation, RelationKind
from openimr.rulebook.load import load_rulebook
from openimr.synth.reviewers import forge_queue, forge_register
from reviewing import DAY, EMPLOYER, HEARING, OPIOID, RULES, case, ent, register, reviewer


@lru_cache
def forged() -> tuple[Any, Any, Any, list[dict[str, Any]]]:
    """Cases and register as plain JSON, items taken by each, and the proof of every case."""
    groups = [[(topic, RequestKind.DRUG) for topic in g.topics] for g in load_rulebook().groups]
    cases, people = forge_queue(5, 90, groups, DAY), forge_register(5, 250, DAY)
    queue = assign_queue(cases, people, RULES, DAY)
    prover = Prover(queue, "0" * 64)
    proofs = [json.loads(json.dumps(prover.prove(one.case_number))) for one in cases]
    plain = {one.case_number: to_plain(one) for one in cases}
    return plain, to_plain(people), dict(queue.assignment.totals.taken), proofs


@pytest.mark.slow
def test_every_proof_holds_for_a_second_reading() -> None:
    cases, people, taken, proofs = forged()
    for proof in proofs:
        assert second.problems(proof, cases[proof["case_number"]], people, taken) == []


def test_every_code_is_met_in_the_forged_queue() -> None:
    codes = {g["code"] for proof in forged()[3] for r in proof["results"] for g in r["others"]}
    wanted = {*second.PERSONAL, "specialty", "scope", "costs_more"}
    assert wanted | {"conflict:professional", "conflict:familial", "conflict:financial"} <= codes


@pytest.mark.slow
def test_the_second_reading_is_not_easily_pleased() -> None:
    """A proof in which any reviewer is put under another reason, or swapped, no longer holds."""
    cases, people, taken, proofs = forged()
    caught = tried = 0
    for proof in proofs[:4]:
        for result in proof["results"]:
            for at, group in enumerate(result["others"]):
                changed = deepcopy(proof)
                place = proof["results"].index(result)
                others = changed["results"][place]["others"]
                others[at - 1]["reviewers"].append(others[at]["reviewers"].pop())
                for each in others:
                    each.pop("points", None)
                tried += 1
                found = second.problems(changed, cases[proof["case_number"]], people, taken)
                caught += bool(found)
                assert group["reviewers"]
    assert tried > 30
    assert caught >= 0.95 * tried  # a reviewer with two ties may stand under either


def test_a_chosen_reviewer_may_not_be_exchanged() -> None:
    cases, people, taken, proofs = forged()
    proof = next(p for p in proofs if p["results"][0]["reviewers"])
    changed = deepcopy(proof)
    result = changed["results"][0]
    blocked = next(g for g in result["others"] if g["code"].startswith("conflict"))
    result["reviewers"][0]["id"], blocked["reviewers"][0] = (
        blocked["reviewers"][0],
        result["reviewers"][0]["id"],
    )
    assert second.problems(changed, cases[proof["case_number"]], people, taken)


@pytest.mark.parametrize(
    "panel",
    [PanelApproval(approval="AD-7", size=2), PanelApproval(approval="AD-7", by_item=True)],
)
def test_proofs_of_panels_hold_too(panel: PanelApproval) -> None:
    people = register(reviewer(), reviewer(id="R2", name="Zoltan Ferris"), ent())
    items = (OPIOID,) if panel.size > 1 else (OPIOID, HEARING)
    one = case(items=items, panel=panel)
    queue = assign_queue((one,), people, RULES, DAY)
    assert not queue.assignment.not_placed
    proof = json.loads(json.dumps(Prover(queue, "").prove(one.case_number)))
    taken = dict(queue.assignment.totals.taken)
    assert second.problems(proof, to_plain(one), to_plain(people), taken) == []
    assert proof["panel"]["approval"] == "AD-7"
    assert sum(len(result["reviewers"]) for result in proof["results"]) == 2


def test_a_proof_names_nobody() -> None:
    _, people, _, proofs = forged()
    text = json.dumps(proofs)
    for one in people["reviewers"]:
        assert one["name"] not in text
        assert all(licence["number"] not in text for licence in one["licences"])


def test_each_tie_stands_under_its_own_words() -> None:
    """Shares of income, stated and not, are not told of one another."""
    shares = {"R2": 0.051, "R3": None, "R4": 0.2, "R5": None}
    tied = [
        reviewer(
            id=name,
            name=f"Xylander{name} Nobody{name}",
            relations=(
                Relation(to=EMPLOYER.name, kind=RelationKind.FINANCIAL, share_of_income=share),
            ),
        )
        for name, share in shares.items()
    ]
    queue = assign_queue((case(),), register(reviewer(), *tied), RULES, DAY)
    (result,) = Prover(queue, "").prove(case().case_number)["results"]
    told = {tuple(g["reviewers"]): g["says"] for g in result["others"]}
    assert set(told) == {("R2",), ("R3", "R5"), ("R4",)}
    assert "5.10% of income" in told["R2",]
    assert "not stated" in told["R3", "R5"]
    assert "20.00% of income" in told["R4",]
