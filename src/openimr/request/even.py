"""A request line as written, made even before it is read: spaces, dashes, numbering, decisions."""

from __future__ import annotations

import re

_SAME = str.maketrans(
    {
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
        "\u00d7": "x",
        "\u00b5": "u",
        "\u03bc": "u",
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u00a0": " ",
        "\u017f": "s",
        "\u212a": "K",
    }
)
_NUMBERING = re.compile(
    r"^\s*(?:[*\u2022\u25cf\u25aa>-]\s+|\[\s*[xX\u2713 ]?\s*\]\s*)*"
    r"(?:\(?\d{1,2}[.)]\s+|\(?[A-Ha-h][.)]\s+|#\d{1,2}[.:)]?\s+(?=[A-Za-z])"
    r"|(?:item|issue|request|treatment)\s*(?:no\.?|#)?\s*\d{1,2}\s*[:.)-]\s*)?",
    re.IGNORECASE,
)
_OUTCOME = (
    r"(?:upheld|overturned|denied|deny|not\s+certified|non-?\s?certified|certified|approved"
    r"|not\s+approved|modified|authorized|not\s+authorized|non-?authorized|delayed|deferred"
    r"|adverse|adverse\s+determination|conditionally\s+non-?certified|partially\s+certified"
    r"|(?:is|are|was|were)?\s*not\s+medically\s+(?:necessary|indicated)(?:\s+and\s+appropriate)?"
    r"|(?:is|are)\s+medically\s+necessary(?:\s+and\s+appropriate)?)"
)
_STOPS = ".:;,_\u2026-"
_GAP = rf"[\s{_STOPS}]"
_DECISION = re.compile(
    rf"(?<!{_GAP})(?:{_GAP}{{2,}}|[:.\u2026_-]|\s*\(\s*|\s+(?:is|are|was|were)\s+"
    r"|\s+(?=not\s+medically))"
    rf"\(?\s*{_OUTCOME}\s*\)?\s*\.?\s*$",
    re.IGNORECASE,
)
_OUTCOME_ENDS = (
    *("upheld", "overturned", "denied", "deny", "certified", "approved", "modified", "authorized"),
    *("delayed", "deferred", "adverse", "determination", "necessary", "indicated", "appropriate"),
)

LONGEST = 1200
"""Characters of a line that are read; the longest real headings have some 700."""


def even(text: str) -> str:
    """The line with plain dashes and single spaces, and without numbering or decision.

    >>> even("1.  Norco 10/325mg #180:  Upheld")
    'Norco 10/325mg #180'
    """
    text = text[:LONGEST].strip()
    if not text.isascii():
        text = text.translate(_SAME).strip()
    text = " ".join(_without_decision(text).split())
    numbering = _NUMBERING.match(text)
    return text[numbering.end() :].strip() if numbering else text


def _without_decision(text: str) -> str:
    before = None
    while before != text:
        before = text
        if text.rstrip(" .)").casefold().endswith(_OUTCOME_ENDS):
            text = _DECISION.sub("", text)
        text = text.rstrip()
        if text.casefold().endswith(" is"):
            text = text[:-3]
        text = text.rstrip(_STOPS)
    return text
