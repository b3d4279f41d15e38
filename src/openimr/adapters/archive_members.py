"""The members of a large archive, one at a time and in memory: nothing is unpacked to disk.

For a case file one bad member condemns the archive (`archive`): the record would not be whole.
Here each member is a document of its own, and a bad one costs only itself.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from openimr.adapters.archive import check_member, is_junk, safe_name
from openimr.adapters.limits import Limits
from openimr.model.errors import ArchiveRefused, InputError, LimitExceeded

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Others let an archive ask for gigabytes of memory."""
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveMember:
    """A document in an archive, not yet read.

    Read it while the iteration stands at it: the archive is closed at the end.
    """

    name: str
    info: zipfile.ZipInfo
    archive: zipfile.ZipFile
    refusal: InputError | None = None
    """Why it must not be read."""

    def read(self) -> bytes:
        """Its content.

        Raises:
            ArchiveRefused: damaged, or larger than the archive says.
        """
        try:
            with self.archive.open(self.info) as file:
                data = file.read(self.info.file_size + 1)
        except _BROKEN as error:
            raise _damaged(self.name, error) from error
        if len(data) > self.info.file_size:
            raise ArchiveRefused("it is larger than the archive says", remedy="do not open it")
        return data


def members(path: Path, limits: Limits) -> Iterator[ArchiveMember]:
    """The documents of an archive in the order of its directory, those that must not be read too.

    Raises:
        ArchiveRefused: damaged as a whole, or a bomb as a whole.
        LimitExceeded: more members than the limits allow.
    """
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN as error:
        raise _damaged(path.name, error) from error
    with archive:
        _check_whole(archive, path, limits)
        for info in archive.infolist():
            member = _member(archive, info, path.name, limits)
            climbs = ".." in member.name.split("/")
            if not info.is_dir() and (climbs or not is_junk(member.name)):
                yield member


def count_members(path: Path) -> int:
    """About how many documents an archive holds; 1 where it does not open, as it is one trouble."""
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(not name.endswith("/") for name in archive.NameToInfo)
    except _BROKEN:
        return 1


def _check_whole(archive: zipfile.ZipFile, path: Path, limits: Limits) -> None:
    infos = archive.infolist()
    if len(infos) > limits.max_files:
        raise LimitExceeded(
            f"the archive holds {len(infos):,} files, and at most {limits.max_files:,} are read",
            where=path.name,
            remedy="split it",
        )
    unpacked = sum(info.file_size for info in infos)
    if unpacked > max(limits.max_total_bytes, limits.max_ratio * path.stat().st_size):
        raise ArchiveRefused(
            "the archive is a zip bomb: it unpacks to far more than it holds",
            where=path.name,
            remedy="do not open it",
        )


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: str, limits: Limits
) -> ArchiveMember:
    refusal: InputError | None = None
    name = info.filename.replace("\\", "/")
    try:
        name = safe_name(info, where)
        check_member(info, name, where, limits)
        if info.compress_type not in _METHODS:
            raise ArchiveRefused(
                f"the member '{name}' is compressed in a way that is not read",
                where=where,
                remedy="make the zip anew with ordinary compression",
            )
    except InputError as error:
        refusal = error
    return ArchiveMember(name=name, info=info, archive=archive, refusal=refusal)


def _damaged(where: str, error: Exception) -> ArchiveRefused:
    return ArchiveRefused(
        "the archive is damaged or of a kind that is not read",
        where=where,
        why=type(error).__name__,
        remedy="make the zip anew, without a password",
    )
