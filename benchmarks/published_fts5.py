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

    Texts lie once, in the table that the full-text index points to; facets of many values lie in
    tables of their own, each indexed by value.
    """
    database = _connect(file)
    columns = ", ".join(f'"{_COLUMN[facet]}"' for facet in _SINGLE)
    database.execute(f"CREATE TABLE items (id INTEGER PRIMARY KEY, {', '.join(_TEXTS)}, {columns})")
    database.execute(
        f"CREATE VIRTUAL TABLE words USING fts5({', '.join(_TEXTS)}, content='items',"
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
        database.execute(f'CREATE INDEX by_{facet} ON items("{_COLUMN[facet]}")')
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
    marks = ", ".join("?" * (single + 1))
    database.executemany(
        f"INSERT INTO items VALUES ({marks})",
        ((first + at, *row[:single]) for at, row in enumerate(rows)),
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
        where = "".join(_condition(facet) for facet in question.filters)
        values = list(question.filters.values())
        self._database.execute("DELETE FROM temp.found")
        self._database.execute(
            "INSERT INTO temp.found SELECT words.rowid FROM words JOIN items ON items.id ="
            f" words.rowid WHERE words MATCH ?{where}",
            [question.fts5, *values],
        )
        total = int(self._database.execute("SELECT count(*) FROM temp.found").fetchone()[0])
        self._database.execute(
            "SELECT items.heading, items.outcome, bm25(words), snippet(words, -1, '[', ']', '', 24)"
            " FROM words JOIN items ON items.id = words.rowid"
            f" WHERE words MATCH ?{where} ORDER BY rank LIMIT 10",
            [question.fts5, *values],
        ).fetchall()
        if facets:
            for facet in ITEM_FACETS:
                self._database.execute(_counts(facet)).fetchall()
        return total


def _condition(facet: str) -> str:
    if facet in _LISTS:
        return f" AND items.id IN (SELECT id FROM {facet}_of WHERE value = ?)"
    return f' AND items."{_COLUMN[facet]}" = ?'


def _counts(facet: str) -> str:
    if facet in _LISTS:
        return (
            f"SELECT value, count(*) FROM temp.found CROSS JOIN {facet}_of USING (id)"
            " GROUP BY value ORDER BY 2 DESC LIMIT 10"
        )
    return (
        f'SELECT items."{_COLUMN[facet]}", count(*) FROM temp.found CROSS JOIN items USING (id)'
        " GROUP BY 1 ORDER BY 2 DESC LIMIT 10"
    )


def _connect(file: Path) -> sqlite3.Connection:
    database = sqlite3.connect(file)
    database.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.execute("PRAGMA temp_store = MEMORY")
    return database
