"""Which values of a facet that is split are its frequent ones (see `columns`).

They are chosen when the index is built from nothing and kept with it: a value that changed sides
would be counted in two places.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping

from openimr.corpus.columns import RARE, Frequent
from openimr.corpus.indexed import column, values_of
from openimr.corpus.store import Corpus

MOST = 4_000
"""Different values of a column; it has room for more, that later letters may bring."""


def choose(corpus: Corpus) -> Frequent:
    """The frequent values of every facet that is split."""
    return {facet: frequent_values(_lists(corpus, facet), MOST) for facet in RARE}


def frequent_values(lists: Mapping[tuple[str, ...], int], most: int) -> frozenset[str]:
    """As many of the most frequent values as make no more than `most` different lists.

    Args:
        lists: the values that items have, and how many items have just these.
        most: lists that may be left when all other values are one.

    Example:
        >>> frequent_values({("MTUS",): 8, ("MTUS", "ODG"): 3, ("Smith", "ODG"): 1, ("Roe",): 1}, 3)
        frozenset({'MTUS'})
    """
    items: Counter[str] = Counter()
    for values, number in lists.items():
        items.update(dict.fromkeys(values, number))
    ranked = sorted(items, key=lambda value: (-items[value], value))
    rank = {value: at for at, value in enumerate(ranked)}
    ranks = [[rank[value] for value in values] for values in lists]

    def left(frequent: int) -> int:
        """Lists that are left if so many values are frequent: never fewer for more."""
        return len({frozenset(min(at, frequent) for at in each) for each in ranks})

    frequent = bisect_right(range(len(ranked) + 1), most, key=left) - 1
    return frozenset(ranked[: max(0, frequent)])


def _lists(corpus: Corpus, facet: str) -> dict[tuple[str, ...], int]:
    rows = corpus.connection.execute(
        f"SELECT {column(facet)}, count(*) FROM items GROUP BY ALL"  # noqa: S608 names are our own
    ).fetchall()
    lists: Counter[tuple[str, ...]] = Counter()
    for value, items in rows:
        lists[tuple(values_of(facet, value))] += items
    return lists
