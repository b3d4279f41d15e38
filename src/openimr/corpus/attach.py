"""Precedents for the items of a draft, sought when it is made, so that none can enter it."""

from __future__ import annotations

from openimr.corpus.asked import Asked
from openimr.corpus.similar import Precedence
from openimr.model.case import DisputedItem
from openimr.model.determination import Determination
from openimr.model.drug import Formulary
from openimr.model.precedent import Precedents


def precedents_of(
    determination: Determination, precedence: Precedence, formulary: Formulary, *, each: int = 3
) -> tuple[tuple[DisputedItem, Precedents], ...]:
    """Each item with the decided items nearest to it.

    The words of the case are those of its summary and of the passages that its findings rest on.
    """
    quotes = {fact.id: fact.provenance.quote for fact in determination.facts}
    summary = " ".join(sentence.text for sentence in determination.summary)
    pairs = []
    for item in determination.items:
        rested = {
            fact
            for finding in item.evaluation.findings
            for fact in (*finding.facts_for, *finding.facts_against)
        }
        text = " ".join([summary, *(quotes[fact] for fact in sorted(rested))])
        asked = Asked.of(item.item.request, formulary, text)
        pairs.append((item.item, precedence.find(asked, each=each)))
    return tuple(pairs)
