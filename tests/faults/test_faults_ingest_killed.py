"""Ingest survives kill -9 at any moment, with nothing lost and nothing doubled."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from plain_letters import many_letters

HERE = Path(__file__).parent


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
