"""Drugs that rule files name are rows of the formulary, by the name of the row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from openimr.model.rule import Topic
from rule_cases import formulary, rulebook

KNOWN = {drug.generic for drug in formulary().drugs}
TOPICS = [topic for topic in rulebook().topics if topic.generics]


def named(topic: Topic) -> Iterator[str]:
    """Every drug that a topic names, for itself or in the parameters of a test."""
    yield from topic.generics
    for criterion in topic.criteria:
        yield from criterion.drugs
        ceilings = criterion.test.parameters.get("at_most_by_drug")
        yield from ceilings if isinstance(ceilings, Mapping) else ()
        generics = criterion.test.parameters.get("generics", ())
        yield from generics if isinstance(generics, tuple | list) else ()


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: f"{topic.id} {topic.edition}")
def test_a_topic_names_rows_of_the_formulary(topic: Topic) -> None:
    assert set(named(topic)) - KNOWN == set()


def test_a_row_holds_no_strength_in_its_name() -> None:
    assert [name for name in sorted(KNOWN) if "%" in name or "compounded" in name] == []
