"""A reviewer's file of challenges: what is read, and what is refused with its line."""

from __future__ import annotations

import pytest

from openimr.model.errors import InputError
from openimr.model.study import Bias, Question, Side
from openimr.rulebook.authorities import load_authorities
from openimr.rulebook.challenges import read_challenges

GOOD = """\
challenges:
  - item: 1
    question: treatment
    stated: RFA, p. 2
    studies:
      - {citation: Doe 2014, design: randomized_trial, bias: low, applicable: true, why: fits, for: request}
"""  # noqa: E501
METHODOLOGIES = load_authorities().methodologies


def test_a_challenge_is_read() -> None:
    (one,) = read_challenges(GOOD, "c.yaml", METHODOLOGIES)
    assert (one.item, one.question, one.stated) == (1, Question.TREATMENT, "RFA, p. 2")
    (study,) = one.studies
    assert (study.design, study.bias, study.speaks_for) == (
        "randomized_trial",
        Bias.LOW,
        Side.REQUEST,
    )


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("item: 1", "item: first", "`first` is no item"),
        ("item: 1", "item: 0", "`0` is no item"),
        ("question: treatment", "question: cost", "`cost` is not allowed here"),
        ("design: randomized_trial", "design: rumor", "unknown design `rumor`"),
        ("bias: low, ", "", "`bias` is missing"),
        ("applicable: true", "applicable: perhaps", "`applicable` is not true or false"),
        ("for: request", "for: nobody", "`nobody` is not allowed here"),
        ("challenges:", "challenge:", "unknown key `challenge`"),
    ],
)
def test_a_mistake_is_named_with_its_line(one: str, other: str, told: str) -> None:
    assert one in GOOD
    with pytest.raises(InputError) as raised:
        read_challenges(GOOD.replace(one, other, 1), "c.yaml", METHODOLOGIES)
    assert told in raised.value.why
    assert "c.yaml:" in raised.value.why


def test_an_item_is_challenged_once() -> None:
    twice = GOOD + GOOD.removeprefix("challenges:\n")
    with pytest.raises(InputError) as raised:
        read_challenges(twice, "c.yaml", METHODOLOGIES)
    assert "item 1 is challenged twice" in raised.value.why
