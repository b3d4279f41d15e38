"""One request made ready to be read: its words, and what every kind of request may say."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from openimr.model.request import Service
from openimr.request.guarded import Guarded
from openimr.request.lexis import DrugName, Lexis
from openimr.request.service_date import read_service, without_service_words
from openimr.request.words import Hit, Words, cut

_POSTOPERATIVE = Guarded(
    "post associated",
    r"\bpost-?\s?(?:op(?:erative(?:ly)?)?|surg(?:ical(?:ly)?|ery)?)\b|\bassociated\s+surgical",
)
_PREOPERATIVE = Guarded("pre", r"\bpre-?\s?(?:op(?:erative(?:ly)?)?|surg(?:ical)?)\b")


class Line(NamedTuple):
    """What the readers of all kinds of request start from."""

    written: str
    """The whole line as it was given."""
    text: str
    """What is read: evened, abbreviations in full, without days and the mark of retrospect."""
    words: Words
    drugs: list[Hit[DrugName]]
    services: list[Hit[Service]]
    retrospective: bool
    date_of_service: date | None
    context: str | None
    """`postoperative`, `preoperative`, or None."""
    notes: tuple[str, ...]
    """Doubts that are known before the line is read."""


def prepared(even: str, written: str, lexis: Lexis, notes: tuple[str, ...] = ()) -> Line:
    """Make an evened line, or a part of it, ready to be read."""
    retrospective, day = read_service(even)
    words = lexis.spelled_out(cut(without_service_words(even)))
    return Line(
        written=written,
        text=words.line,
        words=words,
        drugs=lexis.drugs.find(words),
        services=lexis.services.find(words),
        retrospective=retrospective,
        date_of_service=day,
        context=_surgical_context(even),
        notes=notes,
    )


def _surgical_context(line: str) -> str | None:
    if _PREOPERATIVE.search(line):
        return "preoperative"
    return "postoperative" if _POSTOPERATIVE.search(line) else None
