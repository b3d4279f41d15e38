"""What the request for authorization says of an item beyond the application: sig, number, time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from openimr.extract.header_text import Line, Place, lines_of
from openimr.extract.items_rows import Parse
from openimr.model.evidence import Provenance
from openimr.model.request import Request

_FILLED = (
    "strength",
    "strengths",
    "form",
    "quantity",
    "refills",
    "days_supply",
    "sig",
    "units_per_dose",
    "doses_per_day",
    "visits",
    "visits_min",
    "per_week",
    "per_week_min",
    "weeks",
    "weeks_min",
    "duration",
    "duration_unit",
    "body_parts",
    "laterality",
    "levels",
    "contrast",
)
_COMPARED = (
    "strength",
    "quantity",
    "refills",
    "visits",
    "per_week",
    "weeks",
    "laterality",
    "levels",
)
_ICD = re.compile(r"^(?:\(?\d{3}(?:\.\d{1,2})?\)?|[A-Z]\d{2}(?:\.\w{1,4})?|V\d{2}\.\d{1,2})$")


@dataclass(frozen=True, slots=True)
class RfaLine:
    """A row of the request form, from the cell that names the treatment on."""

    request: Request
    source: Provenance


def rfa_lines(places: Sequence[Place], parse: Parse) -> list[RfaLine]:
    """Rows of the form that ask for something."""
    return [found for place in places for found in _of_page(place, parse)]


def _of_page(place: Place, parse: Parse) -> Iterator[RfaLine]:
    for line in lines_of(place):
        for start, end in _from_each_cell(line):
            words = _row_words(line, start)
            request = parse(words)
            if not (request.generic or request.procedure):
                continue
            first = parse(place.page.text[start:end])
            if (first.generic, first.procedure) == (request.generic, request.procedure):
                yield RfaLine(request, place.provenance(start, line.end))
                break


def _from_each_cell(line: Line) -> Iterator[tuple[int, int]]:
    text = line.place.page.text
    for start, end in line.cells():
        if not _ICD.match(text[start:end]):
            yield start, end


def _row_words(line: Line, start: int) -> str:
    """The cells from one on, joined; diagnosis codes are left out."""
    text = line.place.page.text
    cells = [text[a:b] for a, b in line.cells() if a >= start and not _ICD.match(text[a:b])]
    return " ".join(" ".join(cells).split())


def row_for(request: Request, rows: Sequence[RfaLine]) -> RfaLine | None:
    """The row about a request: one of the same treatment, else the only one of its name."""
    for row in rows:
        if same_treatment(request, row.request):
            return row
    name = request.generic or request.procedure
    named = [row for row in rows if name and name == (row.request.generic or row.request.procedure)]
    return named[0] if len(named) == 1 else None


def same_treatment(one: Request, other: Request) -> bool:
    """Whether two lines ask for one treatment: drug and strength, or procedure and body part."""
    if one.generic or other.generic:
        strengths = {one.strength, other.strength} - {None}
        return one.generic == other.generic and len(strengths) <= 1
    parts = {one.body_parts, other.body_parts} - {()}
    return one.procedure is not None and one.procedure == other.procedure and len(parts) <= 1


def completed(request: Request, rfa: Request) -> Request:
    """The request with what the RFA's line adds; where the two differ, the application's stays.

    A difference is an ambiguity, since one of the two papers is wrong.
    """
    added = {
        name: getattr(rfa, name)
        for name in _FILLED
        if getattr(request, name) in (None, ()) and getattr(rfa, name) not in (None, ())
    }
    notes = [
        f"{name}: the application says {_said(getattr(request, name))}, "
        f"the RFA {_said(getattr(rfa, name))}"
        for name in _COMPARED
        if getattr(request, name) not in (None, ())
        and getattr(rfa, name) not in (None, ())
        and getattr(request, name) != getattr(rfa, name)
    ]
    kept = [note for note in request.ambiguities if not _is_answered(note, added)]
    return replace(request, **added, ambiguities=(*kept, *notes))


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _is_answered(note: str, added: dict[str, object]) -> bool:
    subject = note.removesuffix(" absent")
    return note != subject and {"directions": "sig"}.get(subject, subject) in added
