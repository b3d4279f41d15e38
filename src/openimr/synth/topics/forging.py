"""Case files of a topic: plans chosen by what they show, written like any other case file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from openimr.model.case import CaseHeader
from openimr.model.drug import Formulary
from openimr.synth.bank import data
from openimr.synth.calendar import draw_dates
from openimr.synth.case import CasePlan, Item
from openimr.synth.draw import Draw
from openimr.synth.identities import draw_person, draw_places
from openimr.synth.record import Record
from openimr.synth.scenario import case_slots
from openimr.synth.topics.bank import OPEN
from openimr.synth.topics.choosing import Judge, Judged, choose, judged
from openimr.synth.topics.drawing import draw_plan
from openimr.synth.topics.plan import Scope
from openimr.synth.topics.truth import truth_of
from openimr.synth.topics.writing import write_documents
from openimr.synth.types import ForgedCase

_FIRST, _SPAN = date(2014, 8, 1), 500
"""Days of the UR decision: all editions that are used are in force."""
_SPINES = {"cervical spine": "neck", "trapezius": "neck", "thoracic spine": "mid_back"}


def forge_topic(
    scope: Scope,
    *,
    formulary: Formulary,
    judge: Judge,
    cases: int,
    seed: int,
    wording: str = OPEN,
) -> Iterator[ForgedCase]:
    """So many case files of one topic; the same seed gives the same cases.

    Args:
        scope: the topic and those it inherits.
        formulary: drugs that can be asked for and that were tried before.
        judge: what the rules say of planned facts; the truth is theirs.
        cases: how many.
        seed: decides everything.
        wording: `open` for the wordings that the reader is tuned on, `held` for the others.
    """
    draw = Draw(f"{scope.name}/{seed}/{wording}")
    common = _common(draw)
    one = partial(_candidate, scope, formulary, judge, common, wording, draw)
    for number, chosen in enumerate(choose(one, cases), start=1):
        name = f"{scope.name}-{wording}-{seed:05d}-{number:02d}"
        yield _forge(name, scope, chosen, replace(common, id=name))


def _common(draw: Draw) -> CasePlan:
    """People, places and days; the items come with the plan."""
    decision = _FIRST + timedelta(days=draw.fork("decision").between(0, _SPAN))
    dates = draw_dates(draw.fork("dates"), {"decision": decision})
    person = draw_person(draw.fork("person"), dates.decision, {})
    region = data("people")["regions"]["low_back"]
    return CasePlan(
        id="",
        person=person,
        places=draw_places(draw.fork("places")),
        region=region,
        dates=dates,
        items=(),
        drugs=(),
        choices=(),
        slots=case_slots(draw.fork("slots"), person, region, dates, {}),
    )


def _candidate(
    scope: Scope,
    formulary: Formulary,
    judge: Judge,
    common: CasePlan,
    wording: str,
    draw: Draw,
    number: int,
) -> Judged:
    plan = draw_plan(
        scope,
        formulary,
        person=common.person,
        latest=common.dates.visits[0],
        wording=wording,
        draw=draw.fork(f"candidate{number}"),
    )
    return judged(scope, plan, header_of(common), judge)


def header_of(common: CasePlan) -> CaseHeader:
    """Who and when, as every case file states it."""
    person, dates = common.person, common.dates
    return CaseHeader(
        worker=person.name,
        age=person.age(dates.decision),
        sex="female" if person.female else "male",
        date_of_injury=person.injured,
        ur_decision_date=dates.decision,
        rfa_date=dates.request,
        application_received=dates.application,
    )


def _forge(name: str, scope: Scope, chosen: Judged, common: CasePlan) -> ForgedCase:
    plan = chosen.plan
    request = plan.asked.request
    part = request.body_parts[0] if request.body_parts else ""
    region = data("people")["regions"][_SPINES.get(part, "low_back")]
    parse = _parse(chosen)
    item = Item(index=0, topic=scope.name, text=plan.asked.line, rx=None, parse=parse)
    slots = {**common.slots, "region": _region(part), "Region": _region(part).capitalize()}
    dates = replace(common.dates, visits=plan.visits)
    whole = replace(common, items=(item,), region=region, slots=slots, dates=dates)
    record = Record(whole, Draw(name))
    places = write_documents(record, plan)
    return ForgedCase(
        id=name, documents=tuple(record.documents), truth=truth_of(record, chosen, places)
    )


def _region(part: str) -> str:
    return {"lumbar spine": "low back", "cervical spine": "neck", "": "low back"}.get(part, part)


def _parse(chosen: Judged) -> dict[str, object]:
    request = chosen.plan.asked.request
    names = (
        "generic", "brand", "strength", "quantity", "refills", "visits", "per_week", "weeks",
        "laterality", "procedure",
    )  # fmt: skip
    told: dict[str, object] = {"kind": request.kind.value, "topic_id": request.topic_id}
    told |= {name: value for name in names if (value := getattr(request, name)) is not None}
    return told | ({"body_parts": list(request.body_parts)} if request.body_parts else {})
