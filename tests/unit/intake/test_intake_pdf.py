# ruff: noqa: E501, RUF001 - lines of sample pages stand as they would print
from __future__ import annotations

import pypdfium2
import pytest
import typst
from intake_files import filled_form, pdf_of

from openimr.intake.pdf import read_pdf_page
from openimr.intake.reading import PageReading
from openimr.model.text import Box, PageState

LINE = "BT /F1 12 Tf 100 700 Td (Claimant reports lower back pain today) Tj ET "


def read(raw: bytes) -> PageReading:
    document = pypdfium2.PdfDocument(raw)
    try:
        return read_pdf_page(document, 0)
    finally:
        document.close()


def box_of(reading: PageReading, word: str) -> Box:
    start = reading.page.text.index(word)
    box = reading.page.box(start, start + len(word))
    assert box is not None
    return box


def test_a_word_and_its_box() -> None:
    reading = read(pdf_of(LINE))
    assert reading.page.text == "Claimant reports lower back pain today"
    assert not reading.needs_ocr
    box = box_of(reading, "Claimant")
    assert box.x0 == pytest.approx(100, abs=1.5)
    assert box.y1 == pytest.approx(792 - 700, abs=4)
    assert 6 < box.y1 - box.y0 < 15


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_boxes_are_those_of_the_page_as_it_is_seen(rotate: int) -> None:
    """Text drawn so that it stands upright once the page is turned."""
    matrix = {90: "0 1 -1 0 500 100", 180: "-1 0 0 -1 500 100", 270: "0 -1 1 0 100 700"}[rotate]
    content = f"BT /F1 12 Tf {matrix} Tm (Claimant reports lower back pain today) Tj ET"
    reading = read(pdf_of(content, rotate=rotate))
    page = reading.page
    assert page.text == "Claimant reports lower back pain today"
    assert (page.width, page.height) == ((792, 612) if rotate != 180 else (612, 792))
    first, last = box_of(reading, "Claimant"), box_of(reading, "today")
    assert 0 <= first.x0 < first.x1 < last.x0 < last.x1 <= page.width
    assert abs(first.y1 - last.y1) < 4
    assert first.x0 == pytest.approx({90: 100, 180: 112, 270: 92}[rotate], abs=2)


def test_crop_and_shifted_media_box() -> None:
    shifted = read(pdf_of(LINE, media=50))
    assert box_of(shifted, "Claimant").x0 == pytest.approx(150, abs=1.5)
    cropped = read(pdf_of(LINE, crop=(72, 72, 540, 720)))
    assert box_of(cropped, "Claimant").x0 == pytest.approx(28, abs=1.5)
    assert box_of(cropped, "Claimant").y1 == pytest.approx(20, abs=4)
    assert (cropped.page.width, cropped.page.height) == (468, 648)


def test_sideways_text_on_an_upright_page_is_turned() -> None:
    rows = " ".join(
        f"BT /F1 12 Tf 0 1 -1 0 {100 + 20 * at} 100 Tm (line {at} of what was laid askew here) Tj ET"
        for at in range(6)
    )
    page = read(pdf_of(rows)).page
    assert page.text.split("\n")[0] == "line 0 of what was laid askew here"
    assert page.turned == 90
    assert (page.width, page.height) == (792, 612)
    assert page.notices


def test_letters_outside_the_basic_plane_do_not_shift_boxes() -> None:
    source = (
        '#set page(paper: "us-letter")\n#text(size: 12pt)[Math $𝔸 𝔹 ℂ 𝔻 𝕏 𝕐$ then word afterwards]'
    )
    plain = source.replace("𝔸 𝔹 ℂ 𝔻 𝕏 𝕐", "A B C D X Y")
    reading = read(typst.compile(source.encode()))
    assert any(ord(letter) > 0xFFFF for letter in reading.page.text)
    box, other = (
        box_of(reading, "afterwards"),
        box_of(read(typst.compile(plain.encode())), "afterwards"),
    )
    assert box.x1 - box.x0 == pytest.approx(other.x1 - other.x0, abs=0.5)


def test_an_empty_page_is_blank_and_a_drawn_one_wants_ocr() -> None:
    assert read(pdf_of("")).page.state is PageState.BLANK
    assert read(pdf_of("0 0 m 100 100 l S 5 5 m 90 20 l S")).needs_ocr


def test_every_word_has_a_box() -> None:
    source = (
        '#set page(paper: "us-letter")\n#lorem(400)\n#table(columns: 3, [a],[b],[c],[1],[2],[3])'
    )
    page = read(typst.compile(source.encode())).page
    assert [page.text[word.start : word.end] for word in page.words] == page.text.split()
    assert all(word.box.x1 > word.box.x0 for word in page.words)


@pytest.mark.parametrize("gap", [-3.0, 0.8, 1.2, 2.0, 30.0])
def test_strings_that_touch_or_overlap_stay_two_words(gap: float) -> None:
    end = 100 + 35.57  # the width of ULISES in Helvetica 10
    content = (
        "BT /F1 10 Tf 100 700 Td (ULISES) Tj ET "
        f"BT /F1 10 Tf {end + gap} 700 Td (DOB: 9/14/1964 of Claimant) Tj ET"
    )
    page = read(pdf_of(content)).page
    assert page.text.split()[:3] == ["ULISES", "DOB:", "9/14/1964"]
    first, second = page.words[0].box, page.words[1].box
    assert second.x0 - first.x1 == pytest.approx(gap, abs=2)


@pytest.mark.parametrize("spacing", [0.0, 0.3, 1.2])
def test_a_word_drawn_letter_by_letter_stays_one(spacing: float) -> None:
    widths = {"H": 7.22, "y": 5, "d": 5.56, "r": 3.33, "o": 5.56, "c": 5}
    left, letters = 100.0, []
    for letter in "Hydrocodo":
        letters.append(f"BT /F1 10 Tf {left} 700 Td ({letter}) Tj ET")
        left += widths[letter] + spacing
    page = read(pdf_of(" ".join([*letters, LINE.replace("700", "600")]))).page
    assert page.text.split()[0] == "Hydrocodo"


@pytest.mark.parametrize("drawn", [True, False])
def test_what_stands_in_form_fields_is_read(drawn: bool) -> None:
    """Whether the program that filled in the form drew the answer or left that to the viewer."""
    document = pypdfium2.PdfDocument(filled_form("Employee Name:", "Orville Kilgallen", drawn))
    try:
        document.init_forms()
        page = read_pdf_page(document, 0).page
    finally:
        document.close()
    assert page.text.split() == ["Employee", "Name:", "Orville", "Kilgallen"]
    assert page.words[-1].box.x0 > 300
    assert page.words[-1].box.y1 == pytest.approx(792 - 700, abs=6)
