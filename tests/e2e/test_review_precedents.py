"""A sheet of precedents lies beside a draft and changes no byte of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from openimr.cli.main import run


@pytest.mark.slow
def test_a_review_with_precedents_writes_the_same_draft_and_a_sheet(tmp_path: Path) -> None:
    letters, corpus, cases = tmp_path / "letters", tmp_path / "corpus", tmp_path / "cases"
    assert run(["published", "forge", "--out", str(letters), "--letters", "120"]) == 0
    assert run(["published", "ingest", str(letters), "--corpus", str(corpus), "--quiet"]) == 0
    assert run(["forge", "--out", str(cases), "--cases", "1", "--seed", "11"]) == 0
    (case,) = cases.iterdir()
    plain, attached = tmp_path / "plain", tmp_path / "attached"
    assert run(["review", str(case), "--out", str(plain), "--quiet"]) == 0
    with_sheet = ["review", str(case), "--out", str(attached), "--precedents", str(corpus)]
    assert run([*with_sheet, "--quiet"]) == 0
    assert {each.name for each in attached.iterdir()} - {each.name for each in plain.iterdir()} == {
        "precedents.json",
        "precedents.html",
    }
    for file in plain.iterdir():
        assert (attached / file.name).read_bytes() == file.read_bytes()
    for entry in json.loads((attached / "precedents.json").read_text()):
        counts = entry["upheld_count"], entry["overturned_count"]
        assert len(entry["upheld"]) == len(entry["overturned"]) or 0 in counts
