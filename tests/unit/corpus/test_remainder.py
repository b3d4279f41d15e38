"""What is counted by what a query leaves out is what is counted directly; bounds hold the hits."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from searchable import Row, add_segment, item

from openimr.corpus import columns
from openimr.corpus.bounds import bounds
from openimr.corpus.counting import Counting, tally_of_all
from openimr.corpus.matching import count
from openimr.corpus.query import parse
from openimr.corpus.schema import ITEM_FACETS
from openimr.corpus.search import Search
from openimr.corpus.store import Corpus

WORDS = ("pain", "pain", "pain", "pains", "function", "opioid", "opioids", "rare", "knee")
QUERIES = (
    "pain", "pain OR function", "opioid", "NOT rare", "pain opioid", "*", "op*", '"pain function"',
    "heading:pain", "nowhere", "NOT (pain OR knee)", "pain NOT opioid", '"pain" OR knee',
)  # fmt: skip


def rows() -> Iterator[Row]:
    draw = random.Random(4)
    for number in range(300):
        yield item(
            f"CM16-{number:07}",
            heading=" ".join(draw.choices(WORDS, k=2)),
            rationale=" ".join(draw.choices(WORDS, k=5)),
            drug=f"drug-{draw.randint(0, 40)}",
            guidelines=[f"guideline-{draw.randint(0, 60)}" for _ in range(3)],
            guideline_pages=[f"MTUS p. {draw.randint(1, 60)}"],
            missing=draw.sample("abcdefg", draw.randint(0, 7)),
        )


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    root = tmp_path_factory.mktemp("corpus") / "corpus"
    add_segment(root, rows())
    with Corpus(root) as corpus:
        yield Search(corpus)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("size", [8, 1_000])
def test_the_remainder_is_the_count(
    search: Search, query: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    searcher, wanted = search._searcher, search._matcher.query(parse(query))
    direct = Counting(searcher, None).count(wanted, ITEM_FACETS, 5)
    of_all = tally_of_all(searcher)
    assert of_all
    at_least = count(searcher, wanted)
    monkeypatch.setattr(columns, "COLUMNS", [replace(each, size=size) for each in columns.COLUMNS])
    remaining = Counting(searcher, of_all).count(wanted, ITEM_FACETS, 5, at_least=at_least)
    for counts, expected in zip(remaining, direct, strict=True):
        exact = {each.value: each.count for each in expected.values}
        assert size == 8 or counts == expected
        assert all(exact.get(each.value, each.count) == each.count for each in counts.values)


@pytest.mark.parametrize("query", QUERIES)
def test_bounds_hold_the_hits(search: Search, query: str) -> None:
    node = parse(query)
    low, high = bounds(node, search._searcher)
    assert low <= count(search._searcher, search._matcher.query(node)) <= high
