"""How large the words of a page are drawn, and on which line they stand.

A text layer gives boxes as high as the font; OCR gives boxes that hug the ink, so that `was` is
half as high as `by`. There the size is the line's, and the base line is found from the letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openimr.model.text import Page, PageState, Word

_BASELINE, _SIZE = 0.22, 0.92
"""Where letters stand in a font-high box, and how large they are, in parts of its height."""
_INK, _DESCENT = 0.93, 0.21
"""What a line with high and low letters measures, and how far low ones reach, in parts of size."""
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
    for line in _lines(page):
        highest = max(word.box.y1 - word.box.y0 for word in line)
        for word in line:
            text = page.text[word.start : word.end]
            height = word.box.y1 - word.box.y0
            if page.state is PageState.OCR:
                size = highest / _INK
                baseline = word.box.y1 - (_DESCENT * size if _LOW & set(text) else 0.0)
            else:
                size, baseline = _SIZE * height, word.box.y1 - _BASELINE * height
            length = max(word.box.x1 - word.box.x0, 0.1)
            yield Lettering(text=text, x=word.box.x0, baseline=baseline, size=size, length=length)


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
