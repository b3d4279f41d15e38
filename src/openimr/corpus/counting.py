"""How many hits have each value of a facet: one pass over the hits.

Where more than half of all items are hits, the others are counted and taken from the counts of all
items, which the index keeps. The rare values of a facet that is split (`columns.RARE`) cost a
second pass, made only where one of them may be among the most frequent, or is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from types import MappingProxyType
from typing import Any

from tantivy import Occur, Query, Searcher

from openimr.corpus.columns import COLUMNS, OTHERS, RARE, Column, columns_of
from openimr.corpus.indexed import PAGES, values_field
from openimr.corpus.runs import spelled_out

Tally = Mapping[str, Mapping[str, int]]
"""Facet to its values to how many items have them."""

_Counted = dict[str, dict[str, int]]
_NONE: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ValueCount:
    """A value of a facet and how many items have it."""

    value: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """The most frequent values of a facet among the hits, and those that were chosen."""

    facet: str
    values: tuple[ValueCount, ...]


class Counting:
    """Counts over one state of the index.

    Args:
        searcher: of the index.
        of_all: the counts of all items (`tally_of_all`), if they are kept.
    """

    def __init__(self, searcher: Searcher, of_all: Tally | None) -> None:
        self._searcher = searcher
        self._of_all = of_all or {}
        self._rare_at_most = {
            facet: max(self._of_all[name].values(), default=0)
            for facet, name in RARE.items()
            if name in self._of_all
        }

    def count(
        self,
        query: Query,
        facets: Sequence[str],
        top: int,
        *,
        at_least: int = 0,
        chosen: Mapping[str, tuple[str, ...]] = _NONE,
    ) -> tuple[FacetCounts, ...]:
        """The most frequent values of these facets among the hits of a query.

        Args:
            query: with the filters that shall hold.
            facets: which to count.
            top: values for each.
            at_least: roughly, how many hits there are at least: it decides which way is quicker.
            chosen: facet to values that are counted however rare they are.
        """
        tally, doubtful = self._tally(query, facets, at_least)
        if split := self._rare_wanted(tally, top, chosen, doubtful):
            rare, cut = self._tally(query, [RARE[facet] for facet in split], at_least)
            for facet in split:
                tally[facet].update(rare[RARE[facet]])
            doubtful |= {facet for facet in split if RARE[facet] in cut}
        ranked = {facet: _most_frequent(tally[facet], top) for facet in facets}
        for facet in facets:
            for value in chosen.get(facet, ())[:top]:
                ranked[facet].setdefault(value, tally[facet].get(value, 0))
        again = [(facet, value) for facet in facets if facet in doubtful for value in ranked[facet]]
        for (facet, value), items in self._one_by_one(query, again).items():
            ranked[facet][value] = items
        return tuple(_facet_counts(facet, ranked[facet], chosen.get(facet, ())) for facet in facets)

    def _rare_wanted(
        self,
        tally: _Counted,
        top: int,
        chosen: Mapping[str, tuple[str, ...]],
        doubtful: frozenset[str],
    ) -> list[str]:
        """The facets whose rare values matter; the sign that stands for these is taken out."""
        wanted = []
        for facet in tally.keys() & RARE.keys():
            counts = tally[facet]
            items = counts.pop(OTHERS, 0)
            most = min(items, self._rare_at_most.get(facet, items))
            among_first = items > 0 and _least(counts, top) <= most
            asked_for = any(value not in counts for value in chosen.get(facet, ()))
            if among_first or asked_for or facet in doubtful:
                wanted.append(facet)
        return wanted

    def _tally(
        self, query: Query, facets: Sequence[str], at_least: int
    ) -> tuple[_Counted, frozenset[str]]:
        """The counts, and the facets of which not every value was looked at."""
        kept = all(facet in self._of_all for facet in facets)
        if not kept or 2 * at_least <= self._searcher.num_docs:
            return _tally(self._searcher, query, facets)
        others = [(Occur.Must, Query.all_query()), (Occur.MustNot, query)]
        rest, doubtful = _tally(self._searcher, Query.boolean_query(others), facets)
        return {facet: _less(self._of_all[facet], rest[facet]) for facet in facets}, doubtful

    def _one_by_one(
        self, query: Query, values: list[tuple[str, str]]
    ) -> dict[tuple[str, str], int]:
        if not values:
            return {}
        asked = {
            str(number): {"filter": f'{values_field(facet)}:"{_escaped(value)}"'}
            for number, (facet, value) in enumerate(values)
        }
        answer = self._searcher.aggregate(query, asked)
        return {pair: int(answer[str(n)]["doc_count"]) for n, pair in enumerate(values)}


def tally_of_all(searcher: Searcher) -> Tally:
    """The counts of all items, but for facets of more values than can be looked at."""
    facets = {part.facet for column in COLUMNS for part in column.parts}
    rare = set(RARE.values())
    whole: _Counted = {}
    for together in (facets - rare, rare):
        tally, doubtful = _tally(searcher, Query.all_query(), sorted(together))
        whole |= {facet: tally[facet] for facet in together - doubtful}
    return whole


def _tally(
    searcher: Searcher, query: Query, facets: Sequence[str]
) -> tuple[_Counted, frozenset[str]]:
    columns = columns_of(facets)
    answer = searcher.aggregate(query, {column.name: _question(column) for column in columns})
    tally: dict[str, defaultdict[str, int]] = {facet: defaultdict(int) for facet in facets}
    doubtful: set[str] = set()
    for column in columns:
        _add_up(column, answer[column.name]["buckets"], tally)
        if answer[column.name]["sum_other_doc_count"]:
            doubtful |= {part.facet for part in column.parts}
    if PAGES in tally:
        tally[PAGES] = _spelled_out(tally[PAGES])
    return {facet: dict(counts) for facet, counts in tally.items()}, frozenset(doubtful)


def _question(column: Column) -> dict[str, Any]:
    return {"terms": {"field": column.name, "size": column.size, "segment_size": column.size}}


def _add_up(
    column: Column, buckets: Sequence[Mapping[str, Any]], tally: Mapping[str, defaultdict[str, int]]
) -> None:
    """Add the counts of a column's values to those of their parts, each taken apart only once."""
    items = [bucket["doc_count"] for bucket in buckets]
    apart = zip(*(column.apart(bucket["key"]) for bucket in buckets), strict=True)
    for part, stand_in_it in zip(column.parts, apart, strict=False):  # nothing where no bucket is
        if part.facet in tally:
            together: defaultdict[str, int] = defaultdict(int)
            for joined, number in zip(stand_in_it, items, strict=True):
                together[joined] += number
            counter = tally[part.facet]
            for joined, number in together.items():
                for value in part.values(joined):
                    counter[value] += number


def _spelled_out(counts: Mapping[str, int]) -> defaultdict[str, int]:
    pages: defaultdict[str, int] = defaultdict(int)
    for run, items in counts.items():
        for page in spelled_out(run):
            pages[page] += items
    return pages


def _less(counts: Mapping[str, int], fewer: Mapping[str, int]) -> dict[str, int]:
    left = ((value, items - fewer.get(value, 0)) for value, items in counts.items())
    return {value: items for value, items in left if items}


def _most_frequent(counts: Mapping[str, int], top: int) -> dict[str, int]:
    """The first values in order; the many rare ones are not sorted."""
    least = _least(counts, top)
    frequent = {value: items for value, items in counts.items() if items >= least}
    return dict(_in_order(frequent)[:top])


def _least(counts: Mapping[str, int], top: int) -> int:
    """How many items the last of the first values has; 0 if there are fewer values."""
    first = nlargest(top, counts.values())
    return first[-1] if len(first) == top > 0 else 0


def _escaped(value: str) -> str:
    """Within quotes in tantivy's own query language, of which nothing else is used."""
    return value.replace("\\", "\\\\").replace('"', '\\"')


def _facet_counts(facet: str, counts: Mapping[str, int], chosen: tuple[str, ...]) -> FacetCounts:
    values = (ValueCount(value, items, value in chosen) for value, items in _in_order(counts))
    return FacetCounts(facet, tuple(values))


def _in_order(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
