from __future__ import annotations

import io
import stat
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from openimr.adapters import ocr_cache
from openimr.adapters.casefile import read_files
from openimr.adapters.gather import natural_order
from openimr.adapters.limits import DEFAULT_LIMITS
from openimr.adapters.ocr_choice import OcrChoice, default_cache, find_tessdata, resolve
from openimr.adapters.page_images import frame, open_image
from openimr.model.text import Box, Notice, NoticeKind, Page, PageState, Word, Words

LINES = ("Patient: Jane Roe   DOB 01/02/1970", "Norco 10/325 mg #120 three times daily")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    cache = tmp_path / "cache"
    monkeypatch.setenv("OPENIMR_CACHE", str(cache))
    return cache


def picture(*lines: str) -> Image.Image:
    image = Image.new("L", (1700, 2200), 255)
    draw = ImageDraw.Draw(image)
    for at, line in enumerate(lines):
        draw.text((150, 200 + 60 * at), line, fill=0, font=ImageFont.load_default(34))
    return image


def engines() -> list[OcrChoice]:
    return [OcrChoice.TESSERACT] if find_tessdata() else [OcrChoice.RAPIDOCR]


def mixed_pdf(path: Path) -> None:
    """A text page, a scanned page, a blank one."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    first = pdf.add_blank_page(page_size=(612, 792))
    first.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    first.Contents = pdf.make_stream(b"BT /F1 12 Tf 72 700 Td (A page with a text layer) Tj ET")
    second = pdf.add_blank_page(page_size=(612, 792))
    image = picture(*LINES)
    stream = pdf.make_stream(image.tobytes())
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = image.size
    stream.ColorSpace, stream.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    second.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=stream))
    second.Contents = pdf.make_stream(b"q 612 0 0 792 0 0 cm /I Do Q")
    pdf.add_blank_page(page_size=(612, 792))
    pdf.save(path)


class Told:
    """Remembers each stretch of work: its total, and how far it came."""

    def __init__(self) -> None:
        self.stretches: list[tuple[int, int]] = []
        self.total, self.count = 0, 0

    def start(self, total: int, label: str) -> None:
        assert label
        self.total, self.count = total, 0

    def advance(self, count: int = 1) -> None:
        self.count += count

    def done(self) -> None:
        self.stretches.append((self.total, self.count))


@pytest.mark.parametrize("engine", engines())
def test_a_mixed_file_is_read_page_by_page(engine: OcrChoice, tmp_path: Path) -> None:
    mixed_pdf(tmp_path / "mixed.pdf")
    told = Told()
    (file,) = read_files(tmp_path / "mixed.pdf", ocr=engine, progress=told)
    states = [page.state for page in file.pages]
    assert states == [PageState.TEXT, PageState.OCR, PageState.BLANK]
    assert "Jane Roe" in file.pages[1].text
    assert "10/325" in file.pages[1].text
    start = file.pages[1].text.index("Norco")
    box = file.pages[1].box(start, start + 5)
    assert box is not None
    assert box.x0 == pytest.approx(150 * 72 / 200, abs=3)
    assert told.stretches == [(1, 1), (3, 3), (1, 1)]


@pytest.mark.slow
def test_page_images_of_all_kinds(tmp_path: Path, own_cache: Path) -> None:
    pages = [picture(*LINES), picture("Second page of the fax about lower back pain")]
    pages[0].save(tmp_path / "1.png", dpi=(200, 200))
    pages[0].convert("RGB").save(tmp_path / "2.jpg", dpi=(200, 200))
    first, second = (page.convert("1") for page in pages)
    first.save(
        tmp_path / "3.tif",
        save_all=True,
        append_images=[second],
        compression="group4",
        dpi=(200, 200),
    )
    files = read_files(tmp_path, ocr=engines()[0], cache=own_cache)
    shown = [file for file in files if file.file[0] in "123"]
    assert [len(file.pages) for file in shown] == [1, 1, 2]
    assert all("Jane Roe" in file.pages[0].text for file in shown)
    assert "Second page" in shown[2].pages[1].text
    assert shown[0].pages[0].width == pytest.approx(612)


def test_without_ocr_a_scan_says_so(tmp_path: Path) -> None:
    mixed_pdf(tmp_path / "mixed.pdf")
    (file,) = read_files(tmp_path / "mixed.pdf", ocr=OcrChoice.NONE)
    assert "OCR is switched off" in file.pages[1].reason


def test_a_fax_with_flat_pixels_is_made_square(tmp_path: Path) -> None:
    image = picture(*LINES).resize((1734, 1078)).convert("1")
    image.save(tmp_path / "fax.tif", dpi=(204, 98), compression="group4")
    assert open_image(tmp_path / "fax.tif", "fax.tif", 10).pages == 1
    found = frame(tmp_path / "fax.tif", 1, DEFAULT_LIMITS.max_pixels)
    assert found.dpi == 204
    assert abs(found.image.shape[0] / found.image.shape[1] - 11 / 8.5) < 0.02


def test_transparent_and_deep_images_are_on_white_paper(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    clear.save(tmp_path / "clear.png")
    assert frame(tmp_path / "clear.png", 1, 10**6).image.min() > 250
    deep = Image.fromarray(np.full((200, 200), 65535, dtype=np.uint16))
    deep.save(tmp_path / "deep.png")
    assert frame(tmp_path / "deep.png", 1, 10**6).image.min() > 250


def test_the_cache_gives_back_what_was_read_and_is_private(own_cache: Path) -> None:
    page = Page(
        number=1,
        file_page=1,
        text="Norco naïve",
        words=Words((Word(0, 5, Box(1.5, 2.5, 30.25, 12.0), 0.5),)),
        state=PageState.OCR,
        confidence=0.75,
        turned=90,
        notices=(Notice(kind=NoticeKind.ROTATED, message="turned"),),
    )
    image = np.zeros((10, 10), dtype=np.uint8)
    calls: list[int] = []

    def read() -> Page:
        calls.append(1)
        return page

    for _ in range(2):
        assert ocr_cache.cached(own_cache, "engine 1", image, 200, read) == page
    assert len(calls) == 1
    ocr_cache.cached(own_cache, "engine 2", image, 200, read)
    ocr_cache.cached(own_cache, "engine 1", image + 1, 200, read)
    assert len(calls) == 3
    assert stat.S_IMODE(own_cache.stat().st_mode) == 0o700
    files = [path for path in own_cache.rglob("*") if path.is_file()]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files)
    files[0].write_text("{broken")
    for path in files[1:]:
        path.unlink()
    assert ocr_cache.cached(own_cache, "engine 1", image, 200, read) == page


def test_a_cache_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    page = Page(number=1, file_page=1, text="", state=PageState.BLANK)
    image = np.zeros((4, 4), dtype=np.uint8)
    assert ocr_cache.cached(blocked, "e", image, 200, lambda: page) is page


def test_the_engine_is_chosen_by_what_is_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, own_cache: Path
) -> None:
    assert default_cache() == own_cache
    assert resolve(OcrChoice.RAPIDOCR, tmp_path).cache == tmp_path
    monkeypatch.setattr("openimr.adapters.ocr_choice.find_tessdata", lambda: "")
    assert resolve(OcrChoice.AUTO).engine is OcrChoice.RAPIDOCR


def test_natural_order() -> None:
    names = ["10-a.txt", "2-b.txt", "b/1.txt", "A.txt", "a2.txt", "a10.txt"]
    assert sorted(names, key=natural_order)[:2] == ["2-b.txt", "10-a.txt"]
    assert natural_order("a2.txt") < natural_order("a10.txt")


def test_docx_and_text_in_one_folder(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("Letter of the employer")
    buffer = io.BytesIO()
    document.save(buffer)
    (tmp_path / "a.docx").write_bytes(buffer.getvalue())
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.txt").write_text("one\ftwo")
    files = read_files(tmp_path)
    assert [(file.file, len(file.pages)) for file in files] == [("a.docx", 1), ("sub/b.txt", 2)]
