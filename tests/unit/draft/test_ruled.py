"""A ruling is laid on the draft whole, or refused with every place that it lacks."""

import re
from dataclasses import replace
from itertools import product

import pytest

from example_case import draft
from openimr.draft.ruled import FOLLOWS, apply_ruling
from openimr.model.determination import Status
from openimr.model.errors import InputError
from openimr.model.finding import Suggestion
from openimr.model.ruling import ItemRuling, Outcome, Ruling, SentenceOverride, SuggestionOverride
from ruled_case import CREDENTIALS, ruling, signed


def test_a_signed_letter_holds_outcomes_and_says_who_decided() -> None:
    letter = signed()
    assert letter.status is Status.SIGNED
    assert [item.outcome for item in letter.items] == [one.outcome for one in ruling().items]
    assert letter.reviewer_licensure == "California"
    assert letter.reviewer_specialty == "Family Practice, Pain"
    assert any("The reviewer decided each item" in text for text in letter.how_made)
    assert not any("This is a draft" in text for text in letter.how_made)


def test_nothing_of_the_draft_s_voice_is_left() -> None:
    for item in signed().items:
        texts = [sentence.text for sentence in item.rationale]
        assert not [text for text in texts if "the physician decides" in text]
        assert "Draft based on" not in item.reviewer_guideline.text
        verdict = "is" if item.outcome is Outcome.OVERTURNED else "is not"
        assert texts[-1].endswith(f"{verdict} medically necessary.")


def test_every_sentence_still_stands_on_something() -> None:
    for item in signed().items:
        assert all(one.findings or one.facts or one.pages for one in item.rationale)


@pytest.mark.parametrize(("suggestion", "outcome"), [*product(Suggestion, Outcome)])
def test_an_outcome_that_does_not_follow_needs_a_reason(
    suggestion: Suggestion, outcome: Outcome
) -> None:
    plain = draft()
    first = plain.items[0]
    weighed = replace(first, evaluation=replace(first.evaluation, suggestion=suggestion))
    case = replace(plain, items=(weighed, *plain.items[1:]))
    rest = ruling().items[1:]
    bare = Ruling(items=(ItemRuling(item=1, outcome=outcome), *rest))
    told = Ruling(items=(ItemRuling(item=1, outcome=outcome, reason="I examined it."), *rest))
    assert apply_ruling(case, told, CREDENTIALS).items[0].outcome is outcome
    if FOLLOWS.get(suggestion) is outcome:
        assert apply_ruling(case, bare, CREDENTIALS).items[0].outcome is outcome
    else:
        with pytest.raises(InputError, match=r"item 1 is \w+ without a reason"):
            apply_ruling(case, bare, CREDENTIALS)


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        (Ruling(items=()), "item 1 has no outcome; item 2 has no outcome"),
        (ruling(items=(*ruling().items, ruling().items[0])), "item 1 has 2 outcomes"),
        (
            ruling(items=(*ruling().items, ItemRuling(item=9, outcome=Outcome.UPHELD))),
            "there is no item 9",
        ),
        (
            ruling(sentences=(SentenceOverride(item=1, number=999, text="x", reason="y"),)),
            "item 1, sentence 999: there is no such sentence",
        ),
        (
            ruling(sentences=(SentenceOverride(item=1, number=1, text=" ", reason="y"),)),
            "item 1, sentence 1: its words are empty",
        ),
        (
            ruling(sentences=(SentenceOverride(item=1, number=1, text="x", reason=" "),)),
            "item 1 overrules without a reason",
        ),
        (
            ruling(
                suggestions=(SuggestionOverride(item=7, suggestion=Suggestion.REFER, reason="z"),)
            ),
            "there is no item 7",
        ),
    ],
)
def test_what_a_ruling_lacks_is_named(broken: Ruling, named: str) -> None:
    with pytest.raises(InputError, match=re.escape(named)) as refused:
        apply_ruling(draft(), broken, CREDENTIALS)
    assert "nothing was written" in refused.value.message


def test_a_sentence_of_the_reviewer_keeps_its_pages_and_what_it_replaced() -> None:
    override = SentenceOverride(item=1, number=2, text="UR denied it", reason="shorter")
    before = draft().items[0].rationale[1]
    after = signed(sentences=(override,)).items[0].rationale[1]
    assert after.text == "UR denied it."
    assert after.overruled == before.text
    assert (after.pages, after.facts, after.findings) == (
        before.pages,
        before.facts,
        before.findings,
    )
