"""Pictures of cited scans: upright, small, the same bytes twice, and never a reason to fail."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from openimr.adapters import page_pictures as pictures
from openimr.model.document import Document, DocumentKind
from openimr.model.ids import DocumentId
from openimr.model.text import Page, PageState


def page(number: int, state: PageState = PageState.OCR, turned: int = 0) -> Page:
    return Page(number=number, text="x", state=state, file_page=number, turned=turned)


def scan(folder: Path, name: str, *pages: Page) -> Document:
    """A file of white sheets with a black corner at the top left, and what was read of it."""
    sheet = Image.new("L", (1700, 2200), 255)
    ImageDraw.Draw(sheet).rectangle((0, 0, 400, 400), fill=0)
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    sheet.save(path, resolution=200, save_all=True, append_images=[sheet] * (len(pages) - 1))
    return Document(
        id=DocumentId(f"D{name[:2]}"),
        file=name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        kind=DocumentKind.UNKNOWN,
        date=None,
        author=None,
        pages=pages,
    )


def shown(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    assert image.format == "JPEG"
    assert image.mode == "L"
    return image


def test_cited_scans_are_drawn_and_nothing_else(tmp_path: Path) -> None:
    case = tmp_path / "case"
    pdf = scan(case, "01.pdf", page(1), page(2, turned=90), page(3, PageState.TEXT))
    image = scan(case, "02.png", page(1))
    cited = {("D01", 1), ("D01", 2), ("D01", 3), ("D02", 1), ("D09", 1)}
    made = pictures.page_pictures(case, (pdf, image), cited)
    assert [*made] == [("D01", 1), ("D01", 2), ("D02", 1)]
    turned = shown(made.pop((pdf.id, 2)))
    assert turned.width > turned.height
    assert turned.getpixel((turned.width - 20, 20)) < 40
    for data in made.values():
        drawn = shown(data)
        assert drawn.width == pytest.approx(935, abs=4)
        assert drawn.getpixel((20, 20)) < 40
        assert drawn.getpixel((900, 1100)) > 220
    again = pictures.page_pictures(case, (image,), cited)
    assert again[(image.id, 1)] == made[(image.id, 1)]


def test_pages_without_scans_cost_nothing(tmp_path: Path) -> None:
    assert pictures.page_pictures(tmp_path / "not there", (), {("D01", 1)}) == {}


def test_what_cannot_be_drawn_is_left_out(tmp_path: Path) -> None:
    case = tmp_path / "case"
    one = scan(case, "01.pdf", page(1), page(2))
    changed = scan(case, "02.png", page(1))
    (case / "02.png").write_bytes(b"\x89PNG changed since")
    cited = {("D01", 1), ("D01", 2), ("D01", 3), ("D02", 1)}
    beyond = Document(
        **{name: getattr(one, name) for name in ("id", "file", "sha256", "kind", "date", "author")},
        pages=(*one.pages, page(3)),
    )
    assert [*pictures.page_pictures(case, (beyond, changed), cited)] == [("D01", 1), ("D01", 2)]


def test_the_letter_stays_small() -> None:
    made = {(DocumentId("D01"), number): b"12345" for number in (1, 2, 3)}
    assert [*pictures._within(11, made)] == [("D01", 1), ("D01", 2)]
