"""Exports hold every hit, whole or not at all, and run nothing in a spreadsheet."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from searchable import add_segment, item

from openimr.corpus.export import export
from openimr.corpus.query import parse
from openimr.corpus.schema import ITEM_COLUMNS
from openimr.corpus.search import Request, Search
from openimr.corpus.store import Corpus
from openimr.model.errors import UsageError

HEADING = "=HYPERLINK(1)"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    root = tmp_path_factory.mktemp("export") / "it's a corpus"
    first = [
        item("CM16-0000001", index, heading=HEADING, rationale='pain, said\n"he"', drug="-x")
        for index in (1, 2)
    ]
    given = {"decision_date": date(2016, 2, 3), "guidelines": ["@a", "b"], "quantity": -1.5}
    add_segment(root, first)
    add_segment(root, [item("CM16-0000002", 1, rationale="pain", **given), item("CM16-3", 1)])
    with Corpus.open(root, threads=1) as opened:
        yield opened


def places(corpus: Corpus, query: str) -> list[int]:
    return Search(corpus).places(Request(node=parse(query)))


def test_csv_is_safe_in_a_spreadsheet(corpus: Corpus, tmp_path: Path) -> None:
    assert export(corpus, places(corpus, "pain"), tmp_path / "hits.csv") == 3
    with (tmp_path / "hits.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(ITEM_COLUMNS)
    assert [row["item"] for row in rows] == ["CM16-0000001/1", "CM16-0000001/2", "CM16-0000002/1"]
    assert rows[0]["heading"] == "'" + HEADING
    assert rows[0]["drug"] == "'-x"
    assert rows[0]["rationale"] == 'pain, said\n"he"'
    assert (rows[2]["guidelines"], rows[2]["quantity"]) == ("'@a; b", "-1.5")
    assert rows[2]["decision_date"] == "2016-02-03"


def test_json_lines_keep_values_as_they_are(corpus: Corpus, tmp_path: Path) -> None:
    export(corpus, places(corpus, "pain"), tmp_path / "hits.jsonl")
    lines = (tmp_path / "hits.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert rows[0]["heading"] == HEADING
    assert rows[2]["guidelines"] == ["@a", "b"]
    assert rows[2]["decision_date"] == "2016-02-03"


def test_parquet_has_the_columns_of_the_corpus(corpus: Corpus, tmp_path: Path) -> None:
    export(corpus, places(corpus, "*"), tmp_path / "hits.parquet")
    with duckdb.connect() as database:
        rows = f"FROM '{tmp_path / 'hits.parquet'}'"
        columns = database.execute(f"DESCRIBE {rows}").fetchall()
        assert {name: kind for name, kind, *_ in columns} == ITEM_COLUMNS
        assert database.execute(f"SELECT count(*) {rows}").fetchone() == (4,)


def test_nothing_found_is_a_file_without_rows(corpus: Corpus, tmp_path: Path) -> None:
    assert export(corpus, places(corpus, "absent"), tmp_path / "hits.csv") == 0
    assert (tmp_path / "hits.csv").read_text().startswith("item,letter,")


def test_a_file_that_cannot_be_written_says_so(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        export(corpus, places(corpus, "pain"), tmp_path / "absent" / "hits.csv")
    with pytest.raises(UsageError, match=r"end the name in \.csv, \.jsonl, \.parquet"):
        export(corpus, [], tmp_path / "hits.xlsx")


def test_a_failed_export_leaves_the_old_file(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "hits.csv"
    target.write_text("old")

    def refused(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(UsageError, match="No space left"):
        export(corpus, places(corpus, "pain"), target)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["hits.csv"]
