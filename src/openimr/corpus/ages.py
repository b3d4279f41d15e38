"""How long letters took: days from assignment, and from application, to the decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from openimr.corpus.selection import Filters, condition
from openimr.corpus.store import Corpus

MEASURES = {
    "assignment": "date_diff('day', date_assigned, decision_date)",
    "application": "date_diff('day', application_received, decision_date)",
}
"""From what day, and the SQL of a letter's days since."""
WEEK = 7

_LETTERS = """
CREATE OR REPLACE TEMP TABLE letter_ages AS
SELECT year(decision_date) AS year, {measures} FROM letters WHERE {condition}
"""
"""Once, since choosing the letters of items costs more than all that is counted of them."""
_BY_YEAR = """
SELECT year, count(*), count(days), median(days), quantile_cont(days, 0.1),
       quantile_cont(days, 0.9), max(days)
FROM (SELECT year, CASE WHEN {since} >= 0 THEN {since} END AS days FROM letter_ages)
GROUP BY GROUPING SETS ((year), ())
ORDER BY grouping(year), year NULLS LAST
"""
_BY_WEEK = """
SELECT {since} // {week} * {week} AS first_day, count(*)
FROM letter_ages WHERE {since} >= 0 GROUP BY ALL ORDER BY ALL
"""
_OF_ITEMS = "letter IN (SELECT letter FROM items WHERE {condition})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """How old letters were when they were decided."""

    since: str
    """`assignment` or `application`."""
    year: int | None
    """Of the decision; None for letters that give none, and where `whole`."""
    whole: bool
    """All years together."""
    letters: int
    stated: int
    """Letters that give both days, in a possible order."""
    median: float | None
    p10: float | None
    p90: float | None
    longest: int | None


@dataclass(frozen=True, slots=True)
class Week:
    """Letters decided within one week of age."""

    since: str
    first_day: int
    letters: int


class Ages:
    """Ages of the letters that have an item which matches the filters."""

    def __init__(self, corpus: Corpus, filters: Filters | None = None) -> None:
        self._connection = corpus.connection.cursor()
        chosen = condition(filters or {})
        sql = _LETTERS.format(
            measures=", ".join(f"{days} AS {since}" for since, days in MEASURES.items()),
            condition=_OF_ITEMS.format(condition=chosen.sql) if filters else "true",
        )
        self._connection.execute(sql, dict(chosen.parameters))

    def by_year(self) -> tuple[Age, ...]:
        """All years of each measure, then all together."""
        found = []
        for since in MEASURES:
            rows = self._run(_BY_YEAR, since)
            for place, row in enumerate(rows, start=1):
                year, letters, stated, median, p10, p90, longest = row
                found.append(
                    Age(
                        since=since,
                        year=year,
                        whole=place == len(rows),
                        letters=letters,
                        stated=stated,
                        median=median,
                        p10=p10,
                        p90=p90,
                        longest=longest,
                    )
                )
        return tuple(found)

    def by_week(self) -> tuple[Week, ...]:
        """The distribution, a week a row; weeks without letters are left out."""
        return tuple(
            Week(since, first, letters)
            for since in MEASURES
            for first, letters in self._run(_BY_WEEK, since)
        )

    def _run(self, sql: str, since: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql.format(since=since, week=WEEK)).fetchall()
