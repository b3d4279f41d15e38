"""Counting what most items have by what few items lack.

A word that nearly all items have (`pain`) would have all of them counted, a quarter of a second for
two million. So the values of all items are counted once, and then only the items that a query
leaves out: what remains is exact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from tantivy import Occur, Query, Searcher

from openimr.corpus.bounds import Bounds
from openimr.corpus.counting import TOTAL, Counted, added_up, ask, exactly, facet_counts, in_order
from openimr.corpus.matching import count as count_hits
from openimr.corpus.schema import ITEM_FACETS

_ALL_VALUES = 1_000_000
_LOOKED_AT = 1_000
_MORE = 20
"""Values beyond those shown that are looked at first: what is left out may change the order."""


class Remainder:
    """The counts of all items of an index, and of what a query leaves of them."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    @cached_property
    def _whole(self) -> dict[str, Counter[str]]:
        answer = ask(self._searcher, Query.all_query(), ITEM_FACETS, _ALL_VALUES, _ALL_VALUES)
        return {facet: added_up(facet, answer)[0] for facet in ITEM_FACETS}

    def serves(self, query: Query, hits: Bounds) -> bool:
        """Whether the query matches more than half of all items: told by the bounds, or counted."""
        half = self._searcher.num_docs / 2
        if hits[0] > half or hits[1] <= half:
            return hits[0] > half
        return count_hits(self._searcher, query) > half

    def count(self, query: Query, facets: Sequence[str], top: int) -> Counted:
        """The hits of a query, and the most frequent values of these facets among them."""
        rest = Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, query)])
        answer = ask(self._searcher, rest, facets, _LOOKED_AT, _LOOKED_AT)
        counts = []
        for facet in facets:
            lacking, is_exact = added_up(facet, answer)
            left = {
                value: items - lacking.get(value, 0) for value, items in self._whole[facet].items()
            }
            best = in_order(left) if is_exact else self._settled(rest, facet, left, top)
            counts.append(facet_counts(facet, {v: n for v, n in best[:top] if n > 0}, ()))
        total = self._searcher.num_docs - int(answer[TOTAL]["doc_count"])
        return Counted(total, tuple(counts))

    def _settled(
        self, rest: Query, facet: str, most: dict[str, int], top: int
    ) -> list[tuple[str, int]]:
        """The most frequent values, where `most` may be more than a value has.

        Values are counted exactly in the order of what they may have, until no other can be among
        the first.
        """
        whole, ranked, looked_at = self._whole[facet], in_order(most), top + _MORE
        while True:
            values = [value for value, _ in ranked[:looked_at]]
            lacking = exactly(self._searcher, rest, [(facet, value) for value in values])
            settled = in_order({value: whole[value] - lacking[facet, value] for value in values})
            if len(ranked) <= looked_at or settled[top - 1][1] > ranked[looked_at][1]:
                return settled
            looked_at *= 2
