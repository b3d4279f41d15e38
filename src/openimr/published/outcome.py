"""The word that decides an item, at the end of its heading."""

from __future__ import annotations

from openimr.model.ruling import Outcome

_WORDS = {
    "upheld": Outcome.UPHELD,
    "uphold": Outcome.UPHELD,
    "up held": Outcome.UPHELD,
    "overturned": Outcome.OVERTURNED,
    "overturn": Outcome.OVERTURNED,
    "over turned": Outcome.OVERTURNED,
}
_AFTER = " \n.:;)]"
_SEPARATORS = " \n:;.,-\u2013\u2014"
_REACH = 80
_LONGEST = 12
_LAST_LETTERS = "dn"


def outcome_at_end(text: str, end: int, low: int) -> tuple[Outcome, int] | None:
    r"""The outcome that `text[low:end]` ends with, and where the heading before it ends.

    It stands after a colon or a dash, or on a line of its own.

    >>> outcome_at_end("Norco 10/325mg #120:\nUPHELD\n", 28, 0)
    (<Outcome.UPHELD: 'Upheld'>, 19)
    """
    start = max(low, end - _REACH)
    tail = text[start:end].rstrip(_AFTER)
    last = tail[-_LONGEST:].lower()
    if last[-1:] not in _LAST_LETTERS:
        return None
    for word, outcome in _WORDS.items():
        if last.endswith(word):
            heading = tail[: -len(word)].rstrip(_SEPARATORS)
            between = tail[len(heading) : -len(word)]
            return (outcome, start + len(heading)) if between.strip(" ") else None
    return None
