"""The HTML letter in a real browser, where there is one: the script runs under its own policy."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from example_case import draft
from openimr.render.html import render_html

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine")
def test_script_opens_the_search_that_a_link_leads_to(tmp_path: Path) -> None:
    letter = tmp_path / "letter.html"
    letter.write_text(render_html(draft()), "utf-8")
    made = subprocess.run(
        [
            str(BROWSER),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-sync",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--dump-dom",
            f"{letter.as_uri()}#search-1-c01",
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout
    assert '<details class="search" id="search-1-c01" open="">' in made
    assert '<details class="search" id="search-1-c02">' in made
