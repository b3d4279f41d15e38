"""Clusters of items whose rationales are nearly the same, in time that grows with the corpus.

Items that share a band key are candidates: each is compared with the first of its key and with
the one before it, never with all. A pair is joined where its exact similarity is high enough; a
cluster is whatever is joined, directly or through others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from openimr.corpus.min_hash import BANDS, meets
from openimr.corpus.run_files import RunFiles
from openimr.corpus.word_runs import Numbers, Places
from openimr.model.progress import Progress

SIMILAR = 0.7
"""Runs that both have, of the runs that either has, from which two texts are nearly the same."""


def clusters(
    segments: Sequence[RunFiles], progress: Progress, *, similar: float = SIMILAR
) -> Places:
    """Of each item of the segments, in order, the number of its cluster: its first item.

    An item that is like no other is a cluster of itself.
    """
    joined = _Joined(sum(one.items for one in segments))
    runs = _AllRuns(segments)
    apart: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
    progress.start(BANDS, "Finding near copies")
    for band in range(BANDS):
        pairs = np.setdiff1d(_candidates(_keys(segments, band)), apart, assume_unique=True)
        ones, others = np.divmod(pairs, max(joined.items, 1))
        open_ones = pairs[joined.roots(ones) != joined.roots(others)]
        failed = []
        for number in open_ones.tolist():
            one, other = divmod(number, joined.items)
            if joined.root(one) == joined.root(other):
                continue
            if similarity(runs.of(one), runs.of(other)) >= similar:
                joined.join(one, other)
            else:
                failed.append(number)
        apart = np.union1d(apart, np.array(failed, dtype=np.int64))
        progress.advance()
    progress.done()
    return joined.roots(np.arange(joined.items))


def similarity(one: Numbers, other: Numbers) -> float:
    """Runs that both have, of those that either has (Jaccard); each in order, without doubles."""
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / max(len(one) + len(other) - both, 1)


def _keys(segments: Sequence[RunFiles], band: int) -> Numbers:
    """The keys of a band; nobody's where the item was replaced."""
    parts = [np.where(one.letters < 0, np.uint64(0), one.keys[band]) for one in segments]
    return np.concatenate([np.zeros(0, np.uint64), *parts])


def _candidates(keys: Numbers) -> Places:
    """Each item with the first of its key and with the one before it.

    A pair is one number: the lower item, times the number of items, and the higher one.
    """
    order = np.argsort(keys, kind="stable")
    order = order[meets(keys[order])]
    ordered = keys[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = ordered[1:] != ordered[:-1]
    first = order[np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))]
    with_first = first[~new] * len(keys) + order[~new]
    with_last = (order[:-1] * len(keys) + order[1:])[~new[1:]]
    return np.unique(np.concatenate([with_first, with_last]))


class _AllRuns:
    """The runs of an item by its number in the whole corpus."""

    def __init__(self, segments: Sequence[RunFiles]) -> None:
        self._segments = segments
        self._firsts = [0, *accumulate(one.items for one in segments)]

    def of(self, item: int) -> Numbers:
        at = bisect_right(self._firsts, item) - 1
        return self._segments[at].runs.of(item - self._firsts[at])


class _Joined:
    """Sets of items, each known by its lowest (union-find)."""

    def __init__(self, items: int) -> None:
        self.items = items
        self._above = np.arange(items)

    def root(self, item: int) -> int:
        above = self._above
        while (higher := int(above[item])) != item:
            above[item] = above[higher]
            item = higher
        return item

    def roots(self, items: Places) -> Places:
        """The roots of many at once."""
        while True:
            higher = self._above[self._above]
            if np.array_equal(higher, self._above):
                return self._above[items]
            self._above = higher

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        self._above[high] = low
