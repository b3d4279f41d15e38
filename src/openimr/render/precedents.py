"""Precedents as data, for the determination's JSON and for programs."""

from __future__ import annotations

from openimr.model.precedent import Precedent, Precedents

Json = dict[str, object]


def precedents_json(found: Precedents) -> Json:
    """The nearest decided items of each outcome."""
    return {
        "same": found.same,
        "upheld_count": found.upheld_count,
        "overturned_count": found.overturned_count,
        "upheld": [_precedent(each) for each in found.upheld],
        "overturned": [_precedent(each) for each in found.overturned],
    }


def _precedent(precedent: Precedent) -> Json:
    return {
        "item": precedent.item,
        "heading": precedent.heading,
        "outcome": precedent.outcome.value,
        "decision_date": precedent.decision_date.isoformat() if precedent.decision_date else None,
        "specialties": [*precedent.specialties],
        "reviewer_guideline": precedent.reviewer_guideline,
        "alike": [*precedent.alike],
        "shared": [*precedent.shared],
        "said": [
            {"element": said.element, "polarity": said.polarity.value, "quote": said.quote}
            for said in precedent.said
        ],
    }
