"""The formulary sends a drug to a topic, and the topic says that it covers it."""

from __future__ import annotations

from rule_cases import evaluate, formulary, rulebook

UNCOVERED = {
    "buspirone": "no benzodiazepine, though it is asked for anxiety",
    "hydroxyzine": "no benzodiazepine, though it is asked for anxiety",
    "nitroglycerin topical": "no guideline speaks of it",
}
"""Drugs that a topic is named for and does not judge: they go to the reviewer."""


def test_a_topic_covers_drugs_of_the_formulary() -> None:
    known = {drug.generic for drug in formulary().drugs}
    assert {name for topic in rulebook().topics for name in topic.generics} - known == set()


def test_every_drug_sent_to_a_topic_is_covered_by_it() -> None:
    covered = {topic.id: set(topic.generics) for topic in rulebook().topics if topic.generics}
    missed = {
        drug.generic
        for drug in formulary().drugs
        if drug.topic in covered and drug.generic not in covered[drug.topic]
    }
    assert missed <= set(UNCOVERED)


def test_a_drug_that_is_not_covered_goes_to_the_reviewer() -> None:
    found = evaluate({"request": {"generic": "hydroxyzine", "strength": "25 mg", "quantity": 60}})
    assert (found.suggestion, found.findings) == ("refer", ())
    assert "do not cover hydroxyzine" in found.notes[0]
