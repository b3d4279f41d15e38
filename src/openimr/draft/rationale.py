"""The rationale of one item, written from its findings and never free of them.

Order: the request and what utilization review did; which edition governs; what decides; what
holds; the arithmetic; flags of what the record says, then of what it leaves out; what was
considered without weight; searches without weight; cautions; the suggestion.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from openimr.draft.arithmetic import calculation_sentences
from openimr.draft.bind import bind
from openimr.draft.evidence import finding_sentences, short_sentence, subject
from openimr.draft.open_topic import record_sentences
from openimr.draft.record import Record, page_refs
from openimr.draft.request_words import request_words
from openimr.draft.silence import (
    same_search,
    search_sentences,
    silent_sentences,
    unseen_sentences,
)
from openimr.draft.wording import PREDICATES, UR_ACTS, clause
from openimr.model.case import DisputedItem
from openimr.model.determination import Sentence
from openimr.model.document import DocumentKind
from openimr.model.evidence import PageRef
from openimr.model.finding import Evaluation, Finding, Suggestion, Value, Weight
from openimr.model.ids import CertificateId, CriterionId
from openimr.model.labels import us_date, us_dates
from openimr.model.prose import listed
from openimr.model.rule import Role

_NOTES_SHOWN = 2
DRAFT_CLOSE = "; the physician decides"
"""How the last sentence of a draft's item ends."""
_SAID = frozenset({Value.CONTRADICTED, Value.EXCEEDED, Value.PRESENT, Value.CONFLICTING})
"""Values that the record itself speaks to: their flags come before those of silence."""


@dataclass(slots=True)
class _Told:
    """What one item's rationale has already said, so that it says it once."""

    searches: dict[CertificateId, Finding] = field(default_factory=dict)
    """Certificate to the finding under which it was told."""
    unseen: set[str] = field(default_factory=set)
    """Sentences on pages that no search could see, and the nearest passages quoted."""


def write_rationale(
    item: DisputedItem, evaluation: Evaluation, record: Record
) -> tuple[Sentence, ...]:
    """All sentences of the rationale, in the order of the letter."""
    decides, holds, flags, others = _by_weight(evaluation)
    limits = [finding for finding in others if finding.role is Role.LIMIT]
    rest = [finding for finding in others if finding.role is not Role.LIMIT]
    told = _Told()
    return (
        *_request(item, record),
        *_edition(item, evaluation, record),
        *_in_full(decides, record, "decides", told),
        *_in_full(holds, record, "holds", told),
        *_in_short(limits, record, "arithmetic"),
        *calculation_sentences(evaluation.findings, record),
        *_in_short([each for each in flags if _is_spoken(each)], record, "flags"),
        *_silent([each for each in flags if not _is_spoken(each)], record, "silent", told),
        *_in_short(
            [each for each in rest if _has_facts(each) or _holds_by_search(each)],
            record,
            "considered",
        ),
        *_silent([each for each in rest if not _is_spoken(each)], record, "search", told),
        *(record_sentences(item, record) if not evaluation.findings else ()),
        *_cautions(item, evaluation, record),
        _close(item, evaluation, record),
    )


def item_pages(item: DisputedItem, record: Record) -> tuple[PageRef, ...]:
    """Where the request stands; failing that, the first page of the paper that disputes it."""
    if item.sources:
        return page_refs(item.sources)
    papers = (DocumentKind.IMR_APPLICATION, DocumentKind.UR_DECISION)
    documents = [*record.documents.values()]
    disputing = [document for document in documents if document.kind in papers]
    return tuple(PageRef(document=each.id, page=1) for each in (disputing or documents)[:1])


def _by_weight(
    evaluation: Evaluation,
) -> tuple[list[Finding], list[Finding], list[Finding], list[Finding]]:
    """Findings that decide, that hold, that are flagged, and the rest; each in one of them."""
    place: dict[CriterionId, int] = {}
    for finding in evaluation.findings:
        if finding.criterion in evaluation.reasons or finding.weight is Weight.DECIDES:
            place[finding.criterion] = 0
        elif finding.criterion in evaluation.flags or finding.weight is Weight.FLAGS:
            place[finding.criterion] = 2
        else:
            place[finding.criterion] = 1 if finding.weight is Weight.SUPPORTS else 3
    order = {criterion: at for at, criterion in enumerate(evaluation.reasons)}
    groups: tuple[list[Finding], ...] = ([], [], [], [])
    for finding in evaluation.findings:
        groups[place[finding.criterion]].append(finding)
    groups[0].sort(key=lambda finding: order.get(finding.criterion, len(order)))
    groups[2].sort(key=lambda finding: finding.value not in _SAID)
    return groups[0], groups[1], groups[2], groups[3]


def _request(item: DisputedItem, record: Record) -> list[Sentence]:
    """The line, how it was read, and what utilization review did with it."""
    pages = item_pages(item, record)
    words = request_words(item.request)
    reading = f", read as {words}" if words else ""
    text = f"The request is “{item.request_text}”{reading}{record.cite(pages)}"
    sentences = [bind(text, pages=pages, part="request")]
    if item.request.ambiguities:
        open_points = "; ".join(clause(point) for point in item.request.ambiguities)
        text = f"The line leaves open: {open_points}"
        sentences.append(bind(text, pages=pages, part="request"))
    verb = UR_ACTS.get(item.ur_action)
    if verb is not None:
        sentences.append(_review_action(item, verb, pages, record))
    return sentences


def _edition(item: DisputedItem, evaluation: Evaluation, record: Record) -> list[Sentence]:
    """The edition that governs and why, and rules on authorisation, which decide nothing."""
    choice = evaluation.edition
    if choice is None:
        return []
    pages = item_pages(item, record)
    told = (choice.sentence, *choice.authorisation)
    return [bind(text, pages=pages, part="edition") for text in told]


def _review_action(
    item: DisputedItem, verb: str, pages: Sequence[PageRef], record: Record
) -> Sentence:
    decisions = {
        document.id
        for document in record.documents.values()
        if document.kind is DocumentKind.UR_DECISION
    }
    pages = [page for page in pages if page.document in decisions] or pages
    day = record.header.ur_decision_date
    when = f" on {us_date(day)}" if day else ""
    granted = f" and authorized “{item.ur_granted}”" if item.ur_granted else ""
    text = f"Utilization review {verb} it{when}{granted}{record.cite(pages)}"
    return bind(text, pages=pages, part="request")


def _is_spoken(finding: Finding) -> bool:
    """Whether the record speaks to it, be it in part; the rest is told by its search alone.

    What holds because a search found nothing, as a first injection does, has its own sentence:
    `Not found: a first injection` would say the opposite.
    """
    return _has_facts(finding) or finding.certificate is None or _holds_by_search(finding)


def _holds_by_search(finding: Finding) -> bool:
    return finding.certificate is not None and finding.value in {Value.PRESENT, Value.MET}


def _has_facts(finding: Finding) -> bool:
    return bool(finding.facts_for or finding.facts_against)


def _in_full(findings: Iterable[Finding], record: Record, part: str, told: _Told) -> list[Sentence]:
    """Each finding with its evidence and, where nothing was found, its search; a search once."""
    sentences: list[Sentence] = []
    for finding in findings:
        sentences += finding_sentences(finding, record, part)
        if finding.certificate is None:
            continue
        first = told.searches.setdefault(finding.certificate, finding)
        if first is finding:
            certificate = record.certificates[finding.certificate]
            sentences += search_sentences(certificate, finding, record, part, told.unseen)
        else:
            sentences.append(same_search(finding, first, part))
    return sentences


def _in_short(findings: Iterable[Finding], record: Record, part: str) -> list[Sentence]:
    """A sentence for each finding; criteria that say the same share it."""
    alike: dict[str, list[Finding]] = {}
    for finding in findings:
        alike.setdefault(finding.statement, []).append(finding)
    return [short_sentence(group, record, part) for group in alike.values()]


def _silent(findings: Sequence[Finding], record: Record, part: str, told: _Told) -> list[Sentence]:
    """Silences together, and the pages that their searches could not see if nobody said it yet."""
    sentences = silent_sentences(findings, record, part, weightless=part == "search")
    for finding in findings:
        if finding.certificate is not None:
            certificate = record.certificates[finding.certificate]
            sentences += unseen_sentences(certificate, [finding], record, part, told.unseen)
    return sentences


def _cautions(item: DisputedItem, evaluation: Evaluation, record: Record) -> list[Sentence]:
    """Notes of the evaluation and the taper note."""
    pages = item_pages(item, record)
    known = item.request.ambiguities
    notes = [note for note in evaluation.notes if not any(open_ in note for open_ in known)]
    texts = [*_merged(notes), *([evaluation.taper_note] if evaluation.taper_note else [])]
    return [bind(text, findings=evaluation.reasons, pages=pages, part="caution") for text in texts]


def _merged(notes: Iterable[str]) -> list[str]:
    """Notes of one lead in a sentence, the first of them told, the rest counted."""
    by_lead: dict[str, list[str]] = {}
    for note in notes:
        lead, _, rest = us_dates(note).partition(": ")
        by_lead.setdefault(lead, []).append(rest.rstrip("."))
    told = []
    for lead, rests in by_lead.items():
        shown = [rest for rest in rests[:_NOTES_SHOWN] if rest]
        more = len(rests) - _NOTES_SHOWN
        shown += [f"{more} more like {'it' if more == 1 else 'these'}"] if more > 0 else []
        told.append(f"{lead}: {'; '.join(shown)}" if shown else lead)
    return told


def _close(item: DisputedItem, evaluation: Evaluation, record: Record) -> Sentence:
    """What the criteria suggest; the physician decides."""
    reasons = _reasons(evaluation)
    text = {
        Suggestion.SUPPORT: "The criteria suggest support for the request as written",
        Suggestion.NOT_SUPPORT: "The criteria suggest that the request is not supported as written",
        Suggestion.MODIFY_TO: (
            "The criteria suggest support for a smaller form only: "
            f"{clause(evaluation.modification or 'not determined')}"
        ),
        Suggestion.REFER: "The criteria do not settle the request and suggest neither outcome",
    }[evaluation.suggestion]
    if not evaluation.findings:
        text = "The draft suggests neither outcome"
    because = f", because {reasons}" if reasons else ""
    return bind(
        f"{text}{because}{DRAFT_CLOSE}",
        findings=evaluation.reasons,
        pages=item_pages(item, record),
        part="close",
    )


def _reasons(evaluation: Evaluation) -> str:
    """`pain relief (OPI-1) and better function (OPI-2) are not documented`."""
    found = {finding.criterion: finding for finding in evaluation.findings}
    by_value: dict[str, list[str]] = {}
    for each in evaluation.reasons:
        if each in found:
            finding = found[each]
            by_value.setdefault(PREDICATES[finding.value], []).append(subject(finding))
    return listed(
        f"{listed(names)} {predicate.replace('is ', 'are ', 1) if len(names) > 1 else predicate}"
        for predicate, names in by_value.items()
    )
