"""Days, ways of service and amounts as a letter writes them, for readers who are no lawyers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from openimr.model.application import Priority
from openimr.model.deadline import DeadlineUnit
from openimr.model.notice import NoticeRole, Office
from openimr.model.party import ServiceMethod

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

SERVED_BY: Mapping[ServiceMethod, str] = MappingProxyType(
    {
        ServiceMethod.PERSONAL: "by personal delivery",
        ServiceMethod.MAIL_CALIFORNIA: "by mail to an address in California",
        ServiceMethod.MAIL_UNITED_STATES: "by mail to an address in another state",
        ServiceMethod.MAIL_ABROAD: "by mail to an address abroad",
        ServiceMethod.FAX: "by fax",
        ServiceMethod.OVERNIGHT: "by overnight delivery",
        ServiceMethod.ELECTRONIC: "electronically",
    }
)
"""How somebody was served."""

ROLES: Mapping[NoticeRole, str] = MappingProxyType(
    {
        NoticeRole.INJURED_EMPLOYEE: "injured employee",
        NoticeRole.ATTORNEY: "attorney of the employee",
        NoticeRole.DESIGNEE: "designee of the employee",
        NoticeRole.REQUESTING_PHYSICIAN: "requesting physician",
        NoticeRole.EMERGENCY_PROVIDER: "provider of emergency treatment",
        NoticeRole.CLAIMS_ADMINISTRATOR: "claims administrator",
        NoticeRole.EMPLOYER: "employer",
        NoticeRole.DEFENSE_ATTORNEY: "attorney of the claims administrator",
        NoticeRole.ADMINISTRATIVE_DIRECTOR: "Administrative Director",
    }
)
"""What a recipient is to the case."""

TRACKS: Mapping[Priority, str] = MappingProxyType(
    {
        Priority.REGULAR: "regular",
        Priority.EXPEDITED: "expedited (urgent)",
        Priority.FORMULARY: "formulary (a drug of the schedule's list)",
    }
)
"""What a kind of review is called, beside a label."""

REVIEWS: Mapping[Priority, str] = MappingProxyType(
    {
        Priority.REGULAR: "a regular review",
        Priority.EXPEDITED: "an expedited (urgent) review",
        Priority.FORMULARY: "a review of a drug on the treatment schedule's drug list",
    }
)
"""The same in a sentence."""

_UNITS: Mapping[DeadlineUnit, tuple[str, str]] = MappingProxyType(
    {
        DeadlineUnit.CALENDAR_DAYS: ("day", "days"),
        DeadlineUnit.BUSINESS_DAYS: ("working day", "working days"),
        DeadlineUnit.HOURS: ("hour", "hours"),
        DeadlineUnit.MONTHS: ("month", "months"),
    }
)


def long_day(day: date) -> str:
    """`Tuesday, March 17, 2015`."""
    return f"{_WEEKDAYS[day.weekday()]}, {plain_day(day)}"


def plain_day(day: date) -> str:
    """`March 17, 2015`."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def length(number: int, unit: DeadlineUnit) -> str:
    """`30 days`, `5 working days`, `24 hours`; `at once` where no number is set."""
    if unit not in _UNITS:
        return "at once"
    return f"{number} {_UNITS[unit][number != 1]}"


def dollars(amount: int) -> str:
    """`$5,000`."""
    return f"${amount:,}"


def reached(office: Office, *, name: bool = True) -> str:
    """Where an office is reached, in one line, with or without its name."""
    ways = [*([office.name] if name else ()), *office.address.split("\n")]
    ways += [f"fax {office.fax}"] if office.fax else []
    ways += [office.electronic] if office.electronic else []
    return ", ".join(way.strip() for way in ways if way.strip())
