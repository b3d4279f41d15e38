"""Statistics against counts made by hand in Python over the same rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from generated import make_corpus

from openimr.corpus import stats
from openimr.corpus.ages import Ages
from openimr.corpus.schema import ITEM_FACETS
from openimr.corpus.selection import Grouping, column, condition, years
from openimr.corpus.stats import Statistics
from openimr.corpus.store import Corpus
from openimr.model.errors import UsageError

LETTERS = 600


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    root = make_corpus(tmp_path_factory.mktemp("stats") / "corpus", LETTERS, aside=3, doubles=2)
    with Corpus.open(root, threads=1) as opened:
        yield opened


@pytest.fixture(scope="module")
def rows(corpus: Corpus) -> list[dict[str, Any]]:
    found = corpus.connection.execute("SELECT * FROM items")
    names = [each[0] for each in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def values(row: dict[str, Any], facet: str) -> list[str | None]:
    value = row[column(facet)]
    if isinstance(value, list):
        return [*value] or [None]
    return [None if value is None else str(value)]


@pytest.mark.parametrize("facet", ITEM_FACETS)
def test_every_facet_counts_as_by_hand(
    corpus: Corpus, rows: list[dict[str, Any]], facet: str
) -> None:
    items: Counter[str | None] = Counter()
    overturned: Counter[str | None] = Counter()
    for row in rows:
        for value in values(row, facet):
            items[value] += 1
            overturned[value] += row["outcome"] == "Overturned"
    found = Statistics(corpus).rates(Grouping((facet,)))
    assert {rate.values[0]: rate.items for rate in found} == items
    assert {rate.values[0]: rate.overturned for rate in found} == {
        value: overturned[value] for value in items
    }


def test_two_facets_of_many_values_are_crossed(corpus: Corpus, rows: list[dict[str, Any]]) -> None:
    expected = Counter(
        (one, other)
        for row in rows
        for one in values(row, "missing")
        for other in values(row, "body_part")
    )
    found = Statistics(corpus).rates(Grouping(("missing", "body_part")))
    assert {rate.values: rate.items for rate in found} == expected


def test_over_quarters_in_order_and_the_undated_last(
    corpus: Corpus, rows: list[dict[str, Any]]
) -> None:
    found = Statistics(corpus).rates(Grouping((), "quarter"))
    periods = [rate.values[0] for rate in found]
    assert periods[-1] is None
    assert periods[:-1] == sorted(period for period in periods if period)
    days = [row["decision_date"] for row in rows]
    expected = Counter(f"{day.year}-Q{(day.month + 2) // 3}" for day in days if day)
    assert {rate.values[0]: rate.items for rate in found[:-1]} == expected


def test_filters_narrow_and_alternatives_widen(corpus: Corpus, rows: list[dict[str, Any]]) -> None:
    filters = {"body_part": ("KNEE", "cerv*"), "year": ("2014-2016", "2018"), "topic": ("topic-*",)}
    expected = [
        row
        for row in rows
        if any(part == "knee" or part.startswith("cerv") for part in row["body_parts"])
        and row["year"] in (2014, 2015, 2016, 2018)
        and row["topic"]
    ]
    whole = Statistics(corpus, filters).whole()
    assert whole.items == len(expected)
    assert whole.overturned == sum(row["outcome"] == "Overturned" for row in expected)


def test_a_value_is_never_sql(corpus: Corpus) -> None:
    nasty = ("'; DROP VIEW items; --", '") OR true --', "%", "$year")
    assert Statistics(corpus, {"drug": nasty, "missing": nasty}).whole().items == 0
    with pytest.raises(UsageError):
        Grouping(("drug; DROP VIEW items",))
    with pytest.raises(UsageError):
        condition({"1=1": ("x",)})
    with pytest.raises(UsageError):
        Grouping(("drug", "drug"))


def test_what_is_said_to_be_missing(corpus: Corpus, rows: list[dict[str, Any]]) -> None:
    found = {each.element: each for each in Statistics(corpus).elements()}
    said = [row for row in rows if "pain_relief" in row["missing"]]
    element = found["pain_relief"]
    assert element.missing.items == len(said)
    assert element.missing.items + element.otherwise.items == len(rows)
    assert element.otherwise.overturned == sum(
        row["outcome"] == "Overturned" for row in rows if "pain_relief" not in row["missing"]
    )
    assert found["symptoms"].present.items == sum("symptoms" in row["present"] for row in rows)
    assert found["symptoms"].missing.items == 0


def test_the_basis_names_what_is_not_counted(corpus: Corpus, rows: list[dict[str, Any]]) -> None:
    basis = Statistics(corpus).basis()
    assert (basis.letters_kept, basis.set_aside, basis.doubles) == (LETTERS, 3, 2)
    assert basis.share_aside == pytest.approx(3 / (LETTERS + 3))
    assert basis.items == len(rows)
    assert basis.items - basis.dated == sum(row["decision_date"] is None for row in rows)


def test_a_sample_of_segments_gives_nearly_the_same_intervals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Corpus.open(make_corpus(tmp_path / "corpus", 9_000, segment=1_000), threads=1) as opened:
        grouping = Grouping(("category",))
        every = Statistics(opened).rates(grouping)
        monkeypatch.setattr(stats, "_SAMPLE", 3_000)
        sampled = Statistics(opened).rates(grouping)
        few = Statistics(opened, {"topic": ("topic-1",)}).rates(grouping)
        monkeypatch.setattr(stats, "_SAMPLE", 10**9)
        assert few == Statistics(opened, {"topic": ("topic-1",)}).rates(grouping)
    for one, other in zip(every, sampled, strict=True):
        assert (one.items, one.overturned) == (other.items, other.overturned)
        assert one.low == pytest.approx(other.low, abs=0.01)


def test_ages_by_year_and_week(corpus: Corpus) -> None:
    ages = Ages(corpus)
    (whole,) = [age for age in ages.by_year() if age.whole and age.since == "assignment"]
    days = sorted(
        (decided - assigned).days
        for decided, assigned in corpus.connection.execute(
            "SELECT decision_date, date_assigned FROM letters WHERE decision_date IS NOT NULL"
        ).fetchall()
    )
    assert (whole.letters, whole.stated) == (LETTERS, len(days))
    middle = len(days) // 2
    assert days[middle - 1] <= (whole.median or 0) <= days[middle]
    assert whole.longest == days[-1]
    weeks = [week for week in ages.by_week() if week.since == "assignment"]
    assert sum(week.letters for week in weeks) == len(days)
    assert all(week.first_day % 7 == 0 for week in weeks)
    narrowed = Ages(corpus, {"specialty": ("specialty 1",)}).by_year()
    assert 0 < narrowed[-1].letters < LETTERS


def test_an_empty_corpus_counts_nothing(tmp_path: Path) -> None:
    with Corpus.open(make_corpus(tmp_path / "corpus", 0), threads=1) as opened:
        statistics = Statistics(opened)
        assert statistics.whole().items == 0
        assert statistics.rates(Grouping(("drug",))) == ()
        assert statistics.elements() == ()
        assert statistics.basis().share_aside == 0
        assert [age.stated for age in Ages(opened).by_year()] == [0, 0]


def test_years() -> None:
    assert years("2015") == [2015]
    assert years("2015-2017") == [2015, 2016, 2017]
    assert years("-1991") == [1990, 1991]
    assert years("2099-") == [2099, 2100]
    for bad in ("", "-", "soon", "2015-x"):
        with pytest.raises(UsageError):
            years(bad)
