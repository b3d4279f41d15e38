"""The verdict of a letter as a whole, printed on its first page: it must agree with its items."""

from __future__ import annotations

import re
from collections.abc import Sequence

from openimr.model.ruling import Outcome
from openimr.published.parts import ItemParts

_VERDICT = re.compile(
    r"Final\s+Determination\s*:\s*(?P<word>PARTIAL(?:LY)?\s+OVERTURN(?:ED)?|UPH[EO]LD|OVERTURN(?:ED)?)\b",
    re.IGNORECASE,
)


def check_verdict(block: str, items: Sequence[ItemParts]) -> tuple[str, ...]:
    """A warning where the first page says otherwise than the items."""
    found = _VERDICT.search(block)
    if found is None:
        return ()
    word = found["word"].upper()
    overturned = sum(item.outcome is Outcome.OVERTURNED for item in items)
    agree = (
        0 < overturned < len(items)
        if word.startswith("PARTIAL")
        else overturned == (len(items) if word.startswith("OVER") else 0)
    )
    if agree:
        return ()
    return (
        f"the first page says {word.capitalize()}; of {len(items)} item(s) {overturned} is "
        "overturned",
    )
