"""The date a document gives itself: of the visit, the report or the decision."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from openimr.intake.dates_in_text import FoundDate, find_dates
from openimr.intake.headings import is_fax_line, plain
from openimr.model.document import DocumentKind
from openimr.model.document_signs import DocumentSigns
from openimr.model.text import Page

_GAP = re.compile(r"\s{3,}")
_ENTRY = re.compile(r"\s*(?:visit|session|tx|#)?\s*\d{0,3}[.):]?\s*", re.IGNORECASE)
"""What may stand before the date of an entry: nothing, or its number."""
_RANGE = re.compile(r"\d{1,2}/\d{1,2}\s*(?:-|to|&|and)\s*$")
"""`5/5 - 5/6/2015`: the first day of a stay."""
_FORMAT = re.compile(r"\(?\bmm ?/ ?dd ?/ ?yy(?:yy)?\b\)?")
_LETTER_DATE = 8.0
"""A date that has a line near the top to itself."""
_HEADER_DATE = 5.0
"""A date without a label beside other things in the first lines."""
_OLDEST_RECORD = 1990
_UNLIKELY = 0.2
"""Of a day before the records of these cases: a date of birth without its label."""
_TOP_ROWS = 12
_HEADER_ROWS = 5
_ROW_LOSS = 0.02
_PAGE_LOSS = 0.4
_TITLE_ROWS = 2
_TITLED = re.compile(
    r"(?:^|\s{3,})(?:PR-?2|RFA|report|progress\s+(?:note|report))\s+$", re.IGNORECASE
)
_LABEL_LENGTH = 60
_DIGITS = re.compile(r"\d.*\d")
"""No line without two figures holds a date; most lines of a record do not."""
_CLEAR = 6.0


@dataclass(frozen=True, slots=True)
class _Candidate:
    day: date
    weight: float
    entry: bool
    """Whether it heads a line, as an entry of a log does."""


def clear_date(kind: DocumentKind, page: Page, signs: DocumentSigns) -> date | None:
    """The date a page gives itself in so many words; None where one would have to guess."""
    clear = [found for found in _of_page(page, 0, kind, signs) if found.weight >= _CLEAR]
    return max(clear, key=lambda found: found.weight).day if clear else None


def find_date(kind: DocumentKind, pages: Sequence[Page], signs: DocumentSigns) -> date | None:
    """The document's own date; None where no page gives one."""
    candidates = [
        candidate for at, page in enumerate(pages) for candidate in _of_page(page, at, kind, signs)
    ]
    if kind in _RUNNING_RECORDS and (last := _last_entry(candidates)):
        return last
    best = max(candidates, key=lambda candidate: candidate.weight, default=None)
    return best.day if best else None


def _last_entry(candidates: Sequence[_Candidate]) -> date | None:
    """The last day that is labelled as a day of the record, or heads a line of its log."""
    labelled = [found.day for found in candidates if found.weight >= _CLEAR - _PAGE_LOSS * 4]
    entries = [found.day for found in candidates if found.entry]
    return max((*labelled, *entries), default=None)


_RUNNING_RECORDS = frozenset(
    {
        DocumentKind.PHYSICAL_THERAPY,
        DocumentKind.ACUPUNCTURE,
        DocumentKind.CHIROPRACTIC,
        DocumentKind.PHARMACY_LEDGER,
        DocumentKind.NURSE_NOTE,
    }
)
"""Kept over many visits: they speak for the time up to their last entry."""


def _of_page(page: Page, at: int, kind: DocumentKind, signs: DocumentSigns) -> Iterator[_Candidate]:
    row = 0
    for line in page.text.split("\n"):
        if not line.strip():
            continue
        dates = list(_with_context(line)) if _DIGITS.search(line) else []
        if dates and not is_fax_line(line):
            for found, before, after in dates:
                weight = _weight(before, after, row, kind, signs)
                weight = min(weight, _UNLIKELY) if found.day.year < _OLDEST_RECORD else weight
                if weight > 0:
                    weight -= _PAGE_LOSS * min(at, 3) + _ROW_LOSS * min(row, 50)
                    yield _Candidate(found.day, weight, bool(_ENTRY.fullmatch(before)))
        row += 1


def _with_context(line: str) -> Iterator[tuple[FoundDate, str, str]]:
    """Dates of a line, each with the text between the date before it and itself, and after it."""
    previous = 0
    for found in find_dates(line):
        yield found, line[previous : found.start], line[found.end :]
        previous = found.end


def _weight(before: str, after: str, row: int, kind: DocumentKind, signs: DocumentSigns) -> float:
    label = _label(before)
    for sign in signs.dates:
        if sign.kinds and kind not in sign.kinds:
            continue
        if label and sign.pattern.search(label):
            is_title = sign.weight < 0 and row < _TITLE_ROWS and _is_title(before, after)
            return _HEADER_DATE if is_title else sign.weight
    if not before.strip() and not after.strip():
        return _LETTER_DATE if row < _TOP_ROWS else 1.0
    if not label and row < _HEADER_ROWS:
        return _HEADER_DATE
    return 0.5 if row < _TOP_ROWS else 0.1


def _is_title(before: str, after: str) -> bool:
    """Whether a date ends the page's title: `DELTA CLINIC          PR-2    02/26/2016`."""
    return not after.strip() and _TITLED.search(before) is not None


def _label(before: str) -> str:
    """The words that introduce a date: the last part of what stands before it, without its colon.

    >>> _label("Claim 123     Date of Exam (MM/DD/YYYY):  ")
    'date of exam'
    """
    before = _RANGE.sub("", before)
    stripped = _FORMAT.sub("", before.lower().replace("\t", "    ")).rstrip()
    if len(before) - len(before.rstrip()) >= 8 and not stripped.endswith(":"):
        return ""
    parts = [part for part in _GAP.split(stripped) if part.strip()]
    label = plain(parts[-1]) if parts else ""
    return label[-_LABEL_LENGTH:].strip(" :;,.([#")
