"""The search index of a corpus: built from its segments, kept up to date, swapped in one rename.

A new state of the index is made in a folder beside: files of the state before are linked into it
(tantivy never changes a file, it writes new ones), replaced letters are deleted, new segments are
added. Then the folder gets its name, and `CURRENT` names it. Whoever searches meanwhile keeps the
state that was opened. A run stopped at any moment leaves the state before, or the new one.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tantivy import Index

from openimr.corpus.counting import Tally, tally_of_all
from openimr.corpus.folder import CorpusFolder
from openimr.corpus.frequent import choose
from openimr.corpus.index_state import IndexState
from openimr.corpus.indexed import LETTER, cut_name, document, schema
from openimr.corpus.lock_derived import alone
from openimr.corpus.query import TEXTS
from openimr.corpus.shown import LEARNED_FROM, learn, pack
from openimr.corpus.store import Corpus
from openimr.corpus.words import cut_in_sql
from openimr.model.progress import Progress, Silent

_DICTIONARY = "openimr.dictionary"
_COUNTS = "openimr.counts.json"
_HEAP = 256_000_000
_SMALL = 20_000
_ROWS_AT_A_TIME = 2_000
_SEARCHED = tuple(name for names in TEXTS.values() for name in names)


def is_current(corpus: Corpus) -> bool:
    """Whether the index holds what the corpus holds."""
    place = _current(corpus.folder)
    return place is not None and IndexState.read(place) == IndexState.of(corpus.folder)


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """A state of the index, open; it stays as it is whatever is built meanwhile."""

    index: Index
    dictionary: bytes
    """Of what hits show (`corpus.shown`)."""
    counts: Tally
    """Of all items (`counting.tally_of_all`)."""


def update(corpus: Corpus, progress: Progress | None = None) -> OpenIndex:
    """Bring the index up to date, if it is not, and open it.

    Args:
        corpus: whose index it is; the index will hold what the ledger names now, which may be
            more than when the corpus was opened.
        progress: told of the letters' items as they are added.

    Raises:
        UsageError: the index must be built and the folder cannot be written.
    """
    if found := _open(corpus.folder, IndexState.of(corpus.folder)):
        return found
    with alone(corpus.folder.index, "the search index"):
        wanted = IndexState.of(corpus.folder)
        found = _open(corpus.folder, wanted)  # another process may have built it meanwhile
        return found or _build(corpus, wanted, progress or Silent())


def _build(corpus: Corpus, wanted: IndexState, progress: Progress) -> OpenIndex:
    folder = corpus.folder
    before = _current(folder)
    beside = _new_folder(folder, wanted)
    staging = beside.with_name(beside.name + ".part")
    shutil.rmtree(staging, ignore_errors=True)
    held = _take_over(before, staging, wanted)
    wanted = replace(
        wanted,
        frequent=held.frequent or choose(corpus),
        chosen_from=held.chosen_from or wanted.items,
    )
    _write(corpus, staging, held, wanted, progress)
    wanted.write(staging)
    staging.rename(beside)
    named = folder.index / "CURRENT.part"
    named.write_text(beside.name + "\n", encoding="utf-8")
    named.rename(folder.index / "CURRENT")
    _sweep(folder, keep=(beside, before))
    return _opened(beside)


def _write(
    corpus: Corpus, place: Path, held: IndexState, wanted: IndexState, progress: Progress
) -> None:
    """Delete what was replaced since, then add what is new."""
    new = sorted(wanted.segments - held.segments)
    total = sum(items for _, _, items in new)
    dictionary = _dictionary(corpus, place)
    threads = 1 if total < _SMALL else min(4, os.cpu_count() or 1)
    writer = _index(place).writer(_HEAP, threads)
    for segment, letter in sorted(wanted.replaced - held.replaced):
        if segment in held.numbers:
            writer.delete_documents_by_term(LETTER, letter)
    progress.start(total, "Building the search index")
    for number, _, _ in new:
        before = ""
        for row in _rows(corpus, number):
            if (number, row["letter"]) not in wanted.replaced:
                packed = pack(row, dictionary, first=row["letter"] != before)
                writer.add_document(document(row, packed, wanted.frequent))
            before = row["letter"]
            progress.advance()
    writer.commit()
    writer.wait_merging_threads()
    counts = tally_of_all(_index(place).searcher())
    (place / _COUNTS).write_text(json.dumps(counts, ensure_ascii=False), encoding="utf-8")
    progress.done()


def _dictionary(corpus: Corpus, place: Path) -> bytes:
    """That of the state before, or one learned from the first items."""
    kept = place / _DICTIONARY
    if not kept.exists():
        rows = corpus.connection.execute(
            "SELECT rationale FROM items WHERE rationale IS NOT NULL LIMIT ?", [LEARNED_FROM]
        ).fetchall()
        kept.write_bytes(learn(text for (text,) in rows))
    return kept.read_bytes()


def _rows(corpus: Corpus, segment: int) -> Iterator[dict[str, Any]]:
    """The items of a segment, replaced ones too, as `indexed.document` takes them."""
    paths = {
        "items": str(corpus.folder.segment(segment) / "items.parquet"),
        "letters": str(corpus.folder.segment(segment) / "letters.parquet"),
    }
    cut = ", ".join(f"{cut_in_sql(name)} AS {cut_name(name)}" for name in _SEARCHED)
    cursor = corpus.connection.cursor()
    cursor.execute(
        f"SELECT items.* , {cut},"  # noqa: S608 names are our own
        f" {segment} AS segment, items.file_row_number AS item_row,"
        " letters.file_row_number AS letter_row, letters.summary AS summary"
        " FROM read_parquet($items, file_row_number = true) AS items"
        " JOIN (SELECT letter, summary, file_row_number"
        " FROM read_parquet($letters, file_row_number = true)) AS letters USING (letter)"
        " ORDER BY item_row",
        paths,
    )
    names = [column[0] for column in cursor.description or ()]
    while rows := cursor.fetchmany(_ROWS_AT_A_TIME):
        for row in rows:
            yield dict(zip(names, row, strict=True))


def _open(folder: CorpusFolder, wanted: IndexState) -> OpenIndex | None:
    """The index in use, if it holds what is wanted and can be opened."""
    place = _current(folder)
    if place is None or IndexState.read(place) != wanted:
        return None
    try:
        return _opened(place)
    except (ValueError, OSError):  # damaged, or swept away just now: build it
        return None


def _opened(place: Path) -> OpenIndex:
    counts = json.loads((place / _COUNTS).read_text(encoding="utf-8"))
    return OpenIndex(_index(place), (place / _DICTIONARY).read_bytes(), counts)


def _index(place: Path) -> Index:
    return Index(schema(), path=str(place))


def _current(folder: CorpusFolder) -> Path | None:
    try:
        name = (folder.index / "CURRENT").read_text(encoding="utf-8").strip()
    except OSError:
        return None
    place = folder.index / Path(name).name
    return place if place.is_dir() else None


def _new_folder(folder: CorpusFolder, wanted: IndexState) -> Path:
    """A name that is free: that of the last segment, and a letter if it was built before."""
    base = f"{max(wanted.numbers, default=0):06d}"
    taken = 1
    while (place := folder.index / (base if taken == 1 else f"{base}-{taken}")).exists():
        taken += 1
    return place


def _take_over(before: Path | None, staging: Path, wanted: IndexState) -> IndexState:
    """Start from the state before, if it is one of ours and the corpus grew from it."""
    held = IndexState.read(before) if before else None
    staging.mkdir()
    if before is None or held is None or not wanted.grew_from(held):
        return IndexState()
    for file in before.iterdir():
        if file.name.startswith(".tantivy"):  # locks
            continue
        copy = file.suffix in (".json", ".lock") or file.name.startswith(".")
        _link(file, staging / file.name, copy=copy)
    try:
        _index(staging).searcher()
    except (ValueError, OSError):  # damaged: build it from nothing
        shutil.rmtree(staging)
        staging.mkdir()
        return IndexState()
    return held


def _link(file: Path, target: Path, *, copy: bool) -> None:
    """Another name for the same file; a copy where the file system has no such thing."""
    if not copy:
        try:
            os.link(file, target)
        except OSError:
            pass
        else:
            return
    shutil.copyfile(file, target)


def _sweep(folder: CorpusFolder, keep: tuple[Path | None, ...]) -> None:
    """Remove older states, but for the one that someone may be opening just now."""
    for place in folder.index.iterdir():
        if place.is_dir() and place not in keep:
            shutil.rmtree(place, ignore_errors=True)
