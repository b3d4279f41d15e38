"""What precedents are sought for: a request and the words of its case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from tantivy import Occur, Query, Schema, Searcher

from openimr.corpus.indexed import values_field
from openimr.corpus.matching import WORD, all_of, any_of
from openimr.corpus.words import words
from openimr.model.drug import Formulary
from openimr.model.request import Request

_TELLING = 24
"""Words of the case that are searched: those that fewest letters hold."""
_SHORTEST = 4
_COMMON = 0.2
"""A word that more than this share of items holds tells nothing."""
_WORD_BOOST = 0.4
_HEADING_BOOST = 0.5
_BOOSTS = {"drug": 8.0, "topic": 4.0, "dose": 3.0, "body_part": 3.0, "drug_class": 2.0}
_NAMES = {
    "drug": "drug",
    "topic": "topic",
    "dose": "strength",
    "body_part": "part of the body",
    "drug_class": "class of drug",
    "category": "kind of treatment",
}
"""Facets that make an item alike, as a reader calls them."""
_IMPLIED = {"drug": ("topic", "drug_class", "category"), "topic": ("category",)}
"""What goes without saying where a facet is the same."""


class Identity(NamedTuple):
    """A facet's value that makes two items' treatments the same."""

    facet: str
    value: str

    @property
    def words(self) -> str:
        """As a reader calls it: `drug cyclobenzaprine`."""
        return f"{_NAMES[self.facet]} {self.value}"

    def query(self, schema: Schema) -> Query:
        """The items that have it."""
        return Query.term_query(schema, values_field(self.facet), self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An open item.

    Args:
        request: what is asked for.
        drug_class: of its drug, if it is one.
        text: of the case, as far as it is known: diagnoses, summary, rationale.
    """

    request: Request
    drug_class: str | None = None
    text: str = ""

    @classmethod
    def of(cls, request: Request, formulary: Formulary, text: str = "") -> Asked:
        """A request, with the class of its drug as the formulary has it."""
        drug = formulary.find(request.generic) if request.generic else None
        return cls(request=request, drug_class=drug.drug_class if drug else None, text=text)

    @property
    def facets(self) -> dict[str, tuple[str, ...]]:
        """Facet to the request's values."""
        request = self.request
        single = {
            "drug": request.generic,
            "topic": request.topic_id,
            "dose": request.strength,
            "drug_class": self.drug_class,
            "category": request.kind.value,
        }
        known = {facet: (str(value),) for facet, value in single.items() if value}
        return known | ({"body_part": request.body_parts} if request.body_parts else {})

    @property
    def identities(self) -> tuple[Identity, ...]:
        """What can make another item's treatment the same, the most definite first."""
        facets = self.facets
        return tuple(
            Identity(facet, facets[facet][0])
            for facet in ("drug", "topic", "drug_class", "category")
            if facet in facets
        )

    def ranked(self, same: Identity, telling: Iterable[str], schema: Schema) -> Query:
        """Items of the same treatment, the more alike the higher; `telling` are stems."""
        alike = [
            Query.const_score_query(
                Query.term_query(schema, values_field(facet), value), _BOOSTS[facet]
            )
            for facet, values in self.facets.items()
            if facet in _BOOSTS
            for value in values
        ]
        heading = {word.text for word in words(self.request.text)}
        alike += [
            Query.boost_query(Query.term_query(schema, "heading", word), _HEADING_BOOST)
            for word in sorted(heading)
        ]
        alike += [
            Query.boost_query(Query.term_query(schema, WORD, stem, "freq"), _WORD_BOOST)
            for stem in telling
        ]
        treatment = Query.const_score_query(same.query(schema), 1.0)
        return Query.boolean_query([(Occur.Must, treatment), (Occur.Should, any_of(alike))])

    def telling(self, searcher: Searcher) -> dict[str, str]:
        """Stem to word: the words of the case that some letters hold and most do not."""
        found: dict[str, str] = {}
        for word in words(self.text):
            if len(word.text) >= _SHORTEST and word.text.isalpha():
                found.setdefault(word.stem, word.text)
        weighed = sorted(_weighed(found, searcher), key=lambda pair: (-pair[0], pair[1]))
        return {stem: found[stem] for _, stem in weighed[:_TELLING]}

    def alike(self, row: dict[str, object]) -> tuple[str, ...]:
        """In what an item's row (facet to value or values) is the same, in words."""
        same = [f for f in _NAMES if set(self.facets.get(f, ())) & _set(row[f])]
        implied = {each for facet in same for each in _IMPLIED.get(facet, ())}
        return tuple(_NAMES[facet] for facet in same if facet not in implied)


def of_outcome(query: Query, schema: Schema, outcome: str) -> Query:
    """Those of the query with this outcome."""
    decided = Query.term_query(schema, values_field("outcome"), outcome)
    return all_of([query, Query.const_score_query(decided, 0.0)])


def _weighed(stems: dict[str, str], searcher: Searcher) -> Iterator[tuple[float, str]]:
    items = max(searcher.num_docs, 1)
    for stem in stems:
        holding = searcher.doc_freq(WORD, stem)
        if 1 < holding <= max(2, _COMMON * items):
            yield log(items / holding), stem


def _set(value: object) -> set[object]:
    return set(value) if isinstance(value, list) else {value}
