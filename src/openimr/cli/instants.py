"""An instant on the command line."""

from __future__ import annotations

from datetime import datetime

from openimr.adapters.clock import now
from openimr.model.errors import UsageError


def read_instant(told: str | None, option: str = "--at") -> datetime:
    """The instant of an option; now where nothing is told.

    Raises:
        UsageError: it is no instant, or has no zone.
    """
    if told is None:
        return now()
    try:
        found = datetime.fromisoformat(told)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise UsageError(
            f"{option} {told} is no instant",
            remedy="write it with its zone, such as 2015-03-10T09:12:00-07:00",
        )
    return found
