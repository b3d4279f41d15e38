"""A context for a single test of a criterion: a request and facts, without a topic around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from openimr.evaluate.context import Context, about_the_patient
from openimr.evaluate.regimen import Regimen
from openimr.model.case import CaseHeader
from openimr.model.ids import CriterionId
from openimr.model.rule import Criterion, Role, Settings, Silence, Source, Test
from rule_cases import DECIDED, formulary, make_fact, make_item


def scene(
    request: Mapping[str, Any],
    facts: Iterable[Mapping[str, Any]] = (),
    *,
    role: Role = Role.LIMIT,
    day: date = DECIDED,
    header: Mapping[str, Any] | None = None,
    also: Iterable[Mapping[str, Any]] = (),
) -> Context:
    """What a test sees of a request and the facts told."""
    made = tuple(make_fact(number, told) for number, told in enumerate(facts, start=1))
    items = tuple(make_item(index, told) for index, told in enumerate([request, *also], start=1))
    by_concept = about_the_patient(made)
    spoken = tuple(fact for group in by_concept.values() for fact in group)
    asked = items[0].request
    return Context(
        item=items[0],
        items=items,
        header=CaseHeader(ur_decision_date=day, **(header or {})),
        drug=formulary().find(asked.generic or "") or formulary().find(asked.brand or ""),
        formulary=formulary(),
        settings=Settings(),
        day=day,
        facts=by_concept,
        regimen=Regimen(spoken, formulary(), day),
        criterion=Criterion(
            id=CriterionId("T-1"),
            role=role,
            statement="Something holds",
            satisfied_by="it",
            contradicted_by="its opposite",
            if_silent=Silence.FLAG,
            source=Source(title="test", pages=""),
            concepts=(),
            test=Test(name=""),
        ),
    )
