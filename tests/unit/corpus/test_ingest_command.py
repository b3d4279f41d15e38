from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from openimr.cli.main import run
from openimr.corpus.index import is_current
from openimr.corpus.store import Corpus
from openimr.synth.letters.run import Run

LETTERS = Run(seed=8)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    root.mkdir()
    (root / "a.txt").write_text(LETTERS.letter(0).text)
    (root / "b.txt").write_text("a menu")
    with zipfile.ZipFile(root / "c.zip", "w") as archive:
        archive.writestr("one/d.txt", LETTERS.letter(1).text)
    return root


def test_ingest_says_what_became_of_the_letters(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = str(tmp_path / "corpus")
    assert run(["published", "ingest", str(folder), "--corpus", corpus, "--processes", "1"]) == 0
    told = capsys.readouterr()
    assert told.out == "2 kept, 0 doubles, 1 set aside, 0 known from before\n"
    assert f"openimr published aside --corpus {corpus}" in told.err
    assert run(["published", "aside", "--corpus", corpus]) == 0
    name, code, reason = capsys.readouterr().out.rstrip("\n").split("\t")
    assert (name, code) == ("in/b.txt", "not-a-determination")
    assert reason
    with Corpus(Path(corpus)) as opened:
        sources = opened.connection.execute("SELECT source FROM letters ORDER BY 1").fetchall()
    assert sources == [("in/a.txt",), ("in/c.zip!one/d.txt",)]


def test_the_counts_as_json_and_the_exit_codes(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = str(tmp_path / "corpus")
    arguments = ["published", "ingest", str(folder), "--corpus", corpus, "--json", "--quiet"]
    assert run(arguments) == 0
    assert json.loads(capsys.readouterr().out) == {
        "kept": 2,
        "doubles": 0,
        "aside": 1,
        "replaced": 0,
        "known": 0,
    }
    assert run(["published", "ingest", "nowhere", "--corpus", corpus]) == 3
    assert run(["published", "ingest", "--corpus", corpus]) == 2
    assert run(["published", "aside", "--corpus", str(folder)]) == 3
    assert "no corpus in this folder" in capsys.readouterr().err


def test_the_letters_can_be_searched_at_once_unless_asked_otherwise(
    folder: Path, tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus"
    arguments = ["published", "ingest", str(folder), "--corpus", str(corpus), "--quiet"]
    assert run([*arguments, "--no-index"]) == 0
    with Corpus(corpus) as opened:
        assert not is_current(opened)
    assert run(arguments) == 0
    with Corpus(corpus) as opened:
        assert is_current(opened)
