"""The truth file of a topic's case: what the plan says, and what the rules make of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openimr.model.finding import Finding
from openimr.synth.record import Note, Record
from openimr.synth.topics.choosing import Judged
from openimr.synth.topics.facts import told_of
from openimr.synth.topics.plan import Told
from openimr.synth.truth import case_truth, documents_truth

Places = Mapping[int, Note]
"""Passages of the plan, and where they came to stand."""
_ASIDE = frozenset({"possible", "hypothetical", "other_person"})


def truth_of(record: Record, judged: Judged, places: Places) -> dict[str, Any]:
    """As `truth.json` holds it."""
    told = judged.plan.told
    return {
        "id": record.plan.id,
        "case": case_truth(record.plan),
        "documents": documents_truth(record),
        "items": [_item(record, judged, places)],
        "planted": [
            _trap(passage, places[number])
            for number, passage in enumerate(told)
            if number in places and any(fact.assertion in _ASIDE for fact in passage.facts)
        ],
        "facts": [
            _fact(passage, index, places[number])
            for number, passage in enumerate(told)
            if number in places
            for index in range(len(passage.facts))
        ],
    }


def _item(record: Record, judged: Judged, places: Places) -> dict[str, Any]:
    item, evaluation = record.plan.items[0], judged.evaluation
    return {
        "request_text": item.text,
        "topic_id": item.topic,
        "parse": dict(item.parse),
        "criteria": [_criterion(finding, places) for finding in evaluation.findings],
        "expected": str(evaluation.suggestion),
        "flip": sorted({str(name) for flip in evaluation.flip for name in flip}),
    }


def _criterion(finding: Finding, places: Places) -> dict[str, Any]:
    passages = dict.fromkeys(told_of(fact) for fact in (*finding.facts_for, *finding.facts_against))
    return {
        "id": str(finding.criterion),
        "value": str(finding.value),
        "evidence": [
            {"file": note.file, "page": note.page, "quote": note.quote}
            for number in passages
            if (note := places.get(number)) is not None
        ],
        "why": finding.statement or "the record is silent",
    }


def _trap(passage: Told, note: Note) -> dict[str, Any]:
    fact = passage.facts[0]
    return {
        "trap": f"{fact.concept} {fact.assertion.replace('_', ' ')}",
        "file": note.file,
        "page": note.page,
        "quote": note.quote,
        "what a careless reader would conclude": f"{fact.concept}: {dict(fact.value)}",
        "what is right": f"it is {fact.assertion.replace('_', ' ')}",
    }


def _fact(passage: Told, index: int, note: Note) -> dict[str, Any]:
    fact = passage.facts[index]
    return {
        "concept": fact.concept,
        "date": fact.dated,
        "value": ", ".join(f"{key} {value}" for key, value in fact.value.items()),
        "status": fact.assertion,
        "file": note.file,
        "page": note.page,
        "quote": note.quote,
        "statement": passage.statement,
    }
