"""The truth file of a case, from the plan and from where its passages came to stand."""

from __future__ import annotations

from typing import Any

from openimr.synth.case import CasePlan, Item
from openimr.synth.criteria import Settled, settle
from openimr.synth.identifiers import as_truth, parties
from openimr.synth.oracle import decide
from openimr.synth.record import Note, Record

_EMPTY = {"not_documented", "unknown", "absent"}


def truth_of(record: Record) -> dict[str, Any]:
    """As `truth.json` holds it."""
    plan = record.plan
    return {
        "id": plan.id,
        "case": case_truth(plan),
        "documents": documents_truth(record),
        "items": [_item(record, item) for item in plan.items],
        "planted": [_trap(note) for note in record.notes if note.trap],
        "facts": [_fact(note) for note in record.notes if note.concept],
        "identifiers": as_truth([*parties(plan), *record.identities]),
    }


def documents_truth(record: Record) -> list[dict[str, Any]]:
    """The documents as the truth file lists them."""
    return [
        {
            "file": f"{doc.file}.txt",
            "type": doc.kind.value,
            "date": doc.date,
            "author": doc.author,
            "pages": len(doc.pages),
        }
        for doc in record.documents
    ]


def case_truth(plan: CasePlan) -> dict[str, Any]:
    """Who and when, as the truth file states it."""
    person, dates, places = plan.person, plan.dates, plan.places
    return {
        "age": person.age(dates.decision),
        "sex": "female" if person.female else "male",
        "date_of_birth": person.born.isoformat(),
        "date_of_injury": person.injured.isoformat(),
        "ur_decision_date": dates.decision.isoformat(),
        "rfa_date": dates.request.isoformat(),
        "ur_action": {item.text: "modify" if item.granted else "deny" for item in plan.items},
        "application_received": dates.application.isoformat(),
        "claim_number": places["claim"],
        "names": {
            "injured_worker": person.name,
            "employer": places["employer"],
            "claims_administrator": places["administrator"],
            "ur_organization": places["ur_firm"],
            "ur_reviewer": f"{places['ur_doctor']}, MD",
            "treating": f"{places['doctor']}, {places['degree']}",
        },
    }


def _item(record: Record, item: Item) -> dict[str, Any]:
    settled = settle(record.plan, item)
    opinion = decide(item.topic, {name: found.value for name, found in settled.items()})
    criteria = [_criterion(record, item, name, found) for name, found in settled.items()]
    result: dict[str, Any] = {
        "request_text": item.text,
        "topic_id": item.topic,
        "parse": dict(item.parse),
        "criteria": criteria,
        "expected": opinion.expected,
        "because": opinion.because,
        "flip": list(opinion.flip),
    }
    if opinion.alternatives:
        result["alt_accept"] = list(opinion.alternatives)
    return result


def _criterion(record: Record, item: Item, name: str, found: Settled) -> dict[str, Any]:
    notes = [
        note
        for note in record.notes
        if (item.index, name) in note.proves and note.values.get(name, found.value) == found.value
    ]
    if name in _DANGERS and found.value != "contradicted":
        notes = []
    places = [{"file": note.file, "page": note.page, "quote": note.quote} for note in notes[:4]]
    kinds = "; ".join(dict.fromkeys(note.kind for note in notes if note.kind))
    result: dict[str, Any] = {
        "id": name,
        "value": found.value,
        "evidence": places,
        "why": kinds or "the record is silent",
    }
    if found.also:
        result["also_accept"] = list(found.also)
    return result


_DANGERS = {"OPI-16", "BUP-5", "FEN-7", "CBP-5", "CBP-7", "MTH-5", "TMZ-5"}


def _trap(note: Note) -> dict[str, Any]:
    careless, right = note.trap or ("", "")
    return {
        "trap": note.kind,
        "file": note.file,
        "page": note.page,
        "quote": note.quote,
        "what a careless reader would conclude": careless,
        "what is right": right,
    }


def _fact(note: Note) -> dict[str, Any]:
    return {
        "concept": note.concept,
        "date": note.date,
        "value": note.value,
        "status": note.status,
        "file": note.file,
        "page": note.page,
        "quote": note.quote,
    }
