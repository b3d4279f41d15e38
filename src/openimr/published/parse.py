"""The text of a published letter -> `PublishedLetter`, whole or not at all."""

from __future__ import annotations

from openimr.model.errors import NotADetermination
from openimr.model.published import PublishedLetter
from openimr.published.compose import Parse, compose
from openimr.published.layouts import LAYOUTS
from openimr.published.letter_text import prepare
from openimr.published.single import check_single

__all__ = ["Parse", "parse_letter"]


def parse_letter(text: str, *, parse: Parse) -> PublishedLetter:
    """Read a letter.

    Args:
        text: as extracted from a PDF or read from a file; pages may end in form feeds.
        parse: reads a heading's request (`request.grammar.parse_request`, rules bound); a
            corpus hands in one that remembers, since headings repeat.

    Raises:
        NotADetermination: another document, a draft, several letters, or one that is not whole.
    """
    prepared = prepare(text)
    for layout in LAYOUTS:
        if layout.recognises(prepared):
            check_single(prepared)
            return compose(layout.read(prepared), parse)
    raise NotADetermination(
        "not a published determination" if prepared.strip() else "there is no text in it",
        why="no layout of a Final Determination is recognised in it" if prepared.strip() else "",
        remedy="hand over letters as the Division of Workers' Compensation publishes them",
    )
