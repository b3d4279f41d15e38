"""The file of the ledger: its tables, and how a writer and a reader open it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from openimr.model.errors import UnreadableFile

VERSION = 1
"""Of the tables below; a ledger of a later version is not opened."""

_CACHE_KIBIBYTES = 65_536
"""Hashes fall anywhere in the indexes of a large corpus."""
_TABLES = """
CREATE TABLE segments (
  number  INTEGER PRIMARY KEY,
  letters INTEGER NOT NULL,
  items   INTEGER NOT NULL
) STRICT;
CREATE TABLE sources (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL,   -- as shown to a reader; inside an archive: archive!name
  sha256      BLOB NOT NULL,   -- of the file; empty where it could not be read
  text_sha256 BLOB,            -- of its text without space and hyphens; null where none was read
  stamp       INTEGER,         -- place, size and time: an unchanged file need not be read again
  state       TEXT NOT NULL CHECK (state IN ('kept', 'double', 'aside', 'replaced')),
  code        TEXT NOT NULL DEFAULT '',  -- the kind of reason: a code of the error tree
  reason      TEXT NOT NULL DEFAULT '',
  case_number TEXT,
  letter      TEXT,            -- permalink of the letter kept, or of the one it doubles
  segment     INTEGER REFERENCES segments (number),
  engine      TEXT NOT NULL,   -- version that read it
  UNIQUE (sha256, name)
) STRICT;
CREATE UNIQUE INDEX current ON sources (letter) WHERE state = 'kept';
CREATE INDEX texts ON sources (text_sha256) WHERE state IN ('kept', 'replaced');
CREATE INDEX stamps ON sources (stamp) WHERE stamp IS NOT NULL;
CREATE INDEX not_kept ON sources (state, letter) WHERE state IN ('aside', 'replaced');
"""


def open_ledger(path: Path, *, write: bool) -> sqlite3.Connection:
    """Open the ledger; a writer creates what is missing.

    Raises:
        UnreadableFile: there is none, or it is not a ledger that this version reads.
    """
    if not write and not path.exists():
        raise _no_corpus(path)
    try:
        return _connect_writer(path) if write else _connect_reader(path)
    except sqlite3.DatabaseError as error:
        raise _damaged(path, error) from error


def _connect_writer(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    with _closed_on_error(database):
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute(f"PRAGMA cache_size = -{_CACHE_KIBIBYTES}")
        database.execute("PRAGMA foreign_keys = ON")
        if _version(database) == 0:
            database.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;")
        return _checked(path, database)


def _connect_reader(path: Path) -> sqlite3.Connection:
    """Read only; in a folder that cannot be written, where no writer can be, as it stands."""
    try:
        return _checked(path, _connect_uri(path, "mode=ro"))
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
    unfinished = path.with_name(path.name + "-wal")
    if unfinished.exists() and unfinished.stat().st_size:
        raise UnreadableFile(
            "the last writer of the corpus was stopped, and the folder cannot be written",
            where=str(path.parent),
            remedy="open it once where it can be written: `openimr published aside` is enough",
        )
    return _checked(path, _connect_uri(path, "immutable=1"))


def _connect_uri(path: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True)


@contextmanager
def _closed_on_error(database: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        database.close()
        raise


def _checked(path: Path, database: sqlite3.Connection) -> sqlite3.Connection:
    with _closed_on_error(database):
        version = _version(database)
        if version != VERSION:
            raise UnreadableFile(
                f"the corpus has format {version}, and this version reads {VERSION}",
                where=str(path.parent),
                remedy="use the version of OpenIMR that made it, or ingest into a new folder",
            )
        return database


def _version(database: sqlite3.Connection) -> int:
    (version,) = database.execute("PRAGMA user_version").fetchone()
    return int(version)


def _no_corpus(path: Path) -> UnreadableFile:
    return UnreadableFile(
        "there is no corpus in this folder",
        where=str(path.parent),
        remedy="make one: openimr published ingest LETTERS --corpus " + str(path.parent),
    )


def _damaged(path: Path, error: sqlite3.DatabaseError) -> UnreadableFile:
    return UnreadableFile(
        "the ledger of the corpus cannot be opened",
        where=str(path),
        why=str(error),
        remedy="restore the folder from a copy, or ingest the letters into a new one",
    )
