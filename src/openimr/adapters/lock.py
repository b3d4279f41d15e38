"""One writer at a time: a lock that the system lets go of when its holder dies."""

from __future__ import annotations

import fcntl
import getpass
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TextIO

from openimr.model.errors import OpenIMRError, UsageError


@contextmanager
def hold(lock: Path, since: datetime, *, what: str, busy: type[OpenIMRError]) -> Iterator[None]:
    """Be the writer of something for as long as the context lasts.

    The file stays behind, since only the system's lock on it counts: a killed writer leaves none.

    Args:
        lock: the lock file.
        since: now, for whoever comes second.
        what: what is written, for the message, such as "corpus".
        busy: the error for whoever comes second.

    Raises:
        busy: another process writes; the message says who and since when.
        UsageError: the folder cannot be written.
    """
    with _opened(lock) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise busy(
                f"another process is writing this {what}",
                where=str(lock.parent),
                why=file.read().strip(),
                remedy="wait for it, or stop it; nothing is lost either way",
            ) from error
        file.truncate(0)
        file.write(f"{_who()} since {since.isoformat()}\n")
        file.flush()
        yield


def _opened(lock: Path) -> TextIO:
    try:
        return lock.open("a+")
    except OSError as error:
        raise UsageError(
            "the folder cannot be written",
            where=str(lock.parent),
            why=error.strerror or "the system refused",
            remedy="call again with the right to write there",
        ) from error


def _who() -> str:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = f"user {os.getuid()}"
    return f"process {os.getpid()} of {user} on {socket.gethostname()}"
