"""The drug of a request, and a topic narrowed to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from openimr.evaluate.drug_of import drug_of
from openimr.evaluate.narrow import narrowed
from openimr.model.ids import CriterionId
from openimr.model.rule import Topic
from openimr.rulebook.load import topics_for
from rule_cases import formulary, read_line, rulebook

DAY = date(2015, 4, 22)


def topic_of(name: str) -> Topic:
    return topics_for(rulebook(), name, DAY)[0]


@pytest.mark.parametrize(
    ("line", "topic", "generic"),
    [
        ("Zanaflex 4mg #90", "tizanidine", "tizanidine"),
        ("Ketamine infusion, 5 days", "ketamine", "ketamine"),
        ("Botox injection 200 units for cervical dystonia", "botulinum", "onabotulinumtoxinA"),
        ("Chemodenervation of neck muscles", "botulinum", "onabotulinumtoxinA"),
        ("MRI of the lumbar spine", "ketamine", None),
    ],
)
def test_a_service_is_of_the_drug_that_it_gives(line: str, topic: str, generic: str | None) -> None:
    found = drug_of(read_line(line), topic_of(topic), formulary())
    assert (found.generic if found else None) == generic


def test_a_topic_keeps_what_speaks_to_the_drug() -> None:
    topic = topic_of("testosterone")
    for_testosterone = narrowed(topic, "testosterone cypionate")
    assert {c.id for c in for_testosterone.criteria} == {"TES-1", "TES-2", "TES-3"}
    assert dict(for_testosterone.support_requires) == {"all": ("TES-1", "TES-2")}
    assert dict(narrowed(topic, "sildenafil").support_requires) == {"all": ("TES-4", "TES-5")}


@pytest.mark.parametrize("generic", ["", "a drug that no criterion names"])
def test_a_topic_stays_whole_where_nothing_would_be_left(generic: str) -> None:
    topic = topic_of("testosterone")
    assert narrowed(topic, generic) == topic


def test_branches_left_empty_go_with_their_names() -> None:
    topic = topic_of("testosterone")
    tree = {
        "all": (
            {"not": "TES-4"},
            {"any": ("TES-1", "TES-5")},
            {"when": "strict=true", "then": {"all": ("TES-4",)}},
            {"when": "quantity=modify", "then": "TES-2"},
        )
    }
    branched = replace(
        topic, support_requires=MappingProxyType(tree), modify_when=(CriterionId("TES-4"),)
    )
    left = narrowed(branched, "testosterone topical")
    assert dict(left.support_requires) == {
        "all": ({"any": ("TES-1",)}, {"when": "quantity=modify", "then": "TES-2"})
    }
    assert left.modify_when == ()
