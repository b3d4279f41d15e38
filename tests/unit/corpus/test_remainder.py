"""What is counted by what a query leaves out is what is counted directly; bounds hold the hits."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from searchable import Row, add_segment, item

from openimr.corpus import remainder
from openimr.corpus.bounds import bounds
from openimr.corpus.counting import count
from openimr.corpus.matching import count as count_hits
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
@pytest.mark.parametrize("looked_at", [1, 3, 1_000])
def test_the_remainder_is_the_count(
    search: Search, query: str, looked_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remainder, "_LOOKED_AT", looked_at)
    monkeypatch.setattr(remainder, "_MORE", 0)
    wanted = search._matcher.query(parse(query))
    direct = count(search._searcher, wanted, ITEM_FACETS, 5, {})
    assert remainder.Remainder(search._searcher).count(wanted, ITEM_FACETS, 5) == direct


@pytest.mark.parametrize("query", QUERIES)
def test_bounds_hold_the_hits(search: Search, query: str) -> None:
    node = parse(query)
    low, high = bounds(node, search._searcher)
    assert low <= count_hits(search._searcher, search._matcher.query(node)) <= high
