"""Boilerplate of a corpus: shares by facet, clusters, and a measure that grows with it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from searchable import Row, add_segment, item

from openimr.cli.main import cli
from openimr.corpus.boilerplate import measured
from openimr.corpus.boilerplate_report import boilerplate
from openimr.corpus.run_files import RUNS_VERSION
from openimr.corpus.selection import Filters
from openimr.corpus.store import Corpus

FORM = "one two three four five six seven eight nine ten eleven twelve"
OWN = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu"


def rows(*rationales: str, first: int = 1, **given: object) -> list[Row]:
    return [
        item(f"L{at}", rationale=text, outcome="Upheld", decision_date=date(2015, 1, 1), **given)
        for at, text in enumerate(rationales, first)
    ]


def report(root: Path, by: str = "", filters: Filters | None = None) -> list[dict[str, object]]:
    with Corpus.open(root) as corpus:
        found = boilerplate(corpus, measured(corpus), filters or {}, by)
        return [dict(row) for row in found.report.rows]


def test_what_stands_in_other_letters_is_counted(tmp_path: Path) -> None:
    add_segment(tmp_path, rows(FORM, FORM, OWN, "too short"))
    (whole,) = report(tmp_path)
    assert (whole["items"], whole["letters"]) == (3, 3)
    assert whole["copied"] == pytest.approx(2 / 3)
    assert whole["near_copies"] == pytest.approx(2 / 3)


def test_a_copy_within_the_letter_is_none(tmp_path: Path) -> None:
    add_segment(tmp_path, [*rows(FORM), item("L1", 2, rationale=FORM, outcome="Upheld")])
    (whole,) = report(tmp_path)
    assert whole["copied"] == 0


def test_it_grows_with_the_corpus(tmp_path: Path) -> None:
    add_segment(tmp_path, rows(FORM, OWN, topic="imaging"))
    assert report(tmp_path)[0]["copied"] == 0
    first = tmp_path / "boilerplate" / f"runs-{RUNS_VERSION}" / "000001" / "runs.npy"
    made = first.stat().st_mtime_ns
    add_segment(tmp_path, rows(FORM, first=3, topic="drugs"))
    by_topic = {row["topic"]: row for row in report(tmp_path, "topic")}
    assert by_topic["imaging"]["copied"] == 0.5
    assert by_topic["drugs"]["copied"] == 1.0
    assert first.stat().st_mtime_ns == made
    assert {row["letter"]: row["copied"] for row in report(tmp_path, "letter")} == {
        "L1": 1.0,
        "L2": 0.0,
        "L3": 1.0,
    }


def test_a_filter_chooses_what_is_measured_not_what_it_is_compared_with(tmp_path: Path) -> None:
    add_segment(tmp_path, [*rows(FORM, topic="a"), *rows(FORM, OWN, first=2, topic="b")])
    (only,) = report(tmp_path, filters={"topic": ("a",)})
    assert (only["items"], only["copied"]) == (1, 1.0)


def test_an_item_with_several_specialties_counts_under_each(tmp_path: Path) -> None:
    add_segment(tmp_path, rows(FORM, FORM, specialty=["Pain", "Surgery"]))
    assert [row["specialty"] for row in report(tmp_path, "specialty")] == ["Pain", "Surgery"]


def test_the_command_shows_clusters(tmp_path: Path) -> None:
    add_segment(tmp_path, rows(FORM, FORM, OWN))
    options = ["--corpus", str(tmp_path), "--quiet", "--json", "--clusters", "5", "--by", "year"]
    result = CliRunner().invoke(cli, ["published", "boilerplate", *options])
    assert result.exit_code == 0, result.output
    told = json.loads(result.output)
    assert [row["year"] for row in told["rows"]] == ["2015"]
    (cluster,) = told["clusters"]
    assert (cluster["items"], cluster["letters"], cluster["upheld"]) == (2, 2, 2)
    assert cluster["examples"] == ["L1/1", "L2/1"]


def test_an_empty_corpus_and_a_wrong_facet(tmp_path: Path) -> None:
    add_segment(tmp_path, [])
    assert report(tmp_path) == []
    result = CliRunner().invoke(
        cli, ["published", "boilerplate", "--corpus", str(tmp_path), "--by", "colour"]
    )
    assert "there is no facet colour" in str(result.exception)


def test_a_stopped_measure_is_made_again(tmp_path: Path) -> None:
    add_segment(tmp_path, rows(FORM, FORM))
    (tmp_path / "boilerplate" / "measured.part").mkdir(parents=True)
    stray = tmp_path / "boilerplate" / f"runs-{RUNS_VERSION}" / "000001.1.part"
    stray.mkdir(parents=True)
    assert report(tmp_path)[0]["copied"] == 1.0
