"""Search over the items of published letters: query, filters, order, page, counts, passages."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from tantivy import DocAddress, Order, Query

from openimr.corpus.bounds import bounds
from openimr.corpus.counting import FacetCounts
from openimr.corpus.facets import Facets, Filters, UnknownValue
from openimr.corpus.highlight import Passage, passages
from openimr.corpus.index import update
from openimr.corpus.indexed import DAY, LETTER, PLACE, SHOWN
from openimr.corpus.matching import AbsentWord, Matcher, all_of, count
from openimr.corpus.query import Node, terms
from openimr.corpus.schema import ITEM_FACETS
from openimr.corpus.shown import SUMMARY, unpack, unpack_summary
from openimr.corpus.store import Corpus
from openimr.model.progress import Progress

_NO_FILTERS: Filters = MappingProxyType({})


class Sort(StrEnum):
    """The order of hits."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked.

    Args:
        node: the query (`query.parse`).
        filters: facet to values as the person wrote them.
        sort: the order.
        limit: hits on a page.
        offset: hits passed over before.
        top: values counted for each facet; 0 for no counts.
        passages: passages shown for each hit.
    """

    node: Node
    filters: Filters = field(default_factory=lambda: _NO_FILTERS)
    sort: Sort = Sort.RELEVANCE
    limit: int = 10
    offset: int = 0
    top: int = 10
    passages: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An item that was found."""

    item: str
    """Its permalink."""
    heading: str
    outcome: str | None
    decision_date: date | None
    drug: str | None
    topic: str | None
    score: float | None
    """Relevance; None in another order."""
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was found."""

    total: int
    """Items that match, on whatever page."""
    searched: int
    """Items of the corpus."""
    hits: tuple[Hit, ...]
    facets: tuple[FacetCounts, ...]
    filters: Filters
    """As the corpus writes the values."""
    unknown: tuple[UnknownValue, ...]
    absent: tuple[AbsentWord, ...]
    """Where nothing was found: the words that stand nowhere."""


class Search:
    """The search over one corpus; open it once for many requests.

    Args:
        corpus: whose index is brought up to date first, if it is not.
        progress: told of that.
    """

    def __init__(self, corpus: Corpus, progress: Progress | None = None) -> None:
        opened = update(corpus, progress)
        self._dictionary = opened.dictionary
        self._schema = opened.index.schema
        self._searcher = opened.index.searcher()
        self._matcher = Matcher(self._schema, self._searcher)
        self._facets = Facets(opened, self._searcher)

    def run(self, request: Request) -> Result:
        """Answer one request."""
        filters, unknown = self._facets.resolve(request.filters)
        query = self._matcher.query(request.node)
        facets = ITEM_FACETS if request.top else ()
        at_least, _ = bounds(request.node, self._searcher)
        with ThreadPoolExecutor(1) as beside:  # tantivy lets other threads work meanwhile
            counted = beside.submit(
                self._facets.count, query, filters, facets, request.top, at_least
            )
            found, total = self._find(request, filters)
            hits = self._hits(request, found)
        return Result(
            total=total,
            searched=self._searcher.num_docs,
            hits=hits,
            facets=counted.result(),
            filters=filters,
            unknown=unknown,
            absent=() if total else self._matcher.absent(request.node),
        )

    def places(self, request: Request) -> list[int]:
        """Where all the items lie that match, in the order of the corpus (`indexed.place`)."""
        filters, _ = self._facets.resolve(request.filters)
        query = self._matcher.query(request.node)
        narrowed = all_of([query, *self._facets.filter(filters)])
        total = count(self._searcher, narrowed)
        if not total:
            return []
        found = self._searcher.search(
            narrowed, limit=total, order_by_field=PLACE, order=Order.Asc, count=False
        )
        return [int(where) for where, _ in found.hits]

    def _find(
        self, request: Request, filters: Filters
    ) -> tuple[list[tuple[float, DocAddress]], int]:
        """The page of hits, and how many there are in all: one pass gives both."""
        ranked = request.sort is Sort.RELEVANCE and request.limit > 0
        query = all_of(
            [self._matcher.query(request.node, ranked=ranked), *self._facets.filter(filters)]
        )
        if request.limit < 1:
            return [], count(self._searcher, query)
        page: dict[str, Any] = {"limit": request.limit, "offset": request.offset}
        if not ranked:
            order = Order.Desc if request.sort is Sort.NEWEST else Order.Asc
            page |= {"order_by_field": DAY, "order": order}
        found = self._searcher.search(query, **page)
        return list(found.hits), int(found.count)  # type: ignore[attr-defined]  # as in `count`

    def _hits(self, request: Request, found: list[tuple[float, DocAddress]]) -> tuple[Hit, ...]:
        asked = terms(request.node)
        hits: list[Hit] = []
        for score, address in found:
            row = unpack(self._searcher.doc(address)[SHOWN][0], self._dictionary)
            shown = passages(row, asked, at_most=request.passages)
            if asked and request.passages and not shown:
                texts = {SUMMARY: self._summary(row["item"])}
                shown = passages(texts, asked, at_most=request.passages)
            hits.append(_hit(row, shown, score if request.sort is Sort.RELEVANCE else None))
        return tuple(hits)

    def _summary(self, item: str) -> str:
        """Of the letter of an item: it lies with the letter's first item."""
        letter, _, _ = item.rpartition("/")
        query = Query.term_query(self._schema, LETTER, letter, "basic")
        found = self._searcher.search(
            query, limit=1, order_by_field=PLACE, order=Order.Asc, count=False
        )
        return "".join(
            unpack_summary(self._searcher.doc(address)[SHOWN][0], self._dictionary)
            for _, address in found.hits
        )


def _hit(row: Mapping[str, Any], shown: tuple[Passage, ...], score: float | None) -> Hit:
    return Hit(
        item=row["item"],
        heading=row["heading"] or "",
        outcome=row["outcome"],
        decision_date=row["decision_date"],
        drug=row["drug"],
        topic=row["topic"],
        score=score,
        passages=shown,
    )
