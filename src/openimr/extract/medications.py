"""Medication statements of a document: one fact for each statement of a drug.

page -> drugs named -> statements (dosing, context) -> facts
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from openimr.extract.dates import find_dates
from openimr.extract.ledger import LedgerPage, read_ledger
from openimr.extract.medications_context import (
    Outcome,
    Reading,
    Status,
    in_argument,
    is_request_line,
    read_context,
)
from openimr.extract.medications_facts import DURATION, INITIAL_TRIAL, MEDICATION, TRIALS, FactMaker
from openimr.extract.medications_grammar import Details, read_details
from openimr.extract.medications_names import DrugMatcher, Mention, drug_matcher, has_dose_beside
from openimr.extract.medications_release import resolve
from openimr.extract.medications_segments import Layout, Section, Segment
from openimr.extract.medications_trials import ClassMention, Duration, classes, duration, exchange
from openimr.model.dates import PartialDate
from openimr.model.document import Document, DocumentKind
from openimr.model.drug import Drug, Formulary
from openimr.model.evidence import JSON, Assertion, Fact

_SPLIT = re.compile(
    r"[;,]|(?<![\w-])(?:and|or|plus|then|but|to|with|in\s+place\s+of|instead\s+of|nor|also)(?![\w-])|[&+]|\s/\s"
    r"|(?=\b(?:re-?start|start|stop|d/c|discontinu|continu|cont\b|refill|renew|add\b|increas|decreas|request|chang|switch|takes?\b|taking\b|trial\s+of|if\b|unless\b|while\b|because\b))",
    re.IGNORECASE,
)
_SAME_DRUG = re.compile(
    r"^\s*(?:(?:tabs?|tablets?|caps?|patch|ER|IR|SR|CR|[\d./%\s-]*(?:mg|mcg)?)\s*)?[®™]?\s*(?:[(\[/–-]|,?\s*(?:aka|a\.k\.a\.|also\s+known\s+as|generic\s+for|brand\s+name)|=)\s*"  # noqa: RUF001
    r"(?:(?:generic|brand(?:\s+name)?|aka|generic\s+for|i\.e\.,?|for|equiv\w*(?:\s+to)?)\s*:?\s*)*$",
    re.IGNORECASE,
)
_TITLE_BEFORE = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Prof)\.?\s*$")
_LAB_LIST = re.compile(
    r"\b(?:prescribed|reported|declared|medications?|meds)\b[^\n]{0,40}$", re.IGNORECASE
)
_ENTRY_DATE = re.compile(
    r"^[ \t]*(?:addendum:?\s+)?(?=\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b)", re.IGNORECASE | re.MULTILINE
)
_LOGS = frozenset({DocumentKind.NURSE_NOTE, DocumentKind.UNKNOWN, DocumentKind.PROGRESS_REPORT})
_PROCEDURE = re.compile(
    r"inject|infiltrat|an[ae]+sthe|epidural|needle|\bcc\b|block\b|aspirat", re.IGNORECASE
)
_BEGUN_BEFORE = re.compile(r"(?:was|were)\b(?!.*today)", re.IGNORECASE)
"""`was started`: begun at an earlier visit, so no initial trial any more."""
_TODAY = re.compile(r"\b(?:today|this\s+visit|this\s+date|now)\b", re.IGNORECASE)
_SOURCE = {
    DocumentKind.RFA: "rfa",
    DocumentKind.UR_DECISION: "ur",
    DocumentKind.IMR_APPLICATION: "application",
    DocumentKind.PHARMACY_LEDGER: "ledger",
    DocumentKind.CURES: "cures",
}
_DOSING = re.compile(
    r"#\s?\d|\d\s*(?:/\s*day|refills?|rf\b)|\bmax\b|\bq\d|\b[btq]id\b|\bprn\b", re.IGNORECASE
)
_IN_LISTS = frozenset({Section.CURRENT, Section.PAST, Section.DISPENSED, Section.ALLERGY})
_HEAD_REACH = 160
_TAIL_REACH = 260


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statement:
    """One drug or class in one statement."""

    written: str
    start: int
    end: int
    drug: Drug | None
    group: str | None
    details: Details
    reading: Reading
    segment: Segment
    lasting: Duration | None = None
    replaces: str | None = None
    is_new: bool = False


def extract_medications(
    document: Document, *, formulary: Formulary, matcher: DrugMatcher | None = None
) -> tuple[Fact, ...]:
    """All that a document says of drugs.

    Facts of four concepts: `medication`, `prior_nonopioid_trials`, `initial_trial` and
    `duration_of_use`; their ids are empty until the case file's facts are numbered.
    """
    matcher = matcher or drug_matcher(formulary)
    facts: list[Fact] = []
    carried = Section.OTHER
    columns: tuple[str, ...] = ()
    for page in document.pages:
        reader = _PageReader(FactMaker(document=document, page=page), matcher, carried, columns)
        facts += reader.facts()
        carried, columns = reader.carried, reader.ledger.columns
    return tuple(facts)


class _PageReader:
    """Reads one page."""

    def __init__(
        self,
        maker: FactMaker,
        matcher: DrugMatcher,
        carried: Section,
        columns: tuple[str, ...],
    ) -> None:
        self.maker = maker
        self.text = maker.page.text
        self.kind = maker.document.kind
        self.formulary = matcher.formulary
        self.matcher = matcher
        self.ledger: LedgerPage = read_ledger(maker, matcher, columns)
        mentions = [m for m in self._mentions() if not self.ledger.covers(m.start)]
        self.layout = Layout(self.text, [m.start for m in mentions], carried=carried)
        self.mentions = mentions
        last = self.layout.last_section
        self.carried = (
            last if last in {Section.CURRENT, Section.PAST, Section.PLAN} else Section.OTHER
        )
        self.entries = self._entries()

    def facts(self) -> Iterator[Fact]:
        """Every fact of the page."""
        yield from self.ledger.facts
        by_cut = groupby(
            self.mentions, key=lambda mention: self.layout.segment(mention.start).start
        )
        for _, group in by_cut:
            for statement in self._statements(list(group)):
                yield from self._facts_of(statement)

    # What is named -------------------------------------------------------------------------

    def _mentions(self) -> list[Mention | ClassMention]:
        drugs = self.matcher.find(self.text)
        taken = {mention.start for mention in drugs}
        named: list[Mention | ClassMention] = [
            mention
            for mention in drugs
            if not _TITLE_BEFORE.search(self.text[: mention.start][-6:])
        ]
        if drugs or re.search(
            r"nsaid|inflammator|relax|depressant|convuls", self.text, re.IGNORECASE
        ):
            named += [found for found in classes(self.text) if found.start not in taken]
        return sorted(named, key=lambda mention: (mention.start, -mention.end))

    # What is said --------------------------------------------------------------------------

    def _statements(self, named: list[Mention | ClassMention]) -> list[_Statement]:
        segment = self.layout.segment(named[0].start)
        named = _without_synonyms(self.text, named)
        splits = self._splits(named, segment)
        made: list[_Statement] = []
        previous: _Statement | None = None
        link_start = segment.start
        for mention, (head_start, tail_end) in zip(named, splits, strict=True):
            statement = self._statement(
                mention, segment, head_start, tail_end, previous, link_start
            )
            if statement is None:
                previous = None
                continue
            made.append(statement)
            previous = statement
            link_start = mention.end
        return self._exchanged(made)

    def _splits(
        self, named: Sequence[Mention | ClassMention], segment: Segment
    ) -> list[tuple[int, int]]:
        """Where the words about each mention begin and end."""
        borders = [max(segment.start, named[0].start - _HEAD_REACH)]
        for one, two in zip(named, named[1:], strict=False):
            gap = self.text[one.end : two.start]
            cuts = [
                found
                for found in _SPLIT.finditer(gap)
                if not _inside_parenthesis(gap, found.start())
            ]
            borders.append(one.end + (_border(cuts, gap) if cuts else len(gap)))
        borders.append(min(segment.end, named[-1].end + _TAIL_REACH))
        return list(zip(borders, borders[1:], strict=False))

    def _statement(  # noqa: PLR0913
        self,
        mention: Mention | ClassMention,
        segment: Segment,
        head_start: int,
        tail_end: int,
        previous: _Statement | None,
        link_start: int,
    ) -> _Statement | None:
        text = self.text
        head, tail = text[head_start : mention.start], text[mention.end : tail_end]
        named_drug = mention.drug if isinstance(mention, Mention) else _CLASS
        details = read_details(
            tail, head, named_drug, self.formulary.family(named_drug), name=mention.written
        )
        if isinstance(mention, Mention) and not self._counts(mention, segment, details):
            return None
        link = ""
        if previous is not None:
            gap = text[link_start : mention.start]
            link = _blanked(previous.details.rest, gap)
        reading = self._reading(mention, segment, head, details, previous, link)
        if reading is None:
            return None
        drug = resolve(mention, details, self.formulary) if isinstance(mention, Mention) else None
        if drug is not None and drug is not named_drug:
            details = read_details(
                tail, head, drug, self.formulary.family(drug), name=mention.written
            )
        return _Statement(
            written=mention.written,
            start=mention.start,
            end=mention.end,
            drug=drug,
            group=mention.group if isinstance(mention, ClassMention) else None,
            details=details,
            reading=reading,
            segment=segment,
            lasting=_shifted(duration(tail, head), mention.end),
        )

    def _counts(self, mention: Mention, segment: Segment, details: Details) -> bool:
        """Whether a doubtful name (misspelled, or a word of its own) is the drug here."""
        doubtful = mention.misspelled or mention.name in self.formulary.ambiguous
        if self._is_administered(mention, segment):
            return False
        if not doubtful:
            return True
        if segment.section in _IN_LISTS or details.has_dosing or details.strength is not None:
            return True
        return has_dose_beside(self.text, mention.end)

    def _is_administered(self, mention: Mention, segment: Segment) -> bool:
        """Whether it is what a procedure injects, and no medication the patient is on."""
        if segment.section in _IN_LISTS:
            return False
        if self.kind is DocumentKind.OPERATIVE:
            return segment.section is not Section.PLAN
        around = self.text[segment.start : segment.end]
        return "injectable" in mention.drug.drug_class and _PROCEDURE.search(around) is not None

    def _reading(  # noqa: PLR0913
        self,
        mention: Mention | ClassMention,
        segment: Segment,
        head: str,
        details: Details,
        previous: _Statement | None,
        link: str,
    ) -> Reading | None:
        if self.kind is DocumentKind.LAB and not _LAB_LIST.search(self._line_before(mention.start)):
            return None
        dosed = details.has_dosing or details.strength is not None
        if in_argument(self.kind):
            line = self.text[segment.start : segment.end]
            if dosed and is_request_line(line, self.kind, has_dosing=dosed):
                return Reading(status=Status.REQUESTED, cue="request line")
            return Reading(assertion=Assertion.HYPOTHETICAL, cue="argument")
        reading = read_context(
            head,
            details.rest,
            sentence_before=self.text[segment.start : mention.start],
            section=segment.section,
            has_dosing=dosed,
            tail_text=details.tail,
            following=self.text[mention.end : mention.end + 60],
            earlier=self.text[max(0, segment.start - 300) : segment.start],
            previous=previous.reading if previous else None,
            link=link,
        )
        if (
            self.kind is DocumentKind.RFA
            and reading is not None
            and reading.assertion is Assertion.PRESENT
        ):
            return replace(reading, status=Status.REQUESTED)
        return reading

    def _line_before(self, offset: int) -> str:
        return self.text[self.text.rfind("\n", 0, offset) + 1 : offset]

    def _exchanged(self, made: list[_Statement]) -> list[_Statement]:
        """Mark pairs of which one takes the other's place."""
        for index, (one, two) in enumerate(zip(made, made[1:], strict=False)):
            head = self.text[max(one.segment.start, one.start - 60) : one.start]
            link = _blanked(one.details.rest, self.text[one.end : two.start])
            new = exchange(head, link)
            if (
                new is None
                or one.drug is None
                or two.drug is None
                or one.drug.generic == two.drug.generic
            ):
                continue
            first_old = new == "second"
            old, fresh = (one, two) if first_old else (two, one)
            old, fresh = _pair(old, fresh)
            made[index], made[index + 1] = (old, fresh) if first_old else (fresh, old)
        return made

    # Facts ---------------------------------------------------------------------------------

    def _facts_of(self, statement: _Statement) -> Iterator[Fact]:
        if statement.drug is not None:
            yield from self._medication(statement)
        if statement.reading.assertion in {Assertion.HYPOTHETICAL, Assertion.OTHER_PERSON}:
            return
        yield from self._trial(statement)

    def _medication(self, statement: _Statement) -> Iterator[Fact]:
        drug, reading = statement.drug, statement.reading
        assert drug is not None  # noqa: S101 - for the type checker: the caller looked
        if reading.cue == "allergy":
            return
        span = self._span(statement)
        date = self._date(statement)
        yield self.maker.make(
            MEDICATION,
            self._value(statement, drug),
            span,
            assertion=reading.assertion,
            date=date,
            subject=drug.generic,
            rule=f"medication.{reading.status}",
        )
        if reading.assertion is Assertion.PRESENT and (
            statement.is_new
            or (reading.status is Status.STARTED and not _BEGUN_BEFORE.match(reading.cue))
        ):
            yield self.maker.make(
                INITIAL_TRIAL,
                {"generic": drug.generic, "replaces": statement.replaces},
                span,
                assertion=Assertion.PRESENT,
                date=date,
                subject=drug.generic,
                rule="medication.initial_trial",
            )
        lasting = statement.lasting
        if (
            lasting is not None
            and reading.assertion in {Assertion.PRESENT, Assertion.HISTORICAL}
            and reading.status is not Status.STOPPED
        ):
            yield self.maker.make(
                DURATION,
                {
                    "generic": drug.generic,
                    "since": lasting.since.isoformat() if lasting.since else None,
                    "months": lasting.months,
                },
                (min(span[0], lasting.start), max(span[1], lasting.end)),
                assertion=reading.assertion,
                subject=drug.generic,
                rule="medication.duration",
            )

    def _trial(self, statement: _Statement) -> Iterator[Fact]:
        outcome = statement.reading.outcome
        drug = statement.drug
        if outcome is None or not _is_nonopioid_analgesic(statement):
            return
        yield self.maker.make(
            TRIALS,
            {
                "drug": statement.written,
                "generic": drug.generic if drug else None,
                "group": statement.group,
                "outcome": str(outcome),
                "reason": statement.reading.reason,
            },
            self._span(statement),
            assertion=Assertion.HISTORICAL
            if statement.reading.assertion is Assertion.HISTORICAL
            else Assertion.PRESENT,
            date=self._date(statement),
            subject=drug.generic if drug else None,
            rule=f"medication.trial.{outcome}",
        )

    def _value(self, statement: _Statement, drug: Drug) -> dict[str, JSON]:
        details, reading = statement.details, statement.reading
        sig = details.sig
        return {
            "drug": " ".join(statement.written.split()),
            "generic": drug.generic,
            "strength": details.strength,
            "form": details.form,
            "dose": details.dose,
            "route": sig.route if sig else None,
            "frequency": (sig.frequency or sig.text) if sig else None,
            "per_day": details.per_day,
            "prn": sig.prn if sig else None,
            "quantity": details.quantity,
            "refills": details.refills,
            "days_supply": details.days_supply,
            "status": str(Status.FAILED if _has_failed(reading) else reading.status),
            "source": self._source(statement),
            "replaces": statement.replaces,
            "reason": reading.reason,
        }

    def _source(self, statement: _Statement) -> str:
        if self.kind in _SOURCE:
            return _SOURCE[self.kind]
        section = statement.segment.section
        if section is Section.PLAN:
            return "plan"
        return "list" if section in _IN_LISTS else "narrative"

    def _span(self, statement: _Statement) -> tuple[int, int]:
        start = statement.start
        cue = statement.reading.cue
        if cue:
            start = self._cue_before(cue, max(statement.segment.start, start - 48), start)
        end = min(statement.end + statement.details.end, statement.segment.end)
        if cue and start == statement.start:
            after = self.text.find(cue, statement.end, statement.segment.end)
            end = max(end, after + len(cue)) if 0 <= after < statement.end + 120 else end  # noqa: PLR2004
        return start, end

    def _cue_before(self, cue: str, earliest: int, start: int) -> int:
        """Where the governing words begin, if they stand close before the drug."""
        whole = re.compile(rf"(?<!\w){re.escape(cue)}(?!\w)")
        return max(
            (found.start() for found in whole.finditer(self.text, earliest, start)), default=start
        )

    def _date(self, statement: _Statement) -> PartialDate | None:
        """The date said for an event (`stopped 5/2014`), of the log's entry, or None: the document's."""
        reading = statement.reading
        event = reading.status in {Status.STOPPED, Status.STARTED, Status.CHANGED, Status.DISPENSED}
        if event or reading.assertion is Assertion.HISTORICAL:
            rest = self.text[statement.end : min(statement.segment.end, statement.end + 90)]
            dates = find_dates(rest)
            if dates and not _TODAY.search(rest[: dates[0].start]):
                return dates[0].value
        before = [value for start, value in self.entries if start <= statement.start]
        return before[-1] if before else None

    def _entries(self) -> list[tuple[int, PartialDate]]:
        """Entries of a log, each under its date."""
        if self.kind not in _LOGS:
            return []
        return [
            (found.start(), dates[0].value)
            for found in _ENTRY_DATE.finditer(self.text)
            if (dates := find_dates(self.text[found.end() : found.end() + 12]))
            and dates[0].start == 0
        ]


_CLASS = Drug(generic="")
_FIRST_LINE = frozenset(
    {
        "analgesic_class",
        "antidepressant",
        "hypnotic",
        "salicylate",
        "sedative",
        "topical",
        "triptan",
        "corticosteroid",
    }
)


def _is_nonopioid_analgesic(statement: _Statement) -> bool:
    """Whether a trial of it counts before an opioid, a topical or another second choice."""
    if statement.drug is None:
        return statement.group != "opioid"
    return not statement.drug.is_opioid and not _FIRST_LINE.isdisjoint(statement.drug.groups)


def _has_failed(reading: Reading) -> bool:
    return (
        reading.status is Status.LISTED
        and reading.outcome in {Outcome.FAILED, Outcome.NOT_TOLERATED}
        and reading.assertion is Assertion.HISTORICAL
    )


def _without_synonyms(
    text: str, named: list[Mention | ClassMention]
) -> list[Mention | ClassMention]:
    """`Norco (hydrocodone/APAP)` names one drug: the second name is left out."""
    kept: list[Mention | ClassMention] = []
    for mention in named:
        last = kept[-1] if kept else None
        if (
            isinstance(last, Mention)
            and isinstance(mention, Mention)
            and _same(text, last, mention)
        ):
            drug = (
                mention.drug
                if len(mention.drug.ingredients) > len(last.drug.ingredients)
                else last.drug
            )
            long_acting = last.long_acting if last.long_acting is not None else mention.long_acting
            closing = (
                mention.end + 1
                if text[mention.end : mention.end + 1] in {")", "]"}
                else mention.end
            )
            has_gap = any(char.isdigit() for char in text[last.end : mention.start])
            kept[-1] = replace(
                last, drug=drug, long_acting=long_acting, end=last.end if has_gap else closing
            )
            continue
        if last is None or mention.start >= last.end:
            kept.append(mention)
    return kept


def _same(text: str, one: Mention, two: Mention) -> bool:
    share = set(one.drug.ingredients) & set(two.drug.ingredients)
    return bool(share) and _SAME_DRUG.match(text[one.end : two.start]) is not None


def _inside_parenthesis(gap: str, offset: int) -> bool:
    return gap.rfind("(", 0, offset) > gap.rfind(")", 0, offset)


def _border(cuts: list[re.Match[str]], gap: str) -> int:
    """Where the words about one drug end and those about the next begin.

    At the end of a sentence or clause, else before the verb that governs the second drug, else at
    the last comma or conjunction; but never before dosing that must belong to the first.
    """
    for found in cuts:
        if found.group().strip() == ";" or re.search(
            r"[.!?]", gap[found.start() - 1 : found.end()]
        ):
            return found.end()
    verbs = [found for found in cuts if not found.group()]
    border = verbs[0].start() if verbs else cuts[-1].start()
    if _DOSING.search(gap[border:]):
        last = max(gap.rfind("\n"), gap.rfind("  "))
        return last if last > border else len(gap)
    return border


def _blanked(rest: str, gap: str) -> str:
    """The gap between two drugs without the dosing of the first."""
    known = rest[: len(gap)]
    return known + gap[len(known) :]


def _shifted(found: Duration | None, offset: int) -> Duration | None:
    if found is None:
        return None
    return replace(found, start=found.start + offset, end=found.end + offset)


def _pair(old: _Statement, fresh: _Statement) -> tuple[_Statement, _Statement]:
    hypothetical = Assertion.HYPOTHETICAL in {old.reading.assertion, fresh.reading.assertion}
    stop = replace(
        old.reading,
        status=Status.STOPPED,
        assertion=Assertion.HYPOTHETICAL if hypothetical else Assertion.HISTORICAL,
    )
    start = replace(
        fresh.reading,
        status=Status.STARTED,
        assertion=Assertion.HYPOTHETICAL if hypothetical else Assertion.PRESENT,
    )
    name = old.drug.generic if old.drug else None
    return replace(old, reading=stop), replace(fresh, reading=start, replaces=name, is_new=True)
