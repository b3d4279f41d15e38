"""What a stranger may put into a folder of letters: it costs itself, and is said."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest
from fault_files import make_pdf

from openimr.cli.main import run
from openimr.corpus.store import Corpus
from openimr.synth.letters.pdf import as_pdf
from openimr.synth.letters.run import Run

PRINTED = Run(seed=3, layout="header", pdf=True)


def ingest(*arguments: object) -> int:
    return run(["published", "ingest", *map(str, arguments), "--quiet", "--json"])


def aside(corpus: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, str]]:
    capsys.readouterr()
    assert run(["published", "aside", "--corpus", str(corpus), "--json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    return {found["name"]: found for found in map(json.loads, lines)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three good letters among everything that is none."""
    root = tmp_path / "in"
    root.mkdir()
    for number in range(2):
        (root / f"good{number}.pdf").write_bytes(as_pdf(PRINTED.letter(number)))
    (root / "good2.txt").write_text(PRINTED.letter(2).text)
    whole = as_pdf(PRINTED.letter(3))
    (root / "cut.pdf").write_bytes(whole[: len(whole) // 3])
    (root / "empty.pdf").write_bytes(b"")
    (root / "noise.pdf").write_bytes(b"%PDF-1.7\n" + os.urandom(20_000))
    (root / "record.pdf").write_bytes(make_pdf(2))
    (root / "half.txt").write_text(PRINTED.letter(4).text[:1500])
    (root / "huge.txt").write_text("x" * 5_000_000)
    (root / "loop").symlink_to(root)
    with zipfile.ZipFile(root / "mail.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/" + "good2.txt", PRINTED.letter(2).text)
        archive.writestr("bomb.pdf", bytes(30_000_000))
        archive.writestr("../up.txt", "x")
        archive.writestr("inner.zip", "x")
    return root


def test_good_letters_come_through(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = tmp_path / "corpus"
    assert ingest(folder, "--corpus", corpus, "--processes", 1) == 0
    tally = json.loads(capsys.readouterr().out)
    assert (tally["kept"], tally["doubles"]) == (3, 1)
    found = aside(corpus, capsys)
    assert set(found) == {
        "in/cut.pdf",
        "in/empty.pdf",
        "in/noise.pdf",
        "in/record.pdf",
        "in/half.txt",
        "in/huge.txt",
        "in/loop",
        "in/mail.zip!bomb.pdf",
        "in/mail.zip!../up.txt",
        "in/mail.zip!inner.zip",
    }
    assert all(entry["reason"] and entry["code"] for entry in found.values())
    with Corpus(corpus) as opened:
        (count,) = opened.connection.execute("SELECT count(*) FROM letters").fetchone() or (0,)
    assert count == 3


@pytest.mark.slow
def test_a_hundred_thousand_files_in_one_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "in"
    root.mkdir()
    for number in range(100_000):
        (root / f"{number:06d}.txt").write_text(f"no letter {number}")
    (root / "letter.txt").write_text(PRINTED.letter(1).text)
    corpus = tmp_path / "corpus"
    assert ingest(root, "--corpus", corpus) == 0
    tally = json.loads(capsys.readouterr().out)
    assert (tally["kept"], tally["aside"]) == (1, 100_000)
    assert ingest(root, "--corpus", corpus) == 0
    assert json.loads(capsys.readouterr().out)["known"] == 100_001
