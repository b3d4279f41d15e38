"""Which files a case file consists of: a folder's, an archive's, or the one that was named."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from openimr.adapters.archive import Member, is_docx, unpack
from openimr.adapters.limits import Limits
from openimr.intake.sniff import SNIFF_BYTES, FileKind, sniff
from openimr.model.errors import EmptyCase, InputError, LimitExceeded, UnreadableFile

TRUTH = "truth.json"
"""The answers beside a test case; never evidence."""
CASE, RECORDS = "case.json", "records"
"""A folder with a `case.json` is a case of the process: its records lie in a folder in it."""
_BLOCK = 1024 * 1024
_DIGITS = re.compile(r"(\d+)")
_REFUSED = {
    FileKind.EMPTY: "the file is empty (0 bytes)",
    FileKind.ENCRYPTED_OFFICE: "the document is encrypted; save a copy without a password",
    FileKind.LEGACY_OFFICE: "the old binary office format is not read; save it as DOCX or PDF",
    FileKind.RTF: "rich text (RTF) is not read; save it as DOCX or PDF",
    FileKind.ZIP: "an archive inside the case file; unpack it into the folder",
    FileKind.OTHER: "neither PDF, page image, DOCX nor text",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file of the case file, hashed and recognised; `reason` says why it cannot be read."""

    name: str
    path: Path
    sha256: str = ""
    kind: FileKind = FileKind.OTHER
    docx: bool = False
    reason: str = ""


def records_of(path: Path) -> Path:
    """The folder with the records, where a path is a case folder; else the path itself.

    What is filed, decided and noticed lies beside them and is no record.

    Raises:
        EmptyCase: it is a case folder without records.
    """
    if not (path / CASE).is_file():
        return path
    records = path / RECORDS
    if records.is_dir():
        return records
    raise EmptyCase(
        "the case folder has no records",
        where=str(path),
        why=f"it holds a {CASE}, so its documents are read from {RECORDS}/ only",
        remedy=f"put the documents into {records}",
    )


def gather(path: Path, scratch: Path, limits: Limits) -> tuple[Entry, ...]:
    """All files of a case file in natural order of their names.

    Raises:
        InputError: there is nothing there, or nothing that may be opened.
    """
    if not path.exists():
        raise UnreadableFile("there is no such file or folder", where=str(path))
    if path.is_dir():
        found = _folder(path)
    elif _head_kind(path) is FileKind.ZIP and not is_docx(path):
        found = unpack(path, scratch, limits)
    else:
        found = (Member(path.name, path),)
    found = tuple(sorted(found, key=lambda member: (natural_order(member.name), member.name)))
    if not found:
        raise EmptyCase(
            "the case file holds no document",
            where=str(path),
            remedy="put the records into it: PDF, page images, DOCX or text",
        )
    if len(found) > limits.max_files:
        raise LimitExceeded(
            f"{len(found)} files, and at most {limits.max_files} are read", where=str(path)
        )
    entries = tuple(_entry(member, limits) for member in found)
    if not path.is_dir() and len(entries) == 1 and entries[0].reason:
        raise UnreadableFile(
            "cannot be read",
            where=str(path),
            why=entries[0].reason,
            remedy="hand over PDF, page images, DOCX or text",
        )
    return entries


def natural_order(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts `2.pdf` before `10.pdf`, whatever the case of letters."""
    return tuple(
        (0, int(part), "") if part.isdecimal() and len(part) < 20 else (1, 0, part.casefold())
        for part in _DIGITS.split(name)
        if part
    )


def _folder(folder: Path) -> tuple[Member, ...]:
    """Files of a folder and the folders in it; hidden ones and the truth file are passed over."""
    root = folder.resolve()
    members: list[Member] = []
    for place, files in _walk(root):
        for name in files:
            if name.startswith(".") or name == TRUTH:
                continue
            path = place / name
            shown = path.relative_to(root).as_posix()
            inside = path.resolve().is_relative_to(root)
            reason = "" if inside else "a link that leads out of the case file; it is not followed"
            members.append(Member(shown, path, reason))
    return tuple(members)


def _walk(root: Path) -> Iterator[tuple[Path, list[str]]]:
    """Folders and the names of their files; linked folders are not entered."""
    pending = [root]
    while pending:
        place = pending.pop()
        files: list[str] = []
        for child in sorted(place.iterdir()):
            if not child.is_dir():
                files.append(child.name)
            elif not child.is_symlink() and not child.name.startswith("."):
                pending.append(child)
        yield place, files


def _entry(member: Member, limits: Limits) -> Entry:
    if member.reason:
        return Entry(name=member.name, path=member.path, reason=member.reason)
    try:
        return _recognise(member, limits)
    except InputError as error:
        return Entry(name=member.name, path=member.path, reason=error.what)
    except OSError as error:
        reason = f"the system refused to open it: {error.strerror}"
        return Entry(name=member.name, path=member.path, reason=reason)


def _recognise(member: Member, limits: Limits) -> Entry:
    path = member.path
    if not path.is_file():
        raise UnreadableFile("not an ordinary file")
    size = path.stat().st_size
    kind = _head_kind(path)
    limit = limits.max_text_bytes if kind is FileKind.TEXT else limits.max_file_bytes
    if size > limit:
        raise LimitExceeded(f"{size:,} bytes, and at most {limit:,} are read of such a file")
    docx = kind is FileKind.ZIP and is_docx(path)
    reason = "" if docx else _REFUSED.get(kind, "")
    return Entry(
        name=member.name, path=path, sha256=_sha256(path), kind=kind, docx=docx, reason=reason
    )


def _head_kind(path: Path) -> FileKind:
    with path.open("rb") as file:
        return sniff(file.read(SNIFF_BYTES))


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
