"""The result of a named test: over its list, not beyond it, and in bounded time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.extract.named_tests import result_of

NAMES = ("Hawkins", "Neer", "McMurray", "Lachman", "FABER", "Gaenslen", "thigh thrust", "Tinel's")
RESULTS = {"positive": True, "+": True, "negative": False, "absent": False}


def result(text: str, name: str) -> bool | None:
    start = text.index(name)
    return result_of(text, start, start + len(name))


@given(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True),
    st.sampled_from(sorted(RESULTS)),
    st.sampled_from([" are ", " tests are ", ": ", " signs were all ", " "]),
)
def test_one_result_for_every_test_of_a_list(names: list[str], word: str, joint: str) -> None:
    text = f"{', '.join(names)}{joint}{word}."
    assert all(result(text, name) is RESULTS[word] for name in names)


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
def test_a_result_before_the_list(names: list[str]) -> None:
    text = f"Positive {' and '.join(names)} on the right"
    assert all(result(text, name) is True for name in names)


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        ("Lachman negative, McMurray positive", "Lachman", False),
        ("Lachman negative, McMurray positive", "McMurray", True),
        ("Lachman was not tested; McMurray positive", "Lachman", None),
        ("Tinel's was equivocal", "Tinel", None),
        ("He fears a positive finding. Tinel", "Tinel", None),
        ("Phalen's (+) at 30 seconds", "Phalen", True),
        ("Hoffmann 4+/5", "Hoffmann", None),
    ],
)
def test_only_what_is_tied(text: str, name: str, wanted: bool | None) -> None:
    assert result(text, name) is wanted


@given(st.text(alphabet="AaPp+-,/ ()'\u2019posneg", max_size=400))
def test_hostile_text_is_read(text: str) -> None:
    assert result_of(f"Tinel{text}", 0, 5) in {True, False, None}


@pytest.mark.parametrize("part", ["On ", "A-", "And and ", "(((", "right left ", "Neer, "])
def test_long_lists_take_no_long_time(part: str) -> None:
    text = part * 3000 + "Tinel" + part * 3000
    began = time.perf_counter()
    result_of(text, 3000 * len(part), 3000 * len(part) + 5)
    assert time.perf_counter() - began < 0.5
