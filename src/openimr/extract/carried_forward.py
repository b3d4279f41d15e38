"""Copied passages: a sentence that stood word for word in an earlier report is as old as that one.

Both facts stay. The later one is dated to where the words first stood, and says so in
`carried_from`. Only sentences of some length about effects count: forms and diagnoses repeat
rightly from visit to visit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from openimr.model.dates import PartialDate
from openimr.model.document import Document
from openimr.model.evidence import Assertion, Fact

_EFFECTS = frozenset(
    {"pain_score", "pain_with_without_medication", "functional_improvement", "adverse_effects",
     "aberrant_behaviour", "acute_exacerbation", "insomnia_workup", "compliance"}
)  # fmt: skip
_FEWEST_WORDS = 6


def mark_carried_forward(documents: Sequence[Document], facts: Sequence[Fact]) -> list[Fact]:
    """The facts in the same order, copies dated to their first standing."""
    clinical = {document.id for document in documents if document.kind.is_clinical}
    first: dict[tuple[str, str], PartialDate] = {}
    for fact in facts:
        key = _key(fact)
        if key is None or fact.provenance.document not in clinical or fact.written is None:
            continue
        if key not in first or fact.written < first[key]:
            first[key] = fact.written
    return [_marked(fact, first) for fact in facts]


def _key(fact: Fact) -> tuple[str, str] | None:
    if (
        fact.concept not in _EFFECTS
        or fact.rule == "function.ability"
        or fact.assertion
        in {
            Assertion.HYPOTHETICAL,
            Assertion.OTHER_PERSON,
        }
    ):
        return None
    words = fact.provenance.quote.casefold().split()
    if len(words) < _FEWEST_WORDS or "[" in fact.provenance.quote:
        return None
    return fact.concept, " ".join(words)


def _marked(fact: Fact, first: dict[tuple[str, str], PartialDate]) -> Fact:
    key = _key(fact)
    origin = first.get(key) if key is not None else None
    if origin is None or fact.written is None or not origin < fact.written:
        return fact
    value = MappingProxyType({**fact.value, "carried_from": origin.isoformat()})
    return replace(fact, value=value, date=origin)
