"""Facets: what a search is narrowed by.

Values of one facet are alternatives, different facets narrow each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils
from tantivy import Query, Searcher

from openimr.corpus.counting import Counting, FacetCounts
from openimr.corpus.index import OpenIndex
from openimr.corpus.indexed import values_field
from openimr.corpus.matching import all_of, any_of
from openimr.model.errors import UsageError

Filters = Mapping[str, tuple[str, ...]]
"""Facet to the values asked for: any of them will do."""

_YEAR = "year"
_NEAR_ENOUGH = 70


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """A value asked for that no item of the corpus has, and the nearest that there are."""

    facet: str
    value: str
    nearest: tuple[str, ...]


class Facets:
    """The facets of one state of the index."""

    def __init__(self, opened: OpenIndex, searcher: Searcher) -> None:
        self._schema = opened.index.schema
        self._searcher = searcher
        self._counting = Counting(searcher, opened.counts)

    def resolve(self, filters: Filters) -> tuple[Filters, tuple[UnknownValue, ...]]:
        """The values as the corpus writes them, and those that it does not know.

        Capital letters do not matter, a `*` at the end stands for any rest, and years may be a
        range: `2015-2017`, `2015-`, `-2017`.
        """
        resolved: dict[str, tuple[str, ...]] = {}
        unknown: list[UnknownValue] = []
        for facet, asked in filters.items():
            known = self.values(facet)
            found: list[str] = []
            for value in asked:
                matching = _matching(facet, value, known)
                found += matching
                if not matching:
                    unknown.append(UnknownValue(facet, value, _nearest(value, known)))
            resolved[facet] = tuple(dict.fromkeys(found))
        return resolved, tuple(unknown)

    def values(self, facet: str) -> list[str]:
        """Every value of a facet in the corpus."""
        return [value for value, _ in self._searcher.terms_with_prefix(values_field(facet), "")]

    def filter(self, filters: Filters, leaving_out: str | None = None) -> list[Query]:
        """One condition for each facet that is filtered by; they do not change the ranking."""
        return [
            Query.const_score_query(any_of([self._has(facet, value) for value in values]), 0.0)
            for facet, values in filters.items()
            if facet != leaving_out
        ]

    def count(
        self, query: Query, filters: Filters, facets: Sequence[str], top: int, at_least: int
    ) -> tuple[FacetCounts, ...]:
        """The most frequent values of each facet among the hits, its own filter left out.

        Args:
            query: the text query, without filters.
            filters: resolved.
            facets: which, in this order.
            top: values for each facet.
            at_least: so many items match the query, without filters.
        """
        if filters:
            at_least = 0
        of_facet: dict[str, FacetCounts] = {}
        if free := [facet for facet in facets if facet not in filters]:
            narrowed = all_of([query, *self.filter(filters)])
            counted = self._counting.count(narrowed, free, top, at_least=at_least)
            of_facet = {counts.facet: counts for counts in counted}
        for facet in facets:
            if facet in filters:
                others = all_of([query, *self.filter(filters, leaving_out=facet)])
                (of_facet[facet],) = self._counting.count(others, [facet], top, chosen=filters)
        return tuple(of_facet[facet] for facet in facets)

    def _has(self, facet: str, value: str) -> Query:
        return Query.term_query(self._schema, values_field(facet), value, "basic")


def _matching(facet: str, value: str, known: list[str]) -> list[str]:
    if facet == _YEAR and "-" in value:
        return _years(value, known)
    folded = value.strip().casefold()
    if folded.endswith("*"):
        return [each for each in known if each.casefold().startswith(folded[:-1])]
    return [each for each in known if each.casefold() == folded]


def _years(value: str, known: list[str]) -> list[str]:
    first, _, last = (part.strip() for part in value.partition("-"))
    if not (first or last) or not all(part.isdecimal() for part in (first, last) if part):
        raise UsageError(
            f"{value} is no year and no range of years", remedy="write 2015, 2015-2017, or 2015-"
        )
    low, high = int(first or 0), int(last or 9999)
    return [year for year in known if low <= int(year) <= high]


def _nearest(value: str, known: list[str]) -> tuple[str, ...]:
    found = process.extract(
        value,
        known,
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=_NEAR_ENOUGH,
        limit=3,
    )
    return tuple(match for match, _, _ in found)
