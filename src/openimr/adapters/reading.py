"""Entries -> pages: plan the tasks, run them in limited children, keep every page's place.

Text layers first, then OCR for the pages that need it, so that a mixed file works page by page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openimr.adapters.gather import Entry
from openimr.adapters.limits import Limits
from openimr.adapters.ocr_choice import OcrSetting
from openimr.adapters.parsers import (
    OpenedPdf,
    count_frames,
    ocr_image,
    ocr_pdf_page,
    open_pdf,
    read_docx_file,
    read_pdf_pages,
    unreadable,
)
from openimr.adapters.workers import Answer, Task, Workers, processors
from openimr.intake.pdf import PdfPage
from openimr.intake.plaintext import decode, read_text
from openimr.intake.sniff import FileKind
from openimr.model.errors import InputError
from openimr.model.progress import Progress
from openimr.model.source import SourceFile
from openimr.model.text import Page

_CHUNK = 50
"""Pages a task: few enough to lose little, many enough to open the file seldom."""


@dataclass(slots=True)
class _Work:
    """A file on its way to being read."""

    entry: Entry
    path: Path
    pages: dict[int, Page] = field(default_factory=dict)
    count: int = 0
    ocr: list[int] = field(default_factory=list)
    crashes: int = 0
    reason: str = ""

    def fail(self, answer: Answer) -> None:
        """The file as a whole cannot be read."""
        self.reason = _reason(answer)

    def source_file(self) -> SourceFile:
        pages = tuple(self.pages[number] for number in sorted(self.pages))
        return SourceFile(
            file=self.entry.name,
            sha256=self.entry.sha256,
            pages=() if self.reason else pages,
            reason=self.reason,
        )


def read_entries(
    entries: Sequence[Entry],
    scratch: Path,
    limits: Limits,
    ocr: OcrSetting,
    progress: Progress,
) -> tuple[SourceFile, ...]:
    """Read every entry; one that cannot be read costs nothing but itself."""
    works = [_Work(entry, entry.path, reason=entry.reason) for entry in entries]
    open_works = [work for work in works if not work.reason]
    with Workers(processors(), limits.parser_memory) as workers:
        _open(open_works, workers, scratch, limits)
        _refuse_excess(open_works, limits)
        progress.start(sum(work.count for work in open_works if not work.reason), "reading pages")
        progress.advance(sum(len(work.pages) for work in open_works if not work.reason))
        _read_text_layers(open_works, workers, limits, progress)
    _read_images(open_works, limits, ocr, progress)
    progress.done()
    return tuple(work.source_file() for work in works)


def _open(works: Sequence[_Work], workers: Workers, scratch: Path, limits: Limits) -> None:
    """Find out how many pages each file has; text and DOCX are read whole on the way."""
    tasks: list[Task] = []
    for work in works:
        if work.entry.kind is FileKind.TEXT:
            _take_pages(work, read_text(decode(work.path.read_bytes())))
        else:
            tasks.append(_opening_task(work, scratch, limits))
    for answer in workers.run(tasks):
        work = answer.task.key
        assert isinstance(work, _Work)  # noqa: S101
        if answer.error or answer.crash:
            work.fail(answer)
        elif isinstance(answer.result, OpenedPdf):
            work.path, work.count = answer.result.path, answer.result.pages
        elif isinstance(answer.result, int):
            work.count = answer.result
            work.ocr = list(range(1, work.count + 1))
        else:
            _take_pages(work, answer.result)


def _opening_task(work: _Work, scratch: Path, limits: Limits) -> Task:
    name = work.entry.name
    calls: dict[bool, tuple[Callable[..., object], tuple[object, ...]]] = {
        work.entry.kind is FileKind.PDF: (open_pdf, (work.path, name, scratch)),
        work.entry.kind is FileKind.IMAGE: (count_frames, (work.path, name, limits.max_pages)),
        work.entry.docx: (read_docx_file, (work.path, name, limits.max_text_bytes)),
    }
    function, arguments = calls[True]
    return Task(function=function, arguments=arguments, seconds=limits.page_seconds, key=work)


def _take_pages(work: _Work, pages: Iterable[Page]) -> None:
    work.pages = {page.number: page for page in pages}
    work.count = len(work.pages)


def _refuse_excess(works: Sequence[_Work], limits: Limits) -> None:
    """The page limit holds for the case file as a whole, in the order of its files."""
    total = 0
    for work in works:
        if work.reason:
            continue
        if total + work.count > limits.max_pages:
            work.reason = (
                f"it has {work.count:,} pages, and at most {limits.max_pages:,} are read of a"
                " case file; split it"
            )
            continue
        total += work.count


def _read_text_layers(
    works: Sequence[_Work], workers: Workers, limits: Limits, progress: Progress
) -> None:
    tasks = [
        _chunk_task(work, tuple(range(first, min(first + _CHUNK, work.count + 1))), limits)
        for work in works
        if work.entry.kind is FileKind.PDF and not work.reason
        for first in range(1, work.count + 1, _CHUNK)
    ]
    while tasks:
        again: list[Task] = []
        for answer in workers.run(tasks):
            again += _take_chunk(answer, limits, progress)
        tasks = again


def _chunk_task(work: _Work, numbers: tuple[int, ...], limits: Limits) -> Task:
    return Task(
        function=read_pdf_pages,
        arguments=(work.path, numbers),
        seconds=limits.page_seconds + 0.5 * len(numbers),
        key=work,
    )


def _take_chunk(answer: Answer, limits: Limits, progress: Progress) -> list[Task]:
    """Keep the pages of a chunk; a chunk that killed its reader is halved down to the page."""
    work, numbers = answer.task.key, answer.task.arguments[1]
    assert isinstance(work, _Work)  # noqa: S101
    assert isinstance(numbers, tuple)  # noqa: S101
    if not (answer.crash or answer.error):
        for read in answer.result:
            _take_text_layer(work, read)
        progress.advance(sum(not read.needs_ocr for read in answer.result))
        return []
    work.crashes += 1
    if len(numbers) > 1 and work.crashes <= limits.max_crashes:
        middle = len(numbers) // 2
        return [_chunk_task(work, part, limits) for part in (numbers[:middle], numbers[middle:])]
    for number in numbers:
        work.pages[number] = unreadable(number, _reason(answer))
    progress.advance(len(numbers))
    return []


def _take_text_layer(work: _Work, read: PdfPage) -> None:
    work.pages[read.page.number] = read.page
    if read.needs_ocr:
        work.ocr.append(read.page.number)


def _read_images(
    works: Sequence[_Work], limits: Limits, ocr: OcrSetting, progress: Progress
) -> None:
    tasks = [
        Task(
            function=ocr_pdf_page if work.entry.kind is FileKind.PDF else ocr_image,
            arguments=(work.path, number, ocr, limits.max_pixels),
            seconds=limits.ocr_seconds,
            key=work,
        )
        for work in works
        if not work.reason
        for number in sorted(work.ocr)
    ]
    if not tasks:
        return
    with Workers(min(processors(), len(tasks)), limits.ocr_memory) as workers:
        for answer in workers.run(tasks):
            work, number = answer.task.key, answer.task.arguments[1]
            assert isinstance(work, _Work)  # noqa: S101
            assert isinstance(number, int)  # noqa: S101
            failed = answer.crash or answer.error
            page = unreadable(number, _reason(answer)) if failed else answer.result
            work.pages[number] = page
            progress.advance()


def _reason(answer: Answer) -> str:
    error = answer.error
    if error is None:
        return f"reading it was given up: {answer.crash}"
    parts = (error.what, error.why, error.remedy if isinstance(error, InputError) else "")
    return "; ".join(part for part in parts if part)
