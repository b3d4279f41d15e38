"""Published letters' files -> their text: many a child process, no boxes, no rendering.

A letter is short and there are a million of them, so a child is handed letters by the dozen. One
that kills its child costs only itself: the others of its batch are read again, one by one.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pypdfium2 as pdfium

from openimr.adapters.archive import is_docx
from openimr.adapters.gather import gather
from openimr.adapters.limits import Limits
from openimr.adapters.workers import Answer, Task, Workers, processors
from openimr.intake.plaintext import decode
from openimr.intake.sniff import SNIFF_BYTES, FileKind, sniff
from openimr.model.errors import LimitExceeded, NotADetermination, OpenIMRError, UnreadableFile
from openimr.model.hyphens import SOFT_HYPHEN

_MEBIBYTE = 1024 * 1024
LETTER_LIMITS = Limits(
    max_pages=120,
    max_files=1_000_000,
    max_file_bytes=64 * _MEBIBYTE,
    max_text_bytes=4 * _MEBIBYTE,
    max_total_bytes=16_384 * _MEBIBYTE,
)
"""A letter has a few pages, a folder of them many files."""
_BATCH = 32
_WINDOW = 4
"""Batches under way for each child: few enough that texts do not pile up."""
_FUNCTION = "openimr.adapters.letters:read_batch"
_HYPHEN_AT_LINE_END = re.compile(r"(?<=\S)-\r\n(?=\S)")
"""Not at a page's end: there the labels keep hyphen and break."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterText:
    """A file and its text, or the reason why it has none."""

    name: str
    sha256: str = ""
    """Of the file's bytes; empty where not even these could be read."""
    text: str = ""
    """Pages end in form feeds; a hyphen at a line's end is a soft hyphen."""
    error: OpenIMRError | None = None


@dataclass(frozen=True, slots=True)
class _Source:
    name: str
    path: Path
    reason: str = ""


def read_letter_texts(
    paths: Sequence[Path], *, processes: int | None = None, limits: Limits = LETTER_LIMITS
) -> Iterator[LetterText]:
    """The texts of letters, in the order of `paths`; a bad file costs only itself.

    Args:
        paths: files, folders of files, zip archives.
        processes: how many children read; as many as there are processors where None.
        limits: bounds on files and children.
    """
    with tempfile.TemporaryDirectory(prefix="openimr-") as scratch:
        sources = _sources(paths, Path(scratch), limits)
        count = processes or processors()
        with Workers(count, limits.parser_memory) as workers:
            while window := list(islice(sources, _BATCH * _WINDOW * count)):
                yield from _read_window(window, workers, limits)


def letter_text(data: bytes, *, limits: Limits = LETTER_LIMITS) -> str:
    """The text of one letter's bytes. Call it only in a process that may die.

    Raises:
        UnreadableFile: encrypted, damaged, empty, or neither PDF nor text.
        NotADetermination: far more pages than a letter has, or only pictures of pages.
    """
    kind = sniff(data[:SNIFF_BYTES])
    if kind is FileKind.PDF:
        return _pdf_text(data, limits)
    if kind is FileKind.TEXT:
        if len(data) > limits.max_text_bytes:
            raise LimitExceeded(
                f"{len(data):,} bytes, and at most {limits.max_text_bytes:,} are read of a text"
            )
        return decode(data)
    if kind is FileKind.EMPTY:
        raise UnreadableFile("the file is empty (0 bytes)", remedy="get the letter again")
    raise UnreadableFile("neither PDF nor text", remedy="hand over the letter as PDF or text")


def read_batch(paths: tuple[Path, ...], limits: Limits) -> list[tuple[str, str | OpenIMRError]]:
    """What a child does: the hash of each file, and its text or its error."""
    return [_read_one(path, limits) for path in paths]


def _read_one(path: Path, limits: Limits) -> tuple[str, str | OpenIMRError]:
    sha256 = ""
    try:
        size = path.stat().st_size
        if size > limits.max_file_bytes:
            raise LimitExceeded(
                f"{size:,} bytes, and at most {limits.max_file_bytes:,} are read of a letter"
            )
        data = path.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        return sha256, letter_text(data, limits=limits)
    except OpenIMRError as error:
        return sha256, error
    except OSError as error:
        why = f"the system refused to open it: {error.strerror}"
        return sha256, UnreadableFile("cannot be read", why=why)


def _pdf_text(data: bytes, limits: Limits) -> str:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise UnreadableFile(
            "the PDF is encrypted" if locked else "the PDF is damaged",
            remedy="get the letter again, without a password",
        ) from error
    try:
        return _text_of(document, limits)
    except pdfium.PdfiumError as error:
        raise UnreadableFile("a page of the PDF is damaged", remedy="get it again") from error
    finally:
        document.close()


def _text_of(document: pdfium.PdfDocument, limits: Limits) -> str:
    count = len(document)
    if count > limits.max_pages:
        raise NotADetermination(
            f"it has {count:,} pages; a letter has at most {limits.max_pages}",
            remedy="hand over published letters; a case file goes to `openimr review`",
        )
    pages = [_page_text(document, number) for number in range(count)]
    text = "\f".join(pages)
    if not text.strip():
        raise NotADetermination(
            "its pages are pictures, without text",
            remedy="get the letter as published, with its text layer",
        )
    return _HYPHEN_AT_LINE_END.sub(SOFT_HYPHEN, text).replace("\r\n", "\n")


def _page_text(document: pdfium.PdfDocument, number: int) -> str:
    page = document[number]
    text_page = page.get_textpage()
    text: str = text_page.get_text_range()
    text_page.close()
    page.close()
    return text


def _sources(paths: Sequence[Path], scratch: Path, limits: Limits) -> Iterator[_Source]:
    """Every file, each under the name a person would know it by."""
    for number, path in enumerate(paths):
        try:
            if not path.is_dir() and not _is_archive(path):
                yield _Source(str(path), path)
                continue
            folder = scratch / f"{number:06d}"
            folder.mkdir()
            for entry in gather(path, folder, limits):
                yield _Source(f"{path}/{entry.name}", entry.path, entry.reason)
        except OpenIMRError as error:
            yield _Source(str(path), path, error.what)
        except OSError as error:
            yield _Source(str(path), path, f"the system refused to open it: {error.strerror}")


def _is_archive(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(SNIFF_BYTES)
    except OSError:
        return False
    return sniff(head) is FileKind.ZIP and not is_docx(path)


def _read_window(
    window: Sequence[_Source], workers: Workers, limits: Limits
) -> Iterator[LetterText]:
    """Texts of some sources, in order; what died with its batch is read again alone."""
    read: dict[int, LetterText] = {
        number: _refused(source, UnreadableFile("cannot be read", why=source.reason))
        for number, source in enumerate(window)
        if source.reason
    }
    numbers = [number for number in range(len(window)) if number not in read]
    batches = [tuple(numbers[first : first + _BATCH]) for first in range(0, len(numbers), _BATCH)]
    while batches:
        again: list[tuple[int, ...]] = []
        for answer in workers.run([_task(batch, window, limits) for batch in batches]):
            if not answer.crash and answer.error is None:
                read.update(_texts(answer, window))
            elif len(answer.key) > 1:
                again += [(number,) for number in answer.key]
            else:
                number = answer.key[0]
                why = UnreadableFile("reading it was given up", why=answer.crash)
                read[number] = _refused(window[number], answer.error or why)
        batches = again
    yield from (read[number] for number in range(len(window)))


def _task(
    batch: tuple[int, ...], window: Sequence[_Source], limits: Limits
) -> Task[tuple[int, ...]]:
    paths = tuple(window[number].path for number in batch)
    return Task(
        function=_FUNCTION,
        arguments=(paths, limits),
        seconds=limits.page_seconds + len(paths),
        key=batch,
    )


def _texts(
    answer: Answer[tuple[int, ...]], window: Sequence[_Source]
) -> Iterator[tuple[int, LetterText]]:
    for number, (sha256, text) in zip(answer.key, answer.result, strict=True):
        source = window[number]
        if isinstance(text, str):
            yield number, LetterText(name=source.name, sha256=sha256, text=text)
        else:
            yield number, _refused(source, text, sha256)


def _refused(source: _Source, error: OpenIMRError, sha256: str = "") -> LetterText:
    return LetterText(name=source.name, sha256=sha256, error=error.at(source.name))
