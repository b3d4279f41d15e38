"""Every drug that a rule names is a drug of the formulary, so that no rule waits for a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from openimr.model.rule import Topic
from rule_cases import formulary, rulebook

KNOWN = {drug.generic for drug in formulary().drugs}


def named(topic: Topic) -> Iterator[str]:
    """The generics of a topic, of its criteria, and of their tests and conditions."""
    yield from topic.generics
    for criterion in topic.criteria:
        yield from criterion.drugs
        for key, value in criterion.test.parameters.items():
            if key in {"generics", "at_most_by_drug"}:
                yield from words(value)
            elif isinstance(value, tuple):
                for condition in value:
                    if isinstance(condition, Mapping):
                        yield from words(condition.get("drugs"))


def words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | Mapping):
        yield from (str(word) for word in value)


@pytest.mark.parametrize("topic", rulebook().topics, ids=lambda topic: topic.file)
def test_every_drug_named_is_known(topic: Topic) -> None:
    assert set(named(topic)) - KNOWN == set()
