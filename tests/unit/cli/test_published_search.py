"""`openimr published search` and `show` as a person and as a program call them."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest

from openimr.cli.main import run
from openimr.corpus.schema import ITEM_FACETS

sys.path.append(str(Path(__file__).parents[1] / "corpus"))
from searchable import add_segment, item

RATIONALE = "The patient takes Norco [bold]daily[/bold]. No functional improvement is documented."


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> str:
    root = tmp_path_factory.mktemp("cli") / "corpus"
    given = {
        "heading": "Norco 10/325mg #60",
        "drug": "hydrocodone/acetaminophen",
        "outcome": "Upheld",
        "rationale": RATIONALE,
        "summary": "A worker hurt a shoulder.",
        "decision_date": date(2016, 2, 3),
        "specialty": ["Family Practice"],
        "missing": ["functional_improvement"],
    }
    add_segment(root, [item("CM16-0000001", 1, **given), item("CM16-0000001", 2, heading="MRI")])
    return str(root)


def call(corpus: str, command: str, *arguments: str) -> int:
    return run(["published", command, *arguments, "--corpus", corpus])


def test_a_person_sees_items_passages_and_counts(
    corpus: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(corpus, "search", '"functional improvement"') == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "1 of 2 items" in shown
    assert "CM16-0000001/1 Upheld 2016-02-03 Norco 10/325mg #60" in shown
    assert f"rationale: {RATIONALE}" in shown
    assert "hydrocodone/acetaminophen (1)" in shown
    assert "\x1b" not in shown
    assert "specialty Family Practice (1)" in shown


def test_a_program_reads_one_object_with_offsets(
    corpus: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(corpus, "search", "norco", "--json", "--year", "2015-2017", "--drug", "HYDRO*") == 0
    captured = capsys.readouterr()
    found = json.loads(captured.out)
    assert (found["total"], found["searched"]) == (1, 2)
    assert found["filters"] == {"drug": ["hydrocodone/acetaminophen"], "year": ["2016"]}
    assert set(found["facets"]) == set(ITEM_FACETS)
    assert found["facets"]["missing"] == [
        {"value": "functional_improvement", "count": 1, "chosen": False}
    ]
    (hit,) = found["hits"]
    passage = next(each for each in hit["passages"] if each["column"] == "rationale")
    (mark,) = passage["highlights"]
    assert RATIONALE[mark["start"] : mark["end"]] == "Norco"
    assert RATIONALE[passage["start"] : passage["end"]] == passage["text"]


def test_an_empty_result_says_what_was_searched(
    corpus: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(corpus, "search", "[absent]", "--specialty", "Family Practise") == 0
    shown = capsys.readouterr().out
    assert "Did you mean Family Practice?" in shown
    assert "Nothing was found in 2 items for: the query [absent]; specialty Family Practise" in (
        " ".join(shown.split())
    )
    assert call(corpus, "search", "functionel OR [zzz]", "--counts", "0") == 0
    shown = capsys.readouterr().out
    assert "No item has the word functionel. Did you mean functional?" in shown
    assert "No item has the word zzz." in shown
    assert call(corpus, "search", "norco", "--offset", "50") == 0
    assert "1 of 2 items match; none on this page" in capsys.readouterr().out


def test_a_query_that_cannot_be_read(corpus: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(corpus, "search", "(norco") == 2
    assert "character 1: (norco: this ( is not closed" in capsys.readouterr().err
    assert call(corpus, "search", "(norco", "--lenient", "--counts", "0") == 0
    captured = capsys.readouterr()
    assert "Its plain words are searched" in captured.err
    assert "1 of 2 items" in captured.out


def test_all_hits_go_to_a_file(
    corpus: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "hits.jsonl"
    assert call(corpus, "search", "", "--limit", "1", "--export", str(target)) == 0
    assert len(target.read_text().splitlines()) == 2
    assert "2 items written to" in capsys.readouterr().err
    assert call(corpus, "search", "", "--export", str(tmp_path / "hits.docx")) == 2


def test_items_and_letters_are_shown(corpus: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(corpus, "show", "CM16-0000001/1") == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert RATIONALE in shown
    assert "MRI" not in shown
    assert call(corpus, "show", "CM16-0000001") == 0
    assert "MRI" in capsys.readouterr().out
    assert call(corpus, "show", "CM16-0000001/1", "--json") == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["rationale"], row["decision_date"]) == (RATIONALE, "2016-02-03")
    assert call(corpus, "show", "CM16-0000001", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"case_number": "CM16-0000001"}


@pytest.mark.parametrize("permalink", ["CM16-0000001/3", "CM16-0000009", "", "'; DROP", "/1"])
def test_a_permalink_that_is_not_there(
    corpus: str, permalink: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(corpus, "show", permalink) == 2
    assert "in this corpus" in capsys.readouterr().err


def test_a_folder_that_is_no_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(str(tmp_path), "search", "norco") == 3
    assert "there is no corpus" in capsys.readouterr().err
