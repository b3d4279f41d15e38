"""Writing results whole or not at all: beside first, then renamed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from openimr.model.errors import UsageError


def write_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files into a folder so that a reader never sees half of them.

    A new folder appears complete in one rename. In a folder that is there, each file is replaced
    in one rename and other files are left alone. Names may hold `/` for folders inside.

    Raises:
        UsageError: the folder cannot be written.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        for name, data in contents.items():
            target = staging / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        _move(staging, folder, contents)
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _move(staging: Path, folder: Path, contents: Mapping[str, bytes]) -> None:
    if not folder.exists():
        staging.chmod(0o755)
        staging.rename(folder)
        return
    for name in contents:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (staging / name).replace(folder / name)


def _unwritable(folder: Path, error: OSError) -> UsageError:
    return UsageError(
        "the results cannot be written",
        where=str(folder),
        why=error.strerror or "the system refused",
        remedy="choose another folder with --out",
    )
