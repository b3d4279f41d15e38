"""What there is to take in: the files of folders and archives, one after another, none opened yet.

The order is that of the names, so that the same paths give the same corpus however often a run was
stopped. Only hidden files are passed over: what cannot be read comes with a reason.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from openimr.adapters.archive_members import ArchiveMember, count_members, members
from openimr.adapters.letters import LETTER_LIMITS
from openimr.adapters.limits import Limits
from openimr.intake.sniff import SNIFF_BYTES, FileKind, sniff
from openimr.model.errors import InputError, LimitExceeded, UnreadableFile

_ARCHIVE = ".zip"
_REFUSED = {
    FileKind.EMPTY: "the file is empty (0 bytes)",
    FileKind.ZIP: "an archive or Office document; archives are read where the name ends in .zip",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file, or a member of an archive, by name; its content is read on demand."""

    name: str
    """From the folder named on the command line downwards; `archive.zip!name` inside an archive."""
    stamp: int | None
    """Changes with its place, size or time; None where it must be looked at in any case."""
    content: Callable[[], bytes]
    """Reads it, while the walk stands at it; raises InputError or OSError where it must not be."""


def walk(paths: Sequence[Path], limits: Limits = LETTER_LIMITS) -> Iterator[Source]:
    """All sources under these files, folders and archives, in the order of their names."""
    for path in paths:
        absolute = path.resolve()
        pending = [(str(absolute), absolute.name)]
        if not absolute.is_dir():
            yield from _entry(*pending[0], "", limits, [])
            continue
        while pending:
            folders: list[tuple[str, str]] = []
            yield from _folder(*pending.pop(), str(absolute), limits, folders)
            pending += reversed(folders)


def count(paths: Sequence[Path]) -> int:
    """About how many sources there are: for a progress bar."""
    return sum(_count(path) for path in paths)


def refusal(data: bytes, limits: Limits = LETTER_LIMITS) -> InputError | None:
    """Why this content is not even looked at; None if it may be a letter."""
    kind = sniff(data[:SNIFF_BYTES])
    if kind not in (FileKind.PDF, FileKind.TEXT):
        return UnreadableFile(_REFUSED.get(kind, "neither PDF nor text"))
    if kind is FileKind.TEXT and len(data) > limits.max_text_bytes:
        return _too_large(len(data), limits.max_text_bytes)
    return None


def _folder(
    place: str, shown: str, root: str, limits: Limits, folders: list[tuple[str, str]]
) -> Iterator[Source]:
    """The files of a folder; the folders in it are for later."""
    try:
        names = _names(place)
    except OSError as error:
        yield Source(name=_shown(shown), stamp=None, content=_refusing(error))
        return
    while names:
        name = names.pop()  # and let go of it: a folder may hold a million
        yield from _entry(f"{place}/{name}", f"{shown}/{name}", root, limits, folders)


def _names(place: str) -> list[str]:
    """The names in a folder, the first one last."""
    names = [name for name in os.listdir(place) if not name.startswith(".")]  # noqa: PTH208 a million names, not paths
    names.sort(reverse=True)
    return names


def _entry(
    path: str, name: str, root: str, limits: Limits, folders: list[tuple[str, str]]
) -> Iterator[Source]:
    """A file as a source, an archive as all of its members; a folder is put with the others."""
    shown = _shown(name)
    try:
        status = os.lstat(path)
        if stat.S_ISDIR(status.st_mode):
            folders.append((path, name))
            return
        status = _checked(path, root, status)
    except (OSError, InputError) as error:
        yield Source(name=shown, stamp=None, content=_refusing(error))
        return
    stamp = _stamp(path, status)
    if not name.lower().endswith(_ARCHIVE):
        yield Source(name=shown, stamp=stamp, content=lambda: _read(path, limits))
        return
    try:
        for member in members(Path(path), limits):
            yield _of_member(member, shown, stamp)
    except InputError as error:
        yield Source(name=shown, stamp=None, content=_refusing(error))


def _checked(path: str, root: str, status: os.stat_result) -> os.stat_result:
    """An ordinary file; a link may not lead out of the folder that was named, nor into a folder."""
    if stat.S_ISLNK(status.st_mode):
        status = Path(path).stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableFile("a link to a folder; it is not followed")
        if root and not Path(path).resolve().is_relative_to(root):
            raise UnreadableFile("a link that leads out of the folder; it is not followed")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFile("not an ordinary file")
    return status


def _of_member(member: ArchiveMember, archive: str, stamp: int) -> Source:
    name = f"{archive}!{_shown(member.name)}"
    if member.refusal is not None:
        return Source(name=name, stamp=None, content=_refusing(member.refusal))
    own = _number(f"{stamp}!{member.info.header_offset}!{member.info.CRC}!{name}")
    return Source(name=name, stamp=own, content=member.read)


def _read(path: str, limits: Limits) -> bytes:
    with Path(path).open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size > limits.max_file_bytes:
            raise _too_large(size, limits.max_file_bytes)
        return file.read(limits.max_file_bytes)


def _too_large(size: int, limit: int) -> LimitExceeded:
    return LimitExceeded(f"{size:,} bytes, and at most {limit:,} are read of a letter")


def _refusing(error: OSError | InputError) -> Callable[[], bytes]:
    def content() -> bytes:
        raise error

    return content


def _count(path: Path) -> int:
    if not path.is_dir():
        return count_members(path) if path.suffix.lower() == _ARCHIVE else 1
    total, pending = 0, [str(path)]
    while pending:
        try:
            with os.scandir(pending.pop()) as entries:
                total += sum(_count_entry(entry, pending) for entry in entries)
        except OSError:
            total += 1  # a folder that cannot be listed is one source, and set aside
    return total


def _count_entry(entry: os.DirEntry[str], pending: list[str]) -> int:
    if entry.name.startswith("."):
        return 0
    if entry.is_dir(follow_symlinks=False):
        pending.append(entry.path)
        return 0
    archive = entry.name.lower().endswith(_ARCHIVE)
    return count_members(Path(entry.path)) if archive else 1


def _stamp(path: str, status: os.stat_result) -> int:
    """By the time of the last change of state, which no program can set, unlike the content's."""
    place = path.encode("utf-8", errors="surrogateescape").hex()
    return _number(f"{place}!{status.st_ino}!{status.st_size}!{status.st_ctime_ns}")


def _number(text: str) -> int:
    """64 bits, signed as SQLite keeps them."""
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _shown(name: str) -> str:
    """A name that can be printed and stored, whatever bytes the system allows in one."""
    return name.encode("utf-8", errors="surrogateescape").decode("utf-8", "backslashreplace")
