"""A page of a PDF -> text with word boxes, or the finding that only OCR can read it.

Runs inside a limited child process: the native library aborts on some hostile files.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TypeAlias

import pypdfium2 as pdfium
from pypdfium2 import raw

from openimr.intake.layout import lay_out
from openimr.intake.piece import Piece
from openimr.intake.reading import PageReading
from openimr.intake.upright import rotated, text_direction, turn_pieces
from openimr.model.text import Box, Notice, Page, PageState

_WORD = re.compile(r"\S+")
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\xad": "-", "\u2010": "-", "\u2011": "-"})
"""What the library gives for a hyphen at a line's end, one unit for one."""
_UNMAPPED = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")

FEW_CHARACTERS = 25
"""Fewer than this beside anything drawn: the page is a picture of text."""
STAMP_CHARACTERS = 250
"""A fax header or a page stamp over a scan is no text layer."""
SCAN_COVERAGE = 0.5
"""Part of the page that its pictures cover when it is a scan."""
_UNMAPPED_PART = 0.3
_DRAWN = (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING)
_BACK = 0.12
_OFF = 0.045
"""Parts of a line's height by which strings overlap or stand apart that are no one word; kerning
and rounding between the runs of a word stay below."""
_SPACED = 3
"""Gaps in a word from which their usual width counts: its letters may be spaced out."""
_SAME_PLACE = 0.05

_Rectangle: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top in user space."""
_Edges: TypeAlias = list[ctypes.c_double]


@dataclass(frozen=True, slots=True)
class _View:
    """From user space, where PDF draws, to the page as a reader sees it."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        if self.rotation == 0:
            return Box(x0 - self.left, self.top - y1, x1 - self.left, self.top - y0)
        a, b = self._point(x0, y0), self._point(x1, y1)
        return Box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y


def read_pdf_page(document: pdfium.PdfDocument, index: int) -> PageReading:
    """Read one page (0-based) by its text layer."""
    page = _open_page(document, index)
    try:
        width, height = page.get_size()
        text_page = page.get_textpage()
        try:
            pieces = list(_pieces(text_page, _view(page)))
        finally:
            text_page.close()
        return _judge(page, pieces, index + 1, (width, height))
    finally:
        page.close()


def _open_page(document: pdfium.PdfDocument, index: int) -> pdfium.PageReading:
    """The page with what stands in its form fields drawn in: applications are filled-in forms."""
    page = document[index]
    if raw.FPDFPage_GetAnnotCount(page) > 0 and document.formenv is not None:
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        page.close()
        page = document[index]
    return page


def _judge(
    page: pdfium.PdfPage, pieces: Sequence[Piece], number: int, size: tuple[float, float]
) -> PageReading:
    notices: tuple[Notice, ...] = ()
    turn = text_direction([piece.box for piece in pieces])
    if turn:
        pieces, size = turn_pieces(pieces, size, turn)
        notices = (rotated(turn),)
    text, words = lay_out(pieces)
    needs_ocr = _is_picture(page, pieces, size)
    blank = not needs_ocr and not text.strip()
    result = Page(
        number=number,
        file_page=number,
        text=text,
        words=words,
        state=PageState.BLANK if blank else PageState.TEXT,
        width=size[0],
        height=size[1],
        notices=notices,
        turned=turn,
    )
    return PageReading(result, needs_ocr)


def _view(page: pdfium.PdfPage) -> _View:
    media, crop = page.get_mediabox(), page.get_cropbox()
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if left >= right or bottom >= top:
        left, bottom, right, top = media
    return _View(left, bottom, right, top, page.get_rotation())


def _pieces(text_page: pdfium.PdfTextPage, view: _View) -> Iterator[Piece]:
    """Words with one rectangle call each; a call per character is three times slower.

    Positions inside the library are UTF-16 units: they are counted as such, never as letters.
    """
    text = _page_text(text_page)
    plane = text.isascii() or ord(max(text)) < 0x10000
    edges = [ctypes.c_double() for _ in range(4)]
    units, counted = 0, 0
    for found in _WORD.finditer(text):
        word = found.group()
        if plane:
            start, length = found.start(), len(word)
        else:
            units += _utf16_length(text[counted : found.start()])
            start, length = units, _utf16_length(word)
            counted, units = found.end(), units + length
        for part, box in _placed(text_page, word, start, length, edges):
            yield Piece(part.translate(_HYPHENS), view.box(*box))


def _page_text(text_page: pdfium.PdfTextPage) -> str:
    count = text_page.count_chars()
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text_page, 0, count, buffer)
    units = bytes(buffer)[: 2 * max(written - 1, 0)]
    return units.decode("utf-16-le", errors="replace")


def _utf16_length(text: str) -> int:
    return len(text) + sum(ord(letter) > 0xFFFF for letter in text)


def _placed(
    text_page: pdfium.PdfTextPage, word: str, start: int, length: int, edges: _Edges
) -> Iterator[tuple[str, _Rectangle]]:
    """A word with its rectangle; two, where strings that only touch were taken for one word."""
    first = raw.FPDFText_GetCharIndexFromTextIndex(text_page, start)
    first = first if first >= 0 else start
    rectangles = list(_rectangles(text_page, first, length, edges))
    if len(rectangles) <= 1:
        yield from ((word, rectangle) for rectangle in rectangles)
        return
    cut = _cut(text_page, first, length, rectangles) if len(word) == length else None
    if cut is None:
        yield word, _around(rectangles)
        return
    for part, at in ((word[:cut], 0), (word[cut:], cut)):
        yield from _placed(text_page, part, start + at, len(part), edges)


def _rectangles(
    text_page: pdfium.PdfTextPage, first: int, length: int, edges: _Edges
) -> Iterator[_Rectangle]:
    for index in range(raw.FPDFText_CountRects(text_page, first, length)):
        if raw.FPDFText_GetRect(text_page, index, *edges):
            left, top, right, bottom = (edge.value for edge in edges)
            yield left, bottom, right, top


def _cut(
    text_page: pdfium.PdfTextPage, first: int, length: int, rectangles: Sequence[_Rectangle]
) -> int | None:
    """Where in a word another string begins: one that goes back, or stands off, on the line.

    The library puts a space only where a gap is about half as wide as a letter.
    """
    steps: dict[int, float] = {}
    for one, other in pairwise(rectangles):
        level = min(one[3], other[3]) - max(one[1], other[1]) > max(one[3] - one[1], 1.0) / 2
        at = _begins(text_page, first, length, other[0]) if level else 0
        if at:
            steps[at] = _step(text_page, first + at)
    usual = median(steps.values()) if len(steps) >= _SPACED else 0.0
    return next((at for at, step in steps.items() if not -_BACK <= step - usual <= _OFF), None)


def _begins(text_page: pdfium.PdfTextPage, first: int, length: int, left: float) -> int:
    """Which letter of a word begins there; 0 if none after the first does."""
    found = (
        at
        for at in range(1, length)
        if abs(text_page.get_charbox(first + at)[0] - left) < _SAME_PLACE
    )
    return next(found, 0)


def _step(text_page: pdfium.PdfTextPage, index: int) -> float:
    """From where one letter ends to where the next begins, in heights of the line.

    By their widths, as ink leaves room at both sides of a letter.
    """
    before, after = (text_page.get_charbox(at, loose=True) for at in (index - 1, index))
    height = max(before[3] - before[1], after[3] - after[1], 1.0)
    return float((after[0] - before[2]) / height)


def _around(rectangles: Sequence[_Rectangle]) -> _Rectangle:
    return (
        min(rectangle[0] for rectangle in rectangles),
        min(rectangle[1] for rectangle in rectangles),
        max(rectangle[2] for rectangle in rectangles),
        max(rectangle[3] for rectangle in rectangles),
    )


def _is_picture(page: pdfium.PdfPage, pieces: Sequence[Piece], size: tuple[float, float]) -> bool:
    characters = sum(len(piece.text) for piece in pieces)
    unmapped = sum(len(_UNMAPPED.findall(piece.text)) for piece in pieces)
    if unmapped > _UNMAPPED_PART * max(characters, 1):
        return True
    if characters >= STAMP_CHARACTERS:
        return False
    if characters < FEW_CHARACTERS:
        return next(page.get_objects(filter=_DRAWN, max_depth=3), None) is not None
    return _picture_area(page) >= SCAN_COVERAGE * size[0] * size[1]


def _picture_area(page: pdfium.PdfPage) -> float:
    area = 0.0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        area += abs(right - left) * abs(top - bottom)
    return area
