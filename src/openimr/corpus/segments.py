"""Segments: rows as Parquet in a folder that is complete or absent.

Rows gather as newline JSON beside; DuckDB turns them into Parquet; the folder is made durable and
only then renamed to its number. Naming it in the ledger is the caller's last act.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

import duckdb

from openimr.corpus.document import LARGEST_ROW
from openimr.corpus.folder import CorpusFolder
from openimr.corpus.ledger import SegmentRecord
from openimr.corpus.schema import ITEM_COLUMNS, LETTER_COLUMNS

TABLES: Mapping[str, Mapping[str, str]] = {"letters": LETTER_COLUMNS, "items": ITEM_COLUMNS}
"""Table to its columns; each is a file `TABLE.parquet` of a segment."""
_BESIDE = ".part"


class SegmentWriter:
    """A segment in the making.

    Args:
        folder: the corpus.
        number: the segment's number, not yet used.
    """

    def __init__(self, folder: CorpusFolder, number: int) -> None:
        self.number = number
        self.letters = 0
        self.items = 0
        self.bytes = 0
        self._place = folder.segment(number)
        self._beside = self._place.with_name(self._place.name + _BESIDE)
        self._beside.mkdir(parents=True)
        self._files: dict[str, BinaryIO] = {
            table: (self._beside / f"{table}.ndjson").open("wb") for table in TABLES
        }

    def add(self, letter: bytes, items: bytes, item_count: int) -> None:
        """Take a letter's row and its items' rows, each a line of JSON with its newline."""
        self._files["letters"].write(letter)
        self._files["items"].write(items)
        self.letters += 1
        self.items += item_count
        self.bytes += len(letter) + len(items)

    def finish(self) -> SegmentRecord:
        """Write Parquet, make it durable, and give the folder its name."""
        with duckdb.connect() as database:
            for table, file in self._files.items():
                file.close()
                lines = Path(file.name)
                to_parquet(database, lines, self._beside / f"{table}.parquet", TABLES[table])
                lines.unlink()
                _sync(self._beside / f"{table}.parquet")
        _sync(self._beside)
        self._beside.rename(self._place)
        _sync(self._place.parent)
        return SegmentRecord(self.number, self.letters, self.items)

    def discard(self) -> None:
        """Give it up."""
        for file in self._files.values():
            file.close()
        shutil.rmtree(self._beside, ignore_errors=True)


def remove_strangers(folder: CorpusFolder, named: frozenset[int]) -> int:
    """Remove what the ledger does not name: the rest of a stopped run; returns how much it was."""
    known = {folder.segment(number).name for number in named}
    found = folder.segments.iterdir() if folder.segments.exists() else ()
    strangers = [place for place in found if place.name not in known]
    for place in strangers:
        shutil.rmtree(place)
    return len(strangers)


def to_parquet(
    database: duckdb.DuckDBPyConnection, lines: Path, parquet: Path, columns: Mapping[str, str]
) -> None:
    """Lines of JSON as Parquet; rows keep their order: the same letters make the same file."""
    types = ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())
    database.execute(
        "COPY (FROM read_json($lines, format = 'newline_delimited',"
        f" columns = {{{types}}}, maximum_object_size = {LARGEST_ROW}))"
        " TO $parquet (FORMAT parquet, COMPRESSION zstd)",
        {"lines": str(lines), "parquet": str(parquet)},
    )


def _sync(place: Path) -> None:
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
