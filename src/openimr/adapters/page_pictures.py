"""Pictures of scanned pages that a letter cites, drawn again from the case file's own files.

A page with a text layer needs none: it is drawn from its words. The files are opened in the same
limited child processes that read them, since a picture is parsed, too.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2

from openimr.adapters.gather import Entry, gather, records_of
from openimr.adapters.limits import DEFAULT_LIMITS, Limits
from openimr.adapters.opened import OpenedFile
from openimr.adapters.page_images import frame, rendered
from openimr.adapters.workers import Task, Workers, processors
from openimr.intake.cleanup import turn
from openimr.intake.sniff import FileKind
from openimr.model.document import Document
from openimr.model.errors import UnreadableFile
from openimr.model.ids import DocumentId
from openimr.model.text import Page, PageState

DPI = 110
"""Enough to read a typed page on a screen."""
MOST_BYTES = 16 * 1024 * 1024
"""Of all pictures of a letter together; the pages beyond are drawn from their words."""
_QUALITY = 40
_HERE = "openimr.adapters.page_pictures"
PageKey = tuple[DocumentId, int]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A page to be drawn: how the letter knows it, and where it stands."""

    key: PageKey
    entry: Entry
    page: Page


def page_pictures(
    case: Path,
    documents: Sequence[Document],
    cited: Collection[tuple[str, int]],
    *,
    limits: Limits = DEFAULT_LIMITS,
) -> dict[PageKey, bytes]:
    """Pictures (JPEG) of the cited pages that were read by OCR, upright as they were read.

    A page that cannot be drawn is left out; the letter draws it from its words.

    Args:
        case: the case file.
        documents: as read from it.
        cited: document and page number of every page that the letter shows.
        limits: how much of the machine the drawing may ask for.
    """
    scanned = [
        (document, page)
        for document in documents
        for page in document.pages
        if page.state is PageState.OCR and (document.id, page.number) in cited
    ]
    if not scanned:
        return {}
    with tempfile.TemporaryDirectory(prefix="openimr-") as folder:
        scratch = Path(folder)
        entries = {entry.name: entry for entry in gather(records_of(case), scratch, limits)}
        wanted = [
            _Wanted((document.id, page.number), entries[document.file], page)
            for document, page in scanned
            if document.file in entries and entries[document.file].sha256 == document.sha256
        ]
        with Workers(processors(), limits.parser_memory) as workers:
            paths = _open([each.entry for each in wanted], workers, scratch, limits)
            drawn = dict(_draw(wanted, paths, workers, limits))
    return _within(MOST_BYTES, {each.key: drawn[each.key] for each in wanted if each.key in drawn})


def draw_page(path: Path, number: int, kind: FileKind, turned: int, max_pixels: int) -> bytes:
    """One page as a grey JPEG, upright. Runs in a child.

    Raises:
        UnreadableFile: it cannot be drawn.
    """
    found = (rendered if kind is FileKind.PDF else frame)(path, number, max_pixels)
    image = turn(found.image, turned)
    scale = min(DPI / found.dpi, 1.0)
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    made, data = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    if not made:
        raise UnreadableFile("the page cannot be drawn")
    return data.tobytes()


def _open(
    entries: Sequence[Entry], workers: Workers, scratch: Path, limits: Limits
) -> Mapping[str, Path]:
    """Where each file can be drawn from: a damaged PDF from its mended copy."""
    known = {entry.name: entry for entry in entries}
    paths = {name: entry.path for name, entry in known.items()}
    tasks = [
        Task(
            function="openimr.adapters.parsers:open_pdf",
            arguments=(entry.path, entry.name, scratch),
            seconds=limits.page_seconds,
            key=entry.name,
        )
        for entry in known.values()
        if entry.kind is FileKind.PDF
    ]
    for answer in workers.run(tasks):
        if isinstance(answer.result, OpenedFile):
            paths[answer.key] = answer.result.path
    return paths


def _draw(
    wanted: Sequence[_Wanted], paths: Mapping[str, Path], workers: Workers, limits: Limits
) -> Iterator[tuple[PageKey, bytes]]:
    tasks = [
        Task(
            function=f"{_HERE}:draw_page",
            arguments=(
                paths[each.entry.name],
                each.page.file_page,
                each.entry.kind,
                each.page.turned,
                limits.max_pixels,
            ),
            seconds=limits.page_seconds,
            key=each.key,
        )
        for each in wanted
    ]
    for answer in workers.run(tasks):
        if isinstance(answer.result, bytes):
            yield answer.key, answer.result


def _within(most: int, pictures: Mapping[PageKey, bytes]) -> dict[PageKey, bytes]:
    """The first pictures that fit, in the order of the case file."""
    kept: dict[PageKey, bytes] = {}
    total = 0
    for key, picture in pictures.items():
        total += len(picture)
        if total > most:
            break
        kept[key] = picture
    return kept
