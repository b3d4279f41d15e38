"""A cited page as a reader sees it: its words where they stand, the passages marked.

Drawn as SVG from word boxes; the picture of the page lies beneath where one is given. A page whose
words have no places is shown as text with the passages marked.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openimr.model.text import Box, Page
from openimr.render.markup import Html, join, tag
from openimr.render.spans import printable

_BASELINE, _SIZE = 0.22, 0.92
"""Where letters stand in a word's box, and how high they are, in parts of its height."""
_PAD = 1.5
_ALIKE, _MOST = 0.03, 0.9
"""Letters are of one width if most of them are alike within this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A passage to mark on a page."""

    start: int
    end: int
    name: str
    """The fact's id, or `near` for a near miss, `line` for the request's line."""


def page_view(page: Page, marks: Sequence[Mark], image: bytes | None, label: str) -> Html:
    """The page as SVG, or as text where no word has a place."""
    if len(page.words) == 0 and image is None:
        return _as_text(page, marks)
    width, height = _number(page.width), _number(page.height)
    return tag(
        "svg",
        tag("title", label),
        _paper(width, height, image),
        join(_rect(box, mark.name) for mark in marks for box in _boxes(page, mark)),
        tag("g", _words(page), class_=_lettering(page, image)),
        viewBox=f"0 0 {width} {height}",
        class_="sheet",
        xmlns="http://www.w3.org/2000/svg",
    )


def _boxes(page: Page, mark: Mark) -> list[Box]:
    return page.line_boxes(mark.start, mark.end)


def _paper(width: str, height: str, image: bytes | None) -> Html:
    if image is None:
        return tag("rect", width=width, height=height, class_="paper")
    kind = "png" if image.startswith(b"\x89PNG") else "jpeg"
    data = base64.b64encode(image).decode("ascii")
    return tag("image", href=f"data:image/{kind};base64,{data}", width=width, height=height)


def _rect(box: Box, name: str) -> Html:
    return tag(
        "rect",
        x=_number(box.x0 - _PAD),
        y=_number(box.y0 - _PAD),
        width=_number(box.x1 - box.x0 + 2 * _PAD),
        height=_number(box.y1 - box.y0 + 2 * _PAD),
        rx="1.5",
        class_="mark near" if name == "near" else "mark",
        data_mark=name,
    )


def _lettering(page: Page, image: bytes | None) -> str | None:
    """Unseen over a picture; of one width where the page was set so, as forms by typewriter are."""
    if image is not None:
        return "over"
    widths = [
        (word.box.x1 - word.box.x0) / (word.end - word.start)
        for word in page.words
        if word.end > word.start
    ]
    middle = sorted(widths)[len(widths) // 2]
    alike = sum(abs(width - middle) <= _ALIKE * middle for width in widths)
    return "mono" if alike >= _MOST * len(widths) else None


def _words(page: Page) -> Html:
    return join(
        tag(
            "text",
            printable(page.text[word.start : word.end]),
            x=_number(word.box.x0),
            y=_number(word.box.y1 - _BASELINE * (word.box.y1 - word.box.y0)),
            font_size=_number(_SIZE * (word.box.y1 - word.box.y0)),
            textLength=_number(max(word.box.x1 - word.box.x0, 0.1)),
        )
        for word in page.words
    )


def _as_text(page: Page, marks: Sequence[Mark]) -> Html:
    parts: list[Html | str] = []
    at = 0
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if mark.start < at:
            continue
        parts.append(_lines(page.text[at : mark.start]))
        shown = _lines(page.text[mark.start : mark.end])
        parts.append(tag("mark", shown, class_="mark", data_mark=mark.name))
        at = mark.end
    parts.append(_lines(page.text[at:]))
    return tag("pre", *parts, class_="sheet")


def _lines(text: str) -> str:
    return "\n".join(printable(line) for line in text.split("\n"))


def _number(value: float) -> str:
    """One decimal is a tenth of a point: finer than a screen shows."""
    return f"{value:.1f}".removesuffix(".0")


def merge_marks(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Each passage once for each name, in the order of the page."""
    return tuple(sorted(set(marks), key=lambda mark: (mark.start, mark.end, mark.name)))
