"""Puts the draft together and checks that every sentence resolves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openimr.draft.bind import UnboundSentenceError
from openimr.draft.guidelines import claims_administrator_line, reviewer_line
from openimr.draft.method import how_made
from openimr.draft.rationale import write_rationale
from openimr.draft.record import Record
from openimr.draft.summary import write_summary
from openimr.draft.would_change import write_would_change
from openimr.model.case import CaseHeader, DisputedItem
from openimr.model.determination import (
    Determination,
    Engine,
    ItemDetermination,
    Sentence,
    Status,
)
from openimr.model.document import Document, UnreadFile
from openimr.model.evidence import Certificate, Fact
from openimr.model.finding import Evaluation
from openimr.model.ids import CriterionId
from openimr.model.second_reader import SecondReading

ORGANIZATION = "The review organization"
"""What the letter calls the organization where none is given."""


def draft_determination(
    *,
    engine: Engine,
    header: CaseHeader,
    documents: tuple[Document, ...],
    unread: tuple[UnreadFile, ...],
    facts: tuple[Fact, ...],
    certificates: tuple[Certificate, ...],
    items: tuple[DisputedItem, ...],
    evaluations: tuple[Evaluation, ...],
    second_reading: SecondReading | None = None,
    organization: str = ORGANIZATION,
) -> Determination:
    """Write the draft: a suggestion for each item, never an outcome.

    Args:
        engine: version, rulebook and date that the draft can be replayed with.
        header: people and dates of the case.
        documents: the records reviewed.
        unread: files that could not be read at all.
        facts: the facts of the record.
        certificates: the searches behind each 'not documented'.
        items: the items in dispute.
        evaluations: one for each item, in the same order.
        second_reading: what a second reader added to the facts, if one was asked.
        organization: who conducts the review, as the letter names it.

    Raises:
        UnboundSentenceError: if a sentence would stand on nothing, or on what the record lacks.
        ValueError: if items and evaluations do not pair.
    """
    record = Record.of(header, documents, facts, certificates)
    pairs = zip(items, evaluations, strict=True)
    draft = Determination(
        status=Status.DRAFT,
        engine=engine,
        header=header,
        documents=documents,
        unread=unread,
        facts=facts,
        certificates=certificates,
        items=tuple(_item(item, evaluation, record) for item, evaluation in pairs),
        summary=write_summary(items, record),
        organization=organization,
        how_made=how_made(organization, engine, record.page_count, len(documents), second_reading),
        second_reading=second_reading,
    )
    _check_resolves(draft, record)
    return draft


def _item(item: DisputedItem, evaluation: Evaluation, record: Record) -> ItemDetermination:
    return ItemDetermination(
        item=item,
        evaluation=evaluation,
        outcome=None,
        claims_administrator_guideline=claims_administrator_line(item.ur_guideline),
        reviewer_guideline=reviewer_line(evaluation),
        rationale=write_rationale(item, evaluation, record),
        would_change=write_would_change(evaluation),
    )


def _check_resolves(draft: Determination, record: Record) -> None:
    """Every id a sentence names must exist: findings in its item, facts and pages in the case."""
    _check(draft.summary, frozenset(), record)
    for item in draft.items:
        findings = frozenset(finding.criterion for finding in item.evaluation.findings)
        _check((*item.rationale, *item.would_change), findings, record)


def _check(sentences: Sequence[Sentence], findings: frozenset[CriterionId], record: Record) -> None:
    for sentence in sentences:
        missing = [*_missing(sentence, findings, record)]
        if missing:
            raise UnboundSentenceError(
                f"a sentence of the draft names {missing[0]}, which is not there",
                why=f"the sentence is: {sentence.text}",
                remedy="report this with the case's determination; the draft must not state it",
            )


def _missing(sentence: Sentence, findings: frozenset[CriterionId], record: Record) -> Iterable[str]:
    yield from (f"finding {each}" for each in sentence.findings if each not in findings)
    yield from (f"fact {each}" for each in sentence.facts if each not in record.facts)
    for page in sentence.pages:
        document = record.documents.get(page.document)
        if document is None or not 1 <= page.page <= len(document.pages):
            yield f"page {page.page} of {page.document}"
