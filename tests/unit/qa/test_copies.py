"""The letter a text is copied from is the one that comparing with each would find."""

from __future__ import annotations

import random

import pytest
from test_checks import item, letter

from openimr.qa.checks.copied import share
from openimr.qa.copies import Copies
from openimr.qa.letter import CheckedLetter


def letters(count: int, seed: int) -> list[CheckedLetter]:
    dice = random.Random(seed)
    vocabulary = [f"word{number}" for number in range(300)]
    sentences = [" ".join(dice.choices(vocabulary, k=12)) for _ in range(40)]

    def rationale() -> str:
        words = " ".join(dice.choices(sentences, k=dice.randint(1, 5))).split()
        for _ in range(dice.randint(0, 3)):
            words[dice.randrange(len(words))] = dice.choice(vocabulary)
        return " ".join(words)

    return [
        letter(*(item("Soma 350mg #60", rationale()) for _ in range(dice.randint(1, 2))))
        for _ in range(count)
    ]


@pytest.mark.parametrize("at_least", [0.5, 0.6, 0.9, 0.95])
def test_the_best_is_that_of_brute_force(at_least: float) -> None:
    several = letters(80, seed=4)
    copies = Copies(several)
    found = 0
    for one in several:
        for asked in one.items:
            best = max(
                share(asked.rationale, told.rationale)
                for other in several
                if other is not one
                for told in other.items
            )
            copy = copies.best(asked.rationale, one, at_least)
            assert (copy.share if copy else 0.0) == (best if best >= at_least else 0.0)
            found += copy is not None
    assert found


def test_a_letter_alone_is_no_copy_of_itself() -> None:
    (alone,) = letters(1, seed=1)
    copies = Copies([alone])
    assert all(copies.best(one.rationale, alone, 0.1) is None for one in alone.items)
