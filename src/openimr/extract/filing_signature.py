"""The signature on the application: whether there is one, of what day, and whose.

A blank beside the label says that there is none only on a page that was typed: handwriting on a
scan, and ink on a form with a text layer, leave no words. Then nothing is read, which is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from openimr.extract.header_dates import days_in, whole_day
from openimr.extract.header_text import Line, Place, lines_of
from openimr.model.evidence import Provenance
from openimr.model.party import PartyRole
from openimr.model.text import PageState

_LABEL = re.compile(
    r"^\W*(?:\d{1,2}[.)]\s*|[A-Z][.)]\s*)?(?:injured\s+)?(?:(?:employee|emp[il1]oyee|worker|applicant|patient|claimant)(?:['\u2019]?s)?"
    r"(?:\s*(?:/|or)\s*(?:representative|attorney|designee))?\s+)?"
    r"(?P<label>s[il1]gna[tl][uv]re|s[il1]gned|sign\s+here)\b"
    r"(?:\s+(?:of|by)\s+(?:the\s+)?(?:injured\s+)?(?:employee|worker|applicant|patient)[^:_\n]{0,40}?)?"
    r"(?:\s+electronically)?(?:\s*\((?!s\))[^()\n]{0,40}\))?\s*[:.\-]*",
    re.IGNORECASE,
)
_MARK = re.compile(r"^\s*(?:/\s?s\s?/|\(s\)|X(?=\s{1,4}[A-Z]))\s*", re.IGNORECASE)
_DATE_LABEL = re.compile(
    r"\b(?:date[d]?|on|this)\b\s*:?\s*(?=[_\d\W]|$|[A-Z][a-z]+\s+\d)", re.IGNORECASE
)
_DENIED = re.compile(
    r"\b(?:not\s+signed|un-?signed|no\s+signature|signature\s+(?:is\s+)?(?:missing|absent)|left\s+(?:blank|unsigned))\b|\[\s*blank\s*\]|\(\s*blank\s*\)",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"\bsign(?:ed)?\s+(?:and|the|this|it|copy|application|below|form)\b|\bmust\b|\bplease\b|\bsignature\s+(?:is|and|must|on\s+file)\b",
    re.IGNORECASE,
)
_BY = re.compile(r"\b(?:by|per)\s+(?P<name>[A-Z][\w.' -]+)", re.IGNORECASE)
_ATTORNEY = re.compile(r"\battorney\b|\besq\b|\battys?\b|\bcounsel\b|\blaw\b", re.IGNORECASE)
_DESIGNEE = re.compile(
    r"\b(?:parent|guardian|conservator|designee|relative|spouse|wife|husband|power\s+of\s+attorney|on\s+behalf\s+of)\b",
    re.IGNORECASE,
)
_TEXT_FILES = (".txt", ".text", ".md")
_SAME_NAME = 84
"""Likeness (0-100) from which a name as read is the one of the header."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What the application shows of a signature."""

    signed: bool | None
    """None: a blank that may hold ink."""
    day: date | None
    who: PartyRole | None
    source: Provenance
    day_source: Provenance | None = None


@dataclass(frozen=True, slots=True)
class _Names:
    worker: str | None
    physician: str | None


def read_signature(
    places: Sequence[Place], worker: str | None, physician: str | None
) -> Signature | None:
    """The signature of the application; None where no page has a place for one.

    Args:
        places: the pages of the application.
        worker: the injured employee's name, as the header gives it.
        physician: the requesting physician's.
    """
    names = _Names(worker, physician)
    blank: Signature | None = None
    for place in places:
        for found in _of_page(place, names):
            if found.signed:
                return found
            blank = blank or found
    return blank


def _of_page(place: Place, names: _Names) -> Iterator[Signature]:
    lines = lines_of(place)
    for index, line in enumerate(lines):
        label = _LABEL.match(line.text)
        mark = _MARK.match(line.text)
        if label is not None and not _INSTRUCTION.search(line.text):
            beside = line.text[label.end() :]
            around = [*reversed(lines[max(0, index - 2) : index]), *lines[index + 1 : index + 2]]
            yield _beside(line, beside, around, names)
        elif mark is not None and re.search(r"[A-Za-z]{2}", line.text[mark.end() :]):
            yield _signed(line, line.text[mark.end() :], names)
        elif index >= len(lines) // 2 and _is_name_and_day(line, names.worker):
            yield _signed(line, line.text, names)
        elif _DENIED.search(line.text) and len(line.text.split()) <= 12:
            yield Signature(signed=False, day=None, who=None, source=_whole(line))


def _beside(line: Line, beside: str, around: Sequence[Line], names: _Names) -> Signature:
    """What stands beside, above or below the label."""
    if _DENIED.search(beside):
        return Signature(signed=False, day=_day(line), who=None, source=_whole(line))
    if _written(beside):
        return _signed(line, beside, names, label=line.text)
    for other in around:
        of_worker = names.worker and _is_like(names.worker, other.text)
        if of_worker and len(other.text.split()) <= 8 and ":" not in other.text:
            return _signed(other, other.text, names)
    typed = (
        line.place.page.state is PageState.TEXT
        and line.place.document.file.casefold().endswith(_TEXT_FILES)
    )
    return Signature(signed=False if typed else None, day=_day(line), who=None, source=_whole(line))


def _written(beside: str) -> bool:
    """Whether a name or a mark stands there, besides rules, dots and the label of the date."""
    cut = _DATE_LABEL.split(beside, maxsplit=1)[0]
    cut = _MARK.sub("s ", cut) if _MARK.match(cut) else cut
    for span in reversed(days_in(cut)):
        cut = cut[: span.start] + cut[span.end :]
    return len(re.findall(r"[A-Za-z]", re.sub(r"[_.\u2026\[\]-]+", " ", cut))) >= 2


def _signed(line: Line, words: str, names: _Names, *, label: str = "") -> Signature:
    spans = days_in(line.text)
    day_source = None
    if spans:
        start, end = line.start + spans[-1].start, line.start + spans[-1].end
        day_source = line.place.provenance(start, end)
    return Signature(
        signed=True,
        day=_day(line),
        who=_who(words, names, label),
        source=_whole(line),
        day_source=day_source,
    )


def _who(words: str, names: _Names, label: str) -> PartyRole | None:
    """Whose hand it is; None where the name is neither's."""
    by = _BY.search(words)
    hand = words[by.start() :] if by else words
    if by is not None and _ATTORNEY.search(hand):
        return PartyRole.ATTORNEY
    if _DESIGNEE.search(words):
        return PartyRole.DESIGNEE
    if names.worker and _is_like(names.worker, words):
        return PartyRole.INJURED_EMPLOYEE
    if _ATTORNEY.search(words):
        return PartyRole.ATTORNEY
    if names.physician and _is_like(names.physician.partition(",")[0], hand):
        return PartyRole.REQUESTING_PHYSICIAN
    under_label = re.match(r"\W*(?:injured\s+)?emp\w*yee", label, re.IGNORECASE)
    return PartyRole.INJURED_EMPLOYEE if under_label and names.worker is None else None


def _is_like(name: str, words: str) -> bool:
    """Whether the words hold the family name, or the first part of a double one."""
    family = name.rsplit(maxsplit=1)[-1] if "," not in name else name.partition(",")[0]
    plain = re.sub(r"[^\w\s-]", " ", words.casefold())
    parts = [part for part in re.split(r"[-\s]", family.casefold()) if len(part) > 2]
    tokens = [token for token in re.split(r"[-\s]", plain) if len(token) > 2]
    return any(fuzz.ratio(part, token) >= _SAME_NAME for part in parts for token in tokens)


def _is_name_and_day(line: Line, worker: str | None) -> bool:
    """`Y. Brandvold      9/15/2015`: the employee's name and a day, and nothing else."""
    spans = days_in(line.text)
    if worker is None or len(spans) != 1 or spans[0].end < len(line.text) - 2:
        return False
    words = line.text[: spans[0].start].strip(" ,;:.-_")
    return 1 <= len(words.split()) <= 5 and ":" not in words and _is_like(worker, words)


def _day(line: Line) -> date | None:
    spans = days_in(line.text)
    return whole_day(spans[-1]) if spans else None


def _whole(line: Line) -> Provenance:
    return line.place.provenance(line.start, line.end)
