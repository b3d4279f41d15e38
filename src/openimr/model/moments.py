"""Days and instants of the process: days are days in California."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

PACIFIC = ZoneInfo("America/Los_Angeles")
_DAY = len("2015-03-10")


def local(moment: datetime) -> datetime:
    """A moment in Pacific time; without a zone it is taken as Pacific."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=PACIFIC)
    return moment.astimezone(PACIFIC)


def local_day(moment: date | datetime) -> date:
    """The day of a moment in California; a day is itself, a moment without zone is Pacific."""
    return local(moment).date() if isinstance(moment, datetime) else moment


def read_moment(told: str) -> date | datetime:
    """A day or an instant as acts state it.

    >>> read_moment("2015-03-10")
    datetime.date(2015, 3, 10)

    Raises:
        ValueError: it is neither.
    """
    return date.fromisoformat(told) if len(told) <= _DAY else datetime.fromisoformat(told)
