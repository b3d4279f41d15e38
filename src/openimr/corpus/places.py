"""A row of a corpus by its place: a small read, since a place names its file and row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openimr.corpus.indexed import segment_and_row
from openimr.corpus.store import Corpus


def row_at(corpus: Corpus, table: str, place: int, columns: Sequence[str]) -> dict[str, Any]:
    """The columns of the row at a place (`indexed.place`).

    Args:
        corpus: where to read.
        table: `letters` or `items`.
        place: of the row.
        columns: names of our own, never a caller's input.
    """
    segment, row = segment_and_row(place)
    path = str(corpus.folder.segment(segment) / f"{table}.parquet")
    sql = (
        f"SELECT {', '.join(columns)}"  # noqa: S608 names are our own
        " FROM read_parquet($path, file_row_number = true) WHERE file_row_number = $row"
    )
    found = corpus.connection.cursor().execute(sql, {"path": path, "row": row}).fetchall()
    return dict(zip(columns, found[0], strict=True))
