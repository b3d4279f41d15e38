"""`openimr published stats` as a person and as a program calls it."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest

from openimr.cli.main import run

sys.path.append(str(Path(__file__).parents[1] / "corpus"))
from generated import make_corpus

CALLS = [
    ("--by", "topic"),
    ("--by", "category,body-part", "--over", "year"),
    ("--over", "quarter"),
    ("--report", "guidelines"),
    ("--report", "missing"),
    ("--report", "age"),
    ("--by", "drug", "--drug", "nothing such"),
    (),
]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> str:
    root = tmp_path_factory.mktemp("cli") / "corpus"
    return str(make_corpus(root, 400, aside=20, doubles=7))


def call(corpus: str, *arguments: str) -> int:
    return run(["published", "stats", "--corpus", corpus, *arguments])


@pytest.mark.parametrize("arguments", CALLS, ids=" ".join)
def test_every_report_prints_its_table_and_its_caveats(
    corpus: str, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("COLUMNS", "80")
    assert call(corpus, *arguments) == 0
    printed = capsys.readouterr().out
    assert max(map(len, printed.splitlines())) <= 80
    plain = " ".join(printed.split())
    assert "Of 420 sources 20 (4.8%) could not be kept" in plain
    assert "7 doubles are counted once" in plain
    assert "no rate here is a rate of all requests" in plain


@pytest.mark.parametrize("arguments", CALLS, ids=" ".join)
def test_json_has_every_row_and_the_basis(
    corpus: str, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(corpus, *arguments, "--json", "--top", "1") == 0
    made = json.loads(capsys.readouterr().out)
    assert made["basis"]["set_aside"] == 20
    assert made["notes"]
    for row in made["rows"]:
        assert all(0 <= row[name] <= 1 for name in ("low", "high") if name in row)


def test_the_table_says_how_much_it_does_not_show(
    corpus: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(corpus, "--by", "topic", "--top", "3") == 0
    assert "more rows; --top 0 shows all of them" in capsys.readouterr().out
    assert call(corpus, "--by", "topic", "--top", "0") == 0
    assert "more rows" not in capsys.readouterr().out


def test_files_beside_the_table(
    corpus: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("vl_convert", reason="the extra `charts` is not installed")
    table, chart = tmp_path / "all.csv", tmp_path / "chart.svg"
    arguments = ("--by", "topic", "--top", "5", "--csv", str(table), "--chart", str(chart))
    assert call(corpus, *arguments, "--json") == 0
    made = json.loads(capsys.readouterr().out)
    with table.open() as opened:
        rows = list(csv.DictReader(opened))
    assert [row["topic"] for row in rows] == [row["topic"] for row in made["rows"]]
    assert float(rows[0]["rate"]) == pytest.approx(made["rows"][0]["rate"], abs=1e-6)
    with (tmp_path / "chart.csv").open() as opened:
        assert list(csv.DictReader(opened)) == rows[:5]
    assert chart.read_text().startswith("<svg")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--by", "colour"), "there is no facet colour"),
        (("--by", "drug,topic,dose"), "more than two facets"),
        (("--by", "drug,drug"), "named twice"),
        (("--report", "age", "--by", "drug"), "is not counted by facets"),
        (("--year", "soon"), "no year and no range"),
        (("--chart", "chart.pdf"), "name the file .svg or .png"),
    ],
)
def test_a_wrong_call_is_answered(
    corpus: str, arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(corpus, *arguments) == 2
    assert said in capsys.readouterr().err


def test_a_value_that_no_item_has_is_named_with_the_nearest(
    corpus: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(corpus, "--by", "topic", "--drug", "Drug-12", "--body-part", "lumbr spine") == 0
    said = capsys.readouterr()
    assert "No item has the body part `lumbr spine`; the nearest: lumbar spine" in said.err
    assert "`Drug-12`" not in said.err
    assert "Nothing matches" in said.out


def test_no_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(str(tmp_path)) == 3
    assert "corpus" in capsys.readouterr().err


def test_a_table_that_cannot_be_written(
    corpus: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(corpus, "--csv", str(tmp_path / "nowhere" / "all.csv")) == 3
    assert "cannot be written" in capsys.readouterr().err
