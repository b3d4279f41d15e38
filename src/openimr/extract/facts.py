"""Documents to facts: what each page says of the lexicon's concepts, judged, dated, attributed.

page -> passages -> readings (lexicon, pain, function, instruments, laboratory)
     -> assertion, date, subject -> facts, with those of the medications, in record order
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from types import MappingProxyType

from openimr.extract.assertion import Asserter, CueHit
from openimr.extract.carried_forward import mark_carried_forward
from openimr.extract.courses import read_courses
from openimr.extract.dates import days_before
from openimr.extract.dating import Calendar, Dated
from openimr.extract.diagnoses import without_narrow_denials
from openimr.extract.examination_signs import read_signs
from openimr.extract.function import read_function
from openimr.extract.function_answers import read_answers
from openimr.extract.function_measures import FUNCTION
from openimr.extract.in_place import is_in_place
from openimr.extract.instruments import read_instruments
from openimr.extract.judgement import Quotation, judge
from openimr.extract.laboratory import read_agreement, read_laboratory, read_result_table
from openimr.extract.medications import extract_medications
from openimr.extract.medications_names import DrugMatcher, drug_matcher
from openimr.extract.mentions import Matcher
from openimr.extract.pain import read_pain
from openimr.extract.pain_relief import RELIEF
from openimr.extract.passages import Passage, Reading, passages, read_page
from openimr.extract.places import provenance
from openimr.extract.review_rows import read_review_rows
from openimr.extract.side_effects import is_only_seen, may_be_side_effect, read_both_denied
from openimr.extract.subjects import find_subject, find_therapy_before
from openimr.extract.table_readings import read_tables
from openimr.extract.urine import read_urine
from openimr.extract.values import drug_after, finished, is_not_without
from openimr.extract.work_lapse import read_lost_work
from openimr.model.case import CaseHeader
from openimr.model.document import Document, DocumentKind
from openimr.model.drug import Formulary
from openimr.model.evidence import JSON, Assertion, Fact
from openimr.model.ids import DocumentId, FactId
from openimr.model.lexicon import Lexicon

_UNNUMBERED = FactId("")
_OF_MEDICATIONS = frozenset(
    {"medication", "prior_nonopioid_trials", "initial_trial", "duration_of_use"}
)
"""Read by medications.py, which knows a drug's course."""
_ATTRIBUTED = frozenset(
    {"pain_with_without_medication", "functional_improvement", "adverse_effects", "return_to_work",
     "pain_score", "weaning_attempts", "hyperalgesia", "stop_reason"}
)  # fmt: skip
_AGELESS = _OF_MEDICATIONS | {"addiction_history", "ur_outcome"}
_STUDIES = frozenset({DocumentKind.IMAGING, DocumentKind.ELECTRODIAGNOSTIC})
"""A study's own report says what it shows whenever it was made."""
_DENIED = frozenset({Assertion.ABSENT, Assertion.HYPOTHETICAL, Assertion.OTHER_PERSON})
"""What says that an effect is not there needs no medicine to lay it to."""
_LONG_AGO = 548
"""Days, eighteen months: beyond every interval at which the guidelines ask for re-assessment."""
_LONGEST_QUOTE = 320


def extract_facts(
    documents: Sequence[Document],
    *,
    header: CaseHeader | None = None,
    lexicon: Lexicon,
    formulary: Formulary,
) -> tuple[Fact, ...]:
    """All facts of a case file, numbered in record order; the same input gives the same facts."""
    found = [
        extract_document(document, header=header, lexicon=lexicon, formulary=formulary)
        for document in documents
    ]
    return merge_facts(documents, found)


def merge_facts(documents: Sequence[Document], found: Sequence[Sequence[Fact]]) -> tuple[Fact, ...]:
    """The facts of several documents as one record: copies marked, ids given.

    Args:
        documents: in the order of the case file.
        found: the facts of each document, in the same order.
    """
    facts = [fact for of_document in found for fact in of_document]
    latest = max((d.date for d in documents if d.date and d.kind.is_clinical), default=None)
    studies = frozenset(d.id for d in documents if d.kind in _STUDIES)
    marked = [_aged(fact, latest, studies) for fact in mark_carried_forward(documents, facts)]
    return tuple(
        replace(fact, id=FactId(f"f{number:05d}")) for number, fact in enumerate(marked, start=1)
    )


def _aged(fact: Fact, latest: date | None, studies: frozenset[DocumentId]) -> Fact:
    """A statement far older than the record's latest report speaks of an earlier time."""
    if (
        fact.assertion not in {Assertion.PRESENT, Assertion.ABSENT}
        or fact.concept in _AGELESS
        or (fact.concept == "imaging_correlation" and fact.provenance.document in studies)
        or fact.date is None
        or latest is None
        or days_before(fact.date, latest) <= _LONG_AGO
    ):
        return fact
    return replace(fact, assertion=Assertion.HISTORICAL)


def extract_document(
    document: Document,
    *,
    header: CaseHeader | None = None,
    lexicon: Lexicon,
    formulary: Formulary,
) -> tuple[Fact, ...]:
    """The facts of one document in the order of its pages; their ids are given by `merge_facts`."""
    reader = reader_of(lexicon, formulary)
    facts = [
        *without_narrow_denials(reader.read(document, header)),
        *extract_medications(document, formulary=formulary, matcher=reader.drugs),
    ]
    return in_order(facts)


def in_order(*facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts of one document, however they were found, in the order of its pages."""
    return tuple(sorted(chain(*facts), key=_place))


def _place(fact: Fact) -> tuple[int, int, int, str, str, str]:
    where = fact.provenance
    return (
        where.page,
        where.start,
        where.end,
        fact.concept,
        fact.rule,
        repr(sorted(fact.value.items())),
    )


@dataclass(frozen=True, eq=False)
class Reader:
    """The vocabularies, made ready to read any document."""

    lexicon: Lexicon
    formulary: Formulary
    matcher: Matcher
    asserter: Asserter
    drugs: DrugMatcher

    def read(self, document: Document, header: CaseHeader | None) -> Iterator[Fact]:
        """The facts of a document, but for those of its medications."""
        calendar = Calendar(document, header)
        section = ""
        quotation = Quotation()
        for page in document.pages:
            if not page.text.strip():
                continue
            source = read_page(page, document, self.lexicon, self.drugs, section)
            section = source.sections.names[-1]
            tabled = [*read_tables(source), *read_result_table(source), *read_agreement(source)]
            tabled += read_review_rows(source)
            for passage in passages(source):
                readings = self._readings(passage, tabled)
                if not readings and not quotation.open and '"' not in passage.text:
                    continue
                cues = self.asserter.cues(source.tokens, passage.first, passage.last, source.slots)
                for reading in readings:
                    fact = self.judged(reading, passage, cues, calendar, quoting=quotation.open)
                    if fact is not None:
                        yield fact
                quotation = quotation.after(passage, cues)

    def _readings(self, passage: Passage, tabled: Sequence[Reading]) -> list[Reading]:
        instruments = read_instruments(passage)
        # An instrument's score is no score of pain, however much its name speaks of pain.
        pain = [one for one in read_pain(passage) if not _within(one, instruments)]
        activities = self.lexicon.lists.get("activity", ())
        function = read_answers(passage) or read_function(passage, activities)
        special = [*pain, *function, *instruments, *read_laboratory(passage)]
        special += [*read_signs(passage), *read_courses(passage), *read_urine(passage)]
        special += [*read_both_denied(passage), *read_lost_work(passage)]
        cells = [one for one in tabled if passage.start <= one.start < passage.end]
        read = {one.concept for one in cells}
        special = [*cells, *(one for one in special if one.concept not in read)]
        general = [
            reading
            for reading in self.matcher.find(passage)
            if reading.concept not in _OF_MEDICATIONS and not _superseded(reading, special)
        ]
        read_here = [one for one in (*special, *general) if is_in_place(one, passage)]
        return _distinct(read_here)

    def judged(
        self,
        reading: Reading,
        passage: Passage,
        cues: Sequence[CueHit],
        calendar: Calendar,
        *,
        quoting: bool,
    ) -> Fact | None:
        """The fact of a reading; None for a complaint that can be laid to no medicine.

        Args:
            reading: what was read, in place.
            passage: where it stands.
            cues: the cues of the passage.
            calendar: the dates of the document.
            quoting: whether the passage stands inside a guideline's quotation begun before it.
        """
        fact = self._fact(reading, passage, cues, calendar, quoting=quoting)
        blamed = fact.assertion in _DENIED or may_be_side_effect(
            replace(reading, value=fact.value), passage, self.matcher.lists["medicine"]
        )
        if not blamed:
            return None
        if fact.assertion is Assertion.PRESENT and is_only_seen(reading, passage):
            return replace(fact, assertion=Assertion.POSSIBLE)
        return fact

    def _fact(
        self,
        reading: Reading,
        passage: Passage,
        cues: Sequence[CueHit],
        calendar: Calendar,
        *,
        quoting: bool,
    ) -> Fact:
        concept = self.lexicon.concepts.get(reading.concept)
        event = concept is not None and concept.event
        dated = calendar.date_of(reading, passage, event=event)
        assertion = judge(reading, passage, cues, self.asserter, quoting=quoting)
        if assertion is Assertion.PRESENT and not event and calendar.is_old(dated):
            assertion = Assertion.HISTORICAL
        elif assertion is Assertion.HISTORICAL and event and (dated.stated or reading.now):
            assertion = Assertion.PRESENT
        value = _value(finished(reading, passage, self.matcher), dated)
        works_by_it = value.get("with_medication") is True
        if works_by_it and is_not_without(passage):
            assertion = Assertion.PRESENT
        subject = _subject(reading, passage)
        if works_by_it and (subject is None or not passage.drugs):
            subject = drug_after(passage) or subject
        if reading.concept == "adverse_effects" and subject in self.matcher.remedies:
            subject = None
        return Fact(
            id=_UNNUMBERED,
            concept=reading.concept,
            value=value,
            assertion=assertion,
            date=dated.date,
            written=calendar.written,
            subject=subject,
            author=passage.source.document.author,
            provenance=provenance(
                passage.source.document, passage.source.page, *_quote(passage, reading)
            ),
            rule=reading.rule,
        )


def _subject(reading: Reading, passage: Passage) -> str | None:
    """What a reading is of: as its reader saw it, or named beside it or in the sentence before."""
    if reading.subject is not None or reading.concept not in _ATTRIBUTED:
        return reading.subject
    subject = find_subject(passage, reading.start, reading.end)
    told_before = reading.start < passage.start or reading.rule == "function.example"
    if subject is None and passage.before and told_before:
        return find_subject(passage.before, reading.start, passage.before.end)
    return subject or (find_therapy_before(passage) if reading.concept == RELIEF else None)


def _superseded(reading: Reading, special: Sequence[Reading]) -> bool:
    """Whether a grammar has read the same thing more precisely than the phrase."""
    same = [other for other in special if other.concept == reading.concept]
    if reading.concept == RELIEF:
        return any("direction" in other.value for other in same)
    if reading.concept == FUNCTION:
        return any(
            other.value.get("direction") in {reading.value.get("direction"), None} for other in same
        )
    return bool(same) and any(o.start < reading.end and reading.start < o.end for o in same)


def _within(reading: Reading, others: Sequence[Reading]) -> bool:
    return any(other.start <= reading.start < other.end for other in others)


def _distinct(readings: Sequence[Reading]) -> list[Reading]:
    """Without repetitions of the same statement in a passage."""
    kept: dict[tuple[object, ...], Reading] = {}
    for reading in sorted(readings, key=lambda r: (r.start, r.end, r.concept)):
        key = (reading.concept, repr(sorted(reading.value.items())), reading.absent)
        kept.setdefault(key, reading)
    return list(kept.values())


def _value(value: Mapping[str, object], dated: Dated) -> Mapping[str, JSON]:
    filled: dict[str, JSON] = {key: _json(item) for key, item in value.items() if item is not None}
    if dated.since is not None:
        filled["since"] = dated.since.isoformat()
    return MappingProxyType(filled)


def _json(item: object) -> JSON:
    if isinstance(item, (bool, int, float, str)):
        return item
    if isinstance(item, (tuple, list)):
        return tuple(_json(part) for part in item)
    return str(item)


def _quote(passage: Passage, reading: Reading) -> tuple[int, int]:
    """The whole passage, or the lines about the reading where the passage is long."""
    start, end = min(passage.start, reading.start), max(passage.end, reading.end)
    if passage.before is not None and reading.start < passage.start:
        start = passage.before.start
    if end - start <= _LONGEST_QUOTE:
        return start, end
    text = passage.source.page.text
    first = max(start, text.rfind("\n", start, reading.start) + 1)
    line_end = text.find("\n", reading.end, end)
    if line_end > 0:
        return first, line_end
    return first, end if end - first <= _LONGEST_QUOTE else reading.end


_LATEST: list[Reader] = []


def reader_of(lexicon: Lexicon, formulary: Formulary) -> Reader:
    """The reader of these vocabularies, built once for those in use."""
    latest = _LATEST[0] if _LATEST else None
    if latest is None or latest.lexicon is not lexicon or latest.formulary is not formulary:
        latest = Reader(
            lexicon, formulary, Matcher(lexicon), Asserter(lexicon), drug_matcher(formulary)
        )
        _LATEST[:] = [latest]
    return latest
