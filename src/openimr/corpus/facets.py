"""Facets: what a search is narrowed by, and how many of its hits have each value.

Values of one facet are alternatives, different facets narrow each other. The counts of a facet
leave its own filter out, so that they say what choosing another value would give; all other
filters and the query hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process, utils
from tantivy import Query, Schema, Searcher

from openimr.corpus.indexed import (
    MORE,
    NOT_STATED,
    PAGES,
    counted_columns,
    is_list,
    more_column,
    spelled_out,
    values_field,
)
from openimr.corpus.matching import all_of, any_of, count
from openimr.corpus.schema import ITEM_FACETS
from openimr.model.errors import UsageError

Filters = Mapping[str, tuple[str, ...]]
"""Facet to the values asked for: any of them will do."""

_YEAR = "year"
_COUNTED_AT_ONCE = 300
"""Values of a column that are added up; if there are more, those shown are counted again."""
_NEAR_ENOUGH = 70


@dataclass(frozen=True, slots=True)
class ValueCount:
    """A value of a facet and how many items have it."""

    value: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """The most frequent values of a facet among the hits."""

    facet: str
    values: tuple[ValueCount, ...]


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """A value asked for that no item of the corpus has, and the nearest that there are."""

    facet: str
    value: str
    nearest: tuple[str, ...]


class Facets:
    """The facets of one state of the index."""

    def __init__(self, schema: Schema, searcher: Searcher) -> None:
        self._schema = schema
        self._searcher = searcher

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
        listed = self._searcher.terms_with_prefix(values_field(facet), "")
        return [value for value, _ in listed if value != NOT_STATED]

    def filter(self, filters: Filters, leaving_out: str | None = None) -> list[Query]:
        """One condition for each facet that is filtered by; they do not change the ranking."""
        return [
            Query.const_score_query(any_of([self._has(facet, value) for value in values]), 0.0)
            for facet, values in filters.items()
            if facet != leaving_out
        ]

    def count(
        self, query: Query, filters: Filters, *, facets: Iterable[str] = ITEM_FACETS, top: int = 10
    ) -> tuple[FacetCounts, ...]:
        """The most frequent values of each facet, and those that were chosen.

        Args:
            query: the text query, without filters.
            filters: resolved.
            facets: which, in this order.
            top: values for each facet.
        """
        asked = tuple(facets)
        free = [facet for facet in asked if facet not in filters]
        narrowed = all_of([query, *self.filter(filters)])
        counts = self._count(narrowed, free, top)
        for facet in asked:
            if facet in filters:
                others = all_of([query, *self.filter(filters, leaving_out=facet)])
                counts |= self._count(others, [facet], top, filters[facet])
        return tuple(FacetCounts(facet, counts[facet]) for facet in asked)

    def _count(
        self, query: Query, facets: list[str], top: int, chosen: tuple[str, ...] = ()
    ) -> dict[str, tuple[ValueCount, ...]]:
        columns = {name: facet for facet in facets for name in counted_columns(facet)}
        if not columns:
            return {}
        answer = self._searcher.aggregate(
            query, {name: _terms(name, self._size(facet, top)) for name, facet in columns.items()}
        )
        counters: dict[str, Counter[str]] = {facet: Counter() for facet in facets}
        cut_short: set[str] = set()
        for name, facet in columns.items():
            _add(counters[facet], facet, answer[name])
            if answer[name]["sum_other_doc_count"] and is_list(facet):
                cut_short.add(facet)
        for facet in facets:
            self._add_more(query, facet, counters[facet])
        return {
            facet: self._shown(query, facet, counters[facet], top, chosen, facet in cut_short)
            for facet in facets
        }

    def _size(self, facet: str, top: int) -> int:
        """One value more than shown, for `not stated`; all, where columns are added up."""
        return _COUNTED_AT_ONCE if is_list(facet) else top + 1

    def _add_more(self, query: Query, facet: str, counter: Counter[str]) -> None:
        """Values of items that have more of them than there are columns."""
        if is_list(facet) and self._searcher.doc_freq(MORE, facet):
            marked = all_of([query, self._holds(MORE, facet)])
            name = more_column(facet)
            answer = self._searcher.aggregate(marked, {name: _terms(name, _COUNTED_AT_ONCE)})
            _add(counter, facet, answer[name])

    def _shown(
        self,
        query: Query,
        facet: str,
        counter: Counter[str],
        top: int,
        chosen: tuple[str, ...],
        cut_short: bool,  # noqa: FBT001 a fact about the counter, not a switch
    ) -> tuple[ValueCount, ...]:
        counter.pop(NOT_STATED, None)
        ranked = sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))[:top]
        counts = dict(ranked)
        for value in counts if cut_short else ():
            counts[value] = self._having(query, facet, value)
        for value in chosen[:top]:
            if value not in counts:
                counts[value] = self._having(query, facet, value)
        ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(ValueCount(value, items, value in chosen) for value, items in ordered)

    def _having(self, query: Query, facet: str, value: str) -> int:
        return count(self._searcher, all_of([query, self._has(facet, value)]))

    def _has(self, facet: str, value: str) -> Query:
        return self._holds(values_field(facet), value)

    def _holds(self, field: str, value: str) -> Query:
        return Query.term_query(self._schema, field, value, "basic")


def _terms(field: str, size: int) -> dict[str, Any]:
    return {"terms": {"field": field, "size": size}}


def _add(counter: Counter[str], facet: str, answer: Mapping[str, Any]) -> None:
    for bucket in answer["buckets"]:
        values = spelled_out(bucket["key"]) if facet == PAGES else (bucket["key"],)
        for value in values:
            counter[value] += int(bucket["doc_count"])


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
