"""When a fact was so: the date in its sentence, its entry's date, or the day of the visit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openimr.extract.dates import DateSpan, days_before, find_dates, visit_date
from openimr.extract.passages import PageText, Passage, Reading
from openimr.model.case import CaseHeader
from openimr.model.dates import PartialDate
from openimr.model.document import Document, DocumentKind

_SINCE = re.compile(
    r"\bsince\s+(?:at\s+least\s+|about\s+|approximately\s+)?$|\bstarting\s+$|\bbeginning\s+$"
    r"|\bever\s+since\s+(?:[\w'-]+\s+){1,5}?(?:(?:in|on|of|back)\s+){0,2}$"
    r"|\bsince\s+(?:the|his|her|that|this|an?)\s+(?:[\w-]+\s+){0,2}?(?:injury|accident|fall|surgery|fusion"
    r"|operation|incident|procedure|collision)\s+(?:(?:in|on|of|from|back)\s+){0,2}$"
    r"|\bsince\s+(?:he|she|they)\s+(?:(?:was|were)\s+)?(?:hurt|injured|fell|slipped|tripped)"
    r"\s+(?:(?:in|on|back)\s+){0,2}$",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r",\s*(?:which\s+was\s+)?(?:begun|started|initiated|introduced|added|commenced)\s+(?:(?:in|on)\s+)?$",
    re.IGNORECASE,
)
"""`Lyrica, begun in May 2014, does nothing`: what is said of it is so today."""
_ONSET = re.compile(
    r"\b(?:began|started|developed|appeared|arose|(?:first|originally)\s+(?:noted|noticed|diagnosed)"
    r"|diagnosed(?:\s+(?:with|as)(?:\s+\w+){1,4})?|onset|dat(?:es|ing)\s+(?:back\s+)?(?:to|from)|going\s+back\s+to)"
    r"\s+(?:back\s+)?(?:in\s+|on\s+|about\s+|around\s+)*$",
    re.IGNORECASE,
)
"""`The numbness began in 2012`: of what goes on; of an event it is its day."""
_DAY_TOLD = re.compile(
    r"\b(?:last|(?:at|on|during)\s+(?:the|his|her|our)\s+(?:previous|prior|initial|first))"
    r"\s+(?:visit|appointment|exam\w*|evaluation|year|month|week|spring|summer|fall|winter)\b",
    re.IGNORECASE,
)
"""`Signed at the last visit`: an event of a day that is told and not dated."""
_PLANNED = re.compile(
    r"\b(?:until|next|return|rtc|f/u|follow[- ]?up|scheduled|through|thru|due|by|"
    r"last\s+seen|last\s+visit|appt|appointment|expires?|sched)\b[^.;]{0,16}$",
    re.IGNORECASE,
)
_LINE_DATE = re.compile(
    r"^[ \t]*(?:[-*\u2022]\s*|\d{1,2}[.)]\s+)?(?:addendum:?\s+|DOS:?\s*)?"
    r"(?=\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b|"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{1,2},?\s+\d{4}\s*[:.,-])",
    re.IGNORECASE | re.MULTILINE,
)
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:injur\w+|accident|surgery|fusion|laminectomy|arthroscop\w+|operat\w+|s/p|status\s+post|hired|born|"
    r"MRI|x-?rays?|CT|EMG|DOI|onset|fell)\b[^.;]*$",
    re.IGNORECASE,
)
"""Before a date that dates the injury, an operation or a study and not a state."""
_NOW = re.compile(
    r"\b(?:current(?:ly)?|now|today|present(?:ly)?|at\s+this\s+time|continues?|remains?|still|ongoing)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\s*[:,]?\s*[\"\u201c]")
"""`Dr. Roe, 9/2013: "no gain on the current regimen"`: current on that day."""
_LOGS = frozenset({DocumentKind.NURSE_NOTE, DocumentKind.PHYSICAL_THERAPY, DocumentKind.UNKNOWN})
OLD = 120
"""Days before the visit from which a state is history."""
_VISIT_SLACK = 400
_NEAR = 40


@dataclass(frozen=True, slots=True)
class Dated:
    """The date of a fact, since when it has been so, and whether its sentence gave the date."""

    date: PartialDate | None
    since: PartialDate | None = None
    stated: bool = False
    ended: bool = False
    """Whether the sentence says that it lasted until a day before the visit."""


@dataclass(frozen=True, slots=True)
class _DatesSaid:
    """What the dates in a sentence say of a reading."""

    nearest: DateSpan | None
    """The date nearest to the reading that can be its own; the earlier in the text of two."""
    since: PartialDate | None
    ended: bool


class Calendar:
    """The dates of a document: its own, its visit's, and those of its dated entries."""

    def __init__(self, document: Document, header: CaseHeader | None) -> None:
        self.document = document
        self.written = PartialDate.of(document.date) if document.date else None
        self._not_facts = {
            PartialDate.of(day)
            for day in ((header.date_of_birth, header.date_of_injury) if header is not None else ())
            if day is not None
        }
        self._visit = next(
            (found for page in document.pages if (found := visit_date(page.text))), None
        )
        self._page_visits: dict[int, PartialDate | None] = {}
        self._entries: dict[int, list[DateSpan]] = {}

    def visit_of(self, source: PageText) -> PartialDate | None:
        """The day the page speaks of, unless a sentence says otherwise."""
        lab = self.document.kind is DocumentKind.LAB
        number = source.page.number
        if number not in self._page_visits:
            self._page_visits[number] = visit_date(source.page.text)
        visit = self._page_visits[number] or self._visit
        if visit is None or self.written is None:
            return visit or self.written
        near = abs((visit.last_day() - self.written.last_day()).days) <= _VISIT_SLACK
        return visit if near or lab else self.written

    def date_of(self, reading: Reading, passage: Passage, *, event: bool) -> Dated:
        """When a reading was so."""
        base = self._entry(passage) or self.visit_of(passage.source)
        if reading.day is not None:
            return Dated(reading.day, stated=True)
        if reading.now:
            return Dated(base)
        said = self._dates_said(reading, passage, event=event)
        best = said.nearest
        if best is None and event and _DAY_TOLD.search(passage.text):
            return Dated(base, said.since, stated=True)
        if best is None or (not event and self._is_header(best, passage)):
            return Dated(base, said.since, ended=said.ended)
        of_quotation = _QUOTED.match(passage.source.page.text, best.end) is not None
        current = not event and not of_quotation and _NOW.search(passage.text) is not None
        if current and self.is_old(Dated(best.value, stated=True)):
            return Dated(base, said.since)
        return Dated(best.value, said.since, stated=True, ended=said.ended)

    def _dates_said(self, reading: Reading, passage: Passage, *, event: bool) -> _DatesSaid:
        """The part each date of the passage plays for the reading."""
        since: PartialDate | None = None
        own: list[DateSpan] = []
        ended = False
        for found in passage.source.dates_in(passage.start, passage.end):
            if found.value in self._not_facts or self._is_future(found.value):
                continue
            before = passage.source.page.text[passage.start : found.start]
            after = passage.source.page.text[found.end : found.end + 1]
            begun = after == "," and _BEGUN.search(before)
            if _SINCE.search(before) or (not event and begun):
                since = found.value
            elif not event and _ONSET.search(before):
                if _distance(found, reading) < _NEAR:
                    since = found.value
            elif before.casefold().endswith("until ") and found.start >= reading.end:
                ended = found.start - reading.end < _NEAR and self._is_past(found.value)
            elif not _is_of_other_day(before, event=event):
                own.append(found)
        nearest = min(own, key=lambda found: _distance(found, reading), default=None)
        return _DatesSaid(nearest, since, ended)

    def is_old(self, dated: Dated) -> bool:
        """Whether a stated date lies so far before the visit that a state is history."""
        if dated.ended:
            return True
        if not dated.stated or dated.date is None or self.written is None:
            return False
        return days_before(dated.date, self.written.last_day()) > OLD

    def _is_past(self, value: PartialDate) -> bool:
        return self.written is not None and value.last_day() < self.written.first_day()

    def _is_future(self, value: PartialDate) -> bool:
        return self.written is not None and value.first_day() > self.written.last_day()

    def _is_header(self, found: DateSpan, passage: Passage) -> bool:
        """A date that labels the line and dates nothing: `DOB 1/19/72   DOI 3/11/10`."""
        before = passage.source.page.text[max(passage.start, found.start - 14) : found.start]
        return (
            re.search(
                r"\b(?:DOB|DOI|D/I|birth|injury|printed|run|rpt|faxed?)\W*$", before, re.IGNORECASE
            )
            is not None
        )

    def _entry(self, passage: Passage) -> PartialDate | None:
        """The date of the log entry or of the reviewed report the passage stands in."""
        in_review = passage.section == "records_review"
        if not in_review and self.document.kind not in _LOGS:
            return None
        entries = self._entries_of(passage.source)
        if len(entries) < 2 and not in_review:
            return None
        earlier = [found for found in entries if found.start <= passage.start]
        return earlier[-1].value if earlier else None

    def _entries_of(self, source: PageText) -> list[DateSpan]:
        known = self._entries.get(source.page.number)
        if known is None:
            text = source.page.text
            known = []
            for line in _LINE_DATE.finditer(text):
                found = find_dates(text[line.end() : line.end() + 24])
                if found and found[0].start == 0:
                    known.append(DateSpan(line.start(), line.end() + found[0].end, found[0].value))
            self._entries[source.page.number] = known
        return known


def _is_of_other_day(before: str, *, event: bool) -> bool:
    """Whether the words before a date make it the day of a plan, an injury or an operation."""
    if not event and _OF_SOMETHING_ELSE.search(before[-40:]):
        return True
    return _PLANNED.search(before) is not None


def _distance(found: DateSpan, reading: Reading) -> int:
    if found.end <= reading.start:
        return reading.start - found.end
    return max(0, found.start - reading.end)
