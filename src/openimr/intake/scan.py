"""A page image -> a page: upright, clean, read by OCR, its words placed in points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from openimr.intake.cleanup import (
    Straightened,
    densest_strip,
    is_sideways,
    straighten,
    turn,
)
from openimr.intake.layout import lay_out
from openimr.intake.linework import without_linework
from openimr.intake.patches import find_patches, is_blank, without_specks
from openimr.intake.piece import Piece
from openimr.intake.ports import Grey, OcrEngine
from openimr.intake.upright import rotated
from openimr.model.text import Box, Notice, NoticeKind, Page, PageState

_STRIP = 0.3
"""Part of a page that is read to find out which way is up."""
_ENOUGH_WORDS = 8
"""Words of a strip that settle which way is up, if the engine is sure of them."""
_NOISE = 0.45
_BRACES = str.maketrans("{}", "[]")
_DOUBLED = re.compile(r"^[(\[|]+(?=\[)|(?<=\])[)\]|]+$")


def read_scan(image: Grey, dpi: int, number: int, engine: OcrEngine) -> Page:
    """Read a page image: level lines are taken for upright, until what is read makes no sense."""
    patches = find_patches(image, dpi)
    if is_blank(patches):
        return _page(image, dpi, number, turned=0, state=PageState.BLANK)
    clean = without_specks(without_linework(image, dpi, patches), patches)
    sheet = _Sheet(clean, dpi)
    turned = _best_turn(sheet, engine) if is_sideways(sheet.image) else 0
    straight, pieces = _read(sheet, turned, engine)
    if _confidence(pieces) < (engine.unsure + engine.hopeless) / 2 or _stands(pieces):
        other = _best_turn(sheet, engine)
        if other != turned:
            turned = other
            straight, pieces = _read(sheet, turned, engine)
    placed = [replace(piece, box=straight.to_original(piece.box)) for piece in pieces]
    words = _in_points(pieces, placed, dpi)
    page = _page(straight.image, dpi, number, words, turned=turned, state=PageState.OCR)
    return _judged(page, engine)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A clean page image, as it lies."""

    image: Grey
    dpi: int


def _read(sheet: _Sheet, turned: int, engine: OcrEngine) -> tuple[Straightened, list[Piece]]:
    straight = straighten(turn(sheet.image, turned))
    return straight, _words(straight, sheet.dpi, engine)


def _stands(pieces: Sequence[Piece]) -> bool:
    """Whether most words run down the page."""
    words = [piece for piece in pieces if len(piece.text) > 2]
    return sum(not _lies(piece) for piece in words) > len(words) / 2


def _best_turn(sheet: _Sheet, engine: OcrEngine) -> int:
    """The way up in which a strip across the page reads well, or else best."""
    legible: dict[int, float] = {}
    for turned in (0, 180, 90, 270):
        strip = densest_strip(turn(sheet.image, turned), _STRIP)
        pieces = engine.read(straighten(strip).image, sheet.dpi)
        lying = [piece for piece in pieces if _lies(piece)]
        legible[turned] = sum(piece.confidence * _letters(piece) for piece in lying)
        if len(lying) >= _ENOUGH_WORDS and _confidence(pieces) >= engine.unsure:
            return turned
    return max(legible, key=lambda turned: legible[turned])


def _lies(piece: Piece) -> bool:
    """Whether a word lies on its line: some engines read words that run down the page, too."""
    box = piece.box
    return len(piece.text) > 2 and box.x1 - box.x0 > box.y1 - box.y0


def _letters(piece: Piece) -> int:
    return sum(letter.isalnum() for letter in piece.text)


def _words(straight: Straightened, dpi: int, engine: OcrEngine) -> list[Piece]:
    """What the engine reads, without the specks it took for punctuation."""
    return [
        replace(piece, text=boxes_as_printed(piece.text))
        for piece in engine.read(straight.image, dpi)
        if piece.text.strip() and (_letters(piece) or piece.confidence > _NOISE)
    ]


def boxes_as_printed(word: str) -> str:
    """A word with the brackets of its check box as forms print them; OCR sees braces in them.

    >>> boxes_as_printed("{X]"), boxes_as_printed("([X]"), boxes_as_printed("(knee)")
    ('[X]', '[X]', '(knee)')
    """
    return _DOUBLED.sub("", word.translate(_BRACES))


def _in_points(
    level: Sequence[Piece], placed: Sequence[Piece], dpi: int
) -> tuple[tuple[Piece, Box], ...]:
    """Each word with its box on the straightened page, for the rows, and on the page as it is."""
    scale = 72 / dpi
    return tuple(
        (replace(piece, box=_scaled(piece.box, scale)), _scaled(where.box, scale))
        for piece, where in zip(level, placed, strict=True)
    )


def _scaled(box: Box, scale: float) -> Box:
    return Box(box.x0 * scale, box.y0 * scale, box.x1 * scale, box.y1 * scale)


def _page(
    image: Grey,
    dpi: int,
    number: int,
    words: Sequence[tuple[Piece, Box]] = (),
    *,
    turned: int,
    state: PageState,
) -> Page:
    height, width = image.shape
    text, placed = lay_out([piece for piece, _ in words], {id(piece): box for piece, box in words})
    blank = state is PageState.BLANK
    return Page(
        number=number,
        file_page=number,
        text=text,
        words=placed,
        state=state,
        width=width * 72 / dpi,
        height=height * 72 / dpi,
        confidence=1.0 if blank else _confidence([piece for piece, _ in words]),
        notices=(rotated(turned),) if turned else (),
        turned=turned,
    )


def _judged(page: Page, engine: OcrEngine) -> Page:
    """The page as unreadable, or with a warning, where the engine is not sure of it."""
    sure = f"{page.confidence:.0%}"
    if not page.words:
        reason = "a picture on which OCR finds no text"
    elif page.confidence < engine.hopeless:
        reason = f"too poor for OCR: it is sure of {sure} only"
    elif page.confidence < engine.unsure:
        message = f"hard to read: OCR is sure of {sure} only; compare the image"
        poor = Notice(kind=NoticeKind.LOW_CONFIDENCE, message=message)
        return replace(page, notices=(*page.notices, poor))
    else:
        return page
    return replace(page, state=PageState.UNREADABLE, reason=reason)


def _confidence(pieces: Sequence[Piece]) -> float:
    """Mean over letters, so that a speck weighs less than a word."""
    letters = sum(max(1, len(piece.text)) for piece in pieces)
    if not letters:
        return 0.0
    return sum(piece.confidence * max(1, len(piece.text)) for piece in pieces) / letters
