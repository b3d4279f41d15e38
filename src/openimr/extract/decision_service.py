"""How and when the UR decision was served, from its own words or a proof of service."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from openimr.extract.header_dates import days_in, whole_day
from openimr.extract.header_text import Place, lines_of
from openimr.model.evidence import Provenance
from openimr.model.party import ServiceMethod

_OPENING = re.compile(
    r"^\W*(?:(?:proof|certificate|declaration|affidavit|date|method|manner)\s+of\s+(?:service|mailing)|date\s+(?:mailed|served|sent|faxed)"
    r"|service\s*(?:date|method)?\s*[:.]|served\b|mailed\b|sent\b|faxed\b|via\b|delivered\b|(?:sent\s+)?by\s+(?:fax|mail|u\.?s\.?|first|certified|hand|e-?mail|overnight|personal))"
    r"|\bi\s+(?:\w+\s+){0,6}?(?:served|mailed|deposited|placed|faxed|delivered)\b"
    r"|\bsent\s+(?:by|via)\b|\b(?:was|were)\s+(?:served|mailed)\s+(?:on|by|to)\b|\bmailed\s+on\b|\bserved\s+on\b",
    re.IGNORECASE | re.MULTILINE,
)
_NOT_SERVICE = re.compile(
    r"\bdates?\s+of\s+service\s*\(|\bDOS\b|\bwithin\b|\bif\s+(?:this|the|it)\b|\bmust\b|\bmay\b|\bRFA\b|\brecords?\b|\bvoicemail\b|\bsent\s+to\s+(?:me|us|the\s+reviewer)\b",
    re.IGNORECASE,
)
_METHODS = (
    (
        ServiceMethod.ELECTRONIC,
        r"\be-?mail(?:ed)?\b|\belectronic(?:ally)?\b|\bportal\b|\bsecure\s+transfer\b",
    ),
    (ServiceMethod.OVERNIGHT, r"\bovernight\b|\bfed\s?ex\b|\bexpress\s+(?:mail|delivery)\b"),
    (ServiceMethod.FAX, r"\bfax(?:ed)?\b|\bfacsimile\b"),
    (
        ServiceMethod.PERSONAL,
        r"\bpersonal(?:ly)?\s+(?:served|service|delivered|delivery)\b|\bhand[-\s]deliver\w*|\bin\s+person\b|\bby\s+hand\b",
    ),
    (
        ServiceMethod.MAIL_CALIFORNIA,
        r"\b(?:u\.?s\.?|united\s+states|first[-\s]class|certified|regular|postal)?\s*mail(?:ed|ing)?\b|\bpostage\b|\busps\b",
    ),
)
_MAIL = ServiceMethod.MAIL_CALIFORNIA
_STATE = re.compile(r",?\s+(?P<state>[A-Z]{2})\.?,?\s+\d{5}(?:-\d{4})?\b")
_OTHER_STATE = re.compile(
    r"\b(?:at|in|from)\s+[A-Z][\w.\s]+,\s*(?P<state>[A-Z]{2}|Nevada|Arizona|Oregon|Texas|Florida|Washington|Utah|Colorado|Idaho)\b"
)
_WINDOW = timedelta(days=60)
"""A decision is served within days; what lies further off is another date."""
_LENGTH = 420


@dataclass(frozen=True, slots=True)
class Service:
    """What is said of the service on the employee."""

    day: date | None
    method: ServiceMethod | None
    """None where it is not said, or several ways are named and not to whom."""
    source: Provenance


@dataclass(frozen=True, slots=True)
class _Passage:
    place: Place
    start: int
    text: str


def read_service(
    places: Sequence[Place], issued: date | None, worker: str | None, home: str | None
) -> Service | None:
    """The service of the decision on the employee; None where no page speaks of it.

    Args:
        places: the pages of the decision and of proofs of service.
        issued: the day of the decision; a day far from it is not of its service.
        worker: the employee's name: what was sent to the employee counts.
        home: the state of the employee's address (`CA`); mail is told apart by it.
    """
    found = [
        service
        for place in places
        for passage in _passages(place)
        if (service := _of_passage(passage, issued, worker, home)) is not None
    ]
    whole = [service for service in found if service.day and service.method]
    return next(iter([*whole, *(one for one in found if one.day), *found]), None)


def _passages(place: Place) -> Iterator[_Passage]:
    """A statement of service with the lines that go on with it."""
    lines = lines_of(place)
    for index, line in enumerate(lines):
        found = _OPENING.search(line.text)
        if found is None or _NOT_SERVICE.search(line.text):
            continue
        last = line
        for following in lines[index + 1 : index + 6]:
            blank = "\n\n" in place.page.text[last.end : following.start].replace(" ", "")
            if blank or following.end - line.start > _LENGTH:
                break
            last = following
        yield _Passage(place, line.start, place.page.text[line.start : last.end])


def _of_passage(
    passage: _Passage, issued: date | None, worker: str | None, home: str | None
) -> Service | None:
    text = passage.text
    first_line = text.partition("\n")[0]
    part = _to_worker(text, worker) or first_line
    methods = _methods(part) or (_methods(text) if part is first_line else [])
    span = next(
        (one for one in (*days_in(part), *days_in(text)) if _fits(whole_day(one), issued)), None
    )
    if span is None and not methods:
        return None
    end = passage.start + (len(first_line) if part is first_line else len(text))
    return Service(
        day=whole_day(span) if span else None,
        method=_way(methods, text, home),
        source=passage.place.provenance(passage.start, end),
    )


def _fits(day: date, issued: date | None) -> bool:
    return issued is None or issued <= day <= issued + _WINDOW


def _to_worker(text: str, worker: str | None) -> str | None:
    """The part of the statement that names the employee among those who were sent it."""
    if not worker:
        return None
    family = re.escape(worker.split()[-1].casefold())
    return next((part for part in text.split(";") if re.search(family, part.casefold())), None)


def _methods(text: str) -> list[ServiceMethod]:
    ticked = re.findall(r"\[\s*[xX]\s*\]\s*([^\[\n]{3,40})", text)
    rest = " ".join(ticked) if ticked else text
    found = []
    for method, words in _METHODS:
        if re.search(words, rest, re.IGNORECASE):
            found.append(method)
            rest = re.sub(words, " ", rest, flags=re.IGNORECASE)
    return found


def _way(methods: Sequence[ServiceMethod], text: str, home: str | None) -> ServiceMethod | None:
    """The one way that is named; mail by where it went from and to, as far as that is known."""
    if len(methods) != 1:
        return None
    if methods[0] is not _MAIL:
        return methods[0]
    outside = _OTHER_STATE.search(text)
    if outside is not None and outside["state"] != "CA":
        return ServiceMethod.MAIL_UNITED_STATES
    if home is None:
        return None
    return _MAIL if home == "CA" else ServiceMethod.MAIL_UNITED_STATES


def home_state(places: Sequence[Place]) -> str | None:
    """The state of the first address on the application, which is the employee's."""
    for place in places:
        found = _STATE.search(place.page.text)
        if found is not None:
            return found["state"]
    return None
