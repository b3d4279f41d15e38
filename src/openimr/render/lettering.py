"""How large the words of a page are drawn, and on which line they stand.

Most text layers give boxes as high as the font; OCR and some text layers give boxes that hug the
ink, so that `was` is half as high as `by`. There the size is the line's, and the base line is found
from the letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from openimr.model.text import Page, PageState, Word

_BASELINE, _SIZE = 0.22, 0.92
"""Where letters stand in a font-high box, and how large they are, in parts of its height."""
_INK, _DESCENT = 0.93, 0.21
"""What a line with high and low letters measures, and how far low ones reach, in parts of size."""
_TALL, _SMALL = 0.72, 0.52
"""Letters with and without an upper stroke, above the base line, in parts of size."""
_EVEN = 0.9
"""Boxes of a line that differ more hug the ink; so do a page's if most of its lines differ."""
_HIGH = frozenset("bdfhijklt|[]()/$'\"")
_LOW = frozenset("gjpqy,;()[]|Q$/")
_ALIKE, _MOST = 0.03, 0.9
"""Letters are of one width if most of them are alike within this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettering:
    """One word as it is drawn."""

    text: str
    x: float
    baseline: float
    size: float
    length: float


def letter_page(page: Page) -> Iterator[Lettering]:
    """Every word of the page with its place and size."""
    setting = _setting(page)
    for line in _lines(page):
        for word, (size, baseline) in zip(line, setting(page, line), strict=True):
            text = page.text[word.start : word.end]
            length = max(word.box.x1 - word.box.x0, 0.1)
            yield Lettering(text=text, x=word.box.x0, baseline=baseline, size=size, length=length)


def _setting(page: Page) -> Callable[[Page, Sequence[Word]], list[tuple[float, float]]]:
    """How the sizes and base lines of the page's lines are found."""
    if page.state is PageState.OCR:
        return _from_scan
    uneven = [
        min(map(_height, line)) < _EVEN * max(map(_height, line))
        for line in _lines(page)
        if len(line) > 1
    ]
    return _from_ink if uneven and sum(uneven) > len(uneven) / 2 else _from_font


def _from_font(_page: Page, line: Sequence[Word]) -> list[tuple[float, float]]:
    """Boxes as high as the font: each word by its own."""
    return [(_SIZE * _height(word), word.box.y1 - _BASELINE * _height(word)) for word in line]


def _from_scan(page: Page, line: Sequence[Word]) -> list[tuple[float, float]]:
    """The highest word gives the size; a scanned line may lean, so each word has its base line."""
    size = max(map(_height, line)) / _INK
    return [
        (size, word.box.y1 - (_DESCENT * size if _LOW & set(_text(page, word)) else 0.0))
        for word in line
    ]


def _from_ink(page: Page, line: Sequence[Word]) -> list[tuple[float, float]]:
    """The middle of what the words suggest; all stand on the base line of most of them."""
    size = _middle(_height(word) / _ink_height(_text(page, word)) for word in line)
    level = [word.box.y1 for word in line if not _LOW & set(_text(page, word))]
    baseline = _middle(level or [word.box.y1 - _DESCENT * size for word in line])
    return [(size, baseline)] * len(line)


def _middle(values: Iterable[float]) -> float:
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def _text(page: Page, word: Word) -> str:
    return page.text[word.start : word.end]


def is_monospaced(page: Page) -> bool:
    """Whether the page's letters are of one width, as a typewriter's or a plain text's are."""
    if page.state is PageState.OCR or len(page.words) == 0:
        return False
    widths = [
        (word.box.x1 - word.box.x0) / (word.end - word.start)
        for word in page.words
        if word.end > word.start
    ]
    middle = sorted(widths)[len(widths) // 2]
    alike = sum(abs(width - middle) <= _ALIKE * middle for width in widths)
    return alike >= _MOST * len(widths)


def _height(word: Word) -> float:
    return word.box.y1 - word.box.y0


def _ink_height(text: str) -> float:
    """How high a word's ink is, in parts of the size: `was` 0.52, `by` 0.93."""
    high = any(letter.isupper() or letter.isdigit() or letter in _HIGH for letter in text)
    return (_TALL if high else _SMALL) + (_DESCENT if _LOW & set(text) else 0.0)


def _lines(page: Page) -> Iterator[Sequence[Word]]:
    """The words by lines of the text."""
    line: list[Word] = []
    for word in page.words:
        if line and "\n" in page.text[line[-1].end : word.start]:
            yield line
            line = []
        line.append(word)
    if line:
        yield line
