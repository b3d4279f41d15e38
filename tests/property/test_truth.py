"""Kleene's laws, and what must hold of every evaluation whatever the facts."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from openimr.evaluate.decision import Rules, suggest, tree_members
from openimr.evaluate.flip import LARGEST, changed, flip_sets
from openimr.model.evidence import Assertion, Fact
from openimr.model.finding import Suggestion, Value
from openimr.model.ids import ConceptId, CriterionId
from openimr.model.rule import Role, Settings
from openimr.model.truth import Truth, all_of, any_of
from openimr.rulebook.load import topics_for
from rule_cases import DECIDED, evaluate, make_fact, rulebook

truths = st.sampled_from(Truth)
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(truths, truths, truths)
def test_kleene_laws(one: Truth, two: Truth, three: Truth) -> None:
    assert (one & two) == (two & one)
    assert (one | two) == (two | one)
    assert ((one & two) & three) == (one & (two & three))
    assert ((one | two) | three) == (one | (two | three))
    assert (one & (two | three)) == ((one & two) | (one & three))
    assert ~(one & two) == (~one | ~two)
    assert ~~one == one
    assert (one & one) == one
    assert (one | (one & two)) == one


@given(st.lists(truths), truths)
def test_learning_never_turns_a_settled_truth(known: list[Truth], learned: Truth) -> None:
    for joined in (all_of, any_of):
        before = joined([*known, Truth.UNKNOWN])
        after = joined([*known, learned])
        assert before in {Truth.UNKNOWN, after}


REQUESTS: list[dict[str, Any]] = [
    {"brand": "Norco", "strength": "10/325 mg", "quantity": 120},
    {"brand": "Butrans", "strength": "10 mcg/hr", "quantity": 4},
    {"brand": "Duragesic", "strength": "50 mcg/hr", "quantity": 15},
    {"brand": "Cymbalta", "strength": "60 mg", "quantity": 30},
    {"brand": "Gralise", "strength": "600 mg", "quantity": 60},
    {"brand": "Flexeril", "strength": "10 mg", "quantity": 90},
    {"brand": "Robaxin", "strength": "750 mg", "quantity": 84},
    {"brand": "Restoril", "strength": "30 mg", "quantity": 30, "refills": 1},
]
_DRUGS = ("hydrocodone/acetaminophen", "fentanyl transdermal", "gabapentin", "temazepam")
_subjects = st.sampled_from([None, "regimen", *_DRUGS])
_days = st.sampled_from(["2010-06-15", "2014-03", "2014-12-01", "2015-03-05", "2015-04-09", None])
_assertions = st.sampled_from(
    ["present"] * 4 + ["absent", "historical", "hypothetical", "possible"]
)
_values = st.one_of(
    st.fixed_dictionaries(
        {
            "concept": st.just("pain_score"),
            "score": st.integers(0, 10),
            "context": st.sampled_from(["current", "with_medication", "without_medication"]),
        }
    ),
    st.fixed_dictionaries(
        {
            "concept": st.just("pain_with_without_medication"),
            "without": st.integers(0, 10),
            "with": st.integers(0, 10),
        }
    ),
    st.fixed_dictionaries(
        {
            "concept": st.just("functional_improvement"),
            "direction": st.sampled_from(["better", "same", "worse", "deficit"]),
            "specific": st.booleans(),
        }
    ),
    st.fixed_dictionaries(
        {
            "concept": st.just("medication"),
            "generic": st.sampled_from(_DRUGS),
            "status": st.sampled_from(["listed", "continued", "started", "stopped", "dispensed"]),
            "source": st.sampled_from(["list", "plan", "ledger"]),
            "per_day": st.integers(1, 8),
        }
    ),
    st.fixed_dictionaries(
        {
            "concept": st.sampled_from(
                ["acute_exacerbation", "neuro_exam_normal", "adverse_effects", "stop_reason"]
            )
        }
    ),
    st.fixed_dictionaries(
        {
            "concept": st.just("neuropathic_pain"),
            "kind": st.sampled_from(["radiculopathy", "symptom"]),
            "strength": st.sampled_from(["diagnosis", "finding", "symptom"]),
        }
    ),
    st.fixed_dictionaries(
        {"concept": st.just("initial_trial"), "generic": st.sampled_from(_DRUGS)}
    ),
)
_told = st.builds(
    lambda value, day, assertion, subject: {
        **value,
        "date": day,
        "assertion": assertion,
        "subject": subject,
    },
    _values,
    _days,
    _assertions,
    _subjects,
)
cases = st.builds(
    lambda request, facts: {"request": request, "facts": facts},
    st.sampled_from(REQUESTS),
    st.lists(_told, max_size=8),
)


def facts_of(case: dict[str, Any]) -> tuple[Fact, ...]:
    return tuple(make_fact(number, told) for number, told in enumerate(case["facts"], start=1))


@FEW
@given(cases, st.integers())
def test_the_order_of_facts_never_matters(case: dict[str, Any], seed: int) -> None:
    facts = list(facts_of(case))
    random.Random(seed).shuffle(facts)
    assert evaluate(case, facts) == evaluate(case)


@FEW
@given(cases, _told)
def test_what_does_not_speak_of_the_patient_changes_nothing(
    case: dict[str, Any], told: dict[str, Any]
) -> None:
    silent = (
        replace(make_fact(900, told), assertion=Assertion.HYPOTHETICAL),
        replace(make_fact(901, told), assertion=Assertion.OTHER_PERSON),
        replace(
            make_fact(902, told), concept=ConceptId("trigger_points"), assertion=Assertion.PRESENT
        ),
    )
    assert evaluate(case, (*facts_of(case), *silent)) == evaluate(case)


@FEW
@given(cases)
def test_silence_is_never_a_denial(case: dict[str, Any]) -> None:
    found = evaluate({**case, "facts": []})
    for finding in found.findings:
        if finding.role in {Role.GATE, Role.GATE_ANY, Role.GATE_BENEFIT, Role.ADVISORY}:
            assert finding.value in {Value.NOT_DOCUMENTED, Value.CONTRADICTED}
            assert (finding.value is Value.CONTRADICTED) <= bool(finding.facts_against)


@FEW
@given(cases)
def test_every_silence_has_a_certificate(case: dict[str, Any]) -> None:
    for finding in evaluate(case).findings:
        assert finding.statement.endswith(".")
        assert finding.citation
        if finding.value is Value.NOT_DOCUMENTED:
            assert finding.certificate is not None
        if finding.value in {Value.MET, Value.CONTRADICTED, Value.PARTIAL, Value.CONFLICTING}:
            derived = (
                finding.statement.startswith("Under the") or "stands beside" in finding.statement
            )
            assert finding.facts_for or finding.facts_against or derived


def rules_for(topic: str, chosen: Settings) -> Rules:
    return Rules(topics=topics_for(rulebook(), topic, DECIDED), settings=chosen)


_OPEN = {
    Role.LIMIT: [Value.WITHIN, Value.EXCEEDED, Value.UNKNOWN],
    Role.EXCLUSION: [Value.PRESENT, Value.ABSENT, Value.UNKNOWN],
    Role.EXCEPTION: [Value.PRESENT, Value.ABSENT, Value.UNKNOWN],
}
_GATE = [Value.MET, Value.PARTIAL, Value.NOT_DOCUMENTED, Value.CONTRADICTED, Value.CONFLICTING]
_TOPICS = [str(request["topic"]) for request in (
    {"topic": topic.id} for topic in rulebook().topics
)]  # fmt: skip


@st.composite
def valued(draw: st.DrawFn) -> tuple[Rules, dict[CriterionId, Value]]:
    chosen = Settings(strict=draw(st.booleans()))
    rules = rules_for(draw(st.sampled_from(_TOPICS)), chosen)
    values = {
        identity: draw(st.sampled_from(_OPEN.get(criterion.role, _GATE)))
        for identity, criterion in rules.criteria.items()
    }
    return rules, values


@settings(max_examples=100, deadline=None)
@given(valued())
def test_flip_sets_flip_and_are_minimal(case: tuple[Rules, dict[CriterionId, Value]]) -> None:
    rules, values = case
    now = suggest(rules, values)
    found = flip_sets(rules, values)
    for one in found:
        assert 1 <= len(one) <= LARGEST
        assert flips(rules, values, one) is not now
        for left_out in one:
            smaller = tuple(identity for identity in one if identity != left_out)
            assert flips(rules, values, smaller) is now
    assert len({frozenset(one) for one in found}) == len(found)
    assert found == flip_sets(rules, dict(reversed(values.items())))


def flips(
    rules: Rules, values: dict[CriterionId, Value], which: tuple[CriterionId, ...]
) -> Suggestion:
    """The suggestion after the change the set stands for, told without flip.py's own table."""
    lost = suggest(rules, values) is Suggestion.SUPPORT
    changes: dict[CriterionId, Value] = {}
    for identity in which:
        role = rules.criteria[identity].role
        if lost:
            changes[identity] = Value.ABSENT if role is Role.EXCEPTION else Value.NOT_DOCUMENTED
        else:
            better = {Role.LIMIT: Value.WITHIN, Role.EXCLUSION: Value.ABSENT}
            changes[identity] = better.get(role, Value.MET)
    return suggest(rules, changed(values, changes, which))


@settings(max_examples=100, deadline=None)
@given(valued(), st.data())
def test_documenting_a_gate_never_worsens_the_suggestion(
    case: tuple[Rules, dict[CriterionId, Value]], data: st.DataObject
) -> None:
    rules, values = case
    rank = [Suggestion.NOT_SUPPORT, Suggestion.REFER, Suggestion.MODIFY_TO, Suggestion.SUPPORT]
    gates = [i for i in tree_members(rules) if rules.criteria[i].role not in _OPEN]
    assume(gates)  # a topic of limits or exclusions alone has none
    which = data.draw(st.sampled_from(gates))
    after = suggest(rules, {**values, which: Value.MET})
    assert rank.index(after) >= rank.index(suggest(rules, values))
