"""The sentence: the only module that puts the steps in order.

    source files -> case file -> header, items, facts -> evaluations -> determination

Rules, the date and the settings are arguments: the same input replays identically years later.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from openimr import __version__
from openimr.adapters.casefile import read_files, read_single
from openimr.adapters.ocr_choice import AUTO, OcrChoice
from openimr.adapters.packs import pack_folders
from openimr.adapters.parallel import ordered_map
from openimr.draft.determination import draft_determination
from openimr.evaluate.associated import OPERATION_TOPIC, with_operation
from openimr.evaluate.item import evaluate_item
from openimr.evaluate.leaves.parent import is_operation
from openimr.evaluate.overruled import overrides_of
from openimr.evaluate.retrospect import service_day
from openimr.evaluate.searched import with_search
from openimr.extract.certificate import Searcher
from openimr.extract.facts import extract_document, in_order, merge_facts
from openimr.extract.header import read_header
from openimr.extract.items import find_items
from openimr.extract.second_reader.consult import Consultation
from openimr.extract.sentence_model import Proposer
from openimr.extract.timeline import build_timeline
from openimr.intake.assemble import assemble
from openimr.model.authority import Authorities
from openimr.model.case import CaseFile, CaseHeader, DisputedItem
from openimr.model.determination import Determination, Engine
from openimr.model.document import Document
from openimr.model.document_signs import DocumentSigns
from openimr.model.drug import Formulary
from openimr.model.edition import EditionChoice
from openimr.model.errors import EmptyCase, InputError
from openimr.model.evidence import Certificate, Fact
from openimr.model.finding import Evaluation
from openimr.model.ids import ConceptId
from openimr.model.lexicon import Lexicon
from openimr.model.progress import Progress, Silent
from openimr.model.request import RequestKind, RequestVocabulary
from openimr.model.rule import Rulebook, Settings, Topic
from openimr.model.ruling import Ruling
from openimr.model.second_reader import SecondReader, SecondReading
from openimr.model.sentence_model import SentenceModel
from openimr.model.source import SourceFile
from openimr.model.study import Challenge
from openimr.model.timeline import Course
from openimr.request.grammar import parse_request
from openimr.request.split import split_request
from openimr.rulebook.authorities import load_authorities
from openimr.rulebook.documents import load_document_signs
from openimr.rulebook.editions import choose_edition
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.lexicon import load_lexicon
from openimr.rulebook.load import load_rulebook, topics_for
from openimr.rulebook.requests import load_request_vocabulary
from openimr.rulebook.second_reader import load_second_reader_vocabulary
from openimr.rulebook.sentence_model import load_sentence_model

PARALLEL_FROM_PAGES = 120
"""Below this many pages, starting processes costs more than it saves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Everything the steps are handed: guideline topics, vocabularies, drugs."""

    rulebook: Rulebook
    lexicon: Lexicon
    formulary: Formulary
    vocabulary: RequestVocabulary
    signs: DocumentSigns
    sentences: SentenceModel
    authorities: Authorities


def load_rules() -> Rules:
    """The rules shipped with the package, and the packs that the environment names."""
    return Rules(
        rulebook=load_rulebook(pack_folders(os.environ)),
        lexicon=load_lexicon(),
        formulary=load_formulary(),
        vocabulary=load_request_vocabulary(),
        signs=load_document_signs(),
        sentences=load_sentence_model(),
        authorities=load_authorities(),
    )


def read_and_review(
    case: Path,
    *,
    rules: Rules,
    as_of: date | None = None,
    settings: Settings | None = None,
    ocr: OcrChoice = AUTO,
    second_reader: SecondReader | None = None,
    challenges: Sequence[Challenge] = (),
    progress: Progress | None = None,
) -> Determination:
    """Read a case file (folder, zip or PDF) and draft its determination."""
    files = read_files(case, ocr=ocr, progress=progress)
    return review(
        files,
        rules=rules,
        as_of=as_of,
        settings=settings,
        second_reader=second_reader,
        challenges=challenges,
        progress=progress,
    )


def read_records(
    paths: Sequence[Path], *, rules: Rules, progress: Progress | None = None
) -> tuple[CaseFile, tuple[Fact, ...]]:
    """The documents and facts of any records, without a case."""
    files = tuple(source for path in paths for source in read_single(path, progress=progress))
    case_file = assemble(files, rules.signs)
    header = read_header(case_file.documents)
    return case_file, read_facts(case_file.documents, header, progress=progress or Silent())


def review(
    files: tuple[SourceFile, ...],
    *,
    rules: Rules,
    as_of: date | None = None,
    settings: Settings | None = None,
    second_reader: SecondReader | SecondReading | None = None,
    challenges: Sequence[Challenge] = (),
    ruling: Ruling | None = None,
    progress: Progress | None = None,
) -> Determination:
    """The whole way from source files to a draft.

    Args:
        files: as read from the case file.
        rules: what to decide by.
        as_of: the day that chooses the edition; the UR decision's day if None.
        settings: policy switches; the rulebook's defaults if None.
        second_reader: asked where to look as well, or what one said before; none by default.
        challenges: studies that a reviewer lays against the schedule's recommendations.
        ruling: what the reviewer reads differently in findings and suggestions; none in a draft.
        progress: told of the work.
    """
    progress = progress or Silent()
    case_file = assemble(files, rules.signs)
    _require_documents(case_file)
    documents = case_file.documents
    header = read_header(documents)
    items = _items(documents, header, rules)
    engine = _engine(files, items, rules, as_of or decision_day(header, documents), settings)
    _require_items(items)
    facts, second_reading = _read(documents, header, rules, second_reader, progress)
    proposer = Proposer(rules.sentences, rules.formulary)
    registry = _Registry(Searcher(documents, facts, rules.lexicon, rules.formulary, proposer))
    record = _Record(header, documents, items, facts, build_timeline(facts, rules.formulary))
    evaluations = _evaluate(record, engine, rules, registry, challenges, progress, ruling)
    return draft_determination(
        engine=engine,
        header=header,
        documents=documents,
        unread=case_file.unread,
        facts=facts,
        certificates=registry.used_by(evaluations),
        items=items,
        evaluations=evaluations,
        second_reading=second_reading,
    )


def _read(
    documents: tuple[Document, ...],
    header: CaseHeader,
    rules: Rules,
    second_reader: SecondReader | SecondReading | None,
    progress: Progress,
) -> tuple[tuple[Fact, ...], SecondReading | None]:
    """The facts of the record: the rules' own, and those a second reader pointed at, if asked."""
    found = _facts_by_document(documents, header, progress)
    if second_reader is None:
        return merge_facts(documents, found), None
    consultation = Consultation(
        documents=documents,
        header=header,
        known=found,
        lexicon=rules.lexicon,
        formulary=rules.formulary,
        loose=load_second_reader_vocabulary(rules.lexicon),
    )
    if isinstance(second_reader, SecondReading):
        gained, reading = consultation.replay(second_reader)
    else:
        gained, reading = consultation.ask(second_reader, progress)
    return merge_facts(documents, list(map(in_order, found, gained))), reading


@dataclass(frozen=True, slots=True)
class _Record:
    """What was read of a case file, as the criteria are laid against it."""

    header: CaseHeader
    documents: tuple[Document, ...]
    items: tuple[DisputedItem, ...]
    facts: tuple[Fact, ...]
    courses: tuple[Course, ...]


def _require_documents(case_file: CaseFile) -> None:
    if not case_file.documents:
        raise EmptyCase(
            "the case file holds no document that can be read",
            why="; ".join(f"{unread.file}: {unread.reason}" for unread in case_file.unread),
            remedy="add the IMR application, the UR decision and the medical records",
        )


def _require_items(items: Sequence[DisputedItem]) -> None:
    if not items:
        raise EmptyCase(
            "no disputed item could be read in the application or the UR decision",
            why="no line of them names a treatment that was asked for and not approved",
            remedy="see whether those pages are readable, or add the list of what is in dispute",
        )


def _items(
    documents: tuple[Document, ...], header: CaseHeader, rules: Rules
) -> tuple[DisputedItem, ...]:
    parse = partial(parse_request, formulary=rules.formulary, vocabulary=rules.vocabulary)
    split = partial(split_request, formulary=rules.formulary, vocabulary=rules.vocabulary)
    return find_items(documents, header, parse=parse, split=split)


def _engine(
    files: Sequence[SourceFile],
    items: Sequence[DisputedItem],
    rules: Rules,
    day: date,
    settings: Settings | None,
) -> Engine:
    return Engine(
        version=__version__,
        rulebook_edition=_editions(rules.rulebook, items, day),
        rulebook_sha256=rules.rulebook.sha256,
        rulebook_files=tuple(sorted(rules.rulebook.files.items())),
        packs=rules.rulebook.packs,
        as_of=day,
        settings=settings or rules.rulebook.settings,
        ocr=next((source.ocr for source in files if source.ocr), ""),
    )


def _evaluate(
    record: _Record,
    engine: Engine,
    rules: Rules,
    registry: _Registry,
    challenges: Sequence[Challenge],
    progress: Progress,
    ruling: Ruling | None,
) -> tuple[Evaluation, ...]:
    challenged = _by_item(challenges, record.items)
    found: dict[int, Evaluation] = {}
    progress.start(len(record.items), "Laying the record against the criteria")
    # Operations first: what goes with one follows what is suggested for it.
    for item in sorted(record.items, key=lambda item: not is_operation(item)):
        topics = with_operation(
            _topics(rules.rulebook, item, engine.as_of),
            topics_for(rules.rulebook, OPERATION_TOPIC, engine.as_of),
            item,
            record.items,
        )
        evaluation = evaluate_item(
            item,
            items=record.items,
            facts=record.facts,
            courses=record.courses,
            header=record.header,
            documents=record.documents,
            topics=topics,
            settings=engine.settings,
            formulary=rules.formulary,
            certify=partial(registry.certify, until=service_day(item, engine.as_of)),
            as_of=engine.as_of,
            decided={index: earlier.suggestion for index, earlier in found.items()},
            edition=_edition(rules.rulebook, item, engine.as_of, record),
            overrides=overrides_of(ruling, item.index),
        )
        found[item.index] = with_search(
            evaluation, topics, rules.authorities, engine.as_of, challenged.get(item.index)
        )
        progress.advance()
    progress.done()
    return tuple(found[item.index] for item in record.items)


def _by_item(
    challenges: Sequence[Challenge], items: Sequence[DisputedItem]
) -> dict[int, Challenge]:
    """The challenge of each item; one of an item that is not in dispute is refused."""
    known = {item.index for item in items}
    for challenge in challenges:
        if challenge.item not in known:
            raise InputError(
                f"there is no item {challenge.item} to challenge the schedule on",
                why=f"the case has {len(items)} item{'' if len(items) == 1 else 's'} in dispute",
                remedy="name items by their numbers in the draft",
            )
    return {challenge.item: challenge for challenge in challenges}


def decision_day(header: CaseHeader, documents: Sequence[Document]) -> date:
    """The day that chooses the guideline edition when the caller names none.

    The UR decision's day; else the request's; else the newest document's, since the record itself
    must give the day for a replay to be the same.

    Raises:
        EmptyCase: no page of the case file has a date.
    """
    day = header.ur_decision_date or header.rfa_date or header.application_received
    if day is not None:
        return day
    dated = [document.date for document in documents if document.date is not None]
    if not dated:
        raise EmptyCase(
            "no document of the case file has a date",
            why="the guideline edition is chosen by the date of the UR decision",
            remedy="give the date with --as-of",
        )
    return max(dated)


def day_basis(day: date, header: CaseHeader, documents: Sequence[Document]) -> str:
    """What a day that chooses the edition is; told from the record, so that a replay agrees."""
    known = {
        "the day of the UR decision": header.ur_decision_date,
        "the day of the request": header.rfa_date,
        "the day on which the application was received": header.application_received,
        "the day of the newest document": max(
            (document.date for document in documents if document.date is not None), default=None
        ),
    }
    return next((basis for basis, stated in known.items() if stated == day), "the day given")


def read_facts(
    documents: Sequence[Document], header: CaseHeader, *, progress: Progress
) -> tuple[Fact, ...]:
    """The facts of all documents, in the order of the record; in processes when it is long."""
    return merge_facts(documents, _facts_by_document(documents, header, progress))


def _facts_by_document(
    documents: Sequence[Document], header: CaseHeader, progress: Progress
) -> list[tuple[Fact, ...]]:
    parallel = sum(len(document.pages) for document in documents) >= PARALLEL_FROM_PAGES
    factory = partial(make_fact_reader, header)
    found: list[tuple[Fact, ...]] = []
    progress.start(sum(len(document.pages) for document in documents), "Reading the facts")
    facts = ordered_map(factory, documents, parallel=parallel)
    for document, of_document in zip(documents, facts, strict=True):
        found.append(of_document)
        progress.advance(len(document.pages))
    progress.done()
    return found


def make_fact_reader(header: CaseHeader) -> Callable[[Document], tuple[Fact, ...]]:
    """A function that reads one document's facts; it loads its vocabularies once."""
    return partial(
        extract_document, header=header, lexicon=load_lexicon(), formulary=load_formulary()
    )


class _Registry:
    """Hands out certificates, one for each distinct search."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._made: dict[tuple[tuple[ConceptId, ...], str | None, date | None], Certificate] = {}

    def certify(
        self, concepts: tuple[ConceptId, ...], subject: str | None, until: date | None = None
    ) -> Certificate:
        """The certificate for these concepts, this subject and the days that count."""
        key = (concepts, subject, until)
        if key not in self._made:
            self._made[key] = self._searcher.certify(concepts, subject, until)
        return self._made[key]

    def used_by(self, evaluations: Sequence[Evaluation]) -> tuple[Certificate, ...]:
        """Those that a finding rests on, in the order in which they were made."""
        used = {
            finding.certificate for evaluation in evaluations for finding in evaluation.findings
        }
        return tuple(made for made in self._made.values() if made.id in used)


def _topics(rulebook: Rulebook, item: DisputedItem, day: date) -> tuple[Topic, ...]:
    topic = item.request.topic_id
    return topics_for(rulebook, topic, day) if topic else ()


def _edition(
    rulebook: Rulebook, item: DisputedItem, day: date, record: _Record
) -> EditionChoice | None:
    """The edition that governs an item, and why."""
    request = item.request
    if not request.topic_id:
        return None
    basis = day_basis(day, record.header, record.documents)
    of_drug = request.kind is RequestKind.DRUG
    return choose_edition(rulebook, request.topic_id, day, basis, of_drug=of_drug)


def _editions(rulebook: Rulebook, items: Sequence[DisputedItem], day: date) -> str:
    """The editions in force that the items use, as a reader would name them."""
    used = {
        f"{topic.guideline} ({topic.edition})"
        for item in items
        for topic in _topics(rulebook, item, day)
    }
    return "; ".join(sorted(used)) or f"no encoded guideline in force on {day.isoformat()}"
