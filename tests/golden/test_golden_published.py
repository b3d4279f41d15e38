"""A letter of each layout, in our own words, and what it must be read as, kept whole.

The JSON files were read against the letters by a person. Rewrite them with
`OPENIMR_WRITE_GOLDENS=1 pytest tests/golden`, read the diff, unset the flag.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from openimr.model.request import Request
from openimr.published.json import letter_json
from openimr.published.layouts import LAYOUTS
from openimr.published.parse import parse_letter

FLAG = "OPENIMR_WRITE_GOLDENS"
HERE = Path(__file__).parent / "letters"
LETTERS = sorted(HERE.glob("*.txt"))


def read(letter: Path) -> dict[str, Any]:
    """The letter as JSON; of a request only the line that the grammar is asked to read."""
    text = letter.read_bytes().decode()
    asked: list[str] = []

    def parse(line: str) -> Request:
        asked.append(line)
        return Request(text=line)

    made: Any = letter_json(parse_letter(text, parse=parse))
    for item, line in zip(made["items"], asked, strict=True):
        item["request"] = line
    return dict(made)


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.stem)
def test_letter_is_read_as_kept(letter: Path) -> None:
    made = json.dumps(read(letter), indent=1, ensure_ascii=False) + "\n"
    kept = letter.with_suffix(".json")
    if os.environ.get(FLAG):
        kept.write_text(made, "utf-8")
    assert made == kept.read_text("utf-8")


def test_every_layout_has_a_letter() -> None:
    kept = {
        json.loads(letter.with_suffix(".json").read_text("utf-8"))["layout"] for letter in LETTERS
    }
    assert kept == {layout.name for layout in LAYOUTS}
