"""The diagnoses of the newest report, cut out of its lines: no codes, numbers, dates or columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from openimr.draft.bind import bind
from openimr.draft.evidence import newest_first
from openimr.draft.record import Record, page_refs
from openimr.draft.wording import CLINICAL_REPORTS, clause
from openimr.model.determination import Sentence
from openimr.model.document import DocumentKind
from openimr.model.evidence import Assertion, Fact
from openimr.model.prose import listed

_SHOWN = 6
_FORM_IS_NEWER_DAYS = 180
"""How much older a report may be than the request form and still give the diagnoses."""
_CONCEPTS = frozenset(
    {"other_indication", "diagnosis_axial_mechanical", "pathology_osteoarthritis"}
)
_NEXT_HEADING = re.compile(r"\n\s*[A-Z]{3,}\b.*", re.DOTALL)
_HEADING = re.compile(
    r"^\W*(?:(?:DIAGNOS[EI]S|DX|IMPRESSIONS?|IMP|ASSESSMENT)\b\W*|A:)\s*", re.IGNORECASE
)
_COLUMN = re.compile(r"\s{3,}.*")
_CODE = re.compile(
    r"\bICD(?:-?(?:9|10))?\b(?:-CM)?[\s:#]*(?:[A-Z]?\d{2,3}(?:\.\w{1,4})?)?|\(?\b[A-Z]?\d{2,3}\.\w{1,4}\b\)?"
)
_DAY = re.compile(r"\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b(?:19|20)\d{2}$")
_NUMBERING = re.compile(r"^\W*(?:\d{1,2}[.)]\W*)?")
# After a title a full stop ends nothing: `She saw Dr. Alder with back pain`.
_PARTS = re.compile(r"[;\n]|(?<!\bDr)(?<!\bMs)(?<!\bMr)(?<!\bMrs)\.\s|\s/\s")
_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|has|have|find|there|this|with the|no)\b", re.IGNORECASE
)
_LONGEST = 9
"""Words of a diagnosis; more are a sentence about it."""
_LONGEST_ACRONYM = 5


def diagnosis_sentences(record: Record, subject: str) -> list[Sentence]:
    """`She has been diagnosed with ...`, from the newest report that gives any diagnosis."""
    facts = _newest(record)
    named: dict[str, tuple[str, Fact]] = {}
    for fact in facts:
        for words in diagnoses_in(fact.provenance.quote):
            named.setdefault(words.casefold(), (words, fact))
    names = [name for name in named if not any(name in other and name != other for other in named)]
    shown = [named[name] for name in names[:_SHOWN]]
    if not shown:
        return []
    used = [fact for _, fact in shown]
    named_as = [record.anonymous(words) for words, _ in shown]
    told = "; ".join(named_as) if any("," in each for each in named_as) else listed(named_as)
    text = f"{subject} has been diagnosed with {told}{record.cite(used)}"
    return [bind(text, facts=[fact.id for fact in used], pages=page_refs(used))]


def diagnoses_in(quote: str) -> list[str]:
    """The diagnoses of a line, in its own words.

    >>> diagnoses_in("1. Cerv radiculitis R            ICD-9  723.4")
    ['cerv radiculitis R']
    """
    line = _HEADING.sub("", _NEXT_HEADING.sub("", quote))
    line = _COLUMN.sub("", _NUMBERING.sub("", _CODE.sub("   ", line).strip()))
    found = []
    for part in _PARTS.split(" ".join(line.split())):
        words = _DAY.sub("", _HEADING.sub("", _NUMBERING.sub("", part))).strip(" .,:-()")
        is_label = part.rstrip().endswith(":")
        short = len(words.split()) <= _LONGEST and not _SENTENCE.search(words)
        if words and short and not is_label:
            shouted = words.isupper() and len(words) > _LONGEST_ACRONYM
            found.append(words.lower() if shouted else clause(words))
    return found


def _newest(record: Record) -> Sequence[Fact]:
    """Diagnoses of the newest report that has any; the request form's if all reports are old."""
    facts = [fact for fact in record.facts.values() if _is_diagnosis(fact)]
    reports = [fact for fact in facts if _kind(fact, record) in CLINICAL_REPORTS]
    forms = [fact for fact in facts if _kind(fact, record) is DocumentKind.RFA]
    report, form = _first(reports), _first(forms)
    if not report or (form and (_day(form[0]) - _day(report[0])).days > _FORM_IS_NEWER_DAYS):
        return form or report or _first(facts)
    return report


def _first(facts: Iterable[Fact]) -> list[Fact]:
    """The facts of the newest document among them, in its order."""
    newest = sorted(facts, key=newest_first)
    return [each for each in newest if each.provenance.document == newest[0].provenance.document]


def _day(fact: Fact) -> date:
    day = fact.written or fact.date
    return day.last_day() if day else date.min


def _kind(fact: Fact, record: Record) -> DocumentKind:
    return record.documents[fact.provenance.document].kind


def _is_diagnosis(fact: Fact) -> bool:
    if fact.assertion is not Assertion.PRESENT:
        return False
    if fact.concept == "neuropathic_pain":
        return fact.value.get("strength") == "diagnosis"
    return fact.concept in _CONCEPTS
