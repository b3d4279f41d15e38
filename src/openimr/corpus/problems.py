"""The problems of every letter of a corpus: found a segment at a time, kept beside it.

A segment's file is complete under its name or absent, so a run that was stopped goes on where it
was. Files lie in a folder named after the checks and rules that made them: with others, all
letters are checked again.
"""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from dataclasses import dataclass
from pathlib import Path

from openimr.corpus.copied_letters import copies_file, find_copies
from openimr.corpus.executor import Crew
from openimr.corpus.linting import PROBLEM_COLUMNS, KeptLetter, lint_letters, not_checked
from openimr.corpus.lock_derived import alone
from openimr.corpus.segments import to_parquet
from openimr.corpus.store import Corpus, quoted
from openimr.model.progress import Progress, Silent
from openimr.quality import checks_edition

_BATCH = 100
_WINDOW = 2
"""Batches a worker: one in hand, one waiting."""
_LONGEST_REASON = 200
_Batch = tuple[KeptLetter, ...]
Lint = Callable[[_Batch], bytes]
"""Checks letters in a worker: found there by its module and name."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Which segments have been checked, and their files."""

    folder: Path
    segments: tuple[int, ...]
    replaced: frozenset[tuple[int, str]]
    """Segment and permalink of letters that no longer count."""

    @classmethod
    def of(cls, corpus: Corpus) -> Checked:
        """Those that the checks of this version have seen."""
        folder = corpus.folder.problems / checks_edition()
        found = (number for number in corpus.segments if _file(folder, number).exists())
        return cls(folder, tuple(found), corpus.replaced)

    @property
    def rows(self) -> str:
        """SQL of all problems (`linting.PROBLEM_COLUMNS`) of the letters that count, in order."""
        if not self.segments:
            columns = ", ".join(f"NULL::{kind} AS {name}" for name, kind in PROBLEM_COLUMNS.items())
            return f"(SELECT {columns} WHERE false)"
        listed = ", ".join(quoted(str(_file(self.folder, number))) for number in self.segments)
        gone = ", ".join(f"({segment}, {quoted(letter)})" for segment, letter in self.replaced)
        kept = f"WHERE (segment, letter) NOT IN ({gone})" if gone else ""
        columns = ", ".join(PROBLEM_COLUMNS)
        source = (
            f"SELECT {columns}, parse_filename(filename, true)::INT AS segment, file_row_number"  # noqa: S608 values are quoted
            f" FROM read_parquet([{listed}], filename = true, file_row_number = true)"
        )
        copies = copies_file(self.folder)
        if copies.exists():
            source += (
                f" UNION ALL SELECT {columns}, segment, file_row_number + {_AFTER}"  # noqa: S608 values are quoted
                f" FROM read_parquet({quoted(str(copies))}, file_row_number = true)"
            )
        return f"(SELECT {columns} FROM ({source}) {kept} ORDER BY segment, file_row_number)"  # noqa: S608 values are quoted


_AFTER = 1 << 40
"""Copies stand behind the other problems of their segment."""


def find_problems(
    corpus: Corpus,
    crew: Crew,
    progress: Progress | None = None,
    *,
    lint: Lint = lint_letters,
    at: Callable[[str], None] = lambda _: None,
) -> int:
    """Check the segments that have not been checked; how many letters were.

    Args:
        corpus: which.
        crew: the workers.
        progress: told of each letter.
        lint: the checks, for tests that stop or break them.
        at: told when a segment's file is made ("made"), before it has its name.

    Raises:
        UsageError: the folder cannot be written.
    """
    progress = progress or Silent()
    with alone(corpus.folder.problems, "the list of problems"):
        checked = Checked.of(corpus)
        checked.folder.mkdir(exist_ok=True)
        left = [number for number in corpus.segments if number not in checked.segments]
        counts = {number: _count(corpus, number) for number in left}
        progress.start(sum(counts.values()), "Checking letters")
        for number in left:
            _check(corpus, number, _file(checked.folder, number), crew, progress, lint, at)
        progress.done()
        find_copies(corpus, checked.folder, progress)
        for other in corpus.folder.problems.iterdir():
            if other.is_dir() and other != checked.folder:
                shutil.rmtree(other, ignore_errors=True)
    return sum(counts.values())


def all_problems(corpus: Corpus) -> Iterator[dict[str, object]]:
    """Every problem of the letters that count, as `linting.PROBLEM_COLUMNS`, in their order."""
    rows = corpus.connection.cursor().execute(f"SELECT * FROM {Checked.of(corpus).rows}")  # noqa: S608 our own
    while told := rows.fetchmany(_BATCH):
        for row in told:
            yield dict(zip(PROBLEM_COLUMNS, row, strict=True))


def _file(folder: Path, number: int) -> Path:
    return folder / f"{number:06d}.parquet"


def _count(corpus: Corpus, number: int) -> int:
    rows = corpus.connection.execute(
        f"SELECT count(*) FROM ({corpus.current_rows('letters', [number])})"  # noqa: S608 our own
    ).fetchall()
    return int(rows[0][0])


def _check(
    corpus: Corpus,
    number: int,
    file: Path,
    crew: Crew,
    progress: Progress,
    lint: Lint,
    at: Callable[[str], None],
) -> None:
    lines, beside = file.with_suffix(".ndjson"), file.with_suffix(".part")
    with lines.open("wb") as out:
        for batch, found in _found(_batches(corpus, number), crew, lint):
            out.write(found)
            progress.advance(len(batch))
    to_parquet(corpus.connection.cursor(), lines, beside, PROBLEM_COLUMNS)
    lines.unlink()
    at("made")
    beside.rename(file)


def _batches(corpus: Corpus, number: int) -> Iterator[_Batch]:
    rows = corpus.connection.cursor().execute(
        f"SELECT letter, letter_json FROM ({corpus.current_rows('letters', [number])})"  # noqa: S608 our own
    )
    while told := rows.fetchmany(_BATCH):
        yield tuple(KeptLetter(*row) for row in told)


def _found(batches: Iterator[_Batch], crew: Crew, lint: Lint) -> Iterator[tuple[_Batch, bytes]]:
    """Batches checked by the workers, in order; only a few are under way at a time."""
    under_way: deque[tuple[_Batch, Future[bytes]]] = deque()
    for batch in batches:
        under_way.append((batch, crew.executor.submit(lint, batch)))
        if len(under_way) > _WINDOW * crew.size:
            yield _next(under_way, crew, lint)
    while under_way:
        yield _next(under_way, crew, lint)


def _next(
    under_way: deque[tuple[_Batch, Future[bytes]]], crew: Crew, lint: Lint
) -> tuple[_Batch, bytes]:
    """The oldest batch; one that killed its worker is checked letter by letter."""
    batch, future = under_way.popleft()
    try:
        return batch, future.result()
    except crew.deaths:
        wait([other for _, other in under_way])  # or their deaths might be put to its account
        return batch, b"".join(_alone(letter, crew, lint) for letter in batch)


def _alone(letter: KeptLetter, crew: Crew, lint: Lint) -> bytes:
    try:
        return crew.executor.submit(lint, (letter,)).result()
    except crew.deaths as error:
        return not_checked(letter.link, f"checking it was given up: {error}"[:_LONGEST_REASON])
