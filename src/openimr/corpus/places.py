"""Rows of a corpus by their places: a small read each, since a place names its file and row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from openimr.corpus.indexed import segment_and_row
from openimr.corpus.store import Corpus


def rows_at(
    corpus: Corpus, table: str, places: Sequence[int], columns: Sequence[str]
) -> Mapping[int, dict[str, Any]]:
    """Place (`indexed.place`) to columns of its row.

    Args:
        corpus: where to read.
        table: `letters` or `items`.
        places: of the rows.
        columns: names of our own, never a caller's input.
    """
    if not places:
        return {}
    parts = []
    for where in places:
        segment, row = segment_and_row(where)
        path = str(corpus.folder.segment(segment) / f"{table}.parquet").replace("'", "''")
        parts.append(
            f"SELECT {where} AS place, {', '.join(columns)}"  # noqa: S608 names are our own
            f" FROM read_parquet('{path}', file_row_number = true)"
            f" WHERE file_row_number = {row}"
        )
    rows = corpus.connection.cursor().execute(" UNION ALL ".join(parts)).fetchall()
    return {row[0]: dict(zip(columns, row[1:], strict=True)) for row in rows}
