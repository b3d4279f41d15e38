"""Where the last item of a letter ends: at the closing formula, or with the text."""

from __future__ import annotations

import re

_CLOSING = re.compile(
    r"^[ \t]*(?:(?:Effect\s+of\s+the\s+Decision|Disclaimer|Sincerely|cc)[ \t]*(?:[:,]|\n)"
    r"|/[A-Za-z]{2,4}[ \t]*(?:\n|\Z))",
    re.MULTILINE | re.IGNORECASE,
)

_WORDS = (
    "Sincerely",
    "Disclaimer",
    "Effect of",
    "\ncc",
    "DISCLAIMER",
    "SINCERELY",
    "\nCC",
    "EFFECT",
    "\n/",
)
"""Most letters have none of them: a search of memory tells. The last one begins the initials of
who typed the letter."""


def closing(text: str, start: int) -> int:
    """The first place after `start` where the letter says goodbye; else its end."""
    if not any(text.find(word, start) >= 0 for word in _WORDS):
        return len(text)
    found = _CLOSING.search(text, start)
    return found.start() if found else len(text)
