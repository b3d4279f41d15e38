"""Facets that are split in frequent and rare values: what is counted is what reading counts."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from searchable import Row, add_segment, item, matches, passes, values

from openimr.corpus import frequent
from openimr.corpus.columns import COLUMNS, OTHERS, RARE, set_apart
from openimr.corpus.counting import FacetCounts, ValueCount
from openimr.corpus.frequent import frequent_values
from openimr.corpus.index import update
from openimr.corpus.index_state import IndexState
from openimr.corpus.query import parse
from openimr.corpus.schema import ITEM_FACETS
from openimr.corpus.search import Request, Search
from openimr.corpus.store import Corpus

DOSES = ("5 mg", "10 mg", "20 mg", "40 mg", "1 %", "")
GUIDELINES = ("MTUS", "ODG", "ACOEM", "Smith", "Roe", "Doe")

dose = st.sampled_from(("5 mg",) * 10 + DOSES)
guidelines = st.lists(st.sampled_from(("MTUS",) * 6 + GUIDELINES), max_size=4, unique=True)
lists = st.dictionaries(guidelines.map(lambda names: tuple(sorted(names))), st.integers(1, 9))


def _different(of: Iterable[tuple[str, ...]], chosen: frozenset[str]) -> int:
    return len({frozenset(v if v in chosen else OTHERS for v in values) for values in of})


@given(lists, st.integers(1, 12))
def test_the_most_frequent_are_chosen_and_no_more_than_fit(
    of: dict[tuple[str, ...], int], most: int
) -> None:
    chosen = frequent_values(of, most)
    items: Counter[str] = Counter()
    for names, number in of.items():
        items.update(dict.fromkeys(names, number))
    rare = items.keys() - chosen
    assert _different(of, chosen) <= max(most, _different(of, frozenset()))
    assert all(items[value] >= items[other] for value in chosen for other in rare)
    if rare:
        one_more = min(rare, key=lambda value: (-items[value], value))
        assert _different(of, chosen | {one_more}) > most


@given(guidelines, st.sampled_from(DOSES), st.sets(st.sampled_from(GUIDELINES)))
def test_no_value_is_lost_or_twice(names: list[str], dose: str, chosen: set[str]) -> None:
    apart = set_apart(
        {"guideline": names, "dose": [dose]},
        {"guideline": frozenset(chosen), "dose": frozenset(DOSES)},
    )
    both = [*apart["guideline"], *apart[RARE["guideline"]]]
    assert sorted(value for value in both if value != OTHERS) == sorted(names)
    assert (OTHERS in both) == (not set(names) <= chosen)
    assert (apart["dose"], apart[RARE["dose"]]) == ([dose], [])


def test_what_is_read_together_fits() -> None:
    """Tantivy gives 65,000 values for the columns of one question."""
    rare = {f"column_{name}" for name in RARE.values()}
    for together in (rare, {column.name for column in COLUMNS} - rare):
        assert sum(column.size for column in COLUMNS if column.name in together) < 65_000
    assert all(column.size > frequent.MOST for column in COLUMNS if column.name[7:] in RARE)


@st.composite
def segments(draw: st.DrawFn) -> list[list[Row]]:
    """Segments of a corpus; a letter that comes again replaces the one before."""
    made: list[list[Row]] = []
    for _ in range(draw(st.integers(1, 3))):
        numbers = draw(st.lists(st.integers(0, 30), min_size=1, max_size=20, unique=True))
        made.append(
            [
                item(
                    f"CM16-{number:07}",
                    heading=draw(st.sampled_from(["pain", "pain", "pain knee", "knee"])),
                    drug=draw(st.sampled_from(["tramadol", "norco"])),
                    dose=draw(dose),
                    guidelines=draw(guidelines),
                )
                for number in numbers
            ]
        )
    return made


def _in_order(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _expected(facet: str, rows: list[Row], top: int, chosen: tuple[str, ...]) -> FacetCounts:
    counts = Counter(value for row in rows for value in values(facet, row) - {""})
    shown = dict(_in_order(counts)[:top]) | {value: counts[value] for value in chosen[:top]}
    ordered = (ValueCount(value, number, value in chosen) for value, number in _in_order(shown))
    return FacetCounts(facet, tuple(ordered))


filters = st.fixed_dictionaries(
    {},
    optional={
        "dose": st.lists(st.sampled_from(DOSES[:5]), min_size=1, max_size=2, unique=True),
        "guideline": st.lists(st.sampled_from(GUIDELINES), min_size=1, max_size=2, unique=True),
        "drug": st.just(["tramadol"]),
    },
)
requests = st.lists(
    st.tuples(st.sampled_from(["*", "pain", "knee", "NOT knee"]), filters, st.integers(1, 6)),
    min_size=4,
    max_size=8,
)


def _check(root: Path, rows: list[Row], text: str, wanted: dict[str, list[str]], top: int) -> None:
    node = parse(text)
    known = {
        facet: tuple(v for v in names if any(v in values(facet, row) for row in rows))
        for facet, names in wanted.items()
    }
    asked = {facet: names for facet, names in known.items() if names}
    with Corpus.open(root, threads=1) as corpus:
        found = Search(corpus).run(Request(node=node, filters=asked, limit=0, top=top))
    matching = [row for row in rows if matches(node, row)]
    for counts in found.facets:
        narrowed = [row for row in matching if passes(asked, row, leaving_out=counts.facet)]
        assert counts == _expected(counts.facet, narrowed, top, asked.get(counts.facet, ()))
    assert [counts.facet for counts in found.facets] == list(ITEM_FACETS)


def test_a_rare_value_that_is_chosen_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frequent, "MOST", 2)
    doses = ["5 mg"] * 20 + ["7 mg", "8 mg", "9 mg"]
    rows = [item(f"CM16-{at:07}", heading="pain", dose=dose) for at, dose in enumerate(doses)]
    add_segment(tmp_path / "corpus", rows)
    _check(tmp_path / "corpus", rows, "pain", {"dose": ["7 mg"]}, 1)
    _check(tmp_path / "corpus", rows, "pain", {"dose": ["9 mg", "5 mg"]}, 2)


def test_values_are_chosen_anew_where_the_corpus_has_outgrown_them(tmp_path: Path) -> None:
    root, rows = tmp_path / "corpus", list[Row]()
    for letters, chosen in [(1, {"1 mg"}), (9, {"1 mg"}), (1, {"1 mg", "9 mg"})]:
        new = [item(f"CM16-{len(rows) + at:07}", dose=f"{letters} mg") for at in range(letters)]
        add_segment(root, new)
        rows += new
        _check(root, rows, "*", {"dose": ["9 mg"]}, 1)
        state = IndexState.read(root / "index" / (root / "index/CURRENT").read_text().strip())
        assert state
        assert state.frequent["dose"] == chosen


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(segments(), st.integers(1, 5), requests)
def test_counts_are_what_reading_counts(
    parts: list[list[Row]], most: int, asked: list[tuple[str, dict[str, list[str]], int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(frequent, "MOST", most)
        root, letters = Path(folder) / "corpus", dict[str, Row]()
        for part in parts:
            add_segment(root, part)
            letters |= {row["letter"]: row for row in part}
            with Corpus.open(root, threads=1) as corpus:
                update(corpus)
            _check(root, list(letters.values()), *asked[0])
        for text, wanted, top in asked:
            _check(root, list(letters.values()), text, wanted, top)
