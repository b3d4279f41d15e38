"""Options of the commands on reviewers."""

from __future__ import annotations

import os
from pathlib import Path

import click

from openimr.model.errors import UsageError

KEY_VARIABLE = "OPENIMR_REVIEWER_KEY"
AS_OF = click.option(
    "--as-of",
    "as_of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day on which requirements are looked up (YYYY-MM-DD); today, if not given.",
)
KEY_FILE = click.option(
    "--key-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help=f"Secret key of pseudonyms and of the choice between equals; else {KEY_VARIABLE}.",
)


def read_key(file: Path | None) -> bytes:
    """The key of a file or of the environment; empty if there is none.

    Raises:
        UsageError: the file cannot be read.
    """
    if file is None:
        return os.environ.get(KEY_VARIABLE, "").strip().encode()
    try:
        return file.read_bytes().strip()
    except OSError as error:
        raise UsageError("the key cannot be read", where=str(file)) from error
