from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.model.numbers import NUMBER, number
from openimr.model.sig import find_sigs, parse_sig


@pytest.mark.parametrize(
    ("text", "units", "doses", "per_day"),
    [
        ("1 po q4-6h prn, max 5/day", 1, 5, 5),
        ("1-2 tabs po q 4-6 hrs prn pain NTE 8 per day", 2, 4, 8),
        ("one tablet by mouth three times daily", 1, 3, 3),
        ("one patch every 72 hours", 1, 1 / 3, 1 / 3),
        ("Q72H", 1, 1 / 3, 1 / 3),
        ("every 8 hours", 1, 3, 3),
        ("qhs", 1, 1, 1),
        ("1 tab at bedtime daily", 1, 1, 1),
        ("BID", 1, 2, 2),
        ("b.i.d.", 1, 2, 2),
        ("bid-tid", 1, 3, 3),
        ("up to TID", 1, 3, 3),
        ("QID", 1, 4, 4),
        ("1/2 tab po bid", 0.5, 2, 1),
        ("1 1/2 tablets at bedtime", 1.5, 1, 1.5),
        ("i po bid", 1, 2, 2),
        ("1 tab Q6", 1, 4, 4),
        ("1 tab qam and 2 tabs qhs", 1.5, 2, 3),
        ("qam and qhs", 1, 2, 2),
        ("5ml PO TID x 7 days", 5, 3, 15),
        ("4/day", 1, 4, 4),
        ("five times a day", 1, 5, 5),
        ("takes four per day", 1, 4, 4),
        ("every other day", 1, 0.5, 0.5),
        ("one patch weekly", 1, 1 / 7, 1 / 7),
        ("apply 1 patch daily, 12 h on, 12 h off", 1, 1, 1),
        ("1 tab po prn, max 4/day", 1, 4, 4),
        ("up to 4 tablets daily", 1, 4, 4),
        ("1-2 qhs", 2, 1, 2),
        ("Ambien 10 qhs", 1, 1, 1),
        ("3 caps/day", 1, 3, 3),
        ("1 q wk", 1, 1 / 7, 1 / 7),
        ("two tablets with supper", 2, 1, 2),
        ("2 tabs q pm with dinner", 2, 1, 2),
        ("change every third day", 1, 1 / 3, 1 / 3),
        ("Sig: Take one (1) tablet by mouth every 8 (eight) hours as needed", 1, 3, 3),
    ],
)
def test_reads_amount_and_frequency(text: str, units: float, doses: float, per_day: float) -> None:
    sig = parse_sig(text)
    assert sig is not None
    assert sig.units_per_dose == pytest.approx(units)
    assert sig.doses_per_day == pytest.approx(doses)
    assert sig.per_day == pytest.approx(per_day)


@pytest.mark.parametrize(
    ("line", "sig_text"),
    [
        ("Norco 10-325 mg 1 tab po q6h prn pain, #120", "1 tab po q6h prn pain"),
        ("OxyContin 40mg q8h #90", "q8h"),
        ("Ibuprofen 800 mg 60 tablets, TID", "TID"),
        ("Vicodin ES 7.5/750mg TID #90 (DOS 5/7/13)", "TID"),
        ("MS Contin 60mg #90 (one po tid)", "one po tid"),
    ],
)
def test_leaves_strength_and_quantity_out(line: str, sig_text: str) -> None:
    sig = parse_sig(line)
    assert sig is not None
    assert sig.text == sig_text


@pytest.mark.parametrize(
    "text", ["", "MRI of the lumbar spine", "Norco 10/325mg #150", "#30 with 2 refills", "7 days"]
)
def test_no_directions(text: str) -> None:
    assert parse_sig(text) is None


def test_details() -> None:
    sig = parse_sig("take 600 mg by mouth TID as needed for pain x 2 weeks")
    assert sig is not None
    assert (sig.unit, sig.route, sig.prn, sig.days, sig.per_day) == ("mg", "po", True, 14, 1800)


def test_single_use_has_no_daily_frequency() -> None:
    sig = parse_sig("take 1 tab orally 1 hour before exam")
    assert sig is not None
    assert sig.doses_per_day is None


def test_a_maximum_in_grams_limits_no_tablets() -> None:
    sig = parse_sig("2 tabs q4h, max 3 grams per day")
    assert sig is not None
    assert (sig.per_day, sig.max_per_day, sig.max_unit) == (12, 3, "grams")


@given(st.text(alphabet="1234/-. qhbidtpoxmgax(),#½evrydaytwice\n", max_size=60))
def test_offsets_hold_and_nothing_raises(text: str) -> None:
    for sig in find_sigs(text):
        assert text[sig.start : sig.end] == sig.text
        assert sig.units_per_dose >= 0


def test_long_hostile_text_stays_fast() -> None:
    text = "1 po q4-6h prn max " * 400 + "12 hrs on " * 400 + "1-" * 2000
    started = time.perf_counter()
    list(find_sigs(text))
    assert time.perf_counter() - started < 3


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 1/2", 1.5),
        ("Eight (8)", 8),
        ("8 (eight)", 8),
        ("one-half", 0.5),
        ("1,200", 1200),
        ("twenty-four", 24),
        ("1½", 1.5),
        (".5", 0.5),
        ("a few", None),
        ("٣", None),
        ("", None),
    ],
)
def test_number(text: str, value: float | None) -> None:
    assert number(text) == value


@given(st.text(max_size=20))
def test_number_never_raises(text: str) -> None:
    number(text)


def test_number_pattern_has_no_groups() -> None:
    import re

    assert re.compile(NUMBER).groups == 0
