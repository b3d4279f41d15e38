"""One request made ready to be read: its words, and what every kind of request may say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openimr.request.guarded import Guarded
from openimr.request.lexis import Lexis
from openimr.request.service_date import read_service, without_service_words
from openimr.request.words import Words, cut

_POSTOPERATIVE = Guarded(
    "post associated",
    r"\bpost-?\s?(?:op(?:erative(?:ly)?)?|surg(?:ical(?:ly)?|ery)?)\b|\bassociated\s+surgical",
)
_PREOPERATIVE = Guarded("pre", r"\bpre-?\s?(?:op(?:erative(?:ly)?)?|surg(?:ical)?)\b")


@dataclass(frozen=True, slots=True)
class Line:
    """What the readers of all kinds of request start from."""

    written: str
    """The whole line as it was given."""
    text: str
    """What is read: evened, abbreviations in full, without days and the mark of retrospect."""
    words: Words
    retrospective: bool
    date_of_service: date | None
    context: str | None
    """`postoperative`, `preoperative`, or None."""
    notes: tuple[str, ...]
    """Doubts that are known before the line is read."""


def prepared(even: str, written: str, lexis: Lexis, notes: tuple[str, ...] = ()) -> Line:
    """Make an evened line, or a part of it, ready to be read."""
    retrospective, day = read_service(even)
    text = without_service_words(even)
    text = lexis.abbreviations.sub(
        lambda found: lexis.vocabulary.abbreviations[found["short"].casefold()], text
    )
    return Line(written, text, cut(text), retrospective, day, _surgical_context(even), notes)


def _surgical_context(line: str) -> str | None:
    if _PREOPERATIVE.search(line):
        return "preoperative"
    return "postoperative" if _POSTOPERATIVE.search(line) else None
