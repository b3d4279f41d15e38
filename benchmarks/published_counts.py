"""Plain counts as the floor of statistics: DuckDB over the same items as CSV, and SQLite."""

from __future__ import annotations

# ruff: noqa: S608
# Table and column names in the SQL are this file's own, never input.
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import duckdb

from openimr.corpus.store import Corpus

_COLUMNS = "drug, kind, outcome, year, days_from_assigned"
_LISTS = ("guideline_pages", "missing")
_OVERTURNED = "count(*) AS items, sum(CASE WHEN outcome = 'Overturned' THEN 1 ELSE 0 END)"
COUNTS: Mapping[str, str] = {
    "overturned by drug": f"SELECT drug, {_OVERTURNED} FROM facts GROUP BY drug",
    "overturned by drug and year": (
        f"SELECT drug, year, {_OVERTURNED} FROM facts GROUP BY drug, year"
    ),
    "guideline pages": f"SELECT value, {_OVERTURNED} FROM guideline_pages GROUP BY value",
    "missing criteria": f"SELECT value, {_OVERTURNED} FROM missing GROUP BY value",
    "days from assignment": (
        "SELECT year, avg(days_from_assigned), max(days_from_assigned) FROM facts GROUP BY year"
    ),
}
"""Name of a report to its plain counts, without intervals or design effects."""


def export(corpus_root: Path, folder: Path) -> None:
    """The facts of every item as CSV: one file of single values, one for each list."""
    with Corpus(corpus_root) as corpus:
        run = corpus.connection.execute
        run(f"COPY (SELECT {_COLUMNS} FROM items) TO '{folder / 'facts.csv'}' (HEADER)")
        for name in _LISTS:
            query = f"SELECT unnest({name}) AS value, outcome FROM items"
            run(f"COPY ({query}) TO '{folder / name}.csv' (HEADER)")


def duckdb_over_csv(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection whose tables are the CSV files, read anew by each query."""
    connection = duckdb.connect()
    for name in ("facts", *_LISTS):
        connection.execute(
            f"CREATE VIEW {name} AS SELECT * FROM read_csv('{folder / name}.csv', header = true)"
        )
    return connection


def sqlite_tables(folder: Path, file: Path) -> sqlite3.Connection:
    """The CSV files as SQLite tables, without the texts: its best case for scans."""
    file.unlink(missing_ok=True)
    database = sqlite3.connect(file)
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    reader = duckdb_over_csv(folder)
    for name in ("facts", *_LISTS):
        cursor = reader.execute(f"SELECT * FROM {name}")
        columns = [column[0] for column in cursor.description or ()]
        database.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
        marks = ", ".join("?" * len(columns))
        while rows := cursor.fetchmany(50_000):
            database.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
    database.commit()
    return database
