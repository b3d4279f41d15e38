"""Ingest survives kill -9 at any moment, with nothing lost and nothing doubled."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from openimr.cli.main import run
from plain_letters import contents, many_letters

HERE = Path(__file__).parent
MARK = "OPENIMR_TEST_OF_KILLS"


def kill_and_compare(folder: Path, *, letters: int, seed: int, kills: int) -> str:
    source = many_letters(folder / "in", letters)
    scratch = folder / "scratch"
    scratch.mkdir()
    done = subprocess.run(
        [sys.executable, HERE / "killed_ingest.py", source, scratch, str(seed), str(kills)],
        env={**os.environ, "PYTHONPATH": str(HERE.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_few_kills(tmp_path: Path) -> None:
    assert "kills" in kill_and_compare(tmp_path, letters=50, seed=1, kills=6)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [11, 12, 13])
def test_many_kills(tmp_path: Path, seed: int) -> None:
    assert "kills" in kill_and_compare(tmp_path, letters=250, seed=seed, kills=60)


@pytest.mark.slow
def test_kills_of_the_whole_command(tmp_path: Path) -> None:
    """With real letters and worker processes, which die with the command that started them."""
    dice = random.Random(4)
    source = tmp_path / "in"
    assert run(["published", "forge", "--out", str(source), "--letters", "300", "--seed", "9",
                "--duplicates", "0.3", "--no-gold", "--quiet"]) == 0  # fmt: skip
    whole, corpus = tmp_path / "whole", tmp_path / "corpus"
    start = time.monotonic()
    assert command(source, whole).wait() == 0
    duration = time.monotonic() - start
    for _ in range(6):
        process = command(source, corpus)
        time.sleep(dice.uniform(0, duration))
        process.kill()
        process.wait()
    deadline = time.monotonic() + 30
    while workers() and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not workers()
    assert command(source, corpus).wait() == 0
    assert contents(corpus) == contents(whole)


def command(source: Path, corpus: Path) -> subprocess.Popen[bytes]:
    code = (
        "import sys, openimr.corpus.keeper as keeper; keeper.SEGMENT_LETTERS = 40;"
        "import openimr.corpus.ingest as ingest;"
        "ingest.ingest.__kwdefaults__['segment_letters'] = 40;"
        "from openimr.cli.main import run; sys.exit(run(sys.argv[1:]))"
    )
    arguments = ["published", "ingest", source, "--corpus", corpus, "--processes", "2", "--quiet"]
    environment = {**os.environ, MARK: "yes"}
    return subprocess.Popen([sys.executable, "-c", code, *arguments], env=environment)


def workers() -> list[str]:
    """Processes started, directly or not, by `command`: they carry its mark."""
    found = []
    for place in Path("/proc").glob("[0-9]*/environ"):
        try:
            environment = place.read_bytes()
        except OSError:
            continue
        if f"{MARK}=yes".encode() in environment:
            found.append(place.parent.name)
    return found
