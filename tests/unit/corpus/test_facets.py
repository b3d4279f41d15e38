"""Values of facets: runs of pages, values as people write them, counts when there are many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from searchable import add_segment, item

from openimr.corpus import columns
from openimr.corpus.counting import FacetCounts
from openimr.corpus.query import parse
from openimr.corpus.runs import runs, spelled_out
from openimr.corpus.search import Request, Result, Search
from openimr.corpus.store import Corpus
from openimr.model.errors import UsageError

pages = st.builds("{} p. {}".format, st.sampled_from(["MTUS", "ODG p. 3"]), st.integers(0, 40))


@given(st.lists(pages | st.sampled_from(["MTUS", "p. 07", " p. 5", "x p. 9999999"])))
def test_runs_hold_each_page_once(given_pages: list[str]) -> None:
    spelled = [page for run in runs(given_pages) for page in spelled_out(run)]
    assert sorted(spelled) == sorted(set(given_pages))


def test_a_run_without_end_is_left_as_it_is() -> None:
    assert spelled_out("MTUS p. 1-999999") == ("MTUS p. 1-999999",)
    assert spelled_out("MTUS p. 9-7") == ("MTUS p. 9-7",)


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    root = tmp_path_factory.mktemp("facets") / "corpus"
    rows = [
        item(
            f"CM16-{number:07}",
            1,
            heading="norco",
            drug="tramadol" if number % 2 else "hydrocodone/acetaminophen",
            decision_date=date(2013 + number % 5, 1, 1),
            guidelines=[f"guideline {number % 40:02}", f"guideline {number * 7 % 40:02}", "MTUS"],
            guideline_pages=["MTUS p. 78", "MTUS p. 79", f"MTUS p. {100 + number}"],
        )
        for number in range(60)
    ]
    add_segment(root, rows)
    with Corpus.open(root, threads=1) as corpus:
        yield Search(corpus)


def run(search: Search, **filters: tuple[str, ...]) -> Result:
    return search.run(Request(node=parse("norco"), filters=filters, top=5))


def counts(result: Result, facet: str) -> FacetCounts:
    return next(each for each in result.facets if each.facet == facet)


@pytest.mark.parametrize(
    ("facet", "value", "total"),
    [
        ("drug", "TRAMADOL ", 30),
        ("drug", "hydro*", 30),
        ("drug", "*", 60),
        ("year", "2014", 12),
        ("year", "2014-2015", 24),
        ("year", "2016-", 24),
        ("year", "-2013", 12),
        ("year", "1990-1995", 0),
        ("guideline_page", "mtus p. 79", 60),
    ],
)
def test_values_are_found_as_people_write_them(
    search: Search, facet: str, value: str, total: int
) -> None:
    assert run(search, **{facet: (value,)}).total == total


def test_a_value_that_is_not_there_brings_the_nearest(search: Search) -> None:
    result = run(search, drug=("tramadl",))
    assert (result.total, result.hits) == (0, ())
    assert [each.count for each in counts(result, "drug").values] == [30, 30]
    (unknown,) = result.unknown
    assert (unknown.facet, unknown.value, unknown.nearest[0]) == ("drug", "tramadl", "tramadol")


def test_one_unknown_value_beside_a_known_one_does_not_empty_the_result(search: Search) -> None:
    result = run(search, drug=("tramadl", "tramadol"))
    assert result.total == 30
    assert [each.value for each in result.unknown] == ["tramadl"]


@pytest.mark.parametrize("value", ["20x-2015", "-", "2014-2015-2016"])
def test_a_year_that_is_none_is_refused(search: Search, value: str) -> None:
    with pytest.raises(UsageError, match="no year"):
        run(search, year=(value,))


def test_pages_of_runs_are_counted_one_by_one(search: Search) -> None:
    shown = {each.value: each.count for each in counts(run(search), "guideline_page").values}
    assert shown["MTUS p. 78"] == shown["MTUS p. 79"] == 60


def test_chosen_values_are_shown_however_rare(search: Search) -> None:
    result = run(search, guideline=("guideline 39", "MTUS"))
    chosen = {each.value: each.count for each in counts(result, "guideline").values if each.chosen}
    assert chosen["MTUS"] == 60
    assert 0 < chosen["guideline 39"] < 4


def test_counts_stay_exact_where_columns_are_cut_short(
    search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = counts(run(search), "guideline")
    short_columns = tuple(replace(column, size=8) for column in columns.COLUMNS)
    monkeypatch.setattr(columns, "COLUMNS", short_columns)
    short = counts(run(search), "guideline")
    all_counts = {f"guideline {n:02}": 0 for n in range(40)} | {"MTUS": 60}
    for number in range(60):
        for name in {f"guideline {number % 40:02}", f"guideline {number * 7 % 40:02}"}:
            all_counts[name] += 1
    assert len(short.values) == len(whole.values)
    for shown in (*whole.values, *short.values):
        assert shown.count == all_counts[shown.value]
