"""The index finds and counts what a search word by word finds and counts."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from searchable import Row, add_segment, item, matches, passes, values

from openimr.corpus.indexed import place
from openimr.corpus.query import FIELDS, parse
from openimr.corpus.schema import ITEM_FACETS
from openimr.corpus.search import Request, Search, Sort
from openimr.corpus.store import Corpus

SENTENCE = """documented documentation document deny denied denial dying die the of pain function
functional functionally improvement improved Norco 10/325mg 10/325 mg L4-5 L4-L5 M54.5
non-steroidal nonsteroidal naïve naive worker's early ugly skies 5mcg/hr #60 8/10 x3"""
TEXT = SENTENCE.split()
PAGES = ["MTUS p. 7", "MTUS p. 8", "MTUS p. 9", "MTUS p. 11", "ODG p. 8", "ODG, Low Back"]
PARTS = ["lumbar spine", "cervical spine", "knee", "hip", "wrist", "neck"]


def _rows(seed: int, letters: int) -> Iterator[Row]:
    r = random.Random(seed)

    def text(most: int) -> str:
        return " ".join(r.choices(TEXT, k=r.randint(0, most)))

    for number in range(letters):
        of_letter = {
            "summary": text(12),
            "specialty": r.sample(["Pain", "Surgery", "Neurology"], r.randint(0, 3)),
            "licence_state": r.sample(["Ohio", "Texas", "Nevada"], r.randint(0, 3)),
            "decision_date": r.choice([None, date(r.randint(2013, 2018), 5, 6)]),
        }
        for index in range(1, r.randint(2, 4)):
            yield item(
                f"CM16-{seed:03}{number:04}",
                index,
                heading=text(3),
                rationale=text(20),
                claims_guideline=text(3),
                reviewer_guideline=text(3),
                outcome=r.choice(["Upheld", "Overturned"]),
                drug=r.choice([None, "tramadol", "a/b", ""]),
                drug_class=r.choice([None, "opioid"]),
                kind=r.choice(["drug", "imaging"]),
                topic=f"topic-{r.randint(0, 30)}",
                body_parts=r.sample(PARTS, r.randint(0, 6)),
                guidelines=r.sample(["MTUS", "ODG", "ACOEM", "x", "y", "z"], r.randint(0, 6)),
                guideline_pages=r.sample(PAGES, r.randint(0, 6)),
                missing=r.sample(["a", "b", "c", "d", "e", "f"], r.randint(0, 6)),
                **of_letter,
            )


class Segments(dict[int, list[Row]]):
    """Rows by segment; said in a word, since hypothesis says every argument."""

    def __repr__(self) -> str:
        return "segments"

    @property
    def rows(self) -> list[Row]:
        return [row for rows in self.values() for row in rows]


@pytest.fixture(scope="module")
def segments() -> Segments:
    return Segments({1: list(_rows(1, 40)), 2: list(_rows(2, 30))})


@pytest.fixture(scope="module")
def search(segments: Segments, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    root: Path = tmp_path_factory.mktemp("corpus")
    for number, rows in segments.items():
        assert add_segment(root, rows) == number
    with Corpus.open(root, threads=1) as corpus:
        yield Search(corpus)


word = st.sampled_from([*TEXT, "absent", "DOCUMENTS", "norco", "#", "é"])
phrase = st.lists(word, min_size=1, max_size=3).map(lambda parts: f'"{" ".join(parts)}"')
beginning = st.sampled_from(["do*", "func*", "impro*", "10*", "na*", "zz*", "L4*", "sk*"])
leaf = st.one_of(word, phrase, beginning)
field = st.sampled_from([f"{name}:" for name in FIELDS])
query = st.recursive(
    st.one_of(leaf, st.tuples(field, leaf).map("".join)),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" ", " AND ", " OR "]), inner).map("".join),
        inner.map("NOT {}".format),
        inner.map("({})".format),
    ),
    max_leaves=6,
)
filters = st.dictionaries(
    st.sampled_from(ITEM_FACETS),
    st.lists(
        st.sampled_from([*PARTS, *PAGES, "tramadol", "a/b", "Upheld", "2015", "Ohio", "a", "MTUS"]),
        min_size=1,
        max_size=2,
    ).map(tuple),
    max_size=2,
)
no_fixture_check = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@no_fixture_check
@given(query)
def test_a_query_finds_what_reading_finds(search: Search, segments: Segments, text: str) -> None:
    node = parse(text)
    assert search.places(Request(node=node)) == [
        place(number, at)
        for number, rows in segments.items()
        for at, row in enumerate(rows)
        if matches(node, row)
    ]


@settings(no_fixture_check, max_examples=60)
@given(word, filters)
def test_counts_leave_out_their_own_filter(
    search: Search, segments: Segments, text: str, wanted: dict[str, tuple[str, ...]]
) -> None:
    node = parse(text)
    found = search.run(Request(node=node, filters=wanted, limit=3, top=50))
    matching = [row for row in segments.rows if matches(node, row)]
    assert found.searched == len(segments.rows)
    assert found.total == sum(passes(wanted, row) for row in matching)
    for counts in found.facets:
        expected: Counter[str] = Counter()
        for row in matching:
            if passes(wanted, row, leaving_out=counts.facet):
                expected.update(values(counts.facet, row) - {""})
        shown = {each.value: each.count for each in counts.values if each.count}
        assert shown == dict(expected), counts.facet


@no_fixture_check
@given(query)
def test_passages_stand_verbatim_and_each_hit_has_one(
    search: Search, segments: Segments, text: str
) -> None:
    by_item = {row["item"]: row for row in segments.rows}
    for hit in search.run(Request(node=parse(text), limit=8, top=0)).hits:
        for passage in hit.passages:
            whole = by_item[hit.item][passage.column]
            assert whole[passage.start : passage.end] == passage.text
            assert passage.marks
            for start, end in passage.marks:
                assert passage.start <= start < end <= passage.end


def test_a_word_that_is_found_is_shown(search: Search) -> None:
    for text in ("norco", "10/325", "L4-5", "M54.5", '"non steroidal"', "naive", "summary:deny"):
        found = search.run(Request(node=parse(text), limit=500, top=0))
        assert found.hits
        assert all(hit.passages for hit in found.hits), text


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_follow_each_other(search: Search, sort: Sort) -> None:
    node = parse("documented OR pain")
    whole = search.run(Request(node=node, sort=sort, limit=500, top=0, passages=0)).hits
    paged = [
        hit.item
        for offset in range(0, len(whole) + 7, 7)
        for hit in search.run(
            Request(node=node, sort=sort, limit=7, offset=offset, top=0, passages=0)
        ).hits
    ]
    assert paged == [hit.item for hit in whole]
    dates = [hit.decision_date or date.min for hit in whole]
    if sort is Sort.NEWEST:
        assert dates == sorted(dates, reverse=True)
    if sort is Sort.OLDEST:
        assert dates == sorted(dates)
