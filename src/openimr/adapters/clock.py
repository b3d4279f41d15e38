"""The only place that reads the clock; everything else is handed the time."""

from __future__ import annotations

from datetime import UTC, date, datetime


def today() -> date:
    """Today's date where the program runs."""
    return date.today()  # noqa: DTZ011 the day where the user is, not the day in Greenwich


def now() -> datetime:
    """This moment, to the second, in UTC."""
    return datetime.now(UTC).replace(microsecond=0)
