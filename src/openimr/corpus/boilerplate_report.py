"""Boilerplate in numbers: how much of rationales stands elsewhere, and the texts that return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from openimr.corpus.near_copies import SIMILAR
from openimr.corpus.report import NOT_STATED, Kind, Report, Row
from openimr.corpus.selection import Condition, Filters, Grouping, condition
from openimr.corpus.stats import Statistics
from openimr.corpus.store import Corpus
from openimr.qa.words import RUN

LETTER = "letter"
MOSTLY = 0.8
"""From this share of a rationale on it is said to be mostly copied."""
_SHOWN = 160
"""Characters of a rationale shown for its cluster."""

_COLUMNS = {
    "items": Kind.COUNT,
    "letters": Kind.COUNT,
    "copied": Kind.SHARE,
    "median": Kind.SHARE,
    "p90": Kind.SHARE,
    "mostly_copied": Kind.SHARE,
    "near_copies": Kind.SHARE,
}
_GROUPS = f"""
SELECT {{values}} count(*), count(DISTINCT letter), avg(share), median(share),
       quantile_cont(share, 0.9), avg((share >= {MOSTLY})::INT), avg((cluster_size > 1)::INT)
FROM (SELECT *, shared / runs AS share FROM ({{rows}}))
GROUP BY ALL
"""  # noqa: S608 the closed SQL of `selection`
_CLUSTERS = f"""
WITH chosen AS (SELECT * FROM {{measured}} AS items WHERE cluster_size > 1 AND {{condition}})
SELECT count(*), count(DISTINCT letter), count_if(outcome = 'Overturned'),
       count_if(outcome = 'Upheld'), min(year), max(year), count(DISTINCT topic), mode(topic),
       arg_min(item, item), arg_min(left(rationale, {_SHOWN}), item),
       list_slice(list(item ORDER BY item), 1, 10)
FROM chosen GROUP BY cluster ORDER BY 1 DESC, 9 LIMIT $most
"""  # noqa: S608 the same
_CLUSTER_FIELDS = (
    "items", "letters", "overturned", "upheld", "first_year", "last_year", "topics", "topic",
    "item", "text", "examples",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Boilerplate:
    """The report, and the clusters of near copies, largest first."""

    report: Report
    clusters: tuple[Row, ...] = ()


def boilerplate(
    corpus: Corpus, measured: str, filters: Filters, by: str = "", *, most: int = 0
) -> Boilerplate:
    """How much of rationales stands in other letters.

    Args:
        corpus: which.
        measured: its items as `boilerplate.measured` gives them.
        filters: which items; the rest of the corpus is still what they are compared with.
        by: a facet, `letter`, or nothing.
        most: clusters to tell of.

    Raises:
        UsageError: there is no such facet.
    """
    chosen = condition(filters)
    grouping = Grouping((by,) if by and by != LETTER else ())
    statistics = Statistics(corpus, filters)
    report = Report(
        name="boilerplate",
        title="Share of a rationale that stands in other letters"
        + (f" by {by.replace('_', ' ')}" if by else ""),
        basis=statistics.basis(),
        filters=filters,
        columns=MappingProxyType(({by: Kind.TEXT} if by else {}) | _COLUMNS),
        rows=tuple(_rows(corpus, measured, chosen, grouping, by)),
        notes=_notes(corpus, measured, chosen),
        whole=statistics.whole(),
        grouping=replace(grouping, by=()) if by == LETTER else grouping,
    )
    clusters = _clusters(corpus, measured, chosen, most) if most else ()
    return Boilerplate(report=report, clusters=clusters)


def _rows(
    corpus: Corpus, measured: str, chosen: Condition, grouping: Grouping, by: str
) -> list[Row]:
    rows = grouping.rows(
        f"runs > 0 AND {chosen.sql}",
        source=measured,
        letters=True,
        also=("runs", "shared", "cluster_size"),
        undecided=True,
    )
    values = "letter, " if by == LETTER else grouping.values
    found = corpus.connection.execute(
        _GROUPS.format(values=values, rows=rows), dict(chosen.parameters)
    ).fetchall()
    named: list[dict[str, Any]] = [
        dict(zip(([by] if by else []) + list(_COLUMNS), row, strict=True)) for row in found
    ]
    if by:
        named = [row | {by: row[by] or NOT_STATED} for row in named]
    return sorted((row for row in named if row["items"]), key=lambda row: _order(row, by))


def _order(row: Mapping[str, Any], by: str) -> tuple[object, ...]:
    """Years in their order, letters by how much is copied, all else by how often it is."""
    if by == "year":
        return (row[by],)
    if by == LETTER:
        return (-row["copied"], row[by])
    return (-row["items"], row[by] if by else "")


def _notes(corpus: Corpus, measured: str, chosen: Condition) -> tuple[str, ...]:
    ((short, items),) = corpus.connection.execute(
        f"SELECT coalesce(count_if(runs = 0), 0), count(*)"  # noqa: S608 the closed SQL of `selection`
        f" FROM {measured} AS items WHERE {chosen.sql}",
        dict(chosen.parameters),
    ).fetchall()
    return (
        f"copied: of the different runs of {RUN} words of a rationale, those that stand in another"
        " letter too, word for word; counted, not estimated. Quotations of guidelines are among"
        " them.",
        f"mostly copied: items of which {MOSTLY:.0%} or more is copied. near copies: items in a"
        f" cluster of rationales of which two share {SIMILAR:.0%} of their runs, directly or"
        " through others.",
        f"{short:,} of {items:,} items have fewer than {RUN} words of rationale and are left out.",
    )


def _clusters(corpus: Corpus, measured: str, chosen: Condition, most: int) -> tuple[Row, ...]:
    sql = _CLUSTERS.format(measured=measured, condition=chosen.sql)
    found = corpus.connection.execute(sql, {**chosen.parameters, "most": most}).fetchall()
    return tuple(dict(zip(_CLUSTER_FIELDS, row, strict=True)) for row in found)
