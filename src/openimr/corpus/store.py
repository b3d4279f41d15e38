"""Reading a corpus: the one way in, so that every reader sees the same letters.

What counts are the rows of the segments that the ledger names, without letters that another text
of the same case has replaced. A reader sees the corpus as it stood when it was opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from openimr.corpus.folder import CorpusFolder
from openimr.corpus.ledger import Ledger
from openimr.corpus.segments import TABLES
from openimr.model.errors import UnreadableFile

Row = Mapping[str, Any]
"""A row by column name; dates are dates, lists are lists, what is not stated is None."""


class Corpus:
    """A corpus open for reading; use it as a context.

    Its DuckDB `connection` has the views `letters` and `items` (columns: `corpus.schema`).

    Args:
        root: the corpus folder.
        threads: processors that DuckDB may use; all of them if None.

    Raises:
        UnreadableFile: there is no corpus, or it cannot be read.
    """

    def __init__(self, root: Path, *, threads: int | None = None) -> None:
        self.folder = CorpusFolder(root)
        with Ledger(self.folder.ledger) as ledger:
            self._segments = ledger.segments()
            self.replaced = ledger.replaced()
            """Segment and permalink of rows that no longer count."""
        self.connection = duckdb.connect(config={"threads": threads} if threads else {})
        try:
            for table in TABLES:
                self.connection.execute(f"CREATE VIEW {table} AS {self.current_rows(table)}")
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            self.close()
            raise _incomplete(root, error) from error

    @classmethod
    def open(cls, root: Path, *, threads: int | None = None) -> Self:
        """Open the corpus in this folder."""
        return cls(root, threads=threads)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of DuckDB."""
        self.connection.close()

    @property
    def segments(self) -> tuple[int, ...]:
        """Numbers of the segments, in order."""
        return tuple(segment.number for segment in self._segments)

    def current_rows(self, table: str, segments: Iterable[int] | None = None) -> str:
        """SQL that selects the rows of `letters` or `items` that count.

        Args:
            table: `letters` or `items`.
            segments: only of these segments; of all if None.
        """
        numbers = self.segments if segments is None else tuple(segments)
        touched = {segment for segment, _ in self.replaced}
        clean = [number for number in numbers if number not in touched]
        parts = [self._scan(table, clean)] if clean else []
        parts += [
            f"{self._scan(table, [number])} WHERE letter NOT IN ({self._replaced_in(number)})"
            for number in numbers
            if number in touched
        ]
        return " UNION ALL ".join(parts) or _no_rows(TABLES[table])

    def letter(self, permalink: str) -> Row | None:
        """The letter of this permalink (`CM16-0224814`); None if there is none."""
        return next(self._of_letter("letters", permalink), None)

    def items_of(self, permalink: str) -> tuple[Row, ...]:
        """The items of a letter, in its order."""
        items = self._of_letter("items", permalink)
        return tuple(sorted(items, key=lambda item: int(item["item_index"])))

    def _of_letter(self, table: str, permalink: str) -> Iterator[Row]:
        with Ledger(self.folder.ledger) as ledger:
            segments = set(ledger.segments_of(permalink)) & set(self.segments)
        rows = self.current_rows(table, sorted(segments))
        sql = f"SELECT * FROM ({rows}) WHERE letter = $letter"  # noqa: S608 names are our own
        names = list(TABLES[table])
        for values in self.connection.execute(sql, {"letter": permalink}).fetchall():
            yield dict(zip(names, values, strict=True))

    def _scan(self, table: str, numbers: Iterable[int]) -> str:
        paths = [self.folder.segment(number) / f"{table}.parquet" for number in numbers]
        listed = ", ".join(quoted(str(path)) for path in paths)
        return f"SELECT * FROM read_parquet([{listed}])"  # noqa: S608 paths are quoted

    def _replaced_in(self, number: int) -> str:
        letters = sorted(letter for segment, letter in self.replaced if segment == number)
        return ", ".join(quoted(letter) for letter in letters)


def _incomplete(root: Path, error: duckdb.Error) -> UnreadableFile:
    return UnreadableFile(
        "a segment that the ledger names is missing or damaged",
        where=str(root),
        why=str(error).partition("\n")[0],
        remedy="restore the folder from a copy, or ingest the letters into a new one",
    )


def _no_rows(columns: Mapping[str, str]) -> str:
    """A table without rows: a corpus may be empty."""
    nothing = ", ".join(f"NULL::{kind} AS {name}" for name, kind in columns.items())
    return f"SELECT {nothing} WHERE false"


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
