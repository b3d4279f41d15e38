"""A line that asks for care other than a drug: therapy, study, procedure, device, visit."""

from __future__ import annotations

import re

from openimr.model.ids import TopicId
from openimr.model.request import Request, RequestKind, Service, Specialty
from openimr.request.anatomy import body_parts, laterality, levels, nerve_levels, spine_of
from openimr.request.guarded import Guarded
from openimr.request.lexis import Lexis
from openimr.request.line import Line
from openimr.request.schedule import (
    Schedule,
    read_count,
    read_duration,
    read_schedule,
    read_visits,
)
from openimr.request.words import Hit, blanked, cut

_IN_VISITS = frozenset({RequestKind.THERAPY, RequestKind.PROGRAM})
_COUNTED = frozenset({RequestKind.INJECTION, RequestKind.LAB, RequestKind.DME, RequestKind.IMAGING})
_BACK = "back"
"""Less than the part that a service implies: a lumbosacral orthosis is for the lumbar spine."""
_STAY = Guarded("stay inpatient hospital", r"\b(?:stay|inpatient|hospital\w*)\b")
_LENT = Guarded("trial rent", r"\b(?:trial|rent(?:al)?)\b")
_DOSE = Guarded("unit", r"\b\d+\s*units?\b")
_CONTRASTS = {
    "with and without": re.compile(
        r"with\s*(?:and|&|/|\+)\s*without|\bw\s*/?\s*wo\b|with\s*/\s*without", re.IGNORECASE
    ),
    "without": re.compile(
        r"\bwithout\b|\bnon-?\s?contrast(?:ed)?\b|\bno\s+contrast\b", re.IGNORECASE
    ),
    "with": re.compile(r"\bwith\b|\bcontrast\b|\bgadolinium\b", re.IGNORECASE),
}
_DYE = Guarded("contrast gad dye wo", r"\bcontrast|\bgadolinium\b|\bgad\b|\bdye\b|\bw\s*/?\s*wo\b")


def read_care(line: Line, hit: Hit[Service], lexis: Lexis) -> Request:
    """The request of a line that asks for the service named at a place of it."""
    service, text = hit.value, line.text
    found_levels = levels(text)
    rest = blanked(text, [hit.span])
    # The hand of `hand therapy` names the therapy, not the part.
    words = cut(rest) if service.kind is RequestKind.THERAPY else line.words
    parts = _parts(body_parts(words, lexis), service, spine_of(found_levels, lexis))
    notes = []
    if nerve_levels(text, found_levels):
        notes.append("single levels are nerves: two nerves serve one joint")
    in_visits = service.kind in _IN_VISITS
    schedule = (
        read_schedule(rest) if in_visits or service.name == "home health care" else Schedule()
    )
    duration, unit = _duration(rest, service, schedule)
    return Request(
        text=line.written,
        kind=service.kind,
        topic_id=_topic(service, parts, line.context),
        retrospective=line.retrospective,
        date_of_service=line.date_of_service,
        procedure=_name(service, parts),
        body_parts=parts,
        laterality=laterality(text),
        levels=found_levels,
        quantity=_count(rest, service, notes),
        visits=_whole(schedule.visits[1]) if in_visits else None,
        visits_min=_whole(schedule.visits[0]) if in_visits else None,
        per_week=schedule.per_week[1],
        per_week_min=schedule.per_week[0],
        weeks=schedule.weeks[1],
        weeks_min=schedule.weeks[0],
        duration=duration,
        duration_unit=unit,
        contrast=_contrast(text, service),
        associated_surgical=line.context is not None,
        ambiguities=(*line.notes, *notes, *schedule.ambiguities),
    )


def _parts(named: tuple[str, ...], service: Service, spine: str | None) -> tuple[str, ...]:
    """The parts the line names, else the one that the service or the levels imply."""
    less_definite = named == (_BACK,) and (service.body_part or "").endswith("spine")
    if named and not less_definite:
        return named
    implied = service.body_part or spine
    return (implied,) if implied else ()


def _name(service: Service, parts: tuple[str, ...]) -> str:
    names = (service.names_by_part[part] for part in parts if part in service.names_by_part)
    return next(names, service.name)


def _duration(rest: str, service: Service, schedule: Schedule) -> tuple[float | None, str | None]:
    """How long a rental or programme is; a therapy's weeks are told by its schedule."""
    if schedule.per_week[1] is not None or service.kind is RequestKind.THERAPY:
        return None, None
    # The days of a stay are not those of the operation before it.
    if service.kind is RequestKind.SURGERY and _STAY.search(rest):
        return None, None
    return read_duration(rest)


def read_consultation(
    line: Line, service: Service, specialty: Specialty | None, lexis: Lexis
) -> Request:
    """A visit, with the field of medicine it is asked of."""
    name = service.name if specialty is None else f"{specialty.name} {service.name}"
    return Request(
        text=line.written,
        kind=RequestKind.CONSULT,
        topic_id=specialty.topic if specialty else service.topic,
        retrospective=line.retrospective,
        date_of_service=line.date_of_service,
        procedure=name,
        body_parts=body_parts(line.words, lexis),
        laterality=laterality(line.text),
        visits=_whole(read_visits(line.text)),
        associated_surgical=line.context is not None,
        ambiguities=line.notes,
    )


def _count(rest: str, service: Service, notes: list[str]) -> float | None:
    """How many; `#30` beside a device on trial or for rent may be days, and is not read."""
    if service.kind not in _COUNTED:
        return None
    if service.kind is RequestKind.DME and "#" in rest and _LENT.search(rest):
        notes.append("'#' may count devices or days")
        return None
    if service.kind is RequestKind.INJECTION:
        # `200 units` of a toxin are a dose.
        rest = blanked(rest, [found.span() for found in _DOSE.all(rest)])
    return read_count(rest)


def _topic(service: Service, parts: tuple[str, ...], context: str | None) -> TopicId | None:
    if context is not None and context in service.topics_by_context:
        return service.topics_by_context[context]
    for part in parts:
        if part in service.topics_by_part:
            return service.topics_by_part[part]
    return service.topic


def _contrast(line: str, service: Service) -> str | None:
    if service.kind is not RequestKind.IMAGING:
        return None
    if _DYE.search(line):
        for name, pattern in _CONTRASTS.items():
            if pattern.search(line):
                return name
    return service.contrast


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
