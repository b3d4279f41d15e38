"""A cited page as a reader sees it: its words where they stand, the passages marked.

Drawn as SVG from word boxes; the picture of the page lies beneath where one is given. A page whose
words have no places is shown as text with the passages marked.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openimr.model.text import Box, Page, PageState
from openimr.render.lettering import is_monospaced, letter_page
from openimr.render.markup import Html, join, tag
from openimr.render.spans import printable

_PAD = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A passage to mark on a page."""

    start: int
    end: int
    name: str
    """The fact's id, `near-c01` for a near miss of a search, `line` for the request's line."""


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
        class_="mark near" if name.startswith("near") else "mark",
        data_mark=name,
    )


def _lettering(page: Page, image: bytes | None) -> str | None:
    """Unseen over a picture; of one width where the page was set so."""
    if image is not None:
        return "over"
    return "mono" if is_monospaced(page) else None


def _words(page: Page) -> Html:
    # Scanned letters are stretched to their box: their size is a guess, their width is not.
    stretch = "spacingAndGlyphs" if page.state is PageState.OCR else None
    return join(
        tag(
            "text",
            printable(word.text),
            x=_number(word.x),
            y=_number(word.baseline),
            font_size=_number(word.size),
            textLength=_number(word.length),
            lengthAdjust=stretch,
        )
        for word in letter_page(page)
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
