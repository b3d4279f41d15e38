"""A request line -> Request: the order in which a line is read."""

from __future__ import annotations

import re
from dataclasses import replace

from openimr.model.drug import Formulary
from openimr.model.ids import TopicId
from openimr.model.request import Request, RequestKind, RequestVocabulary, Service
from openimr.request.care_line import read_care, read_consultation, surgical_context
from openimr.request.compound import read_compound
from openimr.request.drug_amounts import read_supply, strengths_in
from openimr.request.drug_line import read_drug
from openimr.request.lexis import DrugName, Hit, Lexis, lexis_of, misspelled_drug
from openimr.request.line import even, spelled_out
from openimr.request.modified import Modified, read_modified
from openimr.request.service_date import (
    date_of_service,
    is_retrospective,
    without_service_words,
)
from openimr.request.split import split_request

_WEANING = re.compile(r"\bwean(?:ing|ed)?\b|\btaper(?:ing|ed)?\b", re.IGNORECASE)

_WEANING_TOPIC = TopicId("opioid-weaning")


def parse_request(text: str, formulary: Formulary, vocabulary: RequestVocabulary) -> Request:
    """Read one request line; never raises, and leaves None what the line does not say.

    A line with several requests is read as its first, and says so in `ambiguities`; use
    `split_request` to have them all.

    >>> parse_request("Norco 10/325mg #150", ...).strength  # doctest: +SKIP
    '10/325 mg'
    """
    lexis = lexis_of(formulary, vocabulary)
    line = even(text)
    modified = read_modified(line)
    if modified is not None:
        return replace(_read_modified(modified, lexis), text=text)
    parts = split_request(text, formulary, vocabulary)
    if len(parts) == 1:
        return replace(_read(line, lexis), text=text)
    request = _read(parts[0] if _own_amount(parts[1]) else line, lexis)
    note = "several requests in one line: " + " | ".join(parts)
    return replace(request, text=text, ambiguities=(note, *request.ambiguities))


def _own_amount(part: str) -> bool:
    """Whether a part has figures of its own, which must not be read for its neighbour."""
    return any(letter.isdecimal() for letter in part)


def _read(line: str, lexis: Lexis) -> Request:
    """Read an evened line that asks for one thing."""
    service_day = date_of_service(line)
    retrospective = is_retrospective(line)
    context = surgical_context(line)
    words = spelled_out(without_service_words(line), lexis.vocabulary.abbreviations)
    request = _kind_of_line(words, lexis)
    return replace(
        request,
        retrospective=retrospective,
        date_of_service=service_day,
        associated_surgical=context is not None,
    )


def _kind_of_line(line: str, lexis: Lexis) -> Request:
    """Decide what the line asks for, by what it names first."""
    drugs = list(lexis.drugs.find(line))
    services = list(lexis.services.find(line))
    strong = next((hit for hit in services if not hit.value.weak), None)
    consult = _consultation(line, services, strong, lexis)
    if consult is not None and (not drugs or drugs[0].start > services[0].start):
        return consult
    if strong is not None and not _drug_first(drugs, strong):
        return read_care(line, strong.value, lexis, span=(strong.start, strong.end))
    compound = read_compound(line, lexis)
    if compound is not None:
        return compound
    if drugs:
        return _weaned(read_drug(line, drugs, lexis), line)
    if services:
        weak = services[0]
        return read_care(line, weak.value, lexis, span=(weak.start, weak.end))
    return _unknown(line, lexis)


def _drug_first(drugs: list[Hit[DrugName]], service: Hit[Service]) -> bool:
    return bool(drugs) and drugs[0].start < service.start


def _consultation(
    line: str, services: list[Hit[Service]], strong: Hit[Service] | None, lexis: Lexis
) -> Request | None:
    """A visit asked of a specialty: `orthopedic consultation`, `referral to pain management`."""
    visit = next(
        (h for h in services if h.value.weak and h.value.kind is RequestKind.CONSULT), None
    )
    if visit is None:
        return None
    fields = list(lexis.specialties.find(line))
    specialty = fields[0] if fields else None
    if specialty is None:
        return read_consultation(line, visit.value, None, lexis) if strong is None else None
    named_first = min(visit.start, specialty.start)
    if strong is not None and strong.start < named_first:
        return None
    return read_consultation(line, visit.value, specialty.value, lexis)


def _weaned(request: Request, line: str) -> Request:
    """A line that asks for a taper of an opioid is a request to wean."""
    if _WEANING.search(line) and request.topic_id is not None:
        return replace(request, topic_id=_WEANING_TOPIC)
    return request


def _unknown(line: str, lexis: Lexis) -> Request:
    """Nothing of the line is known by name; its figures may still be."""
    strengths = strengths_in(line)
    form = next((hit.value for hit in lexis.forms.find(line)), None)
    note = ("nothing of the line is known by name",)
    if not strengths or (form is None and "#" not in line):
        return Request(text=line, ambiguities=note)
    nearly = misspelled_drug(line, lexis)
    if nearly is not None:
        request = read_drug(line, [nearly], lexis)
        word = line[nearly.start : nearly.end]
        note = (f"'{word}' is read as {request.generic}",)
        return replace(request, brand=None, ambiguities=(*note, *request.ambiguities))
    strength = strengths[0]
    rest = line[: strength.start] + " " * (strength.end - strength.start) + line[strength.end :]
    supply = read_supply(rest, bulk_allowed=True)
    return Request(
        text=line,
        kind=RequestKind.DRUG,
        strength=strength.text,
        form=form,
        quantity=supply.quantity,
        refills=supply.refills,
        ambiguities=(*note, *supply.ambiguities),
    )


def _read_modified(modified: Modified, lexis: Lexis) -> Request:
    """The original request with what UR authorized of it and what remains."""
    authorized = _read(modified.authorized, lexis) if modified.authorized else None
    remaining = _read(modified.remaining, lexis) if modified.remaining else None
    if modified.original:
        request = _read(modified.original, lexis)
    else:
        request = _without_amounts(remaining or authorized)
    return replace(
        request,
        modified=True,
        authorized_part=modified.authorized,
        authorized_n=_measure(authorized, request),
        remaining_part=modified.remaining,
        remaining_n=_measure(remaining, request),
    )


def _without_amounts(request: Request | None) -> Request:
    """What a part tells of the original: what it is for, not how much of it."""
    note = "the original request is not stated"
    if request is None:
        return Request(text="", ambiguities=(note,))
    return replace(
        request,
        quantity=None,
        refills=None,
        visits=None,
        visits_min=None,
        per_week=None,
        per_week_min=None,
        weeks=None,
        weeks_min=None,
        duration=None,
        duration_unit=None,
        ambiguities=(note, *request.ambiguities),
    )


def _measure(part: Request | None, whole: Request) -> float | None:
    """How much a part is, in the measure of the whole: pieces, visits, or length of time."""
    if part is None or (part.generic, part.procedure) != (whole.generic, whole.procedure):
        return None
    if part.quantity is not None and not part.refills:
        return part.quantity
    if part.visits is not None:
        return float(part.visits)
    return part.duration if part.duration_unit == whole.duration_unit else None
