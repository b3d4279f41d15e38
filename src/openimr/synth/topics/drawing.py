"""Drawing one candidate: a request, and statements for and against what its criteria ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from openimr.model.drug import Formulary
from openimr.model.rule import Criterion
from openimr.synth.bank import data
from openimr.synth.case import Person
from openimr.synth.draw import Draw
from openimr.synth.topics.asked import draw_request
from openimr.synth.topics.bank import Stated, Statement
from openimr.synth.topics.medicines import BESIDE, listed, requested
from openimr.synth.topics.plan import Asked, PlannedFact, Scope, Told, TopicPlan
from openimr.synth.topics.relevance import (
    bearing_on,
    conditions_of,
    criteria_of,
    in_favor,
    trials_for,
)
from openimr.synth.topics.slots import DATED, case_slots, visit_slots

_SEVERAL = frozenset(
    {
        "clinical_signs", "crps_signs", "prior_nonopioid_trials", "imaging_correlation",
        "insomnia_workup", "radiculopathy_findings", "insomnia_course", "other_indication",
        "neuropathic_pain", "validated_instrument", "sleep_disorder_signs", "objective_deficit",
        "prior_visits", "injection_response", "gi_risk", "cv_renal_hepatic_risk",
    }
)  # fmt: skip
"""Concepts of which a record may say more than one thing; of others it says one."""
_NEVER_TOGETHER: tuple[frozenset[str], ...] = (
    frozenset({"neuro_exam_normal", "radiculopathy_findings", "crps_signs"}),
    frozenset({"neuro_exam_normal", "neuropathic_pain"}),
    frozenset({"pathology_osteoarthritis", "arthritis_grade", "joint_disorder"}),
    frozenset({"initial_trial", "duration_of_use", "weaning_attempts", "sleep_benefit"}),
    frozenset({"initial_trial", "pain_with_without_medication", "functional_improvement"}),
    frozenset({"support_need", "spinal_disorder"}),
    frozenset({"acute_exacerbation", "symptom_change"}),
)
_STATUS = {"failed": "failed", "not_tolerated": "failed"}
_MOST = 9
_OWN, _INHERITED = 0.6, 0.3
_FAVORABLE = 0.4
"""Share of candidates that speak for the request at every criterion."""
_LATEST, _PRIOR = 0.78, 0.14
"""Shares of statements at the visit of the request and at the one before; others are old."""


@dataclass(slots=True)
class _Scene:
    """A candidate as it grows."""

    asked: Asked
    person: Person
    visits: tuple[date, ...]
    voices: tuple[str, ...]
    wording: str
    draw: Draw
    slots: Mapping[str, str]
    dates: tuple[tuple[dict[str, str], dict[str, str]], ...]
    chosen: list[Statement] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)


def draw_plan(
    scope: Scope,
    formulary: Formulary,
    *,
    person: Person,
    latest: date,
    wording: str,
    draw: Draw,
) -> TopicPlan:
    """One candidate; the latest visit lies on `latest`."""
    asked = draw_request(scope, formulary, draw)
    visits = _visits(latest, draw)
    authors = data("authors")["authors"]
    writers = [draw.pick(authors) for _ in visits]
    scene = _Scene(
        asked=asked,
        person=person,
        visits=visits,
        voices=tuple(writer["voice"] for writer in writers),
        wording=wording,
        draw=draw,
        slots=case_slots(asked, person, draw),
        dates=tuple(visit_slots(day, person, draw) for day in visits),
    )
    favorable = draw.chance(_FAVORABLE)
    for criterion in _in_turn(scope, draw, favorable=favorable):
        _tell(scene, scope, criterion, formulary, favorable=favorable)
    _list_drugs(scene)
    return TopicPlan(
        asked=asked,
        told=tuple(scene.told),
        visits=visits,
        authors=tuple(writer["id"] for writer in writers),
    )


def _visits(latest: date, draw: Draw) -> tuple[date, ...]:
    prior = latest - timedelta(days=draw.between(28, 62))
    return latest, prior, latest - timedelta(days=draw.between(395, 465))


def _in_turn(scope: Scope, draw: Draw, *, favorable: bool) -> list[Criterion]:
    """Criteria to speak to, the topic's own mostly."""
    own = {criterion.id for criterion in scope.topic.criteria}
    every = criteria_of(scope)
    return [
        criterion
        for criterion in draw.some(every, len(every))
        if favorable or draw.chance(_OWN if criterion.id in own else _INHERITED)
    ]


def _tell(
    scene: _Scene, scope: Scope, criterion: Criterion, formulary: Formulary, *, favorable: bool
) -> None:
    """Statements about one criterion; where several count together, as many of them."""
    options = (in_favor if favorable else bearing_on)(criterion, scope, scene.asked)
    together = "together" in criterion.test.parameters or len(conditions_of(criterion)) > 6
    count = scene.draw.between(1, 4) if together else scene.draw.between(1, 2)
    for statement in scene.draw.some(options, min(count, len(options))):
        if len(scene.chosen) < _MOST and _goes_with(statement, scene.chosen):
            scene.chosen.append(statement)
            scene.told.append(_worded(scene, statement, criterion, formulary))


def _goes_with(statement: Statement, others: list[Statement]) -> bool:
    return all(_agree(statement, other) for other in others)


def _agree(one: Statement, other: Statement) -> bool:
    for first in one.stated:
        for second in other.stated:
            if first.concept == second.concept:
                same = first.assertion == second.assertion
                if not same or first.concept not in _SEVERAL or first.value == second.value:
                    return False
            pair = {first.concept, second.concept}
            if len(pair) == 2 and any(pair <= group for group in _NEVER_TOGETHER):
                return False
    return True


def _worded(
    scene: _Scene, statement: Statement, criterion: Criterion, formulary: Formulary
) -> Told:
    draw = scene.draw
    visit = 0 if draw.chance(_LATEST) or statement.starts else 1 if draw.chance(_PRIOR * 4) else 2
    written, iso = scene.dates[visit]
    slots = {**scene.slots, **iso, **written, "Pt": _subject(scene)}
    if statement.names_trial:
        drug = draw.pick(trials_for(criterion, scene.asked, formulary))
        name = draw.pick([drug.generic, *drug.brands[:1]])
        slots |= {"trial": name, "Trial": name[0].upper() + name[1:], "trial_generic": drug.generic}
    for name, options in statement.numbers.items():
        slots[name] = f"{draw.pick(options):g}"
    stated = _of_trial(statement, slots, formulary) if statement.names_trial else statement.stated
    values = [_value(one, slots, draw) for one in stated]
    template = draw.pick(statement.in_voice(scene.voices[visit], scene.wording))
    dated = next((iso[slot] for slot in DATED if f"{{{slot}}}" in template), None)
    facts = tuple(
        _planned(scene, statement, one, value, dated or scene.visits[visit].isoformat())
        for one, value in zip(stated, values, strict=True)
    )
    return Told(
        visit=visit,
        section=statement.section,
        text=template.format_map(slots),
        facts=facts,
        statement=statement.id,
    )


def _of_trial(
    statement: Statement, slots: Mapping[str, str], formulary: Formulary
) -> tuple[Stated, ...]:
    """What words of a trial state: of an opioid, that its use has ended or was never begun."""
    drug = formulary.find(slots["trial_generic"])
    if drug is None or not drug.is_opioid:
        return statement.stated
    told = statement.stated[0]
    status = _STATUS.get(str(told.value["outcome"]), "listed")
    ended = status != "listed"
    named = {"drug": "{trial}", "generic": "{trial_generic}", "status": status}
    assertion = "historical" if ended else "absent"
    return (Stated(concept="medication", value=named, assertion=assertion),)


def _subject(scene: _Scene) -> str:
    he = "She" if scene.person.female else "He"
    return scene.draw.pick(["The patient", scene.person.titled, he])


def _value(stated: Stated, slots: dict[str, str], draw: Draw) -> dict[str, Any]:
    """The value with its numbers drawn; they are put into the slots as well."""
    value: dict[str, Any] = {}
    for key, option in stated.value.items():
        if isinstance(option, list) and all(isinstance(one, int | float) for one in option):
            value[key] = draw.pick(option)
            slots[key] = f"{value[key]:g}"
        elif isinstance(option, list):
            value[key] = tuple(option)
        else:
            value[key] = option.format_map(slots) if isinstance(option, str) else option
    return value


def _planned(
    scene: _Scene, statement: Statement, stated: Stated, value: dict[str, Any], dated: str
) -> PlannedFact:
    subjects = {
        "drug": scene.slots["generic"], "therapy": scene.slots["therapy"], "regimen": "regimen",
    }  # fmt: skip
    return PlannedFact(
        concept=stated.concept,
        value=value,
        assertion=stated.assertion,
        dated=dated,
        subject=subjects.get(statement.subject) or None,
    )


def _list_drugs(scene: _Scene) -> None:
    """The requested drug unless it starts now, and what is taken beside it."""
    own = requested(scene.asked)
    starts = any(statement.starts for statement in scene.chosen)
    spoken = {str(f.value.get("generic")) for told in scene.told for f in told.facts}
    spoken |= {own.generic} if own else set()
    beside = [entry for entry in BESIDE if entry.generic not in spoken]
    others = scene.draw.some(beside, scene.draw.between(0, 2))
    in_use = any(statement.subject == "drug" for statement in scene.chosen)
    before = not starts and (in_use or scene.draw.chance(0.7))
    for visit, day in enumerate(scene.visits[:2]):
        entries = [own] if own and not starts and (visit == 0 or before) else []
        scene.told += listed(
            [*entries, *others], visit, day.isoformat(), scene.voices[visit], scene.draw
        )
