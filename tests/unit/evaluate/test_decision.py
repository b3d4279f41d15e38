"""The decision algebra on a small topic of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from openimr.evaluate.decision import Rules, decide, suggest, tree_members
from openimr.evaluate.flip import flip_sets
from openimr.model.finding import Suggestion, Value, Weight
from openimr.model.ids import CriterionId, TopicId
from openimr.model.rule import Applies, Criterion, Role, Settings, Silence, Source, Topic
from openimr.model.rule import Test as LeafTest

SUPPORT, DENY = Suggestion.SUPPORT, Suggestion.NOT_SUPPORT
MODIFY, REFER = Suggestion.MODIFY_TO, Suggestion.REFER


def criterion(name: str, role: Role, silence: Silence = Silence.DENY, **more: object) -> Criterion:
    return Criterion(
        id=CriterionId(name),
        role=role,
        statement=name,
        satisfied_by="",
        contradicted_by="",
        if_silent=silence,
        source=Source(title="Example", pages="1"),
        concepts=(),
        test=LeafTest(name="evidence"),
        **more,  # type: ignore[arg-type]
    )


GATE = criterion("GATE", Role.GATE, bypassed_by=(CriterionId("EXCEPT"),))
SOFT = criterion("SOFT", Role.GATE, Silence.FLAG, if_silent_strict=Silence.DENY)
EITHER = criterion("EITHER", Role.GATE_BENEFIT)
OTHER = criterion("OTHER", Role.GATE_BENEFIT, Silence.NONE)
EXCLUDE = criterion("EXCLUDE", Role.EXCLUSION, Silence.FLAG)
LIMIT = criterion("LIMIT", Role.LIMIT, Silence.COMPUTE)
QUIET = criterion("QUIET", Role.LIMIT, Silence.FLAG, if_silent_strict=Silence.MODIFY)
EXCEPT = criterion("EXCEPT", Role.EXCEPTION, Silence.NONE, active_when="initial_trial=exempt")
ADVICE = criterion(
    "ADVICE", Role.ADVISORY, Silence.FLAG, if_silent_when={"tricyclic_first=gate": Silence.DENY}
)
FIRST = criterion("FIRST", Role.GATE, applies=Applies.FIRST_USE)
TREE = {
    "all": ("GATE", "SOFT", {"any": ("EITHER", "OTHER")}, {"not": "EXCLUDE"}, "ADVICE", "FIRST")
}


def topic(*criteria: Criterion, tree: Mapping[str, object] = TREE) -> Topic:
    return Topic(
        id=TopicId("example"),
        title="Example",
        guideline="Example",
        edition="1",
        effective_from=date(2009, 1, 1),
        effective_to=None,
        pages="1",
        status="",
        mtus_addresses=True,
        inherits=(),
        generics=(),
        criteria=criteria,
        support_requires=MappingProxyType(dict(tree)),
        modify_when=(CriterionId("LIMIT"),),
    )


ALL = topic(GATE, SOFT, EITHER, OTHER, EXCLUDE, LIMIT, QUIET, EXCEPT, ADVICE, FIRST)
RULES = Rules(topics=(ALL,), settings=Settings())
GOOD = {
    "GATE": Value.MET,
    "SOFT": Value.MET,
    "EITHER": Value.MET,
    "OTHER": Value.NOT_DOCUMENTED,
    "EXCLUDE": Value.ABSENT,
    "LIMIT": Value.WITHIN,
    "QUIET": Value.WITHIN,
    "EXCEPT": Value.ABSENT,
    "ADVICE": Value.MET,
    "FIRST": Value.NOT_DOCUMENTED,
}


def values(**changes: Value) -> dict[CriterionId, Value]:
    return {CriterionId(name): value for name, value in {**GOOD, **changes}.items()}


@pytest.mark.parametrize(
    ("changes", "suggestion", "reasons"),
    [
        ({}, SUPPORT, ["GATE", "SOFT", "EITHER"]),
        ({"GATE": Value.NOT_DOCUMENTED}, DENY, ["GATE"]),
        ({"GATE": Value.CONTRADICTED}, DENY, ["GATE"]),
        ({"GATE": Value.PARTIAL}, DENY, ["GATE"]),
        ({"GATE": Value.CONFLICTING}, REFER, ["GATE"]),
        ({"GATE": Value.CONFLICTING, "EITHER": Value.NOT_DOCUMENTED}, DENY, ["EITHER"]),
        ({"GATE": Value.NOT_DOCUMENTED, "EXCEPT": Value.PRESENT}, SUPPORT, ["SOFT", "EITHER"]),
        ({"SOFT": Value.NOT_DOCUMENTED}, SUPPORT, ["GATE", "EITHER"]),
        ({"SOFT": Value.CONTRADICTED}, DENY, ["SOFT"]),
        ({"EITHER": Value.NOT_DOCUMENTED}, DENY, ["EITHER"]),
        ({"EITHER": Value.CONTRADICTED, "OTHER": Value.MET}, SUPPORT, ["GATE", "SOFT", "OTHER"]),
        ({"EITHER": Value.CONTRADICTED, "OTHER": Value.CONTRADICTED}, DENY, ["EITHER"]),
        ({"EITHER": Value.NOT_DOCUMENTED, "OTHER": Value.CONFLICTING}, REFER, ["OTHER"]),
        ({"EXCLUDE": Value.PRESENT}, DENY, ["EXCLUDE"]),
        ({"EXCLUDE": Value.UNKNOWN}, SUPPORT, ["GATE", "SOFT", "EITHER"]),
        ({"LIMIT": Value.EXCEEDED}, MODIFY, ["LIMIT"]),
        ({"LIMIT": Value.UNKNOWN}, SUPPORT, ["GATE", "SOFT", "EITHER"]),
        ({"LIMIT": Value.EXCEEDED, "GATE": Value.NOT_DOCUMENTED}, DENY, ["GATE"]),
        ({"QUIET": Value.EXCEEDED}, SUPPORT, ["GATE", "SOFT", "EITHER"]),
        ({"ADVICE": Value.CONTRADICTED}, SUPPORT, ["GATE", "SOFT", "EITHER"]),
    ],
)
def test_default_profile(
    changes: dict[str, Value], suggestion: Suggestion, reasons: list[str]
) -> None:
    found = decide(RULES, values(**changes))
    assert (found.suggestion, list(found.reasons)) == (suggestion, reasons)


@pytest.mark.parametrize(
    ("settings", "changes", "suggestion"),
    [
        (Settings(strict=True), {"SOFT": Value.NOT_DOCUMENTED}, DENY),
        (Settings(strict=True), {"QUIET": Value.EXCEEDED}, MODIFY),
        (Settings(), {"ADVICE": Value.NOT_DOCUMENTED}, SUPPORT),
        (replace(Settings(), tricyclic_first="gate"), {"ADVICE": Value.NOT_DOCUMENTED}, DENY),  # type: ignore[arg-type]
        (
            replace(Settings(), initial_trial="demand"),
            {"GATE": Value.NOT_DOCUMENTED, "EXCEPT": Value.PRESENT},
            DENY,
        ),  # type: ignore[arg-type]
    ],
)
def test_switches(settings: Settings, changes: dict[str, Value], suggestion: Suggestion) -> None:
    assert suggest(replace(RULES, settings=settings), values(**changes)) is suggestion


def test_a_first_prescription_is_asked_what_only_it_is_asked() -> None:
    first = replace(RULES, first_use=True)
    assert suggest(first, values()) is DENY
    assert suggest(first, values(FIRST=Value.MET)) is SUPPORT


def test_partial_evidence_goes_to_the_reviewer_where_the_rule_says_so() -> None:
    refers = topic(replace(GATE, partial_refers=True), tree={"all": ("GATE",)})
    rules = Rules(topics=(refers,), settings=Settings())
    assert suggest(rules, values(GATE=Value.PARTIAL)) is REFER


def test_a_branch_counts_only_under_its_switch() -> None:
    tree = {"all": ("GATE", {"when": "quantity=modify", "then": "SOFT"})}
    rules = Rules(topics=(topic(GATE, SOFT, tree=tree),), settings=Settings())
    assert tree_members(rules) == ("GATE",)
    denied = values(SOFT=Value.CONTRADICTED)
    assert suggest(rules, denied) is SUPPORT
    on = replace(rules, settings=replace(Settings(), quantity="modify"))  # type: ignore[arg-type]
    assert suggest(on, denied) is DENY


def test_flags_and_weights() -> None:
    found = decide(
        RULES,
        values(
            SOFT=Value.NOT_DOCUMENTED,
            QUIET=Value.UNKNOWN,
            EXCLUDE=Value.UNKNOWN,
            ADVICE=Value.PARTIAL,
        ),
    )
    assert found.flags == ("SOFT", "EXCLUDE", "QUIET", "ADVICE")
    assert found.weights[CriterionId("GATE")] is Weight.SUPPORTS
    assert found.weights[CriterionId("SOFT")] is Weight.FLAGS
    assert found.weights[CriterionId("OTHER")] is Weight.NEUTRAL
    bypassed = decide(RULES, values(GATE=Value.NOT_DOCUMENTED, EXCEPT=Value.PRESENT))
    assert bypassed.weights[CriterionId("GATE")] is Weight.BYPASSED


@pytest.mark.parametrize(
    ("changes", "flip"),
    [
        ({"GATE": Value.NOT_DOCUMENTED}, [["GATE"]]),
        (
            {"GATE": Value.NOT_DOCUMENTED, "EITHER": Value.NOT_DOCUMENTED},
            [["GATE", "EITHER"]],
        ),
        ({"EXCLUDE": Value.PRESENT}, [["EXCLUDE"]]),
        ({"LIMIT": Value.EXCEEDED}, [["LIMIT"]]),
        ({}, [["GATE"], ["EITHER"]]),
        ({"GATE": Value.NOT_DOCUMENTED, "EXCEPT": Value.PRESENT}, [["EITHER"], ["EXCEPT"]]),
    ],
)
def test_flip_sets(changes: dict[str, Value], flip: list[list[str]]) -> None:
    assert [list(one) for one in flip_sets(RULES, values(**changes))] == flip


def test_an_exclusion_that_rests_on_a_gate_flips_with_it() -> None:
    found = values(GATE=Value.CONTRADICTED, EXCLUDE=Value.PRESENT)
    assert [list(one) for one in flip_sets(RULES, found)] == [["GATE", "EXCLUDE"]]
    led = {CriterionId("EXCLUDE"): CriterionId("GATE")}
    assert [list(one) for one in flip_sets(RULES, found, led)] == [["GATE"]]


def test_a_tree_that_is_none() -> None:
    rules = Rules(topics=(topic(GATE, tree={"some": ("GATE",), "all": ()}),), settings=Settings())
    with pytest.raises(ValueError, match="not a branch"):
        suggest(rules, values())
