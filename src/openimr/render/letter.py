"""The letter as its readers see it, before any format: rows, paragraphs and links.

Every renderer prints this one structure, so that no format says more than another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from openimr.model.case import CaseHeader, DisputedItem
from openimr.model.determination import Determination, ItemDetermination, Sentence, Status
from openimr.model.evidence import Certificate, Fact
from openimr.model.finding import Evaluation, Finding
from openimr.model.ids import CertificateId, CriterionId, FactId
from openimr.model.labels import origin_mark, us_date
from openimr.model.names import WorkerName
from openimr.render.authorities import AuthorityRow, authority_rows, search_lead
from openimr.render.records import DocumentRow, document_rows, unread_rows
from openimr.render.searches import Search, SearchRow, common_pages, search_of, search_rows
from openimr.render.spans import Linker, Span, Spans, printable
from openimr.render.words import (
    ACTIONS,
    BLANK,
    ISSUES,
    PARTS,
    ROLES,
    TITLE,
    VALUES,
    WEIGHTS,
    overall_words,
    suggestion_words,
    tone,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence, with the passages it stands on for the formats that can mark them."""

    spans: Spans
    marks: tuple[str, ...] = ()
    """Fact ids; without facts `line` (the request's, a header's) or `near-c01` (near misses)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Sentences of one purpose under a run-in heading, a block for each finding."""

    heading: str
    blocks: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRow:
    """One criterion of the table."""

    id: str
    role: str
    name: str
    requirement: str
    statement: str
    value: str
    tone: str
    weight: str
    citation: str
    supporting: Spans
    opposing: Spans
    search: str
    """The certificate's id, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPart:
    """One item of the letter."""

    index: int
    heading: str
    action: str
    suggestion: str
    suggestion_value: str
    outcome: str
    administrator_guideline: str
    reviewer_guideline: str
    search_lead: str
    """The order of authorities followed; empty where none was in force."""
    authorities: tuple[AuthorityRow, ...]
    topics: str
    deciding: tuple[str, ...]
    rationale: tuple[Paragraph, ...]
    would_change: tuple[Line, ...]
    flip: tuple[str, ...]
    criteria: tuple[CriterionRow, ...]
    searches: tuple[Search, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The whole letter."""

    title: str
    draft: bool
    case_rows: tuple[tuple[str, str], ...]
    reviewer_rows: tuple[tuple[str, str], ...]
    how_made: tuple[str, ...]
    documents: tuple[DocumentRow, ...]
    unread: tuple[tuple[str, str], ...]
    summary: tuple[Line, ...]
    issues_title: str
    items: tuple[ItemPart, ...]
    searches: tuple[Search, ...]
    search_pages: str
    """What all searches covered; empty where they differ, and then the rows say it."""
    search_rows: tuple[SearchRow, ...]
    engine: str
    engine_short: str
    """For the foot of each page."""
    as_of: str
    """ISO date: the document's own date, so that bytes do not depend on the clock."""


def build_letter(determination: Determination) -> Letter:
    """Lay the determination out as rows, paragraphs and links."""
    linker = Linker(determination.documents)
    view = _View(determination, linker)
    searches = tuple(view.search(each) for each in determination.certificates)
    return Letter(
        title=TITLE[determination.status],
        draft=determination.status is Status.DRAFT,
        case_rows=(*_decision_rows(determination), *_case_rows(determination.header)),
        reviewer_rows=(
            ("State(s) of licensure", printable(determination.reviewer_licensure or BLANK)),
            ("Certification(s)/specialty", printable(determination.reviewer_specialty or BLANK)),
        ),
        how_made=tuple(printable(text) for text in determination.how_made),
        documents=document_rows(determination.documents, WorkerName(determination.header.worker)),
        unread=unread_rows(determination.unread),
        summary=view.lines(determination.summary),
        issues_title=ISSUES[determination.status],
        items=tuple(view.item(item) for item in determination.items),
        searches=searches,
        search_pages=common_pages(searches),
        search_rows=search_rows(searches),
        engine=_engine(determination),
        engine_short=_engine_short(determination),
        as_of=determination.engine.as_of.isoformat(),
    )


_WHOLE = ("", "request", "edition", "caution", "close")
"""Parts that read as one paragraph."""


class _View:
    """Turns the parts of a determination into the letter's, with links."""

    def __init__(self, determination: Determination, linker: Linker) -> None:
        self._documents = determination.documents
        self._facts: dict[FactId, Fact] = {fact.id: fact for fact in determination.facts}
        self._certificates = {each.id: each for each in determination.certificates}
        self._linker = linker
        self._worker = WorkerName(determination.header.worker)
        self._searched: dict[CriterionId, CertificateId | None] = {}
        """Of the item at hand: criterion to search."""

    def lines(self, sentences: Iterable[Sentence]) -> tuple[Line, ...]:
        """Sentences with their links."""
        return tuple(
            Line(spans=self._linker.link(each.text), marks=self._marks(each)) for each in sentences
        )

    def _marks(self, sentence: Sentence) -> tuple[str, ...]:
        """The passages that a sentence stands on; of a search, the ones that came nearest."""
        if sentence.facts:
            return tuple(map(str, sentence.facts))
        if sentence.part in ("", "request", "edition"):
            return ("line",)
        searches = (self._searched.get(criterion) for criterion in sentence.findings)
        return tuple(f"near-{each}" for each in dict.fromkeys(searches) if each)

    def item(self, item: ItemDetermination) -> ItemPart:
        """One item."""
        disputed, evaluation = item.item, item.evaluation
        self._searched = {each.criterion: each.certificate for each in evaluation.findings}
        used = dict.fromkeys(each.certificate for each in evaluation.findings if each.certificate)
        return ItemPart(
            index=disputed.index,
            heading=printable(disputed.request_text),
            action=_action(disputed),
            suggestion=suggestion_words(evaluation),
            suggestion_value=evaluation.suggestion.value,
            outcome=item.outcome.value if item.outcome else "",
            administrator_guideline=printable(item.claims_administrator_guideline.text),
            reviewer_guideline=printable(item.reviewer_guideline.text),
            search_lead=search_lead(evaluation.search),
            authorities=authority_rows(evaluation.search),
            topics=", ".join(f"{topic} ({edition})" for topic, edition in evaluation.topics),
            deciding=tuple(map(str, evaluation.reasons)),
            rationale=self._paragraphs(item.rationale),
            would_change=self.lines(item.would_change),
            flip=tuple(" + ".join(flip) for flip in evaluation.flip),
            criteria=tuple(self._criterion(each) for each in _ordered(evaluation)),
            searches=tuple(self.search(self._certificates[each]) for each in used),
        )

    def _paragraphs(self, sentences: Sequence[Sentence]) -> tuple[Paragraph, ...]:
        return tuple(
            Paragraph(heading=PARTS.get(part, ""), blocks=self._blocks(part, tuple(group)))
            for part, group in groupby(sentences, key=lambda sentence: sentence.part)
        )

    def _blocks(self, part: str, sentences: Sequence[Sentence]) -> tuple[tuple[Line, ...], ...]:
        """Sentences on one finding stand together; parts without findings are one block."""
        if part in _WHOLE:
            return (self.lines(sentences),)
        groups = groupby(sentences, key=lambda sentence: sentence.findings[:1])
        return tuple(self.lines(tuple(group)) for _, group in groups)

    def _criterion(self, finding: Finding) -> CriterionRow:
        return CriterionRow(
            id=str(finding.criterion),
            role=ROLES[finding.role],
            name=printable(finding.name or finding.requirement.split(". ")[0].rstrip(".")),
            requirement=printable(finding.requirement),
            statement=printable(_result(finding)),
            value=_value(finding),
            tone=tone(finding.value, finding.role),
            weight=WEIGHTS[finding.weight],
            citation=printable(finding.citation),
            supporting=self._places(finding.facts_for),
            opposing=self._places(finding.facts_against),
            search=str(finding.certificate or ""),
        )

    def _places(self, identities: Iterable[FactId]) -> Spans:
        """Pages of facts in short: `D03 p. 1`, each once."""
        places: dict[tuple[str, int], list[Fact]] = {}
        for fact in (self._facts[identity] for identity in identities):
            where = fact.provenance
            places.setdefault((where.document, where.page), []).append(fact)
        return tuple(
            Span(
                text=f"{document} p.\u00a0{page}{origin_mark(facts)}", document=document, page=page
            )
            for (document, page), facts in places.items()
        )

    def search(self, certificate: Certificate) -> Search:
        """One certificate."""
        return search_of(certificate, self._documents, self._worker)


def _ordered(evaluation: Evaluation) -> list[Finding]:
    """Criteria by what they do: deciding first, then flags, then what holds, then the rest."""
    order = ["decides", "flag", "set aside", "holds", ""]
    return sorted(evaluation.findings, key=lambda each: order.index(WEIGHTS[each.weight]))


def _action(item: DisputedItem) -> str:
    granted = f"; authorized: {item.ur_granted}" if item.ur_granted else ""
    return printable(f"{ACTIONS[item.ur_action]}{granted}")


def _value(finding: Finding) -> str:
    """The value; of an overruled finding also what the record was read to show."""
    if finding.overruled is None:
        return VALUES[finding.value]
    return f"{VALUES[finding.value]} (the reviewer's; read as {VALUES[finding.overruled]})"


def _result(finding: Finding) -> str:
    """What was found, without arithmetic: the rationale writes that out."""
    starts = [finding.statement.find(each.expression) for each in finding.calculations]
    places = [start for start in starts if start > 0]
    return finding.statement[: min(places)].rstrip(" :") if places else finding.statement


def _decision_rows(determination: Determination) -> tuple[tuple[str, str], ...]:
    """What was decided and under which number; nothing in a draft."""
    issuance = determination.issuance
    outcomes = [item.outcome for item in determination.items if item.outcome is not None]
    numbered = [("IMR case number", issuance.case_number)] if issuance else []
    dated = [("Date of the decision", us_date(issuance.issued))] if issuance else []
    told = [("Decision", printable(overall_words(outcomes)))] if outcomes else []
    corrected = [("Correction", printable(issuance.reason))] if issuance and issuance.reason else []
    return (*numbered, *dated, *told, *corrected)


def _case_rows(header: CaseHeader) -> tuple[tuple[str, str], ...]:
    """The case in short; the worker is never named."""
    rows = (
        ("Claim number", header.claim_number or ""),
        ("Date of injury", us_date(header.date_of_injury) if header.date_of_injury else ""),
        ("UR decision", us_date(header.ur_decision_date) if header.ur_decision_date else ""),
        (
            "Application received",
            us_date(header.application_received) if header.application_received else "",
        ),
    )
    return tuple((label, printable(value or "not stated in the file")) for label, value in rows)


def _engine(determination: Determination) -> str:
    engine = determination.engine
    return (
        f"OpenIMR {engine.version}, rulebook edition {engine.rulebook_edition} "
        f"(sha256 {engine.rulebook_sha256[:16]}), as of {us_date(engine.as_of)}"
    )


def _engine_short(determination: Determination) -> str:
    engine = determination.engine
    rulebook = engine.rulebook_sha256[:12]
    return f"OpenIMR {engine.version}, rulebook {rulebook}, as of {us_date(engine.as_of)}"
