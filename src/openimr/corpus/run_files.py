"""The runs and band keys of a segment's rationales, as files beside it.

They depend on the segment alone, so they are made once and never changed: complete under their
name, or absent. They may be thrown away; the next measurement makes them again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openimr.corpus.min_hash import BANDS, band_keys
from openimr.corpus.store import Corpus
from openimr.corpus.word_runs import Numbers, Places, Runs, read_runs

_TEXTS_AT_A_TIME = 2_000
RUNS_VERSION = "1"
"""Of the way in which runs are numbered: files of another one are made anew."""


@dataclass(frozen=True, slots=True)
class RunFiles:
    """One segment: its items' runs and keys, on disk until they are asked for."""

    runs: Runs
    letters: Places
    """Of each item the number of its letter in the segment; -1 where another text replaced it."""
    keys: NDArray[np.uint64]

    @property
    def items(self) -> int:
        """Items of the segment, replaced ones too."""
        return len(self.letters)


def open_runs(corpus: Corpus, segment: int) -> RunFiles:
    """The files of a segment; made where they are missing."""
    place = corpus.folder.boilerplate / f"runs-{RUNS_VERSION}" / f"{segment:06d}"
    if not place.is_dir():
        _make(corpus, segment, place)
    letters = np.load(place / "letters.npy")
    runs = Runs(_mapped(place / "runs.npy"), np.load(place / "offsets.npy"))
    replaced = [letter for number, letter in corpus.replaced if number == segment]
    if replaced:
        letters = np.where(_of_letters(corpus, segment, replaced), -1, letters)
    return RunFiles(runs, letters, _mapped(place / "keys.npy"))


def _make(corpus: Corpus, segment: int, place: Path) -> None:
    beside = place.with_name(f"{place.name}.{os.getpid()}.part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    parts = [
        (runs, band_keys(runs)) for texts in _texts(corpus, segment) for runs in (read_runs(texts),)
    ]
    counts = [np.diff(runs.offsets) for runs, _ in parts]
    lengths = np.concatenate(counts) if counts else np.zeros(0, np.int64)
    _save(beside / "runs.npy", _joined([runs.numbers for runs, _ in parts]))
    _save(beside / "offsets.npy", np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64))
    _save(beside / "keys.npy", _side_by_side([keys for _, keys in parts]))
    _save(beside / "letters.npy", _letters(corpus, segment))
    try:
        beside.rename(place)
    except OSError:  # another process was quicker, and its files are the same
        shutil.rmtree(beside, ignore_errors=True)


def _texts(corpus: Corpus, segment: int) -> Iterator[list[str]]:
    rows = _select(corpus, segment, "coalesce(rationale, '')")
    while told := rows.fetchmany(_TEXTS_AT_A_TIME):
        yield [text for (text,) in told]


def _letters(corpus: Corpus, segment: int) -> Places:
    """The number of each item's letter, in the order in which letters come."""
    numbers: dict[str, int] = {}
    rows = _select(corpus, segment, "letter").fetchall()
    return np.array([numbers.setdefault(one, len(numbers)) for (one,) in rows], dtype=np.int64)


def _of_letters(corpus: Corpus, segment: int, letters: list[str]) -> NDArray[np.bool_]:
    wanted = frozenset(letters)
    rows = _select(corpus, segment, "letter").fetchall()
    return np.array([one in wanted for (one,) in rows], dtype=bool)


def _select(corpus: Corpus, segment: int, columns: str) -> Any:  # noqa: ANN401 DuckDB has no type of it
    """Columns of a segment's items, in the order of their rows."""
    path = str(corpus.folder.segment(segment) / "items.parquet")
    return corpus.connection.cursor().execute(
        f"SELECT {columns} FROM read_parquet($path, file_row_number = true)"  # noqa: S608 our own
        " ORDER BY file_row_number",
        {"path": path},
    )


def _joined(parts: list[Numbers]) -> Numbers:
    return np.concatenate(parts) if parts else np.zeros(0, np.uint64)


def _side_by_side(parts: list[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    return np.concatenate(parts, axis=1) if parts else np.zeros((BANDS, 0), np.uint64)


def _save(file: Path, array: NDArray[Any]) -> None:
    np.save(file, array, allow_pickle=False)


def _mapped(file: Path) -> NDArray[np.uint64]:
    return np.load(file, mmap_mode="r", allow_pickle=False)  # type: ignore[no-any-return]
