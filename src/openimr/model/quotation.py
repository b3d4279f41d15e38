"""A passage of a record as a letter quotes it."""

from __future__ import annotations

import re

QUOTE_LIMIT = 160
"""Characters of a passage that a sentence quotes; the page itself shows the rest."""
_RULE = re.compile(r"[-_=+|*~]{4,}|\.{4,}")
"""Lines that forms and tables are drawn with."""
_ELLIPSIS = re.compile(r"(?:\.\.\.\s*){2,}")


def quotation(text: str, limit: int = QUOTE_LIMIT) -> str:
    """The passage on one line and not too long; what is left out shows as an ellipsis.

    >>> quotation("Pain:  6/10 ________   sleep: bad")
    'Pain: 6/10 ... sleep: bad'
    """
    line = " ".join(_RULE.sub(" ... ", text).split())
    line = _ELLIPSIS.sub("... ", line).strip(" |")
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0].rstrip(",;:") + " ..."
