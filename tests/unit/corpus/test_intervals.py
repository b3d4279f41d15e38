"""Intervals, design effects and comparisons against figures worked out elsewhere or by force."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openimr.corpus.intervals import Clusters, discoveries, two_shares, wilson


@pytest.mark.parametrize(
    ("share", "n", "low", "high"),
    [
        (0.0, 10, 0.0, 0.2775),  # Newcombe 1998, table I and its neighbours
        (0.0123, 81.3, 0.0022, 0.0667),
        (81 / 263, 263, 0.2553, 0.3662),
        (15 / 148, 148, 0.0624, 0.1605),
        (0 / 20, 20, 0.0, 0.1611),
        (1 / 29, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_as_published(share: float, n: float, low: float, high: float) -> None:
    found = wilson(share, n)
    assert found == pytest.approx((low, high), abs=6e-4)


@pytest.mark.parametrize("n", [20, 50, 200])
@pytest.mark.parametrize("truth", [0.03, 0.1, 0.5])
def test_wilson_covers_the_truth_about_as_often_as_it_says(n: int, truth: float) -> None:
    covered = sum(
        comb(n, k) * truth**k * (1 - truth) ** (n - k)
        for k in range(n + 1)
        if wilson(k / n, n)[0] <= truth <= wilson(k / n, n)[1]
    )
    assert 0.91 <= covered <= 0.99


@given(st.integers(1, 10**6), st.floats(0, 1))
def test_an_interval_holds_the_share_and_narrows_with_more_items(n: int, share: float) -> None:
    low, high = wilson(share, n)
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1
    wider_low, wider_high = wilson(share, n / 2)
    assert high - low <= wider_high - wider_low + 1e-12


def test_nothing_is_known_of_no_items() -> None:
    assert wilson(0.0, 0) == (0.0, 1.0)


def sums(letters: list[tuple[int, int]]) -> Clusters:
    """Of items and overturned items of each letter."""
    return Clusters(
        letters=len(letters),
        n=sum(n for n, _ in letters),
        x=sum(x for _, x in letters),
        xx=sum(x * x for _, x in letters),
        xn=sum(x * n for n, x in letters),
        nn=sum(n * n for n, _ in letters),
    )


def test_letters_of_one_item_have_no_design_effect() -> None:
    assert sums([(1, 0)] * 180 + [(1, 1)] * 20).effect() == pytest.approx(1.0, abs=0.01)


def test_letters_that_fall_whole_count_once() -> None:
    assert sums([(4, 0)] * 180 + [(4, 4)] * 20).effect() == pytest.approx(4.0, abs=0.05)


def test_few_letters_take_the_effect_of_the_whole_within_what_is_possible() -> None:
    assert sums([(2, 0)] * 5 + [(2, 2)]).effect(otherwise=1.5) == 1.5
    assert sums([(2, 0)] * 5 + [(2, 2)]).effect(otherwise=9.0) == 2.0
    assert Clusters().effect() == 1.0


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9)), min_size=100, max_size=200))
def test_a_design_effect_lies_between_one_and_whole_letters(letters: list[tuple[int, int]]) -> None:
    made = sums([(n, min(x, n)) for n, x in letters])
    assert 1.0 <= made.effect() <= made.nn / made.n + 1e-9


def test_two_shares() -> None:
    assert two_shares(0.15, 1000, 0.10, 1000) == pytest.approx(0.00072, abs=2e-4)
    assert two_shares(0.10, 1000, 0.10, 1000) == pytest.approx(1.0)
    assert two_shares(0.5, 4, 0.1, 1000) == 1.0, "too few to tell"
    assert two_shares(0.5, 0, 0.1, 1000) == 1.0


def test_discoveries_as_in_the_paper() -> None:
    """Benjamini and Hochberg 1995, section 3.2: four of fifteen hypotheses are rejected."""
    likelihoods = [
        *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
        *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
    ]
    assert discoveries(likelihoods) == [True] * 4 + [False] * 11
    assert discoveries([]) == []
