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

_DAYS = """
SELECT year(decision_date) AS year, {measure} AS days FROM letters WHERE {condition}
"""
_BY_YEAR = """
SELECT year, count(*), count(days), median(days), quantile_cont(days, 0.1),
       quantile_cont(days, 0.9), max(days)
FROM (SELECT year, CASE WHEN days >= 0 THEN days END AS days FROM ({days}))
GROUP BY GROUPING SETS ((year), ())
ORDER BY grouping(year), year NULLS LAST
"""
_BY_WEEK = """
SELECT days // {week} * {week} AS first_day, count(*)
FROM ({days}) WHERE days >= 0 GROUP BY ALL ORDER BY ALL
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
        self._corpus = corpus
        self._parameters: dict[str, object] = {}
        self._condition = "true"
        if filters:
            selected = condition(filters)
            self._condition = _OF_ITEMS.format(condition=selected.sql)
            self._parameters = dict(selected.parameters)

    def by_year(self) -> tuple[Age, ...]:
        """All years of each measure, then all together."""
        found = []
        for since in MEASURES:
            rows = self._run(_BY_YEAR.format(days=self._days(since)))
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
            for first, letters in self._run(_BY_WEEK.format(days=self._days(since), week=WEEK))
        )

    def _days(self, since: str) -> str:
        return _DAYS.format(measure=MEASURES[since], condition=self._condition)

    def _run(self, sql: str) -> list[tuple[Any, ...]]:
        return self._corpus.connection.execute(sql, self._parameters).fetchall()
