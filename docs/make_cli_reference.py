"""Writes docs/reference/cli.md; a test fails when the page is stale."""

from pathlib import Path

from openimr.cli.reference import reference_page

if __name__ == "__main__":
    page = Path(__file__).with_name("reference") / "cli.md"
    page.write_text(reference_page(), encoding="utf-8")
