"""A zip that holds a case file, unpacked with suspicion: names, sizes and kinds come first."""

from __future__ import annotations

import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from openimr.adapters.limits import Limits
from openimr.model.errors import ArchiveRefused, LimitExceeded

_BLOCK = 256 * 1024
_ENCRYPTED = 0x1
_RATIO_FLOOR = 1024 * 1024
"""Small members may compress as well as they like."""
_ARCHIVES = (".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")
_JUNK_FOLDERS = ("__MACOSX",)


@dataclass(frozen=True, slots=True)
class Member:
    """A file by its name inside the case file; `reason` says why it must not be opened."""

    name: str
    path: Path
    reason: str = ""


def is_docx(path: Path) -> bool:
    """Whether a zip is a Word document."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "word/document.xml" in archive.NameToInfo
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def unpack(path: Path, scratch: Path, limits: Limits) -> tuple[Member, ...]:
    """Unpack into `scratch` under names of our own; the members' names are only labels.

    Raises:
        ArchiveRefused: damaged, encrypted, escaping, exploding, nested or ambiguous.
        LimitExceeded: more members or bytes than the limits allow.
    """
    where = path.name
    try:
        with zipfile.ZipFile(path) as archive:
            wanted = _wanted(archive.infolist(), where, limits)
            return _extract(archive, wanted, scratch, where, limits)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise ArchiveRefused(
            "the archive is damaged or of a kind that is not read",
            where=where,
            why=str(error),
            remedy="make the zip anew, without a password",
        ) from error


def _wanted(
    infos: list[zipfile.ZipInfo], where: str, limits: Limits
) -> list[tuple[str, zipfile.ZipInfo]]:
    wanted: list[tuple[str, zipfile.ZipInfo]] = []
    seen: set[str] = set()
    for info in infos:
        name = safe_name(info, where)
        if info.is_dir() or is_junk(name):
            continue
        check_member(info, name, where, limits)
        if name.casefold() in seen:
            raise ArchiveRefused(
                f"two members share the name '{name}'",
                where=where,
                why="it cannot be said which of them is the record",
                remedy="rename one of them",
            )
        seen.add(name.casefold())
        wanted.append((name, info))
    if len(wanted) > limits.max_files:
        raise LimitExceeded(
            f"the archive holds {len(wanted)} files, and at most {limits.max_files} are read",
            where=where,
        )
    return _without_top_folder(wanted)


def _without_top_folder(
    wanted: list[tuple[str, zipfile.ZipInfo]],
) -> list[tuple[str, zipfile.ZipInfo]]:
    """Names as in the folder that was zipped, so that folder and zip are the same case file."""
    tops = {name.partition("/")[0] for name, _ in wanted}
    if len(tops) != 1 or any("/" not in name for name, _ in wanted):
        return wanted
    return [(name.partition("/")[2], info) for name, info in wanted]


def safe_name(info: zipfile.ZipInfo, where: str) -> str:
    """The member's name with forward slashes.

    Raises:
        ArchiveRefused: it leads out of the archive's folder.
    """
    name = info.orig_filename.replace("\\", "/")
    parts = PurePosixPath(name).parts
    drive = bool(parts) and parts[0].endswith(":")
    if name.startswith("/") or drive or ".." in parts or "\x00" in name:
        raise ArchiveRefused(
            f"the member '{_shown(name)}' would be written outside the folder",
            where=where,
            remedy="do not open this archive elsewhere; ask the sender what it is",
        )
    return "/".join(part for part in parts if part != ".")


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:120]


def is_junk(name: str) -> bool:
    """Whether a member is an operating system's leavings, or the answers beside a test case."""
    parts = name.split("/")
    hidden = any(part.startswith(".") for part in parts)
    return hidden or parts[0] in _JUNK_FOLDERS or parts[-1] == "truth.json"


def check_member(info: zipfile.ZipInfo, name: str, where: str, limits: Limits) -> None:
    """Look at what the archive says of a member before any of it is unpacked.

    Raises:
        ArchiveRefused: a link, encrypted, an archive itself, or a bomb.
        LimitExceeded: larger than the limits allow.
    """

    def refuse(what: str, remedy: str) -> ArchiveRefused:
        return ArchiveRefused(f"the member '{_shown(name)}' {what}", where=where, remedy=remedy)

    if stat.S_ISLNK(info.external_attr >> 16):
        raise refuse("is a symbolic link", "put the file itself into the archive")
    if info.flag_bits & _ENCRYPTED:
        raise refuse("is encrypted", "make the zip anew, without a password")
    if name.lower().endswith(_ARCHIVES):
        raise refuse("is an archive itself", "unpack it and zip the documents alone")
    if info.file_size > limits.max_file_bytes:
        raise LimitExceeded(
            f"the member '{_shown(name)}' unpacks to {info.file_size:,} bytes, and at most"
            f" {limits.max_file_bytes:,} are read of a file",
            where=where,
        )
    if info.file_size > max(_RATIO_FLOOR, limits.max_ratio * info.compress_size):
        raise refuse("is a zip bomb: it unpacks to far more than it holds", "do not open it")


def _extract(
    archive: zipfile.ZipFile,
    wanted: list[tuple[str, zipfile.ZipInfo]],
    scratch: Path,
    where: str,
    limits: Limits,
) -> tuple[Member, ...]:
    total = sum(info.file_size for _, info in wanted)
    if total > limits.max_total_bytes:
        raise LimitExceeded(
            f"the archive unpacks to {total:,} bytes, and at most {limits.max_total_bytes:,}"
            " are read",
            where=where,
        )
    members: list[Member] = []
    for number, (name, info) in enumerate(wanted):
        target = scratch / f"member{number:05d}"
        _write(archive, info, target, where)
        members.append(Member(name, target))
    return tuple(members)


def _write(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, where: str) -> None:
    """Unpack block by block: the size in the directory may be a lie."""
    written = 0
    with archive.open(info) as source, target.open("wb") as file:
        while block := source.read(_BLOCK):
            written += len(block)
            if written > info.file_size:
                raise ArchiveRefused(
                    f"the member '{_shown(info.filename)}' is larger than the archive says",
                    where=where,
                    remedy="do not open it",
                )
            file.write(block)
