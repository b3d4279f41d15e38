"""The clinical case summary, built from the header and the facts; it never names the worker."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from openimr.draft.bind import bind
from openimr.draft.diagnoses import diagnosis_sentences
from openimr.draft.history import treatment_sentences
from openimr.draft.rationale import item_pages
from openimr.draft.record import Record, page_refs
from openimr.draft.silence import unread_pages
from openimr.draft.treatment import medication_sentences
from openimr.draft.wording import CLINICAL_REPORTS, UR_ACTS, count
from openimr.model.case import DisputedItem, UrAction
from openimr.model.determination import Sentence
from openimr.model.document import Document, DocumentKind
from openimr.model.evidence import REGIMEN, Assertion, Fact, PageRef, UnreadPage
from openimr.model.labels import us_date
from openimr.model.prose import capital, listed
from openimr.model.quotation import quotation
from openimr.model.ranges import runs, write_runs
from openimr.model.text import PageState

_REPORTED = {
    "pain_score": "pain",
    "pain_with_without_medication": "pain",
    "functional_improvement": "function",
    "return_to_work": "work",
    "work_restrictions": "work",
    "radiculopathy_findings": "the examination",
    "muscle_spasm": "the examination",
}
"""What of the latest visit is worth telling, in this order, one statement of each."""
_VISIT_PAPERS = CLINICAL_REPORTS | {DocumentKind.NURSE_NOTE}
_QUOTE = 110
_STATED = (Assertion.PRESENT, Assertion.ABSENT, Assertion.CONFLICTING)


def write_summary(items: Sequence[DisputedItem], record: Record) -> tuple[Sentence, ...]:
    """Who, the diagnoses, the treatment, the latest visit, the requests, what was not used."""
    subject = {"male": "He", "female": "She"}.get(record.header.sex or "", "The injured worker")
    return (
        *_worker(record),
        *diagnosis_sentences(record, subject),
        *treatment_sentences(record),
        *medication_sentences(record),
        *_latest_visit(items, record),
        *_requests(items, record),
        *_unused_pages(record),
    )


def _worker(record: Record) -> list[Sentence]:
    header = record.header
    noun = {"male": "man", "female": "woman"}.get(header.sex or "", "")
    age = f"{header.age}-year-old " if header.age is not None else ""
    person = f"{age}{noun or 'person'}" if age or noun else ""
    injury = us_date(header.date_of_injury) if header.date_of_injury else ""
    fields = ("age" if age else "", "date_of_birth" if age else "", "sex" if noun else "")
    used = [name for name in (*fields, "date_of_injury" if injury else "") if name]
    pages = page_refs(header.sources[name] for name in used if name in header.sources)
    if not pages:
        return []
    article = "an" if person[:1] == "8" or person.startswith(("11", "18")) else "a"
    if person and injury:
        text = (
            f"The injured worker is {article} {person} who sustained an industrial injury on "
            f"{injury}"
        )
    elif person:
        text = f"The injured worker is {article} {person}; the date of injury was not found"
    else:
        text = f"The injured worker sustained an industrial injury on {injury}"
    return [bind(text + record.cite(pages), pages=pages)]


def _latest_visit(items: Iterable[DisputedItem], record: Record) -> list[Sentence]:
    """The day of the most recent report, and what the record of that day says."""
    reports = [each for each in record.documents.values() if each.kind in CLINICAL_REPORTS]
    dated = [report for report in reports if report.date is not None and report.pages]
    if not dated:
        return []
    latest = max(dated, key=_day)
    subjects = {None, REGIMEN, *(item.request.generic for item in items)}
    told = _reported(_day(latest), subjects, record)
    if not told:
        name = record.labels[latest.id]
        first_page = PageRef(document=latest.id, page=1)
        return [bind(f"The most recent report is the {name}, p. 1", pages=[first_page])]
    said = listed(
        f"of {topic}, “{quotation(record.anonymous(fact.provenance.quote), _QUOTE)}”"
        f"{record.cite([fact])}"
        for topic, fact in told.items()
    )
    text = f"On {us_date(latest.date)}, the day of the latest report, the record says {said}"
    facts = [*told.values()]
    return [bind(text, facts=[fact.id for fact in facts], pages=page_refs(facts))]


def _reported(day: date, subjects: Collection[str | None], record: Record) -> dict[str, Fact]:
    """One statement on each telling topic that papers of this day make of the patient.

    Effects of drugs that nobody asks for stay out.
    """
    order = [*_REPORTED]
    stated = [
        fact
        for fact in record.facts.values()
        if fact.assertion in _STATED
        and fact.concept in _REPORTED
        and fact.subject in subjects
        and record.documents[fact.provenance.document].date == day
        and record.documents[fact.provenance.document].kind in _VISIT_PAPERS
        and "carried_from" not in fact.value
    ]
    told: dict[str, Fact] = {}
    for fact in sorted(stated, key=lambda fact: (order.index(fact.concept), fact.id)):
        quotes = {each.provenance.quote for each in told.values()}
        if fact.provenance.quote not in quotes:
            told.setdefault(_REPORTED[fact.concept], fact)
    return told


def _day(document: Document) -> date:
    return document.date or date.min


def _requests(items: Iterable[DisputedItem], record: Record) -> list[Sentence]:
    """The requests in dispute, by what utilization review did with them."""
    groups: dict[UrAction, list[DisputedItem]] = {}
    for item in items:
        groups.setdefault(item.ur_action, []).append(item)
    pages = page_refs(page for item in items for page in item_pages(item, record))
    if not pages:
        return []
    unknown = groups.pop(UrAction.UNKNOWN, [])
    acts = [f"{UR_ACTS[action]} {_named(group)}" for action, group in groups.items()]
    day = record.header.ur_decision_date
    subject = f"On {us_date(day)} utilization review" if day else "Utilization review"
    parts = [f"{subject} {listed(acts)}"] if acts else []
    if unknown:
        parts.append(
            f"{'also ' if acts else ''}in dispute, with no action of utilization review "
            f"found: {_named(unknown)}"
        )
    text = "; ".join(parts)
    return [bind(f"{capital(text)}{record.cite(pages)}", pages=pages)]


def _named(items: Iterable[DisputedItem]) -> str:
    return listed(f"“{item.request_text}”" for item in items)


def _unused_pages(record: Record) -> list[Sentence]:
    """Pages of another patient, and pages that could not be read."""
    unreadable: list[UnreadPage] = []
    sentences = []
    for document in record.documents.values():
        foreign = [page.number for page in document.pages if page.is_foreign]
        if foreign:
            sentences.append(_foreign_sentence(document, foreign, record))
        unreadable += [
            UnreadPage(document=document.id, page=page.number, reason=page.reason)
            for page in document.pages
            if page.state is PageState.UNREADABLE
        ]
    if unreadable:
        number = count(len(unreadable), "page")
        text = f"Not read: {number} of the file, {unread_pages(unreadable, record)}"
        pages = [PageRef(document=page.document, page=page.page) for page in unreadable]
        sentences.append(bind(text, pages=pages))
    return sentences


def _foreign_sentence(document: Document, foreign: Sequence[int], record: Record) -> Sentence:
    noun, verb = ("Page", "concerns") if len(foreign) == 1 else ("Pages", "concern")
    text = (
        f"{noun} {write_runs(runs(foreign))} of the {record.labels[document.id]} {verb} another "
        "patient; nothing there was used as evidence"
    )
    return bind(text, pages=[PageRef(document=document.id, page=number) for number in foreign])
