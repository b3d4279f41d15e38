"""A redacted PDF holds nothing of what was blackened: two libraries look for it."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from openimr.deidentify import deidentify
from openimr.synth.forge import forge_case
from openimr.synth.writers import as_pdf

SEED = 73_010


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An application with metadata and an earlier revision that name the worker too."""
    case = forge_case(SEED)
    name, data = next(iter(as_pdf(case).items()))
    path = tmp_path_factory.mktemp("pdf") / name
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.docinfo["/Author"] = str(case.truth["case"]["names"]["injured_worker"])
        pdf.save(path)
    return path


def test_two_libraries_find_nothing(application: Path) -> None:
    (cleaned,) = deidentify([application])
    removed = {
        cleaned.source.pages[0].text[one.start : one.end]
        for one in cleaned.text.replacements
        if one.end <= len(cleaned.source.pages[0].text)
    }
    assert len(removed) > 5
    redacted = cleaned.redacted_pdf()
    with pikepdf.open(io.BytesIO(redacted)) as pdf:
        assert dict(pdf.docinfo) == {}
        assert "/Metadata" not in pdf.Root
        assert "/Names" not in pdf.Root
        assert all("/Annots" not in page for page in pdf.pages)
        streams = [
            bytes(one.read_bytes()) for one in pdf.objects if isinstance(one, pikepdf.Stream)
        ]
    document = pypdfium2.PdfDocument(redacted)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert len(document) == len(cleaned.source.pages)
    document.close()
    assert text.strip() == ""
    assert redacted.count(b"%%EOF") == 1
    for string in removed:
        assert all(string.encode() not in stream for stream in (redacted, *streams))


def test_the_pixels_are_black(application: Path) -> None:
    (cleaned,) = deidentify([application])
    boxes = cleaned.boxes[1]
    document = pypdfium2.PdfDocument(cleaned.redacted_pdf())
    picture = document[0].render(scale=2, grayscale=True).to_numpy()
    for box in boxes:
        inside = picture[
            int(box.y0 * 2) + 1 : int(box.y1 * 2) - 1, int(box.x0 * 2) + 1 : int(box.x1 * 2) - 1
        ]
        assert inside.max(initial=0) < 64
    document.close()
