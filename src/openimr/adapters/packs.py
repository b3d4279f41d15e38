"""Where licensees' packs lie: the environment names their folders."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from openimr.model.errors import UsageError

VARIABLE = "OPENIMR_RULEBOOK_PATH"


def pack_folders(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """The folders of the packs, each once, in the order given.

    Args:
        environment: variables by name; `OPENIMR_RULEBOOK_PATH` lists folders, with the system's
            separator of paths between them.

    Raises:
        UsageError: a folder is not there: a review without its rules would not be the one meant.
    """
    named = [part.strip() for part in environment.get(VARIABLE, "").split(os.pathsep)]
    folders = tuple(dict.fromkeys(Path(part).expanduser() for part in named if part))
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(
                f"{VARIABLE} names {folder}, which is not a folder",
                remedy="correct the path, or take it out to work without this pack",
            )
    return folders
