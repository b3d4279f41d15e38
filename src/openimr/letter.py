"""The files of a letter: one determination in five forms."""

from __future__ import annotations

from pathlib import Path

from openimr.adapters.page_pictures import page_pictures
from openimr.model.determination import Determination
from openimr.render.docx import render_docx
from openimr.render.html import cited_pages, render_html
from openimr.render.json import dump_json
from openimr.render.letter import build_letter
from openimr.render.pdf import render_pdf
from openimr.render.text import render_text


def letter_files(determination: Determination, case: Path) -> dict[str, bytes]:
    """File name to bytes; the same determination and case file always give the same bytes.

    Args:
        determination: the draft or decision.
        case: the case file it was made from, for pictures of the scanned pages it cites.
    """
    cited = cited_pages(build_letter(determination))
    pictures = page_pictures(case, determination.documents, cited)
    return {
        "determination.json": dump_json(determination),
        "determination.pdf": render_pdf(determination),
        "determination.html": render_html(determination, page_images=pictures).encode(),
        "determination.docx": render_docx(determination),
        "determination.txt": render_text(determination).encode(),
    }
