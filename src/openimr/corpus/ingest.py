"""Files, folders and archives go in; a corpus comes out, however often the run is stopped.

    walk -> known? -> batches -> workers read -> judged in order -> segment, ledger

Sources are judged in the order of the walk, whoever finishes first, so that a run that was killed
and started again ends with the same letters as one that was not.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import duckdb

from openimr.adapters.lock import hold
from openimr.corpus.document import READER_DIED, UNREADABLE, Document, LetterRows, Refusal
from openimr.corpus.executor import Crew
from openimr.corpus.folder import CorpusFolder
from openimr.corpus.keeper import SEGMENT_LETTERS, Keeper, Policy, Reading, Tally
from openimr.corpus.ledger import Ledger
from openimr.corpus.segments import remove_strangers
from openimr.corpus.sources import Source, count, refusal, walk
from openimr.model.errors import CorpusBusy, InputError, UnreadableFile, UsageError
from openimr.model.progress import Progress, Silent

Result = LetterRows | Refusal
Reader = Callable[[tuple[Document, ...]], tuple[Result, ...]]
"""Reads some documents in a worker: found there by its module and name."""
_BATCH_DOCUMENTS = 200
_BATCH_BYTES = 4 * 1024 * 1024
_LONGEST_REASON = 200
_WINDOW = 2
"""Batches a worker: one in hand, one waiting."""


@dataclass(slots=True)
class _Batch:
    """Sources in order; those that must be read come with their document."""

    readings: list[Reading] = field(default_factory=list)
    documents: dict[int, Document] = field(default_factory=dict)
    """By place in `readings`."""
    bytes: int = 0

    def add(self, reading: Reading, document: Document | None) -> None:
        if document is not None:
            self.documents[len(self.readings)] = document
            self.bytes += len(document.data)
        self.readings.append(reading)

    @property
    def full(self) -> bool:
        return (
            len(self.documents) >= _BATCH_DOCUMENTS
            or self.bytes >= _BATCH_BYTES
            or len(self.readings) >= 4 * _BATCH_DOCUMENTS
        )


def ingest(
    paths: Sequence[Path],
    root: Path,
    *,
    reader: Reader,
    crew: Crew,
    policy: Policy,
    since: datetime,
    progress: Progress | None = None,
    at: Callable[[str], None] = lambda _: None,
    segment_letters: int = SEGMENT_LETTERS,
) -> Tally:
    """Take letters into a corpus; the same again changes nothing.

    Args:
        paths: files, folders and zip archives.
        root: the corpus folder; made where it is missing.
        reader: reads documents in a worker.
        crew: the workers.
        policy: how sources are judged.
        since: now, for whoever finds the corpus locked.
        progress: told of each source.
        at: see `Keeper`.
        segment_letters: see `Keeper`.

    Raises:
        UnreadableFile: a path is not there, or the folder holds no corpus of ours.
        CorpusBusy: another process writes.
        UsageError: the folder cannot be written, or lies among the letters.
    """
    _check_paths(paths, root)
    folder = CorpusFolder(root)
    progress = progress or Silent()
    with _writing(root):
        root.mkdir(parents=True, exist_ok=True)
    with (
        hold(folder.lock, since, what="corpus", busy=CorpusBusy),
        Ledger(folder.ledger, write=True) as ledger,
    ):
        remove_strangers(folder, frozenset(entry.number for entry in ledger.segments()))
        keeper = Keeper(folder, ledger, policy, at=at, segment_letters=segment_letters)
        progress.start(count(paths), "Taking in the letters")
        try:
            for reading in _readings(_batches(paths, keeper, progress), crew, reader):
                with _writing(root):
                    keeper.take(reading)
                progress.advance()
            with _writing(root):
                keeper.flush()
        finally:
            keeper.give_up()
        progress.done()
        return keeper.tally


def _check_paths(paths: Sequence[Path], root: Path) -> None:
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise UnreadableFile("there is no such file or folder", where=", ".join(missing))
    corpus = root.resolve()
    for path in (path.resolve() for path in paths):
        if corpus.is_relative_to(path) or path.is_relative_to(corpus):
            raise UsageError(
                "the corpus would take in itself",
                where=str(root),
                why=f"it and {path} lie in one another",
                remedy="choose a folder elsewhere with --corpus",
            )


def _batches(paths: Sequence[Path], keeper: Keeper, progress: Progress) -> Iterator[_Batch]:
    """The sources that are not known by their stamp, in batches worth a worker's while."""
    batch = _Batch()
    for source in walk(paths):
        if keeper.known(source.stamp):
            keeper.tally.known += 1
            progress.advance()
            continue
        batch.add(*_look_at(source, keeper))
        if batch.full:
            yield batch
            batch = _Batch()
    yield batch


def _look_at(source: Source, keeper: Keeper) -> tuple[Reading, Document | None]:
    """The source by its content: refused, known, or a document to be read."""
    reading = Reading(name=source.name, stamp=source.stamp)
    try:
        data = source.content()
    except (InputError, OSError) as error:
        return replace(reading, result=_refusal(error)), None
    reading = replace(reading, sha256=hashlib.sha256(data).digest())
    unfit = refusal(data)
    if unfit is not None:
        return replace(reading, result=_refusal(unfit)), None
    if keeper.knows_content(reading.sha256):
        return reading, None
    return reading, Document(name=source.name, sha256=reading.sha256, data=data)


def _refusal(error: InputError | OSError) -> Refusal:
    if isinstance(error, OSError):
        why = error.strerror or type(error).__name__
        return Refusal(code=UNREADABLE, reason=f"the system refused to open it: {why}")
    return Refusal.of(error)


_Futures = deque[tuple[_Batch, Future[tuple[Result, ...]]]]


def _readings(batches: Iterator[_Batch], crew: Crew, reader: Reader) -> Iterator[Reading]:
    """Batches read by the workers, in order; only a few are under way at a time."""
    under_way: _Futures = deque()
    for batch in batches:
        under_way.append((batch, _handed_out(batch, crew, reader)))
        if len(under_way) > _WINDOW * crew.size:
            yield from _next(under_way, crew, reader)
    while under_way:
        yield from _next(under_way, crew, reader)


def _handed_out(batch: _Batch, crew: Crew, reader: Reader) -> Future[tuple[Result, ...]]:
    if batch.documents:
        return crew.executor.submit(reader, tuple(batch.documents.values()))
    nothing: Future[tuple[Result, ...]] = Future()
    nothing.set_result(())  # where all is known, no worker need be started
    return nothing


def _next(under_way: _Futures, crew: Crew, reader: Reader) -> Iterator[Reading]:
    """The oldest batch, read."""
    batch, future = under_way.popleft()
    try:
        results = future.result()
    except crew.deaths:
        wait([other for _, other in under_way])  # or their deaths might be put to its account
        results = _one_by_one(batch, crew, reader)
    found = dict(zip(batch.documents, results, strict=True))
    for place, reading in enumerate(batch.readings):
        yield replace(reading, result=found[place]) if place in found else reading


def _one_by_one(batch: _Batch, crew: Crew, reader: Reader) -> tuple[Result, ...]:
    """A batch that killed its worker: each document alone, so that one costs only itself."""
    results: list[Result] = []
    for document in batch.documents.values():
        try:
            results += crew.executor.submit(reader, (document,)).result()
        except crew.deaths as error:
            results.append(
                Refusal(
                    code=READER_DIED, reason=f"reading it was given up: {error}"[:_LONGEST_REASON]
                )
            )
    return tuple(results)


@contextmanager
def _writing(root: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.OperationalError, duckdb.IOException) as error:
        raise UsageError(
            "the corpus cannot be written",
            where=str(root),
            why=str(error),
            remedy="make room or choose another folder; what was taken in before is safe",
        ) from error
