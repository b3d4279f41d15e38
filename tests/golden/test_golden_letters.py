"""The example's letters, kept whole: a change of wording or layout shows in the diff.

Rewrite them with `OPENIMR_WRITE_GOLDENS=1 pytest tests/golden`, read the diff, unset the flag.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from example_case import draft
from openimr.render.docx import render_docx
from openimr.render.html import render_html
from openimr.render.json import dump_json
from openimr.render.text import render_text

FLAG = "OPENIMR_WRITE_GOLDENS"
HERE = Path(__file__).parent


def docx_body() -> bytes:
    with zipfile.ZipFile(io.BytesIO(render_docx(draft()))) as archive:
        return etree.tostring(
            etree.fromstring(archive.read("word/document.xml")), pretty_print=True
        )


FORMATS: dict[str, Callable[[], bytes]] = {
    "example.json": lambda: dump_json(draft()),
    "example.txt": lambda: render_text(draft()).encode(),
    "example.html": lambda: render_html(draft()).encode(),
    "example.docx.xml": docx_body,
}


@pytest.mark.parametrize("name", list(FORMATS))
def test_letter_is_as_kept(name: str) -> None:
    made = FORMATS[name]()
    kept = HERE / name
    if os.environ.get(FLAG):
        kept.write_bytes(made)
    assert made.decode() == kept.read_text("utf-8")


def test_goldens_are_not_being_rewritten() -> None:
    assert not os.environ.get(FLAG), (
        f"{FLAG} is set: goldens were rewritten; read the diff, unset it"
    )
