"""Statements of drugs to facts: value, date, place, and what follows for trials and duration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from openimr.extract.dates import find_dates
from openimr.extract.medications_context import Reading
from openimr.extract.medications_cues import Outcome, Status
from openimr.extract.medications_facts import DURATION, INITIAL_TRIAL, MEDICATION, TRIALS, FactMaker
from openimr.extract.medications_segments import LISTS, Section
from openimr.extract.medications_statements import Statement
from openimr.model.dates import PartialDate
from openimr.model.document import DocumentKind
from openimr.model.drug import Drug
from openimr.model.evidence import JSON, NEVER_BEFORE, NOT_TAKEN, Assertion, Fact
from openimr.model.numbers import NUMBER, number

_ENTRY_DATE = re.compile(
    r"^[ \t]*(?:addendum:?\s+)?(?=\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b)", re.IGNORECASE | re.MULTILINE
)
_ENTRY_HEAD = re.compile(
    r"[\d/-]+(?:\s{2,}|\s*[:;(\u2013-]|\s+\d{1,2}:\d\d|\s*$|,?\s+(?:PR-?2|Dr\b|phone|tel\b|call))",
    re.IGNORECASE | re.MULTILINE,
)
"""What sets the date of an entry apart from a date that a line of prose happens to begin with."""
_LOGS = frozenset(
    {DocumentKind.NURSE_NOTE, DocumentKind.UNKNOWN, DocumentKind.PROGRESS_REPORT,
     DocumentKind.MEDICAL_LEGAL}
)  # fmt: skip
_BEGUN_BEFORE = re.compile(r"(?:was|were|began)\b(?!.*today)", re.IGNORECASE)
"""`was started`: begun at an earlier visit, so no initial trial any more."""
_TODAY = re.compile(r"\b(?:today|this\s+visit|this\s+date|now)\b", re.IGNORECASE)
_IN_YEAR = re.compile(
    r"[,\s]*(?:(?:which|that|was|were|had|been|first|prescribed|given|taken|used|started|begun)\s+)*"
    r"(?:back\s+in|in|dat(?:es?|ing)\s+(?:from|back\s+to)|as\s+(?:early|far\s+back)\s+as|around|circa|about)"
    r"\s+(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_YEAR_AFTER = 60
_ON_A_DAY = re.compile(r"\W*(?:on|in|since|by|dated|as\s+of)\s+\W*[\dA-Z]", re.IGNORECASE)
"""`On 3/12/13 Dr. Lee stopped ...`: the sentence begins with the day of what it tells."""
_STANDS_ALONE = re.compile(
    r"\s*(?:$|[.,;)\n]|(?:is|are|was|were|at|currently|now|for|or|and|taken|used|use|today|other|so\s+far|yet|before|ever|to\s+date|until\s+now)\b)",
    re.IGNORECASE,
)
_OFF_THE_LIST = re.compile(r"\blist\b|\bnot\s+taking\b", re.IGNORECASE)
_UNTIL_NOW = re.compile(
    r"\s*(?:so\s+far|yet|before|ever|to\s+date|until\s+now|previously)\b", re.IGNORECASE
)
_SOURCE = {
    DocumentKind.RFA: "rfa",
    DocumentKind.UR_DECISION: "ur",
    DocumentKind.IMR_APPLICATION: "application",
    DocumentKind.PHARMACY_LEDGER: "ledger",
    DocumentKind.CURES: "cures",
}
_EVENTS = frozenset({Status.STOPPED, Status.STARTED, Status.CHANGED, Status.DISPENSED})
_OF_PATIENT = frozenset({Assertion.PRESENT, Assertion.HISTORICAL})
_FIRST_LINE = frozenset(
    {"analgesic_class", "antidepressant", "corticosteroid", "h2_blocker", "hypnotic", "laxative",
     "ppi", "salicylate", "sedative", "topical", "triptan"}
)  # fmt: skip
_NEVER = re.compile(
    r"\bnever\b|\btrial|\btried\b|\b(?:prior|previous|earlier|past)\b", re.IGNORECASE
)
"""Words of a denial that speak of all the time before, and not of today's list."""
_AGO = re.compile(rf"\b(?P<n>{NUMBER}|a)\s+(?P<unit>day|week|month|year)s?\s+ago\b", re.IGNORECASE)
_DAYS = {"day": 1, "week": 7, "month": 30.44, "year": 365.25}
_CUE_BEFORE = 48
_CUE_AFTER = 120
_DATE_AFTER = 90


class FactWriter:
    """Writes the facts of one page's statements."""

    def __init__(self, maker: FactMaker) -> None:
        self._maker = maker
        self._text = maker.page.text
        self._kind = maker.document.kind
        self._entries = self._log_entries()

    def write(self, statement: Statement) -> Iterator[Fact]:
        """The medication fact of a statement, and the facts that follow from it."""
        drug, reading = statement.drug, statement.reading
        if drug is not None and reading.cue != "allergy":
            yield self._medication(statement, drug)
            if self._is_initial_trial(statement):
                yield self._initial_trial(statement, drug)
            if self._tells_duration(statement):
                yield self._duration(statement, drug)
        if drug is None and _is_denied(statement):
            yield self._denial(statement)
        counts = reading.assertion not in {Assertion.HYPOTHETICAL, Assertion.OTHER_PERSON}
        if reading.outcome is not None and counts and _is_nonopioid(statement):
            yield self._trial(statement, reading.outcome)
        elif _was_never_tried(statement) and _is_nonopioid(statement):
            yield replace(self._trial(statement, Outcome.TRIED), assertion=Assertion.ABSENT)

    def _medication(self, statement: Statement, drug: Drug) -> Fact:
        past = self._year_past(statement)
        return self._maker.make(
            MEDICATION,
            self._value(statement, drug),
            self._span(statement),
            assertion=Assertion.HISTORICAL if past else statement.reading.assertion,
            date=past or self._date(statement),
            subject=drug.generic,
            rule=f"medication.{statement.reading.status}",
        )

    def _year_past(self, statement: Statement) -> PartialDate | None:
        """The year of a drug that is only told of (`hydrocodone in 2010`), if it is long past."""
        told = statement.reading.status in {Status.LISTED, Status.STARTED}
        undated = not statement.details.is_dosed and statement.lasting is None
        if not told or not undated or statement.reading.assertion is not Assertion.PRESENT:
            return None
        end = min(statement.segment.end, statement.end + _YEAR_AFTER)
        found = _IN_YEAR.match(self._text, statement.end, end)
        written = self._maker.document.date
        if found is None or written is None or int(found["year"]) >= written.year - 1:
            return None
        return PartialDate(int(found["year"]))

    def _denial(self, statement: Statement) -> Fact:
        """`No sleeping medicine is taken`: of a whole class, so without a generic."""
        return self._maker.make(
            MEDICATION,
            {
                "drug": " ".join(statement.written.split()),
                "group": statement.group,
                "status": str(statement.reading.status),
                "source": self._source(statement),
                "reason": _reason(statement),
            },
            self._span(statement),
            assertion=Assertion.ABSENT,
            date=self._date(statement),
            rule="medication.class_denied",
        )

    def _is_initial_trial(self, statement: Statement) -> bool:
        reading = statement.reading
        starts = reading.status is Status.STARTED and not _BEGUN_BEFORE.match(reading.cue)
        return reading.assertion is Assertion.PRESENT and (statement.is_new or starts)

    def _initial_trial(self, statement: Statement, drug: Drug) -> Fact:
        return self._maker.make(
            INITIAL_TRIAL,
            {"generic": drug.generic, "replaces": statement.replaces},
            self._span(statement),
            assertion=Assertion.PRESENT,
            date=self._date(statement),
            subject=drug.generic,
            rule="medication.initial_trial",
        )

    def _tells_duration(self, statement: Statement) -> bool:
        reading = statement.reading
        told = statement.lasting is not None and reading.assertion in _OF_PATIENT
        return told and reading.status is not Status.STOPPED

    def _duration(self, statement: Statement, drug: Drug) -> Fact:
        lasting = statement.lasting
        assert lasting is not None  # noqa: S101 - for the type checker: _tells_duration looked
        start, end = self._span(statement)
        return self._maker.make(
            DURATION,
            {
                "generic": drug.generic,
                "since": lasting.since.isoformat() if lasting.since else None,
                "months": lasting.months,
            },
            (min(start, lasting.start), max(end, lasting.end)),
            assertion=statement.reading.assertion,
            subject=drug.generic,
            rule="medication.duration",
        )

    def _trial(self, statement: Statement, outcome: Outcome) -> Fact:
        drug = statement.drug
        is_past = statement.reading.assertion is Assertion.HISTORICAL
        return self._maker.make(
            TRIALS,
            {
                "drug": statement.written,
                "generic": drug.generic if drug else None,
                "group": statement.group,
                "outcome": str(outcome),
                "reason": statement.reading.reason,
            },
            self._span(statement),
            assertion=Assertion.HISTORICAL if is_past else Assertion.PRESENT,
            date=self._date(statement),
            subject=drug.generic if drug else None,
            rule=f"medication.trial.{outcome}",
        )

    def _value(self, statement: Statement, drug: Drug) -> dict[str, JSON]:
        details, reading, sig = statement.details, statement.reading, statement.details.sig
        return {
            "drug": " ".join(statement.written.split()),
            "generic": drug.generic,
            "strength": details.strength,
            "form": details.form,
            "dose": details.dose,
            "route": sig.route if sig else None,
            "frequency": (sig.frequency or (sig.text if sig.prn else None)) if sig else None,
            "per_day": details.per_day,
            "prn": sig.prn if sig else None,
            "quantity": details.quantity,
            "refills": details.refills,
            "days_supply": details.days_supply,
            "status": str(Status.FAILED if _has_failed(reading) else reading.status),
            "source": self._source(statement),
            "replaces": statement.replaces,
            "reason": _reason(statement),
        }

    def _source(self, statement: Statement) -> str:
        if self._kind in _SOURCE:
            return _SOURCE[self._kind]
        if statement.segment.section is Section.PLAN:
            return "plan"
        return "list" if statement.segment.section in LISTS else "narrative"

    def _span(self, statement: Statement) -> tuple[int, int]:
        """From the words that govern the drug to the last of its dosing."""
        start, cue = statement.start, statement.reading.cue
        limit = statement.segment.end
        end = min(statement.end + statement.details.end, limit)
        if not cue:
            return start, end
        before = self._cue_before(cue, max(statement.segment.start, start - _CUE_BEFORE), start)
        if before < start:
            return before, end
        after = self._text.find(cue, statement.end, min(limit, statement.end + _CUE_AFTER))
        return start, max(end, after + len(cue)) if after >= 0 else end

    def _cue_before(self, cue: str, earliest: int, start: int) -> int:
        """Where the governing words begin, if they stand close before the drug."""
        whole = re.compile(rf"(?<!\w){re.escape(cue)}(?!\w)")
        found = whole.finditer(self._text, earliest, start)
        return max((one.start() for one in found), default=start)

    def _date(self, statement: Statement) -> PartialDate | None:
        """The date of an event (`stopped 5/2014`) or of a log's entry; None: the document's."""
        reading = statement.reading
        if _OFF_THE_LIST.search(reading.cue):
            return None  # it is said today of a list that is not
        if reading.status in _EVENTS or reading.assertion is Assertion.HISTORICAL:
            end = min(statement.segment.end, statement.end + _DATE_AFTER)
            rest = self._text[statement.end : end]
            if (ago := _AGO.search(rest)) and self._maker.document.date is not None:
                return _before(self._maker.document.date, ago)
            dates = find_dates(rest)
            if dates and not _TODAY.search(rest[: dates[0].start]):
                return dates[0].value
            said = find_dates(self._text[statement.segment.start : statement.start])
            if said and _ON_A_DAY.match(self._text, statement.segment.start):
                return said[-1].value
        before = [value for start, value in self._entries if start <= statement.start]
        return before[-1] if before else None

    def _log_entries(self) -> list[tuple[int, PartialDate]]:
        """Entries of a log, each under its date."""
        if self._kind not in _LOGS:
            return []
        return [
            (found.start(), dates[0].value)
            for found in _ENTRY_DATE.finditer(self._text)
            if (dates := find_dates(self._text[found.end() : found.end() + 12]))
            and dates[0].start == 0
            and _ENTRY_HEAD.match(self._text, found.end())
        ]


def _before(written: date, ago: re.Match[str]) -> PartialDate:
    """The day that `six weeks ago` means; of months and years no more than the month."""
    count = 1.0 if ago["n"].lower() == "a" else number(ago["n"]) or 0.0
    unit = ago["unit"].lower()
    day = written - timedelta(days=round(count * _DAYS[unit]))
    return PartialDate.of(day) if unit in {"day", "week"} else PartialDate(day.year, day.month)


def _is_denied(statement: Statement) -> bool:
    """Whether a class is said not to be taken, and is not part of another noun (`opioid abuse`)."""
    reading = statement.reading
    plain = reading.assertion is Assertion.ABSENT and reading.outcome is None
    return plain and _STANDS_ALONE.match(statement.details.tail) is not None


def _reason(statement: Statement) -> str | None:
    """The reason told; of a drug or class that was not had until now, that it was not."""
    reading = statement.reading
    denied = reading.assertion is Assertion.ABSENT and reading.outcome is None
    if reading.status is Status.STOPPED and _OFF_THE_LIST.search(reading.cue):
        return reading.reason or NOT_TAKEN
    never = _NEVER.search(reading.cue) or _UNTIL_NOW.match(statement.details.tail)
    return NEVER_BEFORE if denied and never and not reading.reason else reading.reason


def _was_never_tried(statement: Statement) -> bool:
    """Whether the words deny that a named drug was ever tried, not that it is taken now."""
    reading = statement.reading
    denied = reading.assertion is Assertion.ABSENT and reading.outcome is None
    return denied and statement.drug is not None and _NEVER.search(reading.cue) is not None


def _is_nonopioid(statement: Statement) -> bool:
    """Whether a trial of it counts before an opioid, a topical or another second choice."""
    if statement.drug is None:
        return statement.group != "opioid"
    return not statement.drug.is_opioid and not _FIRST_LINE.isdisjoint(statement.drug.groups)


def _has_failed(reading: Reading) -> bool:
    told = reading.outcome in {Outcome.FAILED, Outcome.NOT_TOLERATED}
    return told and reading.status is Status.LISTED and reading.assertion is Assertion.HISTORICAL
