from __future__ import annotations

import random

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from openimr.intake import cleanup, linework, patches
from openimr.intake.piece import Piece
from openimr.intake.ports import Grey
from openimr.intake.scan import boxes_as_printed, read_scan
from openimr.model.text import Box, NoticeKind, PageState

DPI = 200


def drawn(lines: int = 24) -> Grey:
    """A page with lines of text."""
    image = Image.new("L", (1200, 1500), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(28)
    words = [
        "pain",
        "of",
        "the",
        "lower",
        "back",
        "is",
        "worse",
        "after",
        "sitting",
        "norco",
        "exam",
    ]
    for at in range(lines):
        line = " ".join(random.Random(at).choices(words, k=8))
        draw.text((80, 80 + 44 * at), line, fill=0, font=font)
    return np.array(image, dtype=np.uint8)


def speckled(image: Grey, part: float) -> Grey:
    noise = np.random.default_rng(1).random(image.shape) < part
    return np.where(noise, 255 - image, image).astype(np.uint8)


def unlined(page: Grey) -> Grey:
    return linework.without_linework(page, DPI, patches.find_patches(page, DPI))


def blank(page: Grey) -> bool:
    return patches.is_blank(patches.find_patches(page, DPI))


class Reader:
    """An engine that reads well what is the right way up, and everything else badly."""

    name = "reader 1"
    unsure = 0.7
    hopeless = 0.4

    def __init__(self, confidence: float = 0.95) -> None:
        self.confidence = confidence

    def read(self, image: Grey, dpi: int) -> list[Piece]:  # noqa: ARG002 - the port's signature
        columns = (image < 128).sum(axis=0)  # lines begin at the left and end where they end
        middle = len(columns) // 2
        right = columns[:middle].sum() > columns[middle:].sum()
        sure = self.confidence if right else 0.2
        return [Piece("report", Box(100, 80, 190, 110), sure), Piece("'", Box(5, 5, 7, 7), 0.1)]


def test_blank_pages() -> None:
    empty = np.full((1500, 1200), 255, dtype=np.uint8)
    assert blank(empty)
    assert blank(speckled(empty, 0.002))
    assert not blank(drawn(1))
    assert read_scan(empty, DPI, 3, Reader()).state is PageState.BLANK


def test_sideways_pages_are_seen() -> None:
    assert not cleanup.is_sideways(drawn())
    assert cleanup.is_sideways(cleanup.turn(drawn(), 90))


def test_a_streak_does_not_make_a_page_sideways() -> None:
    page = drawn()
    page[:, 300:303] = 0
    assert not cleanup.is_sideways(unlined(page))


def test_rules_go_and_letters_stay() -> None:
    page = drawn()
    ruled = page.copy()
    ruled[700:703, 50:1150] = 0
    left = unlined(ruled) < 128
    assert not left[700:703].sum(axis=1).max() > 600
    assert np.array_equal(unlined(page), page)


@pytest.mark.parametrize("degrees", [-2.0, -0.8, 0.0, 1.3, 3.0])
def test_skew_is_measured(degrees: float) -> None:
    crooked = np.array(Image.fromarray(drawn()).rotate(-degrees, fillcolor=255), dtype=np.uint8)
    assert cleanup.skew(crooked) == pytest.approx(degrees, abs=0.2)


def test_clean_pages_are_left_alone_and_dirty_ones_cleaned() -> None:
    page = drawn()
    assert patches.without_specks(page, patches.find_patches(page, DPI)) is page
    assert cleanup.straighten(page).image is page
    dirty = speckled(page, 0.002)
    cleaned = patches.without_specks(dirty, patches.find_patches(dirty, DPI))
    assert np.count_nonzero(cleaned != page) < np.count_nonzero(dirty != page) / 2


def test_boxes_lead_back_to_the_crooked_page() -> None:
    straight = cleanup.Straightened(drawn(), 2.0)
    box = straight.to_original(Box(100, 100, 140, 120))
    assert box.x1 - box.x0 == pytest.approx(40)
    assert abs(box.x0 - 100) < 60


def test_words_are_placed_in_points_and_specks_dropped() -> None:
    page = read_scan(drawn(), DPI, 7, Reader())
    assert page.text == "report"
    assert page.state is PageState.OCR
    assert (page.number, page.turned, page.notices) == (7, 0, ())
    (word,) = page.words
    assert word.box.x0 == pytest.approx(36)
    assert page.width == pytest.approx(432)


def test_an_upside_down_page_is_turned_and_said() -> None:
    half = drawn(10)
    page = read_scan(cleanup.turn(half, 180), DPI, 1, Reader())
    assert page.turned == 180
    assert [notice.kind for notice in page.notices] == [NoticeKind.ROTATED]


def test_a_poor_page_is_said_to_be_poor() -> None:
    (notice,) = read_scan(drawn(), DPI, 1, Reader(0.6)).notices
    assert notice.kind is NoticeKind.LOW_CONFIDENCE
    hopeless = read_scan(drawn(), DPI, 1, Reader(0.3))
    assert hopeless.state is PageState.UNREADABLE
    assert "too poor" in hopeless.reason


@pytest.mark.parametrize("width", [4, 9])
def test_rows_of_dots_or_dashes_go_and_those_of_sentences_stay(width: int) -> None:
    page = drawn()
    page[600:640, 400:] = 255
    for left in range(420, 900, 14):
        page[630:634, left : left + width] = 0
    assert not (unlined(page) < 128)[600:640, 400:].any()
    ellipsis = drawn()
    ellipsis[600:640, 400:] = 255
    for left in (420, 434, 448):
        ellipsis[630:634, left : left + width] = 0
    assert np.array_equal(unlined(ellipsis), ellipsis)


def test_fine_print_is_no_row_of_dots() -> None:
    image = Image.new("L", (1200, 1500), 255)
    draw = ImageDraw.Draw(image)
    for at, size in enumerate((10, 11, 12, 14, 16)):
        text = "some women wear screws as common menace "
        draw.text((80, 80 + 40 * at), text, fill=0, font=ImageFont.load_default(size))
    page = np.array(image, dtype=np.uint8)
    assert np.array_equal(unlined(page), page)


@pytest.mark.parametrize(
    ("read", "printed"),
    [("{X]", "[X]"), ("([X]", "[X]"), ("{[", "["), ("[X]", "[X]"), ("(2-up)", "(2-up)")],
)
def test_brackets_of_a_check_box_are_read_as_printed(read: str, printed: str) -> None:
    assert boxes_as_printed(read) == printed
