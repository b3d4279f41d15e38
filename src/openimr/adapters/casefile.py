"""A folder, a zip, or one file -> its files, read page by page."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from openimr.adapters.gather import gather, records_of
from openimr.adapters.limits import DEFAULT_LIMITS, Limits
from openimr.adapters.ocr_choice import AUTO, OcrChoice, resolve
from openimr.adapters.reading import read_entries
from openimr.model.errors import EmptyCase, InputError, LimitExceeded, UnreadableFile
from openimr.model.progress import Progress, Silent
from openimr.model.source import SourceFile
from openimr.model.text import PageState

_SHOWN = 12


def read_files(
    path: Path,
    *,
    limits: Limits = DEFAULT_LIMITS,
    ocr: OcrChoice = AUTO,
    progress: Progress | None = None,
    cache: Path | None = None,
) -> tuple[SourceFile, ...]:
    """Read a case file: every file of it, every page.

    A file that cannot be read among others that can is returned with its reason.

    Args:
        path: a folder, a zip, or one PDF, page image, DOCX or text; of a case folder (with
            `case.json`) its records.
        limits: how much of the machine the case file may ask for.
        ocr: which engine reads page images.
        progress: told of pages as they are read.
        cache: where OCR results are kept; by default under the user's cache folder.

    Raises:
        InputError: nothing of it can be used; the message says which file, why, and what to do.
    """
    path = records_of(path)
    with tempfile.TemporaryDirectory(prefix="openimr-") as folder:
        scratch = Path(folder)
        entries = gather(path, scratch, limits)
        setting = resolve(ocr, cache)
        files = read_entries(entries, scratch, limits, setting, progress or Silent())
    _require_a_page(path, files, alone=not path.is_dir() and len(files) == 1)
    return tuple(_with_engine(file, setting.engine) for file in files)


def _with_engine(file: SourceFile, engine: OcrChoice) -> SourceFile:
    """Say which engine read it: another one reads other words, and a proof must know."""
    scanned = any(page.state is PageState.OCR for page in file.pages)
    return replace(file, ocr=str(engine)) if scanned else file


def read_single(
    path: Path,
    *,
    limits: Limits = DEFAULT_LIMITS,
    ocr: OcrChoice = AUTO,
    progress: Progress | None = None,
    cache: Path | None = None,
) -> tuple[SourceFile, ...]:
    """Read one file that belongs to no case; a folder is no file.

    Raises:
        InputError: it cannot be read.
    """
    if path.is_dir():
        raise UnreadableFile(
            "a folder where a file was expected",
            where=str(path),
            remedy="name the files in it, or use `openimr review` for a case file",
        )
    return read_files(path, limits=limits, ocr=ocr, progress=progress, cache=cache)


def _require_a_page(path: Path, files: tuple[SourceFile, ...], *, alone: bool) -> None:
    """Nothing readable in the whole case file is an error, not an empty review."""
    readable = any(page.state is not PageState.UNREADABLE for file in files for page in file.pages)
    if readable:
        return
    if alone:
        raise _single_failure(path, files[0])
    shown = "; ".join(f"{file.file}: {_why(file)}" for file in files[:_SHOWN])
    more = f"; and {len(files) - _SHOWN} more" if len(files) > _SHOWN else ""
    raise EmptyCase(
        "no file of the case file can be read",
        where=str(path),
        why=shown + more,
        remedy="mend or replace these files",
    )


def _single_failure(path: Path, file: SourceFile) -> InputError:
    why = _why(file)
    if "at most" in why:
        return LimitExceeded("too large to be read", where=str(path), why=why)
    return UnreadableFile(
        "cannot be read", where=str(path), why=why, remedy="ask the sender for the file again"
    )


def _why(file: SourceFile) -> str:
    if file.reason:
        return file.reason
    first = file.pages[0] if file.pages else None
    return f"page {first.number}: {first.reason}" if first else "it has no pages"
