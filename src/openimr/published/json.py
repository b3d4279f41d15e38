"""A published letter as JSON, with the field names that outside programs rely on."""

from __future__ import annotations

from datetime import date

from openimr.model.determination import GuidelineLine
from openimr.model.hyphens import as_printed
from openimr.model.published import PublishedItem, PublishedLetter
from openimr.model.request_json import request_json


def letter_json(letter: PublishedLetter) -> dict[str, object]:
    """Every field that the letter states; what it does not state is null."""
    header = letter.header
    return {
        "layout": letter.layout,
        "case_number": letter.case_number,
        "date_assigned": _day(letter.date_assigned),
        "decision_date": _day(letter.decision_date),
        "date_of_injury": _day(header.date_of_injury),
        "ur_denial_date": _day(header.ur_decision_date),
        "application_received": _day(header.application_received),
        "priority": letter.priority,
        "licensure": [as_printed(state) for state in letter.licensure],
        "specialties": [as_printed(specialty) for specialty in letter.specialties],
        "age": header.age,
        "sex": header.sex,
        "clinical_case_summary": as_printed(letter.text_of_summary),
        "documents_reviewed": [
            {"text": as_printed(document.text), "date": _day(document.date)}
            for document in letter.documents_reviewed
        ],
        "items": [_item(item) for item in letter.items],
        "warnings": list(letter.warnings),
    }


def _item(item: PublishedItem) -> dict[str, object]:
    return {
        "index": item.item.index,
        "heading": as_printed(item.heading),
        "outcome": item.outcome.value if item.outcome else None,
        "request": request_json(item.item.request),
        "claims_administrator_guideline": _guideline(item.claims_administrator_guideline),
        "reviewer_guideline": _guideline(item.reviewer_guideline),
        "rationale": as_printed(" ".join(sentence.text for sentence in item.rationale)),
        "conclusion": item.conclusion.value if item.conclusion else None,
    }


def _guideline(line: GuidelineLine) -> dict[str, object]:
    return {
        "text": as_printed(line.text),
        "mtus": line.mtus,
        "odg": line.odg,
        "pages": [list(pages) for pages in line.pages],
        "citations": list(line.citations),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
