"""The files of a letter: one determination in five forms."""

from __future__ import annotations

from openimr.model.determination import Determination
from openimr.render.docx import render_docx
from openimr.render.html import render_html
from openimr.render.json import dump_json
from openimr.render.pdf import render_pdf
from openimr.render.text import render_text


def letter_files(determination: Determination) -> dict[str, bytes]:
    """File name to bytes; the same determination always gives the same bytes."""
    return {
        "determination.json": dump_json(determination),
        "determination.pdf": render_pdf(determination),
        "determination.html": render_html(determination).encode(),
        "determination.docx": render_docx(determination),
        "determination.txt": render_text(determination).encode(),
    }
