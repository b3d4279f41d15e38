"""Forged cases of guideline topics: the bank of evidence, the plan, and the truth that follows."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from openimr.forging import EVERY, forge_topics, scopes_of
from openimr.model.errors import UsageError
from openimr.pipeline import Rules, load_rules
from openimr.synth.topics.bank import HELD, OPEN, statements
from openimr.synth.types import ForgedCase

TOPICS = ("esi", "gabapentin-ir", "brace-support")
_PROTOCOLS = {"opioid-ongoing", "opioid-initiation"}
"""Inherited by the opioids; nobody asks for them by themselves."""
_LONG = 6


@cache
def rules() -> Rules:
    return load_rules()


@cache
def forged(wording: str = OPEN, seed: int = 3) -> tuple[ForgedCase, ...]:
    scopes = scopes_of(TOPICS, rules())
    return tuple(forge_topics(scopes, rules(), cases=3, seed=seed, wording=wording))


def _item(case: ForgedCase) -> dict[str, Any]:
    items: Any = case.truth["items"]
    return dict(items[0])


def test_every_topic_that_can_be_asked_for_can_be_forged() -> None:
    with_criteria = {str(topic.id) for topic in rules().rulebook.topics if topic.criteria}
    assert {scope.name for scope in scopes_of([EVERY], rules())} == with_criteria - _PROTOCOLS


def test_an_unknown_topic_is_named() -> None:
    with pytest.raises(UsageError, match="no-such-topic"):
        scopes_of(["no-such-topic"], rules())


@pytest.mark.slow
def test_the_same_seed_gives_the_same_cases() -> None:
    scopes = scopes_of(TOPICS[:1], rules())
    again = tuple(forge_topics(scopes, rules(), cases=3, seed=3, wording=OPEN))
    assert again == forged()[:3]


def test_the_cases_of_a_topic_show_different_values_of_its_criteria() -> None:
    cases = [_item(case) for case in forged() if case.id.startswith("esi")]
    values = [{c["id"]: c["value"] for c in item["criteria"]} for item in cases]
    assert all(one != other for one, other in pairwise(values))
    assert len({item["expected"] for item in cases}) > 1


@pytest.mark.parametrize("wording", [OPEN, HELD])
def test_what_the_truth_quotes_stands_on_its_page(wording: str) -> None:
    for case in forged(wording):
        pages = {f"{doc.file}.txt": doc.pages for doc in case.documents}
        facts: Any = case.truth["facts"]
        assert facts
        for fact in facts:
            assert fact["quote"] in pages[fact["file"]][fact["page"] - 1]


def test_what_a_statement_decides_is_shown_by_a_passage() -> None:
    tests = {str(c.id): c.test.name for t in rules().rulebook.topics for c in t.criteria}
    for case in forged():
        for criterion in _item(case)["criteria"]:
            decided = criterion["value"] in {"met", "contradicted", "conflicting"}
            if tests[criterion["id"]] == "evidence" and decided:
                assert criterion["evidence"], (case.id, criterion)


def test_wordings_held_out_are_no_open_ones() -> None:
    for statement in statements():
        held = set(statement.wordings[HELD])
        said = {text for voice in ("full", "terse", "form") for text in statement.wordings[voice]}
        assert held, statement.id
        assert said, statement.id
        assert not held & said, statement.id


def test_statements_name_what_the_rulebook_knows() -> None:
    known = {str(concept) for concept in rules().lexicon.concepts}
    known |= {
        c for topic in rules().rulebook.topics for one in topic.criteria for c in one.concepts
    }
    for statement in statements():
        for stated in statement.stated:
            assert stated.concept in known | {"medication", "initial_trial"}, statement.id


def test_no_wording_is_a_phrase_of_the_reader() -> None:
    """The bank was written without the reader's vocabulary; long phrases in common would show."""
    phrases = {
        expression.phrase.casefold()
        for concept in rules().lexicon.concepts.values()
        for expression in concept.expressions
        if len(expression.phrase.split()) >= _LONG
    }
    for statement in statements():
        for texts in statement.wordings.values():
            assert not phrases & {text.casefold().rstrip(".") for text in texts}, statement.id
