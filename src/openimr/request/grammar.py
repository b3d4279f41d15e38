"""A request line -> Request: the order in which a line is read."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from openimr.model.drug import Formulary
from openimr.model.request import Request, RequestKind, RequestVocabulary, Service
from openimr.request.care_line import read_care, read_consultation
from openimr.request.compound import read_compound
from openimr.request.drug_amounts import read_supply, strengths_in
from openimr.request.drug_line import read_drug
from openimr.request.even import LONGEST, even
from openimr.request.lexis import DrugName, Lexis, lexis_of, misspelled_drug
from openimr.request.line import Line, prepared
from openimr.request.modified import Modified, read_modified
from openimr.request.split import split_line
from openimr.request.words import Hit, blanked


def parse_request(text: str, formulary: Formulary, vocabulary: RequestVocabulary) -> Request:
    """Read one request line; never raises, and leaves None what the line does not say.

    A line with several requests is read as its first, and says so in `ambiguities`; use
    `split_request` to have them all.

    >>> parse_request("Norco 10/325mg #150", ...).strength  # doctest: +SKIP
    '10/325 mg'
    """
    lexis = lexis_of(formulary, vocabulary)
    return _remembered(text, lexis) if len(text) <= LONGEST else read_line(text, lexis)


def read_line(text: str, lexis: Lexis) -> Request:
    """Read one request line with indexes that are already built."""
    line = even(text)
    modified = read_modified(line)
    if modified is not None:
        return _read_modified(text, modified, lexis)
    ready = prepared(line, text, lexis)
    parts = split_line(line, ready, lexis)
    if len(parts) == 1:
        return _read(ready, lexis)
    note = "several requests in one line: " + " | ".join(parts)
    first = parts[0] if _own_amount(parts[1]) else line
    return _read(prepared(first, text, lexis, (note,)), lexis)


_remembered = lru_cache(maxsize=4096)(read_line)
"""The same lines stand in thousands of letters: `MRI of the lumbar spine`."""


def _own_amount(part: str) -> bool:
    """Whether a part has figures of its own, which must not be read for its neighbour."""
    return any(letter.isdecimal() for letter in part)


def _read(line: Line, lexis: Lexis) -> Request:
    """Read a line that asks for one thing, by what it names first."""
    drugs, services = line.drugs, line.services
    strong = next((hit for hit in services if not hit.value.weak), None)
    consult = _consultation(line, strong, lexis)
    if consult is not None and (not drugs or drugs[0].start > services[0].start):
        return consult
    if strong is not None and not _drug_first(drugs, strong):
        return read_care(line, strong, lexis)
    compound = read_compound(line, lexis)
    if compound is not None:
        return compound
    if drugs:
        return read_drug(line, drugs, lexis)
    if services:
        return read_care(line, services[0], lexis)
    return _unknown(line, lexis)


def _drug_first(drugs: list[Hit[DrugName]], service: Hit[Service]) -> bool:
    return bool(drugs) and drugs[0].start < service.start


def _consultation(line: Line, strong: Hit[Service] | None, lexis: Lexis) -> Request | None:
    """A visit asked of a specialty: `orthopedic consultation`, `referral to pain management`."""
    visit = next(
        (h for h in line.services if h.value.weak and h.value.kind is RequestKind.CONSULT), None
    )
    if visit is None:
        return None
    specialty = lexis.specialties.first(line.words)
    if specialty is None:
        return read_consultation(line, visit.value, None, lexis) if strong is None else None
    named_first = min(visit.start, specialty.start)
    if strong is not None and strong.start < named_first:
        return None
    return read_consultation(line, visit.value, specialty.value, lexis)


def _unknown(line: Line, lexis: Lexis) -> Request:
    """Nothing of the line is known by name; its figures may still be."""
    strengths = strengths_in(line.text)
    form = lexis.forms.first(line.words)
    note = "nothing of the line is known by name"
    request = Request(
        text=line.written,
        retrospective=line.retrospective,
        date_of_service=line.date_of_service,
        associated_surgical=line.context is not None,
        ambiguities=(*line.notes, note),
    )
    if not strengths or (form is None and "#" not in line.text):
        return request
    nearly = misspelled_drug(line.words, lexis)
    if nearly is not None:
        request = read_drug(line, [nearly], lexis)
        note = f"'{line.text[nearly.start : nearly.end]}' is read as {request.generic}"
        return replace(request, brand=None, ambiguities=(note, *request.ambiguities))
    strength = strengths[0]
    rest = blanked(line.text, [(strength.start, strength.end)])
    supply = read_supply(rest, bulk_allowed=True)
    return replace(
        request,
        kind=RequestKind.DRUG,
        strength=strength.text,
        form=form.value if form else None,
        quantity=supply.quantity,
        refills=supply.refills,
        ambiguities=(*request.ambiguities, *supply.ambiguities),
    )


def _read_modified(text: str, modified: Modified, lexis: Lexis) -> Request:
    """The original request with what UR authorized of it and what remains."""
    original, authorized, remaining = (
        _read(prepared(part, text, lexis), lexis) if part else None
        for part in (modified.original, modified.authorized, modified.remaining)
    )
    request = original or _without_amounts(text, remaining or authorized)
    return replace(
        request,
        modified=True,
        authorized_part=modified.authorized,
        authorized_n=_measure(authorized, request),
        remaining_part=modified.remaining,
        remaining_n=_measure(remaining, request),
    )


def _without_amounts(text: str, request: Request | None) -> Request:
    """What a part tells of the original: what it is for, not how much of it."""
    note = "the original request is not stated"
    if request is None:
        return Request(text=text, ambiguities=(note,))
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
