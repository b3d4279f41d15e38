"""Search over the items of published letters: query, filters, order, page, counts, passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from tantivy import DocAddress, Index, Order, Query

from openimr.corpus.facets import FacetCounts, Facets, Filters, UnknownValue
from openimr.corpus.highlight import Passage, passages
from openimr.corpus.index import update
from openimr.corpus.indexed import DAY, LETTER_ROW, PLACE, place, segment_and_row
from openimr.corpus.matching import Matcher, all_of, count
from openimr.corpus.query import Node, terms
from openimr.corpus.store import Corpus
from openimr.model.progress import Progress

_SHOWN = (
    "item", "heading", "outcome", "decision_date", "drug", "topic", "rationale",
    "claims_guideline", "reviewer_guideline",
)  # fmt: skip
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


class Search:
    """The search over one corpus; open it once for many requests.

    Args:
        corpus: whose index is brought up to date first, if it is not.
        progress: told of that.
    """

    def __init__(self, corpus: Corpus, progress: Progress | None = None) -> None:
        self._corpus = corpus
        index: Index = update(corpus, progress)
        self._searcher = index.searcher()
        self._matcher = Matcher(index.schema, self._searcher)
        self._facets = Facets(index.schema, self._searcher)

    def run(self, request: Request) -> Result:
        """Answer one request."""
        filters, unknown = self._facets.resolve(request.filters)
        query = self._matcher.query(request.node)
        narrowed = all_of([query, *self._facets.filter(filters)])
        found = self._find(request, filters)
        hits = self._hits(request, found)
        counts = self._facets.count(query, filters, top=request.top) if request.top and hits else ()
        return Result(
            total=self._total(narrowed),
            searched=self._searcher.num_docs,
            hits=hits,
            facets=counts,
            filters=filters,
            unknown=unknown,
        )

    def places(self, request: Request) -> list[int]:
        """Where all the items lie that match, in the order of the corpus (`indexed.place`)."""
        filters, _ = self._facets.resolve(request.filters)
        query = self._matcher.query(request.node)
        narrowed = all_of([query, *self._facets.filter(filters)])
        total = self._total(narrowed)
        if not total:
            return []
        found = self._searcher.search(
            narrowed, limit=total, order_by_field=PLACE, order=Order.Asc, count=False
        )
        return [int(where) for where, _ in found.hits]

    def _total(self, query: Query) -> int:
        return count(self._searcher, query)

    def _find(self, request: Request, filters: Filters) -> list[tuple[float, DocAddress]]:
        if request.limit < 1:
            return []
        ranked = request.sort is Sort.RELEVANCE
        query = all_of(
            [self._matcher.query(request.node, ranked=ranked), *self._facets.filter(filters)]
        )
        page: dict[str, Any] = {"limit": request.limit, "offset": request.offset, "count": False}
        if not ranked:
            order = Order.Desc if request.sort is Sort.NEWEST else Order.Asc
            page |= {"order_by_field": DAY, "order": order}
        return list(self._searcher.search(query, **page).hits)

    def _hits(self, request: Request, found: list[tuple[float, DocAddress]]) -> tuple[Hit, ...]:
        if not found:
            return ()
        addresses = [address for _, address in found]
        places = [int(where or 0) for where in self._fast(PLACE, addresses)]
        letter_rows = [int(row or 0) for row in self._fast(LETTER_ROW, addresses)]
        rows = self._rows("items", places, _SHOWN)
        asked = terms(request.node)
        hits = []
        for where, letter_row, (score, _) in zip(places, letter_rows, found, strict=True):
            row = rows[where]
            shown = passages(row, asked, at_most=request.passages)
            if not shown and request.passages and asked:
                shown = self._of_summary(where, letter_row, request)
            hits.append(_hit(row, shown, score if request.sort is Sort.RELEVANCE else None))
        return tuple(hits)

    def _of_summary(self, where: int, letter_row: int, request: Request) -> tuple[Passage, ...]:
        """The letter's summary is read only for hits that nothing of the item explains."""
        segment, _ = segment_and_row(where)
        its_place = place(segment, letter_row)
        row = self._rows("letters", [its_place], ("summary",))[its_place]
        return passages(row, terms(request.node), at_most=request.passages)

    def _fast(self, name: str, addresses: list[DocAddress]) -> list[int | float | bool | None]:
        return self._searcher.fast_field_values(name, addresses)

    def _rows(
        self, table: str, places: Sequence[int], columns: Sequence[str]
    ) -> Mapping[int, dict[str, Any]]:
        """Rows by their places: a small read of each segment, which a place names with its row."""
        of_segment: dict[int, list[int]] = {}
        for segment, row in map(segment_and_row, places):
            of_segment.setdefault(segment, []).append(row)
        parts = [
            f"SELECT {place(segment, 0)} + file_row_number, {', '.join(columns)}"  # noqa: S608 names are our own
            f" FROM read_parquet({self._path(segment, table)}, file_row_number = true)"
            f" WHERE file_row_number IN ({', '.join(map(str, rows))})"
            for segment, rows in of_segment.items()
        ]
        cursor = self._corpus.connection.cursor()
        found = cursor.execute(" UNION ALL ".join(parts)).fetchall()
        return {row[0]: dict(zip(columns, row[1:], strict=True)) for row in found}

    def _path(self, segment: int, table: str) -> str:
        path = str(self._corpus.folder.segment(segment) / f"{table}.parquet")
        return "'" + path.replace("'", "''") + "'"


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
