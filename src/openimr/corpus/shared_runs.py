"""How many of each item's runs stand in another letter: exactly, in bounded memory.

All runs are dealt into files by their first bits, so that the same run always falls into the same
file; each file is then sorted and counted alone. Time grows with the number of runs, memory with
the size of one file and a few numbers an item.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from openimr.corpus.run_files import RunFiles
from openimr.corpus.word_runs import Numbers, Places
from openimr.model.progress import Progress

RUNS_A_FILE = 4_000_000
_MOST_FILES = 256


def shared_runs(
    segments: Sequence[RunFiles],
    scratch: Path,
    progress: Progress,
    *,
    runs_a_file: int = RUNS_A_FILE,
) -> Places:
    """Of each item of the segments, in order: its runs that stand in another letter too.

    Args:
        segments: the corpus.
        scratch: a folder that can be written; its files are gone afterwards.
        progress: told of each segment and each file.
        runs_a_file: runs that are sorted at a time.
    """
    letter = _letters(segments)
    total = sum(len(one.runs.numbers) for one in segments)
    bits = min(max(total // runs_a_file, 1), _MOST_FILES).bit_length() - 1
    shared = np.zeros(len(letter), dtype=np.int64)
    progress.start(len(segments) + 2**bits, "Comparing rationales")
    with tempfile.TemporaryDirectory(dir=scratch, prefix="deal-") as folder:
        _deal(segments, Path(folder), bits, progress)
        for numbers, items in _dealt(Path(folder), bits):
            found, counts = np.unique(items[_elsewhere(numbers, letter[items])], return_counts=True)
            shared[found] += counts
            progress.advance()
    progress.done()
    return shared


def _letters(segments: Sequence[RunFiles]) -> Places:
    """The letter of each item by a number of its own in the whole corpus; -1 where replaced."""
    parts, before = [np.zeros(0, np.int64)], 0
    for one in segments:
        parts.append(np.where(one.letters < 0, -1, one.letters + before))
        before += int(one.letters.max(initial=-1)) + 1
    return np.concatenate(parts)


def _deal(segments: Sequence[RunFiles], folder: Path, bits: int, progress: Progress) -> None:
    """Write each run, with its item, to the file of its first bits."""
    first = 0
    with ExitStack() as stack:
        files = [
            [stack.enter_context((folder / f"{at}.{name}").open("wb")) for name in _NAMES]
            for at in range(2**bits)
        ]
        for one in segments:
            owner = np.repeat(np.arange(one.items), np.diff(one.runs.offsets))
            counts = one.letters[owner] >= 0
            numbers, owner = np.asarray(one.runs.numbers)[counts], owner[counts] + first
            order = np.argsort(numbers)
            numbers, owner = numbers[order], owner[order]
            ends = np.searchsorted(numbers, _bounds(bits))
            for (runs, items), part, whose in zip(
                files, np.split(numbers, ends), np.split(owner, ends), strict=True
            ):
                runs.write(part.tobytes())
                items.write(whose.tobytes())
            first += one.items
            progress.advance()


_NAMES = ("runs", "items")


def _bounds(bits: int) -> Numbers:
    """The lowest run of each file but the first."""
    return np.array([at << (64 - bits) for at in range(1, 2**bits)], dtype=np.uint64)


def _dealt(folder: Path, bits: int) -> Iterator[tuple[Numbers, Places]]:
    for at in range(2**bits):
        numbers = np.fromfile(folder / f"{at}.runs", dtype=np.uint64)
        order = np.argsort(numbers, kind="stable")
        yield numbers[order], np.fromfile(folder / f"{at}.items", dtype=np.int64)[order]


def _elsewhere(numbers: Numbers, letter: Places) -> NDArray[np.bool_]:
    """Of runs in order: whether the same one stands in more than one letter."""
    if not len(numbers):
        return np.zeros(0, dtype=bool)
    new = np.ones(len(numbers), dtype=bool)
    new[1:] = numbers[1:] != numbers[:-1]
    starts = np.flatnonzero(new)
    several = np.minimum.reduceat(letter, starts) != np.maximum.reduceat(letter, starts)
    return np.repeat(several, np.diff([*starts, len(numbers)]))
