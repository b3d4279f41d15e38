"""Runs as numbers tell the same as runs as words; what is shared is counted exactly."""

from __future__ import annotations

import random
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.corpus.min_hash import BANDS, band_keys
from openimr.corpus.near_copies import SIMILAR, clusters, similarity
from openimr.corpus.run_files import RunFiles
from openimr.corpus.shared_runs import shared_runs
from openimr.corpus.word_runs import Numbers, read_runs
from openimr.model.progress import Silent
from openimr.qa.words import runs

TEXTS = st.lists(
    st.lists(st.sampled_from(["pain", "is", "not", "10/325", "mg"]), max_size=30).map(" ".join),
    max_size=6,
)


@given(TEXTS)
def test_numbers_share_what_words_share(texts: list[str]) -> None:
    numbered = read_runs(texts)
    for one, other in combinations(range(len(texts)), 2):
        both = np.intersect1d(numbered.of(one), numbered.of(other))
        assert len(both) == len(runs(texts[one]) & runs(texts[other]))
    for at, text in enumerate(texts):
        assert len(numbered.of(at)) == len(runs(text))


def letters_of(count: int, seed: int) -> list[list[str]]:
    """Letters with one to three rationales of sentences that return, some changed by a word."""
    dice = random.Random(seed)
    vocabulary = [f"word{number}" for number in range(400)]
    sentences = [" ".join(dice.choices(vocabulary, k=dice.randint(9, 16))) for _ in range(60)]

    def rationale() -> str:
        words = " ".join(dice.choices(sentences, k=dice.randint(1, 6))).split()
        if dice.random() < 0.5:
            words[dice.randrange(len(words))] = dice.choice(vocabulary)
        return " ".join(words) if dice.random() < 0.95 else "too short"

    made = [[rationale() for _ in range(dice.randint(1, 3))] for _ in range(count)]
    for _ in range(count // 5):  # near copies: the same with a word added at the end
        made.append([f"{dice.choice(dice.choice(made))} {dice.choice(vocabulary)}"])
    return made


def files_of(letters: list[list[str]]) -> RunFiles:
    numbered = read_runs([text for letter in letters for text in letter])
    owners = [at for at, letter in enumerate(letters) for _ in letter]
    return RunFiles(numbered, np.array(owners, dtype=np.int64), band_keys(numbered))


@pytest.mark.parametrize("runs_a_file", [200, 4_000_000])
def test_shared_runs_are_those_of_brute_force(tmp_path: Path, runs_a_file: int) -> None:
    letters = letters_of(120, seed=3)
    segments = [files_of(letters[:50]), files_of(letters[50:])]
    found = shared_runs(segments, tmp_path, Silent(), runs_a_file=runs_a_file)
    expected = []
    for at, letter in enumerate(letters):
        others = set().union(
            *(runs(text) for place, other in enumerate(letters) if place != at for text in other)
        )
        expected += [len(runs(text) & others) for text in letter]
    assert found.tolist() == expected
    assert sum(expected)
    assert not list(tmp_path.iterdir())


def test_a_replaced_letter_is_not_there(tmp_path: Path) -> None:
    text = " ".join(f"word{number}" for number in range(20))
    one = files_of([[text], [text], ["another text of " + text]])
    replaced = RunFiles(one.runs, np.array([0, -1, -1]), one.keys)
    assert shared_runs([one], tmp_path, Silent()).tolist() == [13, 13, 13]
    assert shared_runs([replaced], tmp_path, Silent()).tolist() == [0, 0, 0]
    assert clusters([replaced], Silent()).tolist() == [0, 1, 2]


def brute_force(texts: list[Numbers]) -> list[int]:
    """The lowest item that each is joined to, by comparing all pairs."""
    root = list(range(len(texts)))
    for one, other in combinations(range(len(texts)), 2):
        if similarity(texts[one], texts[other]) >= SIMILAR and root[one] != root[other]:
            low, high = sorted((root[one], root[other]))
            root = [low if each == high else each for each in root]
    return root


def test_clusters_are_those_of_brute_force() -> None:
    letters = letters_of(150, seed=5)
    segments = [files_of(letters[:70]), files_of(letters[70:])]
    texts = [one.runs.of(at) for one in segments for at in range(one.items)]
    found, expected = clusters(segments, Silent()).tolist(), brute_force(texts)
    joined = [at for at, lowest in enumerate(expected) if lowest != at]
    assert len(joined) >= 30
    assert sum(found[at] == expected[at] for at in joined) >= 0.97 * len(joined)
    assert all(mine >= other for mine, other in zip(found, expected, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize(("share", "low", "high"), [(0.85, 0.999, 1.0), (0.3, 0.05, 0.4)])
def test_alike_texts_meet_in_a_band(share: float, low: float, high: float) -> None:
    """The bands tell near copies from others as often as the theory says."""
    dice = random.Random(7)
    met = 0
    pairs = 400
    for _ in range(pairs):
        both = dice.sample(range(2**62), 120)
        alike = int(len(both) * share)
        rest = (len(both) - alike) // 2
        ones = np.sort(np.array(both[: alike + rest], dtype=np.uint64))
        others = np.sort(np.array(both[:alike] + both[alike + rest :], dtype=np.uint64))
        keys = [
            band_keys(type(read_runs([]))(side, np.array([0, len(side)])))
            for side in (ones, others)
        ]
        met += bool((keys[0] == keys[1]).any())
    assert low <= met / pairs <= high
    assert keys[0].shape == (BANDS, 1)
