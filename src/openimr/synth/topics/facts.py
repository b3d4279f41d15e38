"""Planned passages as facts of the model, with the identity under which the truth finds them."""

from __future__ import annotations

from openimr.model.dates import PartialDate
from openimr.model.evidence import Assertion, Fact, Provenance
from openimr.model.ids import ConceptId, DocumentId, FactId
from openimr.synth.topics.plan import PlannedFact, TopicPlan


def facts_of(plan: TopicPlan) -> tuple[Fact, ...]:
    """All that the plan states; `fact_id` tells which passage a fact belongs to."""
    return tuple(
        _fact(plan, number, index, planned)
        for number, told in enumerate(plan.told)
        for index, planned in enumerate(told.facts)
    )


def told_of(fact: FactId) -> int:
    """The passage that a fact belongs to, as an index of the plan's passages."""
    return int(str(fact)[1:].partition("-")[0])


def _fact(plan: TopicPlan, number: int, index: int, planned: PlannedFact) -> Fact:
    told = plan.told[number]
    return Fact(
        id=FactId(f"p{number:03d}-{index}"),
        concept=ConceptId(planned.concept),
        value={key: value for key, value in planned.value.items() if value is not None},
        assertion=Assertion(planned.assertion),
        date=PartialDate.parse(planned.dated),
        written=PartialDate.of(plan.visits[told.visit]),
        subject=planned.subject,
        provenance=Provenance(
            document=DocumentId(f"visit{told.visit}"),
            page=1,
            start=0,
            end=len(told.text),
            quote=told.text,
            box=None,
            confidence=1.0,
        ),
        rule="plan",
    )
