"""Entries -> pages: plan the tasks, run them in limited children, keep every page's place.

Text layers first, then OCR for the pages that need it, so that a mixed file works page by page.
Each is a stretch of its own for whoever waits: a page image takes a hundred times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openimr.adapters.gather import Entry
from openimr.adapters.limits import Limits
from openimr.adapters.ocr_choice import OcrSetting
from openimr.adapters.opened import OpenedFile
from openimr.adapters.workers import Answer, Task, Workers, processors
from openimr.intake.plaintext import decode, read_text
from openimr.intake.reading import PageReading, unreadable
from openimr.intake.sniff import FileKind
from openimr.model.progress import Progress
from openimr.model.source import SourceFile
from openimr.model.text import Page

_PARSERS = "openimr.adapters.parsers"
_CHUNK = 50
"""Pages a task: few enough to lose little, many enough to open the file seldom."""
_CHUNK_PAGE_SECONDS = 0.5


@dataclass(slots=True)
class _Work:
    """A file on its way to being read."""

    entry: Entry
    path: Path
    reason: str = ""
    count: int = 0
    pages: dict[int, Page] = field(default_factory=dict)
    pictures: list[int] = field(default_factory=list)
    """Pages that wait for OCR."""
    crashes: int = 0

    def take(self, pages: Iterable[Page]) -> None:
        self.pages.update((page.number, page) for page in pages)

    def opened(self, file: OpenedFile) -> None:
        self.path, self.count = file.path, file.pages
        if file.pictures:
            self.pictures = list(range(1, file.pages + 1))

    def source_file(self) -> SourceFile:
        pages = tuple(self.pages[number] for number in sorted(self.pages))
        return SourceFile(
            file=self.entry.name,
            sha256=self.entry.sha256,
            pages=() if self.reason else pages,
            reason=self.reason,
        )


@dataclass(frozen=True, slots=True)
class _Part:
    """Some pages of a file."""

    work: _Work
    numbers: tuple[int, ...]


def read_entries(
    entries: Sequence[Entry],
    scratch: Path,
    limits: Limits,
    ocr: OcrSetting,
    progress: Progress,
) -> tuple[SourceFile, ...]:
    """Read every entry; one that cannot be read costs nothing but itself."""
    works = [_Work(entry, entry.path, entry.reason) for entry in entries]
    with Workers(processors(), limits.parser_memory) as workers:
        _open([work for work in works if not work.reason], workers, scratch, limits, progress)
        _refuse_excess(works, limits)
        sound = [work for work in works if not work.reason]
        _read_text_layers(sound, workers, limits, progress)
    _read_pictures(sound, limits, ocr, progress)
    return tuple(work.source_file() for work in works)


def _open(
    works: Sequence[_Work], workers: Workers, scratch: Path, limits: Limits, progress: Progress
) -> None:
    """Find out how many pages each file has; text and DOCX are read whole on the way."""
    tasks: list[Task[_Work]] = []
    for work in works:
        if work.entry.kind is FileKind.TEXT:
            work.take(read_text(decode(work.path.read_bytes())))
            work.count = len(work.pages)
        else:
            tasks.append(_opening(work, scratch, limits))
    progress.start(len(tasks), "Opening the files")
    for answer in workers.run(tasks):
        progress.advance()
        work = answer.key
        if answer.error or answer.crash:
            work.reason = _reason(answer)
        elif isinstance(answer.result, OpenedFile):
            work.opened(answer.result)
        else:
            work.take(answer.result)
            work.count = len(work.pages)
    progress.done()


def _opening(work: _Work, scratch: Path, limits: Limits) -> Task[_Work]:
    function, bound = f"{_PARSERS}:read_docx_file", limits.max_text_bytes
    arguments: tuple[object, ...] = (work.path, work.entry.name, bound)
    if work.entry.kind is FileKind.PDF:
        function, arguments = f"{_PARSERS}:open_pdf", (work.path, work.entry.name, scratch)
    elif work.entry.kind is FileKind.IMAGE:
        function = "openimr.adapters.page_images:open_image"
        arguments = (work.path, work.entry.name, limits.max_pages)
    return Task(function=function, arguments=arguments, seconds=limits.page_seconds, key=work)


def _refuse_excess(works: Sequence[_Work], limits: Limits) -> None:
    """The page limit holds for the case file as a whole, in the order of its files."""
    total = 0
    for work in works:
        if total + work.count > limits.max_pages:
            work.reason = work.reason or (
                f"it has {work.count:,} pages, and at most {limits.max_pages:,} are read of a"
                " case file; split it"
            )
        elif not work.reason:
            total += work.count


def _read_text_layers(
    works: Sequence[_Work], workers: Workers, limits: Limits, progress: Progress
) -> None:
    tasks = [
        _chunk(_Part(work, tuple(range(first, min(first + _CHUNK, work.count + 1)))), limits)
        for work in works
        if work.entry.kind is FileKind.PDF
        for first in range(1, work.count + 1, _CHUNK)
    ]
    progress.start(sum(len(task.key.numbers) for task in tasks), "Reading the pages")
    while tasks:
        again: list[Task[_Part]] = []
        for answer in workers.run(tasks):
            if answer.error or answer.crash:
                again += _halve(answer, limits, progress)
            else:
                _take_chunk(answer.key.work, answer.result, progress)
        tasks = again
    progress.done()


def _chunk(part: _Part, limits: Limits) -> Task[_Part]:
    return Task(
        function=f"{_PARSERS}:read_pdf_pages",
        arguments=(part.work.path, part.numbers),
        seconds=limits.page_seconds + _CHUNK_PAGE_SECONDS * len(part.numbers),
        key=part,
    )


def _take_chunk(work: _Work, readings: Sequence[PageReading], progress: Progress) -> None:
    for reading in readings:
        work.take([reading.page])
        if reading.needs_ocr:
            work.pictures.append(reading.page.number)
    progress.advance(len(readings))


def _halve(answer: Answer[_Part], limits: Limits, progress: Progress) -> list[Task[_Part]]:
    """Pages that killed their reader: tried again in halves, down to the page that does it."""
    work, numbers = answer.key.work, answer.key.numbers
    work.crashes += 1
    if len(numbers) > 1 and work.crashes <= limits.max_crashes:
        middle = len(numbers) // 2
        halves = (numbers[:middle], numbers[middle:])
        return [_chunk(_Part(work, half), limits) for half in halves]
    work.take(unreadable(number, _reason(answer)) for number in numbers)
    progress.advance(len(numbers))
    return []


def _read_pictures(
    works: Sequence[_Work], limits: Limits, ocr: OcrSetting, progress: Progress
) -> None:
    tasks = [
        _picture(_Part(work, (number,)), limits, ocr)
        for work in works
        for number in sorted(work.pictures)
    ]
    if not tasks:
        return
    progress.start(len(tasks), "Reading page images")
    with Workers(min(processors(), len(tasks)), limits.ocr_memory) as workers:
        for answer in workers.run(tasks):
            (number,) = answer.key.numbers
            failed = answer.error or answer.crash
            page = unreadable(number, _reason(answer)) if failed else answer.result
            answer.key.work.take([_better(answer.key.work.pages.get(number), page)])
            progress.advance()
    progress.done()


def _better(layer: Page | None, ocr: Page) -> Page:
    """The page from its picture, unless only its text layer says anything."""
    return layer if layer is not None and layer.text and not ocr.text else ocr


def _picture(part: _Part, limits: Limits, ocr: OcrSetting) -> Task[_Part]:
    pdf = part.work.entry.kind is FileKind.PDF
    return Task(
        function=f"openimr.adapters.ocr_pages:{'ocr_pdf_page' if pdf else 'ocr_image'}",
        arguments=(part.work.path, part.numbers[0], ocr, limits.max_pixels),
        seconds=limits.ocr_seconds,
        key=part,
    )


def _reason(answer: Answer[_Work] | Answer[_Part]) -> str:
    error = answer.error
    if error is None:
        return f"reading it was given up: {answer.crash}"
    return "; ".join(part for part in (error.what, error.why, error.remedy) if part)
