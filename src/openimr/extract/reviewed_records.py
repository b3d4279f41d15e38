"""What the utilization review decision says it reviewed: each record with kind, day and author."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from openimr.extract.dates import find_dates
from openimr.extract.found import Found
from openimr.extract.header_dates import days_in, whole_day
from openimr.extract.header_text import Place
from openimr.model.document import DocumentKind
from openimr.model.records import NamedRecord

_HEAD = re.compile(
    r"^[^\S\n]{0,9}(?:\d+[.)][^\S\n]{0,9})?(?:(?:medical[^\S\n]{1,9})?(?:records?|documents?|documentation|information|materials?|reports?)"
    r"(?:[^\S\n]{1,9}(?:that[^\S\n]{1,9}(?:was|were)[^\S\n]{1,9})?(?:reviewed|considered|submitted|received|provided|available|seen|sent|in[^\S\n]{1,9}hand|on[^\S\n]{1,9}hand|relied[^\S\n]{1,9}(?:up)?on)(?:[^\S\n]{1,9}(?:to|by|for)[^\S\n]{1,9}the[^\S\n]{1,9}reviewer)?)?"
    r"|reviewed|submitted|what[^\S\n]{1,9}was[^\S\n]{1,9}sent[^\S\n]{1,9}to[^\S\n]{1,9}the[^\S\n]{1,9}reviewer)[^\S\n]{0,9}(?:list)?[^\S\n]{0,9}(?P<mark>:|\.?[^\S\n]{0,9}$)",
    re.IGNORECASE | re.MULTILINE,
)
_INLINE = re.compile(
    r"(?<![^\S\n])[^\S\n]{3,200}(?:Records?|Reviewed)\s?:\s{0,9}(?P<list>\S[^\n]*)"
)
_STOP = re.compile(
    r"^\s*(?:(?-i:[A-Z][A-Z\s.,&/'-]{5,}:?\s*$)|(?:summary|history|clinical|analysis|rationale|determination|decision|reviewer|guidelines?|reasons?|discussion|background|treatment|item|page|pg)\b.*|\d+\s*$)",
    re.IGNORECASE,
)
_ABSENT = re.compile(
    r"\b(?:not\s+(?:been\s+)?(?:furnished|received|provided|enclosed|included|attached|with)|no\s+other|none|were\s+not|was\s+not)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r";|\n\s*[-*\u2022]\s+|\n\s*\(?\d{1,2}[.)]\s+|,(?!\s*\d{4}\b)(?!\s*(?:M\.?D|D\.?O|D\.?C|Ph)\b)|\band\b(?=\s+(?:\d|[A-Z]))"
)
_DAY_ONLY = re.compile(r"^\s*(?:of\s+|dated\s+)?\d{1,2}/\d{1,2}(?:/\d{2,4})?\W*(?:\([^)]*\))?\W*$")
_YEARLESS = re.compile(r"\b(?P<m>\d{1,2})/(?P<d>\d{1,2})\b(?!/)")
_AUTHOR = re.compile(
    r"\bDr\.?\s+(?P<dr>[A-Z][\w'-]+)|\b(?:by|from)\s+(?P<by>[A-Z][\w.'-]+(?:\s+[A-Z][\w.'-]+){0,2})|(?P<md>[A-Z][\w'-]+),?\s+(?:M\.?D|D\.?O|D\.?C|Ph\.?D)\b"
)
_SENT = re.compile(r"\b(?:faxed|received|sent)\s+(?:on\s+)?$", re.IGNORECASE)
"""Before a day: of its arrival, which is not the record's own."""
_KINDS = (
    (DocumentKind.MEDICAL_LEGAL, r"\b(?:P?QME|AME|agreed\s+medical|medical[- ]legal|IME)\b"),
    (DocumentKind.RFA, r"\bRFA\b|\brequests?\s+for\s+authorization\b"),
    (DocumentKind.CURES, r"\bCURES\b|\bPDMP\b"),
    (DocumentKind.ELECTRODIAGNOSTIC, r"\bEMG\b|\bNCV\b|\bNCS\b|\belectrodiagnos\w+"),
    (
        DocumentKind.IMAGING,
        r"\bMRI?\b|\bx-?rays?\b|\bradiograph\w*|\bCT\b|\bultrasound\b|\bimaging\b",
    ),
    (
        DocumentKind.LAB,
        r"\bUDS\b|\bUDT\b|\btoxicology\b|\burine\b|\blab(?:oratory)?\b|\bdrug\s+screen",
    ),
    (DocumentKind.OPERATIVE, r"\boperative\b|\boperation\b|\bprocedure\s+(?:note|report)\b"),
    (DocumentKind.ACUPUNCTURE, r"\bacupuncture\b"),
    (DocumentKind.CHIROPRACTIC, r"\bchiro\w*"),
    (
        DocumentKind.PHYSICAL_THERAPY,
        r"\bP\.?T\b|\bphysical\s+therapy\b|\boccupational\s+therapy\b|\btherapy\s+notes?\b",
    ),
    (DocumentKind.PSYCHOLOGY, r"\bpsych\w*"),
    (DocumentKind.PHARMACY_LEDGER, r"\bpharmacy\b|\bpayment\s+history\b|\bMAR\b"),
    (DocumentKind.NURSE_NOTE, r"\bnurs\w+"),
    (
        DocumentKind.PROGRESS_REPORT,
        r"\bPR-?\s?[2l]s?\b|\bprogress\b|\boffice\s+visits?\b|\bchart\s+notes?\b|\breports?\b|\bvisit\b|\bnarrative\b|\bevaluation\b|\bconsult\w*|\bletters?\b|\bnotes?\b",
    ),
)


_MOST, _NEAR, _LONGEST = 200, 12, 6000
"""Entries of a list that are read, how far on the year of a day may stand, characters of a list."""


@dataclass(frozen=True, slots=True)
class _Entry:
    start: int
    text: str


def read_reviewed_records(places: Sequence[Place]) -> tuple[Found[NamedRecord], ...]:
    """The records that the decision names as reviewed; empty where it has no such list."""
    for place in places:
        found = tuple(_of_page(place))
        if found:
            return found
    return ()


def _of_page(place: Place) -> Iterator[Found[NamedRecord]]:
    block = _block(place.page.text)
    if block is None:
        return
    earlier: NamedRecord | None = None
    start, text = block
    entries = list(islice(_entries(start, text[:_LONGEST]), _MOST))
    for position, entry in enumerate(entries):
        if _ABSENT.search(entry.text):
            continue
        named = named_record(_with_year(entry.text, entries[position + 1 : position + _NEAR]))
        if earlier is not None and _DAY_ONLY.match(entry.text):
            near = entries[position : position + _NEAR]
            words = f"{_without_day(earlier.text)} {_with_year(entry.text, near)}"
            named = replace(named_record(words), author=earlier.author)
        if named.kind is None:
            continue
        yield Found(named, place.provenance(entry.start, entry.start + len(entry.text)))
        earlier = named


def _block(text: str) -> tuple[int, str] | None:
    """The list under its heading, up to a blank line or the next heading."""
    head = _HEAD.search(text)
    inline = _INLINE.search(text)
    if head is None:
        return (inline.start("list"), inline["list"]) if inline else None
    end = head.end()
    for position, line in _lines(text, head.end()):
        if position > head.end() and (not line.strip() or _STOP.match(line)):
            if text[head.end() : position].strip():
                break
            continue
        end = position + len(line)
    return head.end(), text[head.end() : end]


def _lines(text: str, start: int) -> Iterator[tuple[int, str]]:
    for line in text[start:].split("\n"):
        yield start, line
        start += len(line) + 1


def _entries(start: int, block: str) -> Iterator[_Entry]:
    position = 0
    for cut in _PARTS.finditer(block):
        if block.count("(", position, cut.start()) > block.count(")", position, cut.start()):
            continue
        yield from _entry(start + position, block[position : cut.start()])
        position = cut.end()
    yield from _entry(start + position, block[position:])


def _entry(start: int, text: str) -> Iterator[_Entry]:
    words = text.strip(" \n\t.-*")
    if len(re.findall(r"\w", words)) >= 3:
        yield _Entry(start + text.index(words), words)


def named_record(text: str) -> NamedRecord:
    """A record as a decision names it: `PR-2 of 4/9/15`, `QME report of Dr. Ito, June 2013`.

    >>> named_record("PR-2 3/5/15").kind
    <DocumentKind.PROGRESS_REPORT: 'progress_report'>
    """
    spans = days_in(text)
    kind = next((kind for kind, words in _KINDS if re.search(words, text, re.IGNORECASE)), None)
    author = _AUTHOR.search(text)
    return NamedRecord(
        text=" ".join(text.split()),
        kind=kind,
        day=whole_day(spans[0]) if spans and not _SENT.search(text[: spans[0].start]) else None,
        month=None if spans else _month(text),
        author=next((name for name in author.groups() if name), None) if author else None,
    )


def _with_year(text: str, following: Sequence[_Entry]) -> str:
    """`1/7` with the year of the next day in the list that has one: `1/7, 4/15, 5/27/2014`."""
    bare = None if days_in(text) else _YEARLESS.search(text)
    if bare is None:
        return text
    days = (whole_day(span) for entry in following for span in days_in(entry.text))
    year = next((day.year for day in days), None)
    return f"{text[: bare.end()]}/{year}{text[bare.end() :]}" if year else text


def _month(text: str) -> date | None:
    """The month, where the text gives no day."""
    for span in find_dates(text):
        if span.value.month is not None and span.value.day is None:
            return span.value.first_day()
    return None


def _without_day(text: str) -> str:
    spans = days_in(text)
    return text[: spans[0].start].rstrip(" ,") if spans else text
