"""All the hits of a search as a file: CSV, JSON lines or Parquet, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import duckdb
import numpy as np

from openimr.corpus.indexed import place, segment_and_row
from openimr.corpus.schema import ITEM_COLUMNS
from openimr.corpus.store import Corpus
from openimr.model.errors import UsageError

_FORMATS = {
    ".csv": "FORMAT csv, HEADER",
    ".jsonl": "FORMAT json",
    ".parquet": "FORMAT parquet, COMPRESSION zstd",
}
_FORMULA = "'^[=+\\-@\\t\\r\\n]'"
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""


def export(corpus: Corpus, places: Sequence[int], file: Path) -> int:
    """Write the items that lie at these places, all columns, in the order of the corpus.

    In CSV a list is joined with `; `, and a text that a spreadsheet would run as a formula has an
    apostrophe before it. The file appears when it is complete.

    Args:
        corpus: in which the places are.
        places: from `Search.places`.
        file: ends in `.csv`, `.jsonl` or `.parquet`, which says the format.

    Returns:
        How many items were written.

    Raises:
        UsageError: another ending, or the file cannot be written.
    """
    form = check_name(file)
    beside = file.with_name(f".{file.name}.{os.getpid()}.part")
    database = corpus.connection.cursor()
    database.register("wanted", {"place": np.array(places, dtype=np.int64)})
    rows = _rows(corpus, places, for_spreadsheet=file.suffix.lower() == ".csv")
    try:
        answer = database.execute(f"COPY ({rows}) TO $file ({form})", {"file": str(beside)})
        written = answer.fetchone()
        beside.replace(file)
    except (duckdb.IOException, OSError) as error:
        raise _unwritable(file, error) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return int(written[0]) if written else 0


def check_name(file: Path) -> str:
    """How DuckDB writes a file of this ending.

    Raises:
        UsageError: there is no such format.
    """
    if file.suffix.lower() not in _FORMATS:
        raise UsageError(
            f"an export cannot be a {file.suffix or 'file without ending'}",
            where=str(file),
            remedy=f"end the name in {', '.join(_FORMATS)}",
        )
    return _FORMATS[file.suffix.lower()]


def _rows(corpus: Corpus, places: Sequence[int], *, for_spreadsheet: bool) -> str:
    """SQL for the items' rows, segment by segment."""
    shape = _for_spreadsheet if for_spreadsheet else _as_it_is
    columns = ", ".join(shape(name, kind) for name, kind in ITEM_COLUMNS.items())
    parts = []
    segments = sorted({segment_and_row(where)[0] for where in places})
    for segment in segments or corpus.segments[:1]:
        path = str(corpus.folder.segment(segment) / "items.parquet").replace("'", "''")
        parts.append(
            f"SELECT {columns}"  # noqa: S608 names are our own, the path is quoted
            f" FROM (SELECT *, {place(segment, 0)} + file_row_number AS place"
            f" FROM read_parquet('{path}', file_row_number = true))"
            " SEMI JOIN wanted USING (place)"
        )
    return " UNION ALL ".join(parts)


def _as_it_is(name: str, kind: str) -> str:  # noqa: ARG001 the shape of its sibling
    return name


def _for_spreadsheet(name: str, kind: str) -> str:
    if kind not in ("VARCHAR", "VARCHAR[]"):
        return name
    text = f"array_to_string({name}, '; ')" if kind.endswith("[]") else name
    return (
        f"CASE WHEN regexp_matches({text}, {_FORMULA}) THEN '''' || {text} ELSE {text} END"
        f" AS {name}"
    )


def _unwritable(file: Path, error: Exception) -> UsageError:
    return UsageError(
        "the export cannot be written",
        where=str(file),
        why=str(error).splitlines()[0],
        remedy="choose a folder that is there and that you may write in",
    )
