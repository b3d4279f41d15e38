"""The word that decides an item, at the end of its heading."""

from __future__ import annotations

import re

from openimr.model.determination import Outcome

_AT_END = re.compile(
    r"(?P<before>[\s:;.,\-\u2013\u2014]*)(?<![a-z])"
    r"(?P<word>up\s?h[eo]ld|over\s?turn(?:ed)?)\s*[.:;)\]]*\s*$",
    re.IGNORECASE,
)
_SEPARATED = re.compile(r"[:;.,\-\u2013\u2014\n]")
_REACH = 80


def outcome_at_end(text: str, end: int, low: int) -> tuple[Outcome, int] | None:
    r"""The outcome that `text[low:end]` ends with, and where the heading before it ends.

    It stands after a colon, or on a line of its own.

    >>> outcome_at_end("Norco 10/325mg #120:\nUPHELD\n", 28, 0)
    (<Outcome.UPHELD: 'Upheld'>, 19)
    """
    start = max(low, end - _REACH)
    found = _AT_END.search(text[start:end])
    if found is None or not _SEPARATED.search(found["before"]):
        return None
    upheld = found["word"][0] in "uU"
    return Outcome.UPHELD if upheld else Outcome.OVERTURNED, start + found.start()
