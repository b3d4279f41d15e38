"""The ledger: what was taken in, what became of it, and which segments there are.

Whatever it does not name did not happen. A commit names a segment together with all of its
sources, so that a stopped run leaves either both or neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from openimr.corpus.ledger_file import open_ledger


class State(StrEnum):
    """What became of a source."""

    KEPT = "kept"
    DOUBLE = "double"
    """The same letter is kept already."""
    ASIDE = "aside"
    """Not kept, for the reason given."""
    REPLACED = "replaced"
    """Kept once; another text of the same case stands in its place now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """One source as the ledger tells of it."""

    name: str
    sha256: bytes
    state: State
    engine: str
    text_sha256: bytes | None = None
    stamp: int | None = None
    code: str = ""
    reason: str = ""
    case_number: str | None = None
    letter: str | None = None
    segment: int | None = None


@dataclass(frozen=True, slots=True)
class SegmentRecord:
    """A segment and how much it holds."""

    number: int
    letters: int
    items: int


_COLUMNS = (
    "name, sha256, state, engine, text_sha256, stamp, code, reason, case_number, letter, segment"
)
_UPSERT = f"""
INSERT INTO sources ({_COLUMNS}) VALUES ({", ".join("?" * 11)})
ON CONFLICT (sha256, name) DO UPDATE SET
  state = excluded.state, engine = excluded.engine, text_sha256 = excluded.text_sha256,
  stamp = excluded.stamp, code = excluded.code, reason = excluded.reason,
  case_number = excluded.case_number, letter = excluded.letter, segment = excluded.segment
"""  # noqa: S608 the column names stand above


class Ledger:
    """The ledger of one corpus; use it as a context.

    Args:
        path: the SQLite file.
        write: whether this is the writer, who creates what is missing.

    Raises:
        UnreadableFile: there is none, or it is not a ledger that this version reads.
    """

    def __init__(self, path: Path, *, write: bool = False) -> None:
        self._database = open_ledger(path, write=write)

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
        """Let go of the file."""
        self._database.close()

    def commit(
        self,
        segment: SegmentRecord | None,
        sources: Iterable[SourceRecord],
        stamped: Iterable[SourceRecord] = (),
    ) -> None:
        """Name a segment and what became of these sources, all of it or nothing.

        A letter kept under a permalink that is taken replaces the one kept before.

        Args:
            segment: the one that holds the letters kept; None where none was.
            sources: what became of each.
            stamped: sources that stay as they are, with a new stamp.
        """
        with self._database as database:
            if segment is not None:
                database.execute(
                    "INSERT INTO segments VALUES (?, ?, ?)",
                    (segment.number, segment.letters, segment.items),
                )
            for source in sources:
                if source.state is State.KEPT:
                    database.execute(
                        "UPDATE sources SET state = 'replaced' WHERE letter = ? AND state = 'kept'",
                        (source.letter,),
                    )
                database.execute(_UPSERT, _values(source))
            database.executemany(
                "UPDATE sources SET stamp = ? WHERE sha256 = ? AND name = ?",
                ((source.stamp, source.sha256, source.name) for source in stamped),
            )

    def segments(self) -> tuple[SegmentRecord, ...]:
        """The segments that count, in order."""
        rows = self._database.execute("SELECT number, letters, items FROM segments ORDER BY number")
        return tuple(SegmentRecord(*row) for row in rows)

    def replaced(self) -> frozenset[tuple[int, str]]:
        """Segment and permalink of letters that another text replaced: readers pass over them."""
        rows = self._database.execute(
            "SELECT segment, letter FROM sources WHERE state = 'replaced'"
        )
        return frozenset((segment, letter) for segment, letter in rows)

    def of_content(self, sha256: bytes) -> tuple[SourceRecord, ...]:
        """All sources with exactly this content."""
        return self._select("sha256 = ? ORDER BY id", sha256)

    def of_stamp(self, stamp: int) -> SourceRecord | None:
        """The source that was read from this place, unchanged since."""
        return next(iter(self._select("stamp = ? ORDER BY id DESC LIMIT 1", stamp)), None)

    def of_text(self, text_sha256: bytes) -> SourceRecord | None:
        """The source whose text was kept, whatever file it came in."""
        condition = "text_sha256 = ? AND state IN ('kept', 'replaced') ORDER BY id LIMIT 1"
        return next(iter(self._select(condition, text_sha256)), None)

    def of_letter(self, letter: str) -> SourceRecord | None:
        """The source kept under this permalink."""
        return next(iter(self._select("letter = ? AND state = 'kept'", letter)), None)

    def segments_of(self, letter: str) -> tuple[int, ...]:
        """The segments that hold a row under this permalink, replaced ones too."""
        condition = "SELECT segment FROM sources WHERE letter = ?1 AND state ="
        sql = f"{condition} 'kept' UNION {condition} 'replaced' ORDER BY 1"
        return tuple(segment for (segment,) in self._database.execute(sql, (letter,)))

    def aside(self) -> Iterator[SourceRecord]:
        """The sources set aside, in the order in which they came."""
        yield from self._rows("state = 'aside' ORDER BY id")

    def counts(self) -> dict[State, int]:
        """How many sources are in each state."""
        rows = dict(self._database.execute("SELECT state, count(*) FROM sources GROUP BY state"))
        return {state: rows.get(state.value, 0) for state in State}

    def _select(self, condition: str, *values: object) -> tuple[SourceRecord, ...]:
        return tuple(self._rows(condition, *values))

    def _rows(self, condition: str, *values: object) -> Iterator[SourceRecord]:
        sql = f"SELECT {_COLUMNS} FROM sources WHERE {condition}"  # noqa: S608 conditions stand above
        with closing(self._database.execute(sql, values)) as rows:
            for row in rows:
                yield SourceRecord(
                    name=row[0],
                    sha256=row[1],
                    state=State(row[2]),
                    engine=row[3],
                    text_sha256=row[4],
                    stamp=row[5],
                    code=row[6],
                    reason=row[7],
                    case_number=row[8],
                    letter=row[9],
                    segment=row[10],
                )


def _values(source: SourceRecord) -> tuple[object, ...]:
    return (
        source.name,
        source.sha256,
        source.state.value,
        source.engine,
        source.text_sha256,
        source.stamp,
        source.code,
        source.reason,
        source.case_number,
        source.letter,
        source.segment,
    )
