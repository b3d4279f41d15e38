"""Values asked for that no item has, and the nearest that there are."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz, process, utils

from openimr.corpus.selection import Filters, Grouping, condition
from openimr.corpus.store import Corpus

_NEAR_ENOUGH = 70
_VALUES = "SELECT DISTINCT value_1 FROM ({rows}) WHERE value_1 IS NOT NULL ORDER BY 1"


def unknown_values(corpus: Corpus, filters: Filters) -> Iterator[str]:
    """A sentence for each value asked for that no item of the corpus has."""
    for facet, values in filters.items():
        for value in values:
            one = condition({facet: (value,)})
            sql = f"SELECT 1 FROM items WHERE {one.sql} LIMIT 1"  # noqa: S608 names are our own
            if not corpus.connection.execute(sql, dict(one.parameters)).fetchone():
                yield _sentence(corpus, facet, value)


def _sentence(corpus: Corpus, facet: str, value: str) -> str:
    rows = Grouping((facet,)).rows("true")
    known = [str(row[0]) for row in corpus.connection.execute(_VALUES.format(rows=rows)).fetchall()]
    found = process.extract(
        value,
        known,
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=_NEAR_ENOUGH,
        limit=3,
    )
    near = f"; the nearest: {', '.join(name for name, _, _ in found)}" if found else ""
    return f"No item has the {facet.replace('_', ' ')} `{value}`{near}."
