"""Due dates by a second method, which knows nothing of the code under test.

Closed days are written out by hand, days are counted one by one, summer time is a list of Sundays.
`python tests/unit/workflow/second_method.py` writes cases/deadlines.yaml again.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import yaml

CASES = Path(__file__).with_name("cases") / "deadlines.yaml"

STATE_HOLIDAYS = """
2013: 01-01 01-21 02-18 04-01 05-27 07-04 09-02 11-11 11-28 11-29 12-25
2014: 01-01 01-20 02-17 03-31 05-26 07-04 09-01 11-11 11-27 11-28 12-25
2015: 01-01 01-19 02-16 03-31 05-25 07-04 09-07 11-11 11-26 11-27 12-25
2016: 01-01 01-18 02-15 03-31 05-30 07-04 09-05 11-11 11-24 11-25 12-26
2017: 01-02 01-16 02-20 03-31 05-29 07-04 09-04 11-10 11-23 11-24 12-25
2018: 01-01 01-15 02-19 03-31 05-28 07-04 09-03 11-12 11-22 11-23 12-25
2019: 01-01 01-21 02-18 04-01 05-27 07-04 09-02 11-11 11-28 11-29 12-25
2020: 01-01 01-20 02-17 03-31 05-25 07-04 09-07 11-11 11-26 11-27 12-25
2021: 01-01 01-18 02-15 03-31 05-31 07-05 09-06 11-11 11-25 11-26 12-25
2022: 01-01 01-17 02-21 03-31 05-30 07-04 09-05 11-11 11-24 11-25 12-26
2023: 01-02 01-16 02-20 03-31 05-29 07-04 09-04 11-10 11-23 11-24 12-25
2024: 01-01 01-15 02-19 04-01 05-27 07-04 09-02 11-11 11-28 11-29 12-25
2025: 01-01 01-20 02-17 03-31 05-26 07-04 09-01 11-11 11-27 11-28 12-25
2026: 01-01 01-19 02-16 03-31 05-25 07-04 09-07 11-11 11-26 11-27 12-25
2027: 01-01 01-18 02-15 03-31 05-31 07-05 09-06 11-11 11-25 11-26 12-25
2028: 01-01 01-17 02-21 03-31 05-29 07-04 09-04 11-10 11-23 11-24 12-25
2029: 01-01 01-15 02-19 03-31 05-28 07-04 09-03 11-12 11-22 11-23 12-25
2030: 01-01 01-21 02-18 04-01 05-27 07-04 09-02 11-11 11-28 11-29 12-25
"""
HOLIDAYS = {
    date.fromisoformat(f"{line[:4]}-{day}")
    for line in STATE_HOLIDAYS.split("\n")
    for day in line[5:].split()
}
FRIDAYS_AFTER_THANKSGIVING = {
    date.fromisoformat(f"{line[:4]}-{line.split()[-2]}")
    for line in STATE_HOLIDAYS.split("\n")
    if line
}
SUMMER_TIME = """
2013-03-10 2013-11-03  2014-03-09 2014-11-02  2015-03-08 2015-11-01  2016-03-13 2016-11-06
2017-03-12 2017-11-05  2018-03-11 2018-11-04  2019-03-10 2019-11-03  2020-03-08 2020-11-01
2021-03-14 2021-11-07  2022-03-13 2022-11-06  2023-03-12 2023-11-05  2024-03-10 2024-11-03
2025-03-09 2025-11-02  2026-03-08 2026-11-01  2027-03-14 2027-11-07  2028-03-12 2028-11-05
2029-03-11 2029-11-04  2030-03-10 2030-11-03
"""
SUMMER = SUMMER_TIME.split()
"""First and last Sunday of summer time: clocks change at 10:00 and at 09:00 of Greenwich."""

# From here the law as the second method has it: length, unit, what service adds, whether it rolls.
MAIL = {"mail_ca": 5, "mail_us": 10, "mail_abroad": 20}
COURT = {"fax": 2, "overnight": 2, "electronic": 2}
APPEALS_BOARD = {**MAIL, "fax": 5, "overnight": 5, "electronic": 5}
FILING = {"calendar": MAIL, "court": COURT, "rolls": True}
PETITION = {"calendar": APPEALS_BOARD, "rolls": True}
LAW: dict[str, dict[str, Any]] = {
    "D1": {"business": 5, "fax_at_night": True},
    "D2": {"business": 5, "fax_at_night": True, "since": date(2018, 1, 1)},
    "D3": {"hours": 72},
    "D4": {"days": 30, "rolls": "asked"},
    "D5": {"business": 2},
    "D5/telling": {"hours": 24},
    "D6": {"business": 5, "fax_at_night": True},
    "D7": {"days": 10, "rolls": "unless"},
    "D7/answered": {"days": 30, "rolls": "asked"},
    "D8": {"days": 30, **FILING},
    "D9": {"days": 10, **FILING, "since": date(2018, 1, 1)},
    "D10": {"days": 30, **FILING},
    "D11": {"business": 5, "before_2014_02_12": {"days": 15, "rolls": "unless"}},
    "D12": {"days": 0},
    "D13": {"business": 1},
    "D14": {"days": 15, "rolls": "unless"},
    "D15": {"days": 12, "rolls": "unless"},
    "D16": {"hours": 24},
    "D17": {"days": 15, "rolls": "unless", "electronic": 12},
    "D17/expedited": {"hours": 24},
    "D18": {"business": 5},
    "D18/expedited": {"days": 1, "rolls": "asked"},
    "D19": {"days": 30, "rolls": "asked"},
    "D20": {"business": 5, "since": date(2018, 1, 1)},
    "D21": {"days": 3, "hours_if_timed": 72},
    "D22": {"days": 3, "rolls": "asked"},
    "D23": {"business": 5},
    "D24": {"days": 20, "rolls": "asked"},
    "D25": {"days": 30, **PETITION},
    "D26": {"days": 30, **PETITION},
    "D27": {"months": 12},
}
LISTED = """
2013-07-05 2013-11-27 2014-02-01 2014-02-14 2014-12-24 2015-02-10 2015-05-01 2015-11-25 2016-02-29
2016-12-23 2017-03-30 2017-11-09 2018-10-23 2018-11-21 2019-03-28 2019-10-30 2019-12-27 2020-03-27
2020-11-25 2021-07-02 2022-12-22 2023-11-09 2024-03-28 2025-05-23 2026-03-30 2026-11-25 2027-07-02
2028-02-29 2028-11-09 2029-01-12 2029-11-08 2030-03-29
"""
DAYS = LISTED.split()
TIMES = ["09:30", "00:00", "17:31", "23:59", "02:30", "12:00"]
SWITCHES = ["2015-10-31", "2016-03-12", "2019-11-02", "2020-03-07", "2026-10-31", "2027-03-13"]
SERVICES = [
    None,
    "personal",
    "mail_ca",
    "mail_us",
    "mail_abroad",
    "fax",
    "overnight",
    "electronic",
]
OTHER_REGIMES = [
    ("2020-11-25", "2019-12-30"),
    ("2021-11-24", "2019-10-01"),
    ("2014-03-03", "2014-02-11"),
    ("2014-05-27", "2014-01-15"),
    ("2026-11-25", "2019-12-31"),
    ("2020-01-17", "2019-12-16"),
]
"""Triggers with an older UR decision, whose rules the case keeps."""


def closed(day: date) -> bool:
    return day.weekday() > 4 or day in HOLIDAYS


def business(day: date, ur: date) -> bool:
    if ur < date(2020, 1, 1) and day in FRIDAYS_AFTER_THANKSGIVING:
        return True
    return not closed(day)


def forward(day: date, number: int, counts: Any) -> date:
    while number:
        day = day + timedelta(days=1)
        if counts(day):
            number = number - 1
    return day


def offset(moment: datetime) -> int:
    """Hours behind Greenwich, of a moment in Greenwich time."""
    for first, last in zip(SUMMER[::2], SUMMER[1::2], strict=True):
        start = datetime.fromisoformat(f"{first}T10:00+00:00")
        end = datetime.fromisoformat(f"{last}T09:00+00:00")
        if start <= moment < end:
            return 7
    return 8


def greenwich(wall: datetime) -> datetime:
    """A wall clock of California in Greenwich; the earlier of two where it reads twice."""
    for hours in (7, 8):
        moment = (wall + timedelta(hours=hours)).replace(tzinfo=timezone.utc)  # noqa: UP017
        if offset(moment) == hours:
            return moment
    raise ValueError(wall)


def after_hours(wall: datetime, hours: int) -> str:
    moment = greenwich(wall) + timedelta(hours=hours)
    behind = offset(moment)
    local = (moment - timedelta(hours=behind)).replace(tzinfo=None)
    return f"{local.isoformat()}-0{behind}:00"


def second_method(key: str, told: str, service: str | None, ur: str, roll: bool | None) -> str:
    """The due date of a trigger; `told` has a time of day for limits in hours."""
    law, decided = LAW[key], date.fromisoformat(ur)
    if "before_2014_02_12" in law and decided < date(2014, 2, 12):
        law = law["before_2014_02_12"]
    if "T" in told:
        wall = datetime.fromisoformat(told)
        if "hours" in law or "hours_if_timed" in law:
            return after_hours(wall, law.get("hours") or law["hours_if_timed"])
        day = wall.date()
        at_night = (wall.hour, wall.minute) > (17, 30)
        if at_night and service == "fax" and law.get("fax_at_night"):
            day = forward(day, 1, lambda one: business(one, decided))
    else:
        day = date.fromisoformat(told)
    if "business" in law:
        return forward(day, law["business"], lambda one: business(one, decided)).isoformat()
    if "months" in law:
        try:
            return day.replace(year=day.year + 1).isoformat()
        except ValueError:
            return day.replace(year=day.year + 1, day=28).isoformat()
    days = law.get("electronic", law["days"]) if service == "electronic" else law["days"]
    end = forward(day, days + law.get("calendar", {}).get(service, 0), lambda _: True)
    end = forward(end, law.get("court", {}).get(service, 0), lambda one: not closed(one))
    how = law.get("rolls")
    if how is True or (how == "unless" and roll is not False) or (how == "asked" and roll):
        while closed(end):
            end = end + timedelta(days=1)
    return end.isoformat()


def rows(key: str) -> list[dict[str, Any]]:
    """The table of one deadline: every year, service, both switches, older regimes."""
    law = LAW[key]
    timed = "hours" in law
    found = []
    triggers = [(day, day) for day in DAYS] + OTHER_REGIMES
    triggers += [(day, day) for day in SWITCHES] if timed else []
    for place, (day, ur) in enumerate(triggers):
        if date.fromisoformat(ur) < law.get("since", date.min):
            continue
        told = f"{day}T{TIMES[place % len(TIMES)]}" if timed else day
        service = None if timed else SERVICES[place % len(SERVICES)]
        roll = [None, True, False][place % 3]
        found.append((told, service, ur, roll))
    if law.get("fax_at_night"):
        nights = [f"{day}T{time}" for day in DAYS[12:18] for time in ("17:30", "17:31", "23:00")]
        found += [(told, "fax", told[:10], None) for told in nights if told[:10] >= "2018"]
    if "hours_if_timed" in law:
        found += [(f"{day}T{TIMES[2]}", None, day, None) for day in SWITCHES]
    keys = ("trigger", "service", "ur_decision", "roll", "due")
    return [dict(zip(keys, (*case, second_method(key, *case)), strict=True)) for case in found]


def table() -> str:
    """The whole file."""
    head = "# Written by second_method.py, which does not use the code under test.\n"
    cases = {key: rows(key) for key in LAW}
    body = "".join(
        f"{key}:\n"
        + "".join(
            f"  - {yaml.safe_dump(row, default_flow_style=True, width=300, sort_keys=False)}"
            for row in listed
        )
        for key, listed in cases.items()
    )
    return head + body


if __name__ == "__main__":
    CASES.parent.mkdir(exist_ok=True)
    CASES.write_text(table(), encoding="utf-8")
