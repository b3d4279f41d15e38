"""Misspellings as hurried people make them; numbers and names are left alone."""

from __future__ import annotations

import re

from openimr.synth.draw import Draw

_WORD = re.compile(r"(?<![\w'\ue000-\uf8ff/])[a-z]{6,}(?![\w'/])")
# Leading words of meaning stay right: a reader must be able to read them.
_KEEP = frozenset(
    [
        "seventy",
        "evening",
        "bedtime",
        "tablet",
        "tablets",
        "capsule",
        "capsules",
        "needed",
        "quantity",
        "fifteen",
        "thirty",
        "twenty",
        "without",
        "before",
        "patient",
        "unable",
        "cannot",
        "denies",
        "morphine",
        "hydrocodone",
        "carisoprodol",
        "gabapentin",
        "temazepam",
        "cyclobenzaprine",
        "methocarbamol",
        "duloxetine",
    ]
)


def misspell(text: str, draw: Draw, share: float) -> str:
    """Swap, drop or double a letter in about this share of the long words.

    Example: `complains` may become `compalins`.
    """
    if not share:
        return text
    return _WORD.sub(lambda found: _one(found.group(), draw, share), text)


def _one(word: str, draw: Draw, share: float) -> str:
    if word in _KEEP or not draw.chance(share * 2):
        return word
    at = draw.between(2, len(word) - 3)
    kind = draw.between(0, 2)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    return word[:at] + word[at] + word[at:]
