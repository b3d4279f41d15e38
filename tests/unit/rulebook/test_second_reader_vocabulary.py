"""What a second reader may point at: concepts of the lexicon, and none that grammar reads."""

import pytest

from openimr.model.errors import RulebookInvalid
from openimr.rulebook.lexicon import load_lexicon
from openimr.rulebook.second_reader import NEVER, parse_second_reader_vocabulary

LEXICON = load_lexicon()
GOOD = """
muscle_spasm:
  label: spasm of muscles
  says:
    spasm:
      value: {kind: spasm}
      needs: medicine
      phrases: ["ropy"]
"""


def test_it_leans_on_the_lexicons_word_lists() -> None:
    loose = parse_second_reader_vocabulary(GOOD, LEXICON)
    assert [concept.label for concept in loose.concepts.values()] == ["spasm of muscles"]
    assert loose.lists == LEXICON.lists


def test_all_problems_are_told_with_their_place() -> None:
    text = "verdict: {label: a verdict}\n" + "".join(f"{name}: {{label: x}}\n" for name in NEVER)
    with pytest.raises(RulebookInvalid) as caught:
        parse_second_reader_vocabulary(text, LEXICON)
    assert len(caught.value.problems) == 1 + len(NEVER)
    assert all(
        problem.startswith("second_reader/concepts-loose.yaml: ")
        for problem in caught.value.problems
    )


def test_a_saying_that_cannot_be_used_is_told_as_in_the_lexicon() -> None:
    with pytest.raises(RulebookInvalid, match=r"second_reader/concepts-loose\.yaml"):
        parse_second_reader_vocabulary(GOOD.replace("medicine", "no_such_list"), LEXICON)
