"""The peer: the same items in SQLite FTS5, with the same questions and the same facet counts."""

# ruff: noqa: S608
# Table and column names in the SQL are the schema's own, never input.

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openimr.corpus.schema import FACET_COLUMNS, ITEM_COLUMNS, ITEM_FACETS
from openimr.corpus.store import Corpus
from published_queries import Question

_TEXTS = ("heading", "rationale", "claims_guideline", "reviewer_guideline", "summary")
_COLUMN = {facet: FACET_COLUMNS.get(facet, facet) for facet in ITEM_FACETS}
_LISTS = tuple(facet for facet, name in _COLUMN.items() if ITEM_COLUMNS[name].endswith("[]"))
_SINGLE = tuple(facet for facet in ITEM_FACETS if facet not in _LISTS)
_ROWS_AT_A_TIME = 5_000
_CACHE_KIB = 512 * 1024


def build(corpus_root: Path, file: Path) -> int:
    """Put the items of a corpus into an FTS5 database; returns how many.

    Texts lie once, in the table that the full-text index points to; facets lie in narrow tables of
    their own, so that counting never reads a text.
    """
    database = _connect(file)
    columns = ", ".join(f'"{_COLUMN[facet]}"' for facet in _SINGLE)
    database.execute(f"CREATE TABLE texts (id INTEGER PRIMARY KEY, {', '.join(_TEXTS)})")
    database.execute(f"CREATE TABLE facts (id INTEGER PRIMARY KEY, {columns})")
    database.execute(
        f"CREATE VIRTUAL TABLE words USING fts5({', '.join(_TEXTS)}, content='texts',"
        " content_rowid='id', tokenize='porter unicode61')"
    )
    for facet in _LISTS:
        database.execute(f"CREATE TABLE {facet}_of (value, id INTEGER)")
    count = 0
    with Corpus(corpus_root) as corpus:
        for rows in _rows(corpus):
            _add(database, rows, first=count)
            count += len(rows)
    database.execute("INSERT INTO words(words) VALUES ('rebuild')")
    database.execute("INSERT INTO words(words) VALUES ('optimize')")
    for facet in _SINGLE:
        database.execute(f'CREATE INDEX by_{facet} ON facts("{_COLUMN[facet]}")')
    for facet in _LISTS:
        database.execute(f"CREATE INDEX by_{facet} ON {facet}_of(id, value)")
        database.execute(f"CREATE INDEX by_{facet}_value ON {facet}_of(value, id)")
    database.commit()
    database.execute("ANALYZE")
    database.close()
    return count


def _rows(corpus: Corpus) -> Iterator[list[tuple[Any, ...]]]:
    texts = ", ".join(f"items.{name}" for name in _TEXTS if name != "summary")
    facets = ", ".join(f"items.{_COLUMN[facet]}" for facet in (*_SINGLE, *_LISTS))
    cursor = corpus.connection.cursor()
    cursor.execute(
        f"SELECT {texts}, letters.summary, {facets} FROM items JOIN letters USING (letter)"
    )
    while rows := cursor.fetchmany(_ROWS_AT_A_TIME):
        yield rows


def _add(database: sqlite3.Connection, rows: list[tuple[Any, ...]], *, first: int) -> None:
    single = len(_TEXTS) + len(_SINGLE)
    for table, columns in (
        ("texts", slice(0, len(_TEXTS))),
        ("facts", slice(len(_TEXTS), single)),
    ):
        marks = ", ".join("?" * (1 + columns.stop - columns.start))
        database.executemany(
            f"INSERT INTO {table} VALUES ({marks})",
            ((first + at, *row[columns]) for at, row in enumerate(rows)),
        )
    for place, facet in enumerate(_LISTS):
        database.executemany(
            f"INSERT INTO {facet}_of VALUES (?, ?)",
            (
                (value, first + at)
                for at, row in enumerate(rows)
                for value in dict.fromkeys(row[single + place] or ())
            ),
        )


class Fts5:
    """The peer open for questions."""

    def __init__(self, file: Path) -> None:
        self._database = _connect(file)
        self._database.execute("CREATE TEMP TABLE found (id INTEGER PRIMARY KEY)")

    def ask(self, question: Question, *, facets: bool) -> int:
        """Ten best with passages, the total and the counts of every facet; returns the total."""
        run = self._database.execute
        where = "".join(_condition(facet) for facet in question.filters)
        asked = [question.fts5, *question.filters.values()]
        if facets:
            run("DELETE FROM temp.found")
            run(f"INSERT INTO temp.found SELECT rowid FROM words WHERE words MATCH ?{where}", asked)
            (total,) = run("SELECT count(*) FROM temp.found").fetchone()
        else:
            (total,) = run(
                f"SELECT count(*) FROM words WHERE words MATCH ?{where}", asked
            ).fetchone()
        best = run(
            f"SELECT rowid FROM words WHERE words MATCH ?{where} ORDER BY rank LIMIT 10", asked
        ).fetchall()
        for (row,) in best:
            run(
                "SELECT snippet(words, -1, '[', ']', '', 24) FROM words"
                " WHERE words MATCH ? AND rowid = ?",
                [question.fts5, row],
            ).fetchone()
        for facet in ITEM_FACETS if facets else ():
            run(_counts(facet)).fetchall()
        return int(total)


def _condition(facet: str) -> str:
    if facet in _LISTS:
        return f" AND +rowid IN (SELECT id FROM {facet}_of WHERE value = ?)"
    return f' AND +rowid IN (SELECT id FROM facts WHERE "{_COLUMN[facet]}" = ?)'


def _counts(facet: str) -> str:
    table, value = (f"{facet}_of", "value") if facet in _LISTS else ("facts", f'"{_COLUMN[facet]}"')
    return (
        f"SELECT {value}, count(*) FROM temp.found CROSS JOIN {table} USING (id)"
        " GROUP BY 1 ORDER BY 2 DESC LIMIT 10"
    )


def _connect(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file)
    database.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.execute("PRAGMA temp_store = MEMORY")
    return database
