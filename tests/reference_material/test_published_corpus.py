"""The real letters go into a corpus, all of them, under their own case numbers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from openimr.cli.main import run
from openimr.corpus.store import Corpus
from reference import reference

pytestmark = pytest.mark.shared


def test_every_real_letter_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letters, seeds = reference("published/letters"), reference("published/seeds")
    corpus = tmp_path / "corpus"
    arguments = ["published", "ingest", str(letters), str(seeds), "--corpus", str(corpus)]
    assert run([*arguments, "--json", "--quiet"]) == 0
    tally = json.loads(capsys.readouterr().out)
    assert (tally["kept"], tally["doubles"], tally["aside"]) == (53, 0, 1)  # aside: the labels
    with Corpus(corpus) as opened:
        found = opened.connection.execute(
            "SELECT letter, source, item_count, len(letter_json) > 1000 FROM letters"
        ).fetchall()
        lines = (letters / "gold.jsonl").read_text().splitlines()
        labels = {label["case_number"]: label for label in map(json.loads, lines)}
        printed = {row[0]: row for row in found if row[1].endswith(".pdf")}
        assert set(printed) == set(labels)
        for case_number, (_, source, item_count, whole) in printed.items():
            assert source == f"letters/{case_number}.pdf"
            assert item_count == len(labels[case_number]["issues"])
            assert whole
        outcomes = opened.connection.execute("SELECT DISTINCT outcome FROM items ORDER BY 1")
        assert outcomes.fetchall() == [("Overturned",), ("Upheld",)]
