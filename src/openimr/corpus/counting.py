"""How many hits have each value of a facet: one pass over the hits, a second where it must be.

The counts of a facet leave its own filter out, so that they say what choosing another value would
give; all other filters and the query hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from tantivy import Query, Searcher

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

_LOOKED_AT = 300
"""Values of a column taken from each part of the index; if there are more, which costs time, those
shown are counted again."""
TOTAL = "total"


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


@dataclass(frozen=True, slots=True)
class Counted:
    """What a pass over the hits counted."""

    total: int
    facets: tuple[FacetCounts, ...]


def count(
    searcher: Searcher,
    query: Query,
    facets: Sequence[str],
    top: int,
    chosen: Mapping[str, tuple[str, ...]],
) -> Counted:
    """Count the hits of a query, and the values of these facets among them.

    Args:
        searcher: of the index.
        query: with the filters that shall hold.
        facets: which to count.
        top: values for each.
        chosen: facet to values that are counted however rare they are.
    """
    answer = ask(searcher, query, facets, max(_LOOKED_AT, top + 1), top + 1)
    ranked: dict[str, dict[str, int]] = {}
    again: list[tuple[str, str]] = []
    for facet in facets:
        counter, is_exact = added_up(facet, answer)
        ranked[facet] = dict(in_order(counter)[:top])
        wanted = [value for value in chosen.get(facet, ()) if value not in ranked[facet]]
        again += [(facet, value) for value in (*(() if is_exact else ranked[facet]), *wanted[:top])]
    for (facet, value), items in exactly(searcher, query, again).items():
        ranked[facet][value] = items
    counts = (facet_counts(facet, ranked[facet], chosen.get(facet, ())) for facet in facets)
    return Counted(int(answer[TOTAL]["doc_count"]), tuple(counts))


def ask(
    searcher: Searcher, query: Query, facets: Sequence[str], looked_at: int, shown: int
) -> dict[str, Any]:
    """The most frequent values of every column of these facets among the hits, in two threads.

    Args:
        searcher: of the index.
        query: with the filters that shall hold.
        facets: which to count.
        looked_at: values taken from each part of the index.
        shown: values taken of a column that stands for its facet alone.
    """
    asked = _questions(facets, looked_at, shown)
    names = list(asked)
    halves = [{name: asked[name] for name in half} for half in (names[::2], names[1::2]) if half]
    with ThreadPoolExecutor(len(halves)) as pool:
        answers = pool.map(searcher.aggregate, repeat(query), halves)
        return {name: value for answer in answers for name, value in answer.items()}


def _questions(facets: Iterable[str], looked_at: int, shown: int) -> dict[str, Any]:
    """Many values of columns that are added up; those shown of a column that stands alone."""
    asked: dict[str, Any] = {TOTAL: {"filter": "*"}}
    for facet in facets:
        size = looked_at if is_list(facet) else shown
        for name in counted_columns(facet):
            asked[name] = _most_frequent(name, size, looked_at)
        if is_list(facet):
            name = more_column(facet)
            values = {"values": _most_frequent(name, size, looked_at)}
            asked[name] = {"filter": f"{MORE}:{facet}", "aggs": values}
    return asked


def _most_frequent(field: str, size: int, looked_at: int) -> dict[str, Any]:
    return {"terms": {"field": field, "size": size, "segment_size": looked_at}}


def added_up(facet: str, answer: Mapping[str, Any]) -> tuple[Counter[str], bool]:
    """The counts of a facet's columns together, and whether they are exact."""
    columns = [answer[name] for name in counted_columns(facet)]
    if is_list(facet):
        columns.append(answer[more_column(facet)]["values"])
    counter: Counter[str] = Counter()
    for column in columns:
        for bucket in column["buckets"]:
            for value in spelled_out(bucket["key"]) if facet == PAGES else (bucket["key"],):
                counter[value] += int(bucket["doc_count"])
    counter.pop(NOT_STATED, None)
    doubt = "sum_other_doc_count" if is_list(facet) else "doc_count_error_upper_bound"
    return counter, not any(column[doubt] for column in columns)


def exactly(
    searcher: Searcher, query: Query, values: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    """How many hits have each of these values of facets, counted one by one."""
    if not values:
        return {}
    asked = {
        str(number): {"filter": f'{values_field(facet)}:"{_escaped(value)}"'}
        for number, (facet, value) in enumerate(values)
    }
    answer = searcher.aggregate(query, asked)
    return {pair: int(answer[str(n)]["doc_count"]) for n, pair in enumerate(values)}


def _escaped(value: str) -> str:
    """Within quotes in tantivy's own query language, of which nothing else is used."""
    return value.replace("\\", "\\\\").replace('"', '\\"')


def facet_counts(facet: str, counts: Mapping[str, int], chosen: tuple[str, ...]) -> FacetCounts:
    """The counts of a facet, the most frequent first."""
    values = (ValueCount(value, items, value in chosen) for value, items in in_order(counts))
    return FacetCounts(facet, tuple(values))


def in_order(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Most frequent first, then by name."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
