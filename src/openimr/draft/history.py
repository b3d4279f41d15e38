"""Diagnoses and earlier treatment for the summary, as the record last states them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openimr.draft.bind import bind
from openimr.draft.evidence import newest_first, passages
from openimr.draft.record import Record, listed, page_refs
from openimr.draft.wording import CLINICAL_REPORTS, amount
from openimr.model.determination import Sentence
from openimr.model.evidence import Assertion, Fact

_SHOWN = 6
_QUOTED = ("conservative_care", "injection_response")
"""Treatment whose value holds no name: the record's own words are given."""


def diagnosis_sentences(record: Record) -> list[Sentence]:
    """The diagnoses of the newest report that gives any, in its words.

    Reports come before forms and letters, whose lines mix the diagnosis with the request.
    """
    facts = [
        fact
        for fact in record.facts.values()
        if fact.assertion is Assertion.PRESENT and _is_diagnosis(fact)
    ]
    reports = [fact for fact in facts if _is_in_report(fact, record)]
    newest = sorted(reports or facts, key=newest_first)
    if not newest:
        return []
    source = newest[0].provenance.document
    shown = [fact for fact in newest if fact.provenance.document == source]
    text = f"Diagnoses that bear on the requests are recorded as {passages(shown, record)}"
    return [bind(text, facts=[fact.id for fact in shown], pages=page_refs(shown))]


def treatment_sentences(record: Record) -> list[Sentence]:
    """What was tried before, each treatment once, from its newest statement."""
    newest: dict[str, tuple[str, Fact]] = {}
    for fact in sorted(record.facts.values(), key=newest_first):
        named = _treatment(fact, record)
        if named is not None:
            newest.setdefault(named[0], (named[1], fact))
    if not newest:
        return []
    shown = [*newest.values()][:_SHOWN]
    facts = [fact for _, fact in shown]
    words = listed(f"{words}{record.cite([fact])}" for words, fact in shown)
    text = f"Earlier treatment on record: {words}"
    return [bind(text, facts=[fact.id for fact in facts], pages=page_refs(facts))]


def _is_diagnosis(fact: Fact) -> bool:
    if fact.concept == "neuropathic_pain":
        return fact.value.get("strength") == "diagnosis"
    return fact.concept in ("other_indication", "diagnosis_axial_mechanical")


def _is_in_report(fact: Fact, record: Record) -> bool:
    return record.documents[fact.provenance.document].kind in CLINICAL_REPORTS


def _treatment(fact: Fact, record: Record) -> tuple[str, str] | None:
    """What names the treatment, and how it is told; None for any other fact."""
    if fact.assertion not in (Assertion.PRESENT, Assertion.HISTORICAL):
        return None
    value = fact.value
    if fact.concept == "prior_nonopioid_trials":
        name = str(value.get("generic") or value.get("drug") or "").strip()
        details = [str(value.get(key) or "").replace("_", " ") for key in ("outcome", "reason")]
        return (name.casefold(), ", ".join(filter(None, (name, *details)))) if name else None
    if fact.concept == "prior_visits":
        return _visits(value.get("therapy"), value.get("visits"))
    if fact.concept in _QUOTED:
        quote = record.quote(fact.provenance.quote)
        return quote.casefold(), quote
    return None


def _visits(therapy: object, visits: object) -> tuple[str, str] | None:
    if not therapy or not isinstance(visits, int | float):
        return None
    name = str(therapy).casefold()
    return name, f"{amount(float(visits))} visits of {name}"


def first_of_each(facts: Iterable[Fact], concepts: Sequence[str]) -> list[Fact]:
    """The first fact of each concept, in the concepts' order."""
    by_concept: dict[str, Fact] = {}
    for fact in facts:
        by_concept.setdefault(fact.concept, fact)
    return [by_concept[concept] for concept in concepts if concept in by_concept]
