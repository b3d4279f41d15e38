"""Boxes of forms: which of two answers is ticked, as typed, printed or read by OCR.

>>> chosen("[X] Regular   [ ] Expedited", ("regular", "expedited"))
'regular'
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_FULL = (
    r"[\[({|]\s?[xX\u2713\u2714*\u00d7%]\s?[\])}|]|[\u2611\u2612\u25a0]"
    r"|\b[xX](?=\s+[A-Z])|[\[(][xX]\b"
)
_EMPTY = r"[\[({|]\s{0,2}_?\s{0,2}[\])}|]|[\u2610\u25a1]|\[\]|\(\)|\bO(?=\s+[A-Z])"
_BOX = rf"(?:(?P<full>{_FULL})|(?P<empty>{_EMPTY}))"


def chosen(text: str, answers: Sequence[str]) -> str | None:
    """The one answer whose box is ticked; None if none is, or more than one.

    The box may stand before or after its word; the way round that gives every box of the text a
    word is taken.

    Args:
        text: a line of a form.
        answers: the words beside the boxes, as patterns without case.
    """
    ways = [
        {answer: _tick(text, answer, before=before) for answer in answers}
        for before in (True, False)
    ]
    ticks = max(ways, key=lambda way: sum(tick is not None for tick in way.values()))
    full = [answer for answer, tick in ticks.items() if tick]
    return full[0] if len(full) == 1 else None


def _tick(text: str, answer: str, *, before: bool) -> bool | None:
    """Whether the box of a word is ticked; None where it has none."""
    pattern = rf"{_BOX}\s*(?:{answer})\b" if before else rf"\b(?:{answer})\s*:?\s*{_BOX}"
    found = re.search(pattern, text, re.IGNORECASE)
    return None if found is None else found["full"] is not None
