"""Earlier treatment for the summary, as the record last states it."""

from __future__ import annotations

from openimr.draft.bind import bind
from openimr.draft.evidence import newest_first
from openimr.draft.record import Record, page_refs
from openimr.draft.wording import amount
from openimr.model.determination import Sentence
from openimr.model.evidence import Assertion, Fact
from openimr.model.prose import listed
from openimr.model.quotation import quotation

_SHOWN = 6
_QUOTE = 90
_QUOTED = ("conservative_care", "injection_response")
"""Treatment whose value holds no name: the record's own words are given."""
_SHORT_FORM = 3
_RULED_OUT = "contraindicated"
_OUTCOMES = {"not_tolerated": "not tolerated", "helped": "helpful"}


def treatment_sentences(record: Record) -> list[Sentence]:
    """What was tried before and what was ruled out, each once, from its newest statement."""
    newest: dict[str, tuple[str, Fact]] = {}
    for fact in sorted(record.facts.values(), key=newest_first):
        named = _treatment(fact, record)
        if named is not None:
            newest.setdefault(named[0], (named[1], fact))
    given = [told for told in newest.values() if not _is_ruled_out(told[1])]
    ruled_out = [told for told in newest.values() if _is_ruled_out(told[1])]
    return [
        *_sentence("Treatment has included", given, record),
        *_sentence("Recorded as contraindicated:", ruled_out, record),
    ]


def _sentence(lead: str, told: list[tuple[str, Fact]], record: Record) -> list[Sentence]:
    shown = told[:_SHOWN]
    if not shown:
        return []
    facts = [fact for _, fact in shown]
    text = f"{lead} {listed(words for words, _ in shown)}{record.cite(facts)}"
    return [bind(text, facts=[fact.id for fact in facts], pages=page_refs(facts))]


def _is_ruled_out(fact: Fact) -> bool:
    """Whether a drug was never given, for an allergy or another reason."""
    return fact.value.get("outcome") == _RULED_OUT


def _treatment(fact: Fact, record: Record) -> tuple[str, str] | None:
    """What names the treatment, and how it is told; None for any other fact."""
    if fact.assertion not in (Assertion.PRESENT, Assertion.HISTORICAL):
        return None
    value = fact.value
    if fact.concept == "prior_nonopioid_trials":
        name = str(value.get("generic") or value.get("drug") or "").strip()
        outcome = str(value.get("outcome") or "tried")
        told = (
            name
            if _is_ruled_out(fact)
            else f"{name} ({_OUTCOMES.get(outcome, outcome.replace('_', ' '))})"
        )
        return (name.casefold(), told) if name else None
    if fact.concept == "prior_visits":
        return _visits(value.get("therapy"), value.get("visits"))
    if fact.concept in _QUOTED:
        quote = f"“{quotation(record.anonymous(fact.provenance.quote), _QUOTE)}”"
        return quote.casefold(), quote
    return None


def _visits(therapy: object, visits: object) -> tuple[str, str] | None:
    if not therapy or not isinstance(visits, int | float):
        return None
    # A heading in capitals (`PHYSICAL THERAPY TO DATE`) is no short form.
    name = str(therapy).lower() if len(str(therapy)) > _SHORT_FORM else str(therapy)
    return name.casefold(), f"{amount(float(visits))} visits of {name}"
