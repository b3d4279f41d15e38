"""Whatever the evaluation finds, the draft can be written, resolves and can be printed."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from example_case import EVALUATIONS, draft
from example_records import CERTIFICATES, FACTS
from openimr.model.finding import Calculation, Evaluation, Finding, Suggestion, Value, Weight
from openimr.model.ids import CriterionId, TopicId
from openimr.model.rule import Role
from openimr.render.text import render_text

FACT_IDS = st.lists(st.sampled_from([fact.id for fact in FACTS]), max_size=5, unique=True)
CALCULATIONS = st.builds(
    Calculation,
    name=st.just("daily dose"),
    expression=st.sampled_from(["1 x 2 = 2", "3 x 4 = 12"]),
    result=st.none(),
    unit=st.just("mg"),
    assumptions=st.sampled_from([(), ("Once a day.",)]),
    inputs=FACT_IDS.map(tuple),
)


def findings(number: int) -> st.SearchStrategy[Finding]:
    return st.builds(
        Finding,
        criterion=st.just(CriterionId(f"X-{number}")),
        topic=st.just(TopicId("topic")),
        role=st.sampled_from(Role),
        value=st.sampled_from(Value),
        statement=st.sampled_from(["Found.", "No test was found in the 11 pages searched", "x"]),
        citation=st.sampled_from(["MTUS, p. 78", "ODG (unverified)", ""]),
        facts_for=FACT_IDS.map(tuple),
        facts_against=FACT_IDS.map(tuple),
        certificate=st.sampled_from([None, *(each.id for each in CERTIFICATES)]),
        calculations=st.lists(CALCULATIONS, max_size=2).map(tuple),
        weight=st.sampled_from(Weight),
        requirement=st.sampled_from(["", "It is so. Always."]),
        satisfied_by=st.sampled_from(["", "-", "a test"]),
    )


@st.composite
def evaluations(draw: Any) -> Evaluation:
    found = tuple(draw(findings(number)) for number in range(draw(st.integers(0, 6))))
    names = [finding.criterion for finding in found]
    some = st.lists(st.sampled_from(names), unique=True, max_size=3) if names else st.just([])
    return Evaluation(
        topics=((TopicId("topic"), "2009"),),
        findings=found,
        suggestion=draw(st.sampled_from(Suggestion)),
        reasons=tuple(draw(some)),
        flags=tuple(draw(some)),
        flip=tuple(tuple(flip) for flip in draw(st.lists(some, max_size=7))),
        modification=draw(st.none() | st.just("21 days")),
        taper_note=draw(st.none() | st.just("Reduce it stepwise")),
        notes=draw(st.sampled_from([(), ("A note.",)])),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(evaluation=evaluations())
def test_any_evaluation_makes_a_letter(evaluation: Evaluation) -> None:
    made = draft(evaluations=(evaluation, EVALUATIONS[1]))
    rationale = made.items[0].rationale
    assert rationale[-1].part == "close"
    told = {criterion for sentence in rationale for criterion in sentence.findings}
    spoken = {
        finding.criterion
        for finding in evaluation.findings
        if finding.facts_for or finding.facts_against or finding.certificate
    }
    assert spoken <= told, "no evidence and no search is left out of the rationale"
    assert "for the physician" in render_text(made) or "the physician decides" in render_text(made)
    for sentence in (*rationale, *made.items[0].would_change):
        assert sentence.text.endswith((".", "”"))
        assert "  " not in sentence.text
