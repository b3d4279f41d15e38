"""One maker at a time for what is derived from a corpus: an index, a measure, problems."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from openimr.model.errors import UsageError


@contextmanager
def alone(place: Path, what: str) -> Iterator[None]:
    """Be the only one who makes it; the system lets go of the lock when its holder dies.

    Args:
        place: its folder; made where it is missing.
        what: its name in the message: `the search index`.

    Raises:
        UsageError: the folder cannot be written.
    """
    try:
        place.mkdir(exist_ok=True)
        lock = (place / "lock").open("a")
    except OSError as error:
        raise UsageError(
            f"{what} is out of date and cannot be written",
            where=str(place),
            why=error.strerror or "the system refused",
            remedy="call once with the right to write there, or copy the corpus",
        ) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
