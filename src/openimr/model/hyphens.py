"""Hyphens at a line's end: kept as soft hyphens, since no one can tell which of them are real.

A PDF marks the hyphen where a line breaks. Most of them split a word (`guide-` / `lines`); some
belong to it (`10-30-` / `2016`). The text of a published letter keeps U+00AD at such a place, and
whoever uses the text chooses a reading.
"""

from __future__ import annotations

import re

SOFT_HYPHEN = "\u00ad"
_BETWEEN_DIGITS = re.compile(f"(?<=\\d){SOFT_HYPHEN}(?=\\d)")


def as_printed(text: str) -> str:
    r"""Without the marks, as published labels give it.

    >>> as_printed("guide\u00adlines of 10-30-\u00ad2016")
    'guidelines of 10-30-2016'
    """
    return text.replace(SOFT_HYPHEN, "") if SOFT_HYPHEN in text else text


def as_read(text: str) -> str:
    r"""As a reader of dates, ages and amounts takes it: a hyphen between digits, else nothing.

    >>> as_read("guide\u00adlines of 10-30\u00ad2016")
    'guidelines of 10-30-2016'
    """
    if SOFT_HYPHEN not in text:
        return text
    return _BETWEEN_DIGITS.sub("-", text).replace(SOFT_HYPHEN, "")
