"""`openimr published parse` as a program calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from openimr.cli.main import run

SAMPLES = Path(__file__).parents[2] / "golden" / "letters"
DRAFT = Path(__file__).parents[2] / "golden" / "example.txt"


def test_good_letters_are_printed_and_bad_ones_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "note.txt"
    bad.write_text("Progress report")
    good = [SAMPLES / "headerless.txt", SAMPLES / "notice-2013.txt"]
    files = [str(path) for path in (good[0], bad, DRAFT, good[1])]
    assert run(["published", "parse", *files, "--json"]) == 3
    out, err = capsys.readouterr()
    layouts = [json.loads(line)["layout"] for line in out.splitlines()]
    assert layouts == ["headerless", "notice-2013"]
    assert "note.txt" in err
    assert "example.txt" in err


def test_one_letter_for_a_reader(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["published", "parse", str(SAMPLES / "decisions-2014.txt")]) == 0
    assert "Overturned  The request for a TENS unit" in capsys.readouterr().out
