"""The search of authorities as data: `items[].search_sequence` of a determination."""

from __future__ import annotations

from openimr.model.authority import SearchSequence, SearchStep
from openimr.model.study import Appraisal, GradedStudy

Json = dict[str, object]


def search_json(search: SearchSequence | None) -> Json | None:
    """The steps with their results; null where no order of authorities was in force."""
    if search is None:
        return None
    return {
        "order": search.order,
        "name": search.name,
        "citation": search.citation,
        "unverified": search.unverified,
        "rule": search.rule,
        "steps": [_step(step) for step in search.steps],
        "relied_on": [step.authority for step in search.relied_on],
        "appraisal": _appraisal(search.appraisal),
    }


def _step(step: SearchStep) -> Json:
    return {
        "step": step.number,
        "authority": step.authority,
        "name": step.name,
        "result": step.result.value,
        "text": step.text or None,
        "edition": step.edition or None,
        "citation": step.citation or None,
        "verified_on": step.verified_on.isoformat() if step.verified_on else None,
        "unverified": step.unverified,
        "note": step.note or None,
    }


def _appraisal(appraisal: Appraisal | None) -> Json | None:
    if appraisal is None:
        return None
    return {
        "methodology": appraisal.methodology,
        "citation": appraisal.citation,
        "unverified": appraisal.unverified,
        "question": appraisal.challenge.question.value,
        "stated": appraisal.challenge.stated,
        "studies": [_study(one) for one in appraisal.studies],
        "best": appraisal.best or None,
        "prevails": appraisal.prevails.value if appraisal.prevails else None,
        "note": appraisal.note,
    }


def _study(graded: GradedStudy) -> Json:
    study = graded.study
    return {
        "citation": study.citation,
        "design": study.design,
        "bias": study.bias.value,
        "applicable": study.applicable,
        "why": study.why,
        "for": study.speaks_for.value,
        "level": graded.level or None,
        "unverified": graded.unverified,
        "put_aside": graded.put_aside or None,
    }
