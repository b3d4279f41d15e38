"""One file of several documents -> its documents: where on a page a new one begins.

Several weak signs are weighed: printed page numbers that start anew, a title, another letterhead,
a signature before. Running headers and page numbers that go on speak against it. What is unsure
stays together: a report cut in two loses its date and author; two in one lose no word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz.fuzz import ratio

from openimr.intake.classify import Title, title
from openimr.intake.dating import clear_date
from openimr.intake.headings import top_lines
from openimr.intake.page_numbers import PageNumber, fax_number, printed_number
from openimr.model.document import DocumentKind
from openimr.model.document_signs import DocumentSigns
from openimr.model.text import Page

_ENOUGH = 4.0
_CLEAR_TITLE = 5.5
_SAME = 85.0
_OTHER = 60.0
_DIGITS = re.compile(r"\d+")
_CONTINUED = re.compile(r"\bcont(?:'?d|inued|inuation|\.)", re.IGNORECASE)
_RUNNING = re.compile(r"\b(?:flow\s?sheets?|log)\b", re.IGNORECASE)
"""Kept over many visits: another day on its next page is no other document."""
_SALUTATION = re.compile(r"\s*(?:dear\b|to whom it may|re\s?:|subject\s?:)", re.IGNORECASE)
_STATE = re.compile(
    r"state of california|department of industrial relations|workers' compensation$"
)
_SIGNED = re.compile(
    r"sincerely|signature|signed|respectfully|regards|truly yours|penalty of perjury|\bcc:|/s/",
    re.IGNORECASE,
)
_CLOSING_LINES = 14


@dataclass(frozen=True, slots=True)
class _Look:
    """What is looked at of a page."""

    page: Page
    header: str
    """First lines, digits made alike: a letterhead, a running header, a title."""
    day: date | None
    """The date it gives itself in so many words."""
    title: Title | None
    number: PageNumber | None
    fax: PageNumber | None
    letter: bool
    """Whether somebody is addressed."""
    continued: bool
    signed: bool


def split(pages: tuple[Page, ...], signs: DocumentSigns) -> tuple[tuple[Page, ...], ...]:
    """The runs of pages that are one document each, in order; every page is in one of them."""
    looks = [_look(page, signs) if page.text.strip() else None for page in pages]
    parts: list[list[Page]] = []
    document: list[_Look] = []
    for at, (page, look) in enumerate(zip(pages, looks, strict=True)):
        after = next((found for found in looks[at + 1 :] if found), None)
        if not parts or (look and document and _begins(look, document, after) >= _ENOUGH):
            parts.append([])
            document = []
        parts[-1].append(page)
        if look:
            document.append(look)
    return tuple(tuple(part) for part in parts)


def _begins(look: _Look, document: Sequence[_Look], after: _Look | None) -> float:
    """How much speaks for a new document on this page, after those of the one so far."""
    first, previous = document[0], document[-1]
    numbers = [page.number for page in document]
    weight = _by_number(look.number, numbers, after.number if after else None)
    faxes = [page.fax for page in document]
    weight += 0.3 * _by_number(look.fax, faxes, after.fax if after else None)
    weight += _by_top(look, document)
    if look.day and first.day and look.day != first.day:
        weight += 1.5
    if look.letter:
        weight += 2.0
    if look.continued:
        weight -= 5.0
    if previous.signed:
        weight += 1.0
    if previous.page.state is not look.page.state:
        weight += 0.5
    return weight


def _by_number(
    number: PageNumber | None, before: Sequence[PageNumber | None], after: PageNumber | None
) -> float:
    """Page numbers that go on against ones that start anew."""
    last = before[-1]
    if number is None:
        return 1.0 if last and last.number == last.total else 0.0
    if last is None:
        return 2.5 if number.number == 1 else -1.0
    if number in before or number.total != last.total:
        return 8.5 if number.number == 1 else 2.5
    if number.number == last.number + 1:
        return -7.0
    if number.total is not None:
        return 2.5 if _goes_on(number, after) else -9.0  # pages of one document, out of order
    return 3.0 if number.number == 1 else 0.0


def _goes_on(number: PageNumber, after: PageNumber | None) -> bool:
    return after is not None and after == PageNumber(number.number + 1, number.total)


def _by_top(look: _Look, document: Sequence[_Look]) -> float:
    """Titles and letterheads; a header that runs through the document is no new title."""
    first, previous = document[0], document[-1]
    like_first, like_previous = _alike(look, first), _alike(look, previous)
    if len(document) > 1 and like_first >= _SAME and like_previous < _OTHER:
        return 5.0  # the first page of the same form again, after other pages
    if like_previous >= _SAME or like_first >= _SAME:
        another_visit = look.day and first.day and look.day != first.day
        return 3.0 if another_visit and (_titled(look) or previous.signed) else -4.0
    weight = 1.5 if like_previous < _OTHER else 0.0
    if look.title is not None:
        weight += 0.4 * look.title.weight
        if first.title is None or look.title.kind is not first.title.kind:
            weight += 1.0
    return weight


def _alike(one: _Look, other: _Look) -> float:
    """Likeness, 0 to 100, of the first lines: letterhead, running header, title."""
    return ratio(one.header, other.header)


def _titled(look: _Look) -> bool:
    return look.title is not None and look.title.weight >= _CLEAR_TITLE


def _look(page: Page, signs: DocumentSigns) -> _Look:
    top = top_lines(page.text)
    lines = [line for line in page.text.split("\n") if line.strip()]
    found = title(page, signs)
    clear = found is not None and found.weight >= _CLEAR_TITLE
    kind = found.kind if found and clear else DocumentKind.UNKNOWN
    return _Look(
        page=page,
        header=_header(top),
        day=None
        if any(_RUNNING.search(line) for line in top[:3])
        else clear_date(kind, page, signs),
        title=found,
        number=printed_number(page.text),
        fax=fax_number(page.text),
        letter=any(_SALUTATION.match(line) for line in top),
        continued=any(_CONTINUED.search(line) for line in top[:3]),
        signed=any(_SIGNED.search(line) for line in lines[-_CLOSING_LINES:]),
    )


def _header(top: Sequence[str]) -> str:
    """The first lines that are this form's own, digits made alike."""
    lines = [" ".join(_DIGITS.sub("#", line).lower().split()) for line in top[:4]]
    own = [line for line in lines if not _STATE.search(line)]
    return "\n".join(own[:2])
