"""The determination as data: the JSON twin of the letter, for `verify` and for other programs.

Field names are relied on outside; more may be added, these stay. The order of keys is the order
written here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from enum import Enum

from openimr.model.case import CaseFile, CaseHeader
from openimr.model.determination import (
    Determination,
    Engine,
    GuidelineLine,
    ItemDetermination,
    Sentence,
)
from openimr.model.document import Document, UnreadFile
from openimr.model.edition import EditionChoice
from openimr.model.evidence import Certificate, Fact, NearMiss, Provenance, UnreadPage
from openimr.model.finding import Calculation, Finding
from openimr.model.pack import Pack
from openimr.model.request_json import request_json
from openimr.model.rule import Settings
from openimr.model.second_reader import SecondReading
from openimr.model.text import Box, Notice
from openimr.render.ruling_json import ruling_json
from openimr.render.search_json import search_json

SCHEMA = "openimr/determination/1"
Json = dict[str, object]
_BOX_DECIMALS = 2
"""A hundredth of a point: finer than any page is drawn."""


def render_json(determination: Determination) -> Json:
    """The whole determination in JSON's own types.

    Args:
        determination: a draft, or one that was signed.
    """
    return {
        "schema": SCHEMA,
        "status": determination.status.value,
        "case": _case(determination.header),
        "engine": _engine(determination.engine),
        "organization": determination.organization,
        "reviewer": {
            "licensure": determination.reviewer_licensure,
            "specialty": determination.reviewer_specialty,
        },
        "how_made": [*determination.how_made],
        "documents": [_document(document) for document in determination.documents],
        "unread": [_unread_file(each) for each in determination.unread],
        "summary": [_sentence(sentence) for sentence in determination.summary],
        "items": [_item(item) for item in determination.items],
        "facts": [_fact(fact) for fact in determination.facts],
        "certificates": [_certificate(each) for each in determination.certificates],
        "second_reading": _second_reading(determination.second_reading),
        **ruling_json(determination),
    }


def dump_json(determination: Determination) -> bytes:
    """The bytes of `determination.json`: UTF-8, one space a level, a newline at the end."""
    return dump(render_json(determination))


def records_json(case_file: CaseFile, facts: Iterable[Fact]) -> Json:
    """The documents and facts of records without a case, as in a determination."""
    return {
        "documents": [_document(document) for document in case_file.documents],
        "unread": [_unread_file(each) for each in case_file.unread],
        "facts": [_fact(fact) for fact in facts],
    }


def dump(value: Json) -> bytes:
    """JSON as every file of ours has it."""
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    # A lone surrogate, as broken PDFs give, has no UTF-8 form; its escape is valid JSON.
    return (text + "\n").encode("utf-8", errors="backslashreplace")


def _case(header: CaseHeader) -> Json:
    known = {
        field.name: _plain(getattr(header, field.name))
        for field in fields(header)
        if field.name != "sources"
    }
    sources = {name: _place(header.sources[name]) for name in sorted(header.sources)}
    return known | {"sources": sources}


def _engine(engine: Engine) -> Json:
    return {
        "version": engine.version,
        "rulebook": {
            "edition": engine.rulebook_edition,
            "sha256": engine.rulebook_sha256,
            "files": dict(sorted(engine.rulebook_files)),
            "packs": [_pack(pack) for pack in engine.packs],
        },
        "as_of": engine.as_of.isoformat(),
        "ocr": engine.ocr or None,
        "settings": _settings(engine.settings),
    }


def _pack(pack: Pack) -> Json:
    return {
        "name": pack.name,
        "title": pack.title,
        "edition": pack.edition,
        "licence": pack.licence,
        "source": pack.source,
        "dated": pack.dated.isoformat(),
        "sha256": pack.sha256,
    }


def _settings(settings: Settings) -> Json:
    return {field.name: _plain(getattr(settings, field.name)) for field in fields(settings)}


def _unread_file(file: UnreadFile) -> Json:
    return {"file": file.file, "sha256": file.sha256, "reason": file.reason}


def _document(document: Document) -> Json:
    return {
        "id": document.id,
        "file": document.file,
        "sha256": document.sha256,
        "type": document.kind.value,
        "date": _plain(document.date),
        "author": document.author,
        "pages": len(document.pages),
        "page_status": [page.status for page in document.pages],
        "file_pages": [page.file_page for page in document.pages],
        "notices": [
            *(_notice(notice, None) for notice in document.notices),
            *(_notice(notice, page.number) for page in document.pages for notice in page.notices),
        ],
    }


def _notice(notice: Notice, page: int | None) -> Json:
    of = {"document": notice.of[0], "page": notice.of[1]} if notice.of else None
    return {"kind": notice.kind.value, "message": notice.message, "page": page, "of": of}


def _fact(fact: Fact) -> Json:
    return {
        "id": fact.id,
        "concept": fact.concept,
        "value": _plain(fact.value),
        "assertion": fact.assertion.value,
        "date": fact.date.isoformat() if fact.date else None,
        "written": fact.written.isoformat() if fact.written else None,
        "subject": fact.subject,
        "author": fact.author,
        **_place(fact.provenance),
        "rule": fact.rule,
        "origin": fact.origin.value,
    }


def _place(place: Provenance) -> Json:
    return {
        "document": place.document,
        "page": place.page,
        "start": place.start,
        "end": place.end,
        "quote": place.quote,
        "box": _box(place.box),
        "confidence": round(place.confidence, 4),
    }


def _box(box: Box | None) -> list[float] | None:
    if box is None:
        return None
    return [round(edge, _BOX_DECIMALS) for edge in (box.x0, box.y0, box.x1, box.y1)]


def _item(item: ItemDetermination) -> Json:
    disputed, evaluation = item.item, item.evaluation
    return {
        "index": disputed.index,
        "request_text": disputed.request_text,
        "request": request_json(disputed.request),
        "ur_action": disputed.ur_action.value,
        "ur_granted": disputed.ur_granted,
        "ur_guideline": disputed.ur_guideline,
        "sources": [_place(place) for place in disputed.sources],
        "suggestion": evaluation.suggestion.value,
        **({"overruled": evaluation.overruled.value} if evaluation.overruled else {}),
        "outcome": item.outcome.value if item.outcome else None,
        "topics": [{"id": topic, "edition": edition} for topic, edition in evaluation.topics],
        "edition": _edition(evaluation.edition),
        "findings": [_finding(finding) for finding in evaluation.findings],
        "reasons": [*evaluation.reasons],
        "flags": [*evaluation.flags],
        "flip": [[*flip] for flip in evaluation.flip],
        "modification": evaluation.modification,
        "taper_note": evaluation.taper_note,
        "notes": [*evaluation.notes],
        "claims_administrator_guideline": _guideline(item.claims_administrator_guideline),
        "reviewer_guideline": _guideline(item.reviewer_guideline),
        "search_sequence": search_json(evaluation.search),
        "rationale": [_sentence(sentence) for sentence in item.rationale],
        "would_change": [_sentence(sentence) for sentence in item.would_change],
    }


def _edition(choice: EditionChoice | None) -> Json | None:
    if choice is None:
        return None
    return {
        "day": choice.day.isoformat(),
        "basis": choice.basis,
        "guideline": choice.guideline or None,
        "edition": choice.edition or None,
        "effective_from": _plain(choice.effective_from),
        "effective_to": _plain(choice.effective_to),
        "pack": choice.pack or None,
        "why": choice.sentence,
    }


def _finding(finding: Finding) -> Json:
    return {
        "criterion": finding.criterion,
        "topic": finding.topic,
        "role": finding.role.value,
        "value": finding.value.value,
        "name": finding.name,
        "statement": finding.statement,
        "requirement": finding.requirement,
        "satisfied_by": finding.satisfied_by,
        "citation": finding.citation,
        "for": [*finding.facts_for],
        "against": [*finding.facts_against],
        "certificate": finding.certificate,
        "calculations": [_calculation(each) for each in finding.calculations],
        "weight": finding.weight.value,
        **({"overruled": finding.overruled.value} if finding.overruled else {}),
    }


def _calculation(calculation: Calculation) -> Json:
    return {
        "name": calculation.name,
        "expression": calculation.expression,
        "result": calculation.result,
        "unit": calculation.unit,
        "assumptions": [*calculation.assumptions],
        "factor_set": calculation.factor_set,
        "inputs": [*calculation.inputs],
    }


def _guideline(line: GuidelineLine) -> Json:
    return {
        "text": line.text,
        "mtus": line.mtus,
        "odg": line.odg,
        "pages": [[first, last] for first, last in line.pages],
        "citations": [*line.citations],
    }


def _sentence(sentence: Sentence) -> Json:
    return {
        "text": sentence.text,
        "part": sentence.part,
        "findings": [*sentence.findings],
        "facts": [*sentence.facts],
        "pages": [{"document": page.document, "page": page.page} for page in sentence.pages],
        "citations": [*sentence.citations],
        **({"overruled": sentence.overruled} if sentence.overruled is not None else {}),
    }


def _certificate(certificate: Certificate) -> Json:
    return {
        "id": certificate.id,
        "concept": certificate.concepts[0] if certificate.concepts else None,
        "concepts": [*certificate.concepts],
        "subject": certificate.subject,
        "queries": [*certificate.queries],
        "pages_searched": [
            {"document": page.document, "page": page.page} for page in certificate.pages_searched
        ],
        "pages_unreadable": _unread(certificate.pages_unreadable),
        "pages_weak": _unread(certificate.pages_weak),
        "claims_absence": certificate.claims_absence,
        "nearest": [_near(near) for near in certificate.nearest],
    }


def _second_reading(reading: SecondReading | None) -> Json | None:
    if reading is None:
        return None
    return {
        "reader": reading.reader,
        "questions": reading.questions,
        "unanswered": dict(reading.unanswered),
        "agreed": reading.agreed,
        "dropped": {reason.value: number for reason, number in reading.dropped},
        "proposals": [
            {field.name: getattr(one, field.name) for field in fields(one)}
            for one in reading.proposals
        ],
    }


def _unread(pages: Iterable[UnreadPage]) -> list[Json]:
    return [{"document": page.document, "page": page.page, "reason": page.reason} for page in pages]


def _near(near: NearMiss) -> Json:
    return {
        "document": near.document,
        "page": near.page,
        "start": near.start,
        "end": near.end,
        "quote": near.quote,
        "why": near.why,
        "words_only": near.words_only,
        "possible": near.possible,
    }


def _plain(value: object) -> object:
    """A value of the model in JSON's own types; mappings keep their order."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, frozenset | set):
        return sorted(str(each) for each in value)
    return value
