"""Statistics of a corpus: how items fell, by what, over time; what reviewers missed; letters' age.

All of it is counted by DuckDB. An item counts once under each of its values of a facet; items
without an outcome are not counted, and said so. The design effect (`intervals`) is taken from all
letters, or from a fixed sample of them where there are many.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from openimr.corpus.intervals import SMALL, Clusters, discoveries, two_shares, wilson
from openimr.corpus.ledger import Ledger, State
from openimr.corpus.selection import Filters, Grouping, condition
from openimr.corpus.store import Corpus

_SAMPLE = 50_000
"""Letters from which design effects are taken."""
_ENOUGH = 2_000
"""Of selected letters in the sample; where there are fewer, all letters are asked."""

_BASIS = """
SELECT count(*), count(outcome), count_if(outcome = 'Overturned'), count(decision_date),
       min(decision_date), max(decision_date)
FROM items WHERE {condition}
"""
_COUNTS = """
SELECT {values} count(*), count_if(overturned) FROM ({rows}) GROUP BY ALL
"""
_CLUSTERS = """
SELECT {values} count(*), sum(n), sum(x), sum(x * x), sum(x * n), sum(n * n)
FROM (
  SELECT {values} letter, count(*) AS n, count_if(overturned) AS x FROM ({rows}) GROUP BY ALL
)
GROUP BY ALL
"""
_SAID = """
SELECT said, count(*), count_if(outcome = 'Overturned')
FROM (SELECT unnest({polarity}) AS said, outcome
      FROM items WHERE outcome IS NOT NULL AND {condition})
GROUP BY said
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What was counted, and what was not."""

    items: int
    decided: int
    """Items with an outcome: the others are not counted."""
    overturned: int
    dated: int
    first: date | None
    last: date | None
    letters_kept: int
    """In the whole corpus, whatever was selected."""
    set_aside: int
    doubles: int
    replaced: int

    @property
    def share_aside(self) -> float:
        """Of all distinct sources, those that could not be kept."""
        return self.set_aside / max(self.letters_kept + self.set_aside, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How the items of a group fell."""

    values: tuple[str | None, ...]
    """Of the facets and the period; None where it is not stated."""
    items: int
    overturned: int
    low: float = 0.0
    high: float = 1.0
    effect: float = 1.0
    """The design effect."""
    differs: str = ""
    """`higher` or `lower` than the other items, with false discoveries held at 5 %."""

    @property
    def share(self) -> float:
        """The overturn rate."""
        return self.overturned / self.items if self.items else 0.0

    @property
    def effective(self) -> float:
        """So many independent items tell as much."""
        return self.items / self.effect

    @property
    def small(self) -> bool:
        """Too few to say much."""
        return self.effective < SMALL


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementRates:
    """What reviewers say of an element, and how the items fell."""

    element: str
    missing: Rate
    present: Rate
    otherwise: Rate
    """Items of which it is not said to be missing."""


class Statistics:
    """Counts over the items of a corpus that match some filters."""

    def __init__(self, corpus: Corpus, filters: Filters | None = None) -> None:
        self._corpus = corpus
        self._condition = condition(filters or {})
        self._whole: Rate | None = None
        self._sample = _sample(corpus)

    def basis(self) -> Basis:
        """What is counted."""
        (row,) = self._run(_BASIS.format(condition=self._condition.sql))
        items, decided, overturned, dated, first, last = row
        with Ledger(self._corpus.folder.ledger) as ledger:
            sources = ledger.counts()
            letters = sum(segment.letters for segment in ledger.segments())
        return Basis(
            items=items,
            decided=decided,
            overturned=overturned,
            dated=dated,
            first=first,
            last=last,
            letters_kept=letters - len(self._corpus.replaced),
            set_aside=sources[State.ASIDE],
            doubles=sources[State.DOUBLE],
            replaced=sources[State.REPLACED],
        )

    def whole(self) -> Rate:
        """All selected items together."""
        if self._whole is None:
            counted = self._count(Grouping())
            self._whole = counted[0] if counted else Rate(values=(), items=0, overturned=0)
        return self._whole

    def rates(self, grouping: Grouping) -> tuple[Rate, ...]:
        """How items fell, most frequent first; by period in its order."""
        if not grouping.names:
            return (self.whole(),)
        whole = self.whole()
        compared = _compared(self._count(grouping, whole.effect), whole)
        if grouping.over or grouping.by == ("year",):
            return tuple(sorted(compared, key=_in_time))
        return tuple(sorted(compared, key=_frequent_first))

    def elements(self) -> tuple[ElementRates, ...]:
        """What reviewers say of each element, the most missed first."""
        whole = self.whole()
        said = {polarity: self._said(polarity) for polarity in ("missing", "present")}
        elements = sorted(said["missing"].keys() | said["present"].keys())
        found = []
        for element in elements:
            items, overturned = said["missing"].get(element, (0, 0))
            missing = _rate((element,), items, overturned, whole.effect)
            rest = (whole.items - items, whole.overturned - overturned)
            otherwise = _rate((element,), *rest, whole.effect)
            shown = _rate((element,), *said["present"].get(element, (0, 0)), whole.effect)
            found.append(
                ElementRates(element=element, missing=missing, present=shown, otherwise=otherwise)
            )
        marks = _marks([(each.missing, each.otherwise) for each in found])
        marked = (
            replace(each, missing=replace(each.missing, differs=mark))
            for each, mark in zip(found, marks, strict=True)
        )
        return tuple(sorted(marked, key=lambda each: -each.missing.items))

    def _said(self, polarity: str) -> dict[str, tuple[int, int]]:
        sql = _SAID.format(polarity=polarity, condition=self._condition.sql)
        return {element: (items, overturned) for element, items, overturned in self._run(sql)}

    def _count(self, grouping: Grouping, effect: float = 1.0) -> list[Rate]:
        rows = grouping.rows(self._condition.sql)
        counts = self._run(_COUNTS.format(values=grouping.values, rows=rows))
        sampled = self._clusters(grouping)
        effects = {values: Clusters(*sums).effect(effect) for values, sums in sampled}
        return [
            _rate(values, items, overturned, effects.get(values, effect))
            for values, (items, overturned) in _split(counts, 2)
        ]

    def _clusters(self, grouping: Grouping) -> list[tuple[tuple[str | None, ...], tuple[int, ...]]]:
        rows = grouping.rows(self._condition.sql, source=self._sample, letters=True)
        found = list(_split(self._run(_CLUSTERS.format(values=grouping.values, rows=rows)), 6))
        few = sum(sums[0] for _, sums in found) < _ENOUGH
        if few and self._sample != "items":
            self._sample = "items"
            return self._clusters(grouping)
        return found

    def _run(self, sql: str, **parameters: object) -> list[tuple[Any, ...]]:
        wanted = {**self._condition.parameters, **parameters}
        return self._corpus.connection.execute(sql, wanted).fetchall()


def _sample(corpus: Corpus) -> str:
    """SQL of the items of evenly spaced segments, enough of them for a design effect."""
    with Ledger(corpus.folder.ledger) as ledger:
        segments = ledger.segments()
    step = sum(segment.letters for segment in segments) // _SAMPLE
    if step <= 1:
        return "items"
    return f"({corpus.current_rows('items', [segment.number for segment in segments[::step]])})"


def _split(
    rows: Iterable[tuple[Any, ...]], count: int
) -> Iterable[tuple[tuple[str | None, ...], tuple[int, ...]]]:
    """The values of each row, and the numbers at its end."""
    for row in rows:
        yield row[:-count], tuple(int(number or 0) for number in row[-count:])


def _rate(values: tuple[str | None, ...], items: int, overturned: int, effect: float) -> Rate:
    share = overturned / items if items else 0.0
    low, high = wilson(share, items / effect)
    return Rate(
        values=values, items=items, overturned=overturned, low=low, high=high, effect=effect
    )


def _compared(rates: Sequence[Rate], whole: Rate) -> list[Rate]:
    """Each marked if it differs from the other items of the selection."""
    others = [
        _rate((), whole.items - rate.items, whole.overturned - rate.overturned, whole.effect)
        for rate in rates
    ]
    marks = _marks(list(zip(rates, others, strict=True)))
    return [replace(rate, differs=mark) for rate, mark in zip(rates, marks, strict=True)]


def _marks(pairs: Sequence[tuple[Rate, Rate]]) -> list[str]:
    likelihoods = [
        1.0 if rate.small else two_shares(rate.share, rate.effective, other.share, other.effective)
        for rate, other in pairs
    ]
    return [
        ("higher" if rate.share > other.share else "lower") if stands else ""
        for (rate, other), stands in zip(pairs, discoveries(likelihoods), strict=True)
    ]


def _frequent_first(rate: Rate) -> tuple[int, tuple[str, ...]]:
    return -rate.items, tuple(value or "" for value in rate.values)


def _in_time(rate: Rate) -> tuple[bool, str, int, tuple[str, ...]]:
    """By period, those without a date last; most frequent first within one."""
    period = rate.values[-1]
    return period is None, period or "", *_frequent_first(rate)
