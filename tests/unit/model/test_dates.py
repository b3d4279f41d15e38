"""Dates keep the precision of the record."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.model.dates import PartialDate


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_a_whole_day_survives_the_round_trip(day: date) -> None:
    partial = PartialDate.parse(day.isoformat())
    assert partial.first_day() == partial.last_day() == day
    assert partial.isoformat() == day.isoformat()


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2014", date(2014, 1, 1), date(2014, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
    ],
)
def test_missing_parts_span_what_they_can_mean(iso: str, first: date, last: date) -> None:
    partial = PartialDate.parse(iso)
    assert (partial.first_day(), partial.last_day()) == (first, last)
    assert partial.isoformat() == iso


@pytest.mark.parametrize("text", ["", "2014-13", "14-03-02", "2014-02-30", "2014-3-2"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        PartialDate.parse(text)
