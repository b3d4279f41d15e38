"""Holidays by rule against a list written by hand, and that list against a library."""

from datetime import date, timedelta

import holidays
import pytest
import second_method

from openimr.model.calendar import Calendar
from openimr.rulebook.clock_rules import load_clock_rules

RULES = load_clock_rules()
STATE = RULES.calendars["ca-state"]
YEARS = range(2013, 2031)


def kept(calendar: Calendar, first: date, last: date) -> dict[date, str]:
    span = (first + timedelta(days=place) for place in range((last - first).days + 1))
    return {day: calendar.holiday(day) for day in span if calendar.holiday(day)}


OURS = kept(STATE, date(2013, 1, 1), date(2030, 12, 31))

NOT_ON_THE_STATE_LIST = {
    "Susan B. Anthony Day": "a day of observance (Gov. Code 6700), no closure",
    "Diwali": "a holiday of Gov. Code 6700 from 2026, not listed by CalHR",
    "Juneteenth National Independence Day": "federal; whether CalHR lists it is not verified",
    "Juneteenth National Independence Day (observed)": "as above",
    "Independence Day (observed)": "federal offices close on the Friday before a Saturday",
    "Christmas Day (observed)": "as above",
    "New Year's Day (observed)": "as above",
}
"""What the library has and the state's list has not, and why."""


def test_the_rules_give_the_list_written_by_hand() -> None:
    assert set(OURS) == second_method.HOLIDAYS


def test_the_library_has_every_state_holiday_and_each_difference_has_a_reason() -> None:
    library = holidays.country_holidays("US", subdiv="CA", years=YEARS)
    assert not set(OURS) - set(library)
    # Its own days on a Sunday or Saturday close nothing that is not closed already.
    more = {day: library[day] for day in library if day not in OURS and day.weekday() < 5}
    unexplained = {
        day: name
        for day, name in more.items()
        if not set(name.split("; ")) & set(NOT_ON_THE_STATE_LIST)
    }
    assert not unexplained
    assert {one for name in more.values() for one in name.split("; ")} == set(NOT_ON_THE_STATE_LIST)


def test_federal_holidays_are_those_of_the_library() -> None:
    library = holidays.country_holidays("US", years=YEARS)
    federal = kept(RULES.calendars["us-federal"], date(2013, 1, 1), date(2030, 12, 31))
    assert set(federal) <= set(library)
    assert {day for day in library if day.weekday() < 5} == set(federal)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2023, 11, 10), "Veterans Day"),  # the 11th is a Saturday
        (date(2018, 11, 12), "Veterans Day"),  # the 11th is a Sunday
        (date(2022, 12, 26), "Christmas Day"),  # a Sunday
        (date(2021, 12, 31), ""),  # New Year's Day of 2022 is a Saturday: not moved
        (date(2020, 7, 3), ""),  # nor is Independence Day
        (date(2025, 3, 31), "Cesar Chavez Day"),
        (date(2026, 3, 31), "Farmworkers Day"),
        (date(2026, 6, 19), ""),
    ],
)
def test_single_days(day: date, name: str) -> None:
    assert STATE.holiday(day) == name


def test_juneteenth_is_doubtful() -> None:
    assert STATE.doubtful(date(2026, 6, 19)) == "Juneteenth"
    assert STATE.holiday(date(2026, 6, 19), doubtful=True) == "Juneteenth"
    assert not STATE.doubtful(date(2019, 6, 19))


def test_the_list_of_the_government_code_is_another_one() -> None:
    code = RULES.calendars["gov-code-6700"]
    assert code.unverified
    assert code.holiday(date(2026, 2, 17)) == "Lunar New Year"
    assert code.holiday(date(2026, 9, 25)) == "Native American Day"
    assert code.holiday(date(2026, 11, 8)) == "Diwali"
    assert not code.holiday(date(2026, 11, 27))
    assert not STATE.holiday(date(2026, 9, 25))
