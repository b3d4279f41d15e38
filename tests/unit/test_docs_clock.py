"""The pages on the clock say what the data and the command say."""

from __future__ import annotations

import importlib.util
import shlex
from pathlib import Path

import pytest

from openimr.cli.main import run

DOCS = Path(__file__).parents[2] / "docs"
STALE = "run: python docs/make_process_deadlines.py"


def test_the_reference_has_the_deadlines_calendars_and_fees_of_the_data() -> None:
    path = DOCS / "make_process_deadlines.py"
    spec = importlib.util.spec_from_file_location("make_process_deadlines", path)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    page = script.PAGE.read_text(encoding="utf-8")
    assert page.count(script.COMMAND) == 3
    assert script.renewed(page) == page, STALE


def test_the_deadline_walked_through_is_what_the_command_prints(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = (DOCS / "explain/the-clock.md").read_text(encoding="utf-8")
    block = page.partition("```console\n$ openimr ")[2].partition("```")[0]
    command, _, printed = block.partition("\n")
    assert run(shlex.split(command)) == 0
    assert capsys.readouterr().out == printed
