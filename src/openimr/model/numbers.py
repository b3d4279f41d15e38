"""Numbers as records write them: digits, words, halves, `eight (8)`."""

from __future__ import annotations

import re

_UP_TO_NINE = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"]
_TEENS += ["eighteen", "nineteen"]
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
_TENS |= {"seventy": 70, "eighty": 80, "ninety": 90}
_PARTS = {"half": 0.5, "one half": 0.5, "half a": 0.5, "half of a": 0.5, "a quarter": 0.25}
_PARTS |= {"one and a half": 1.5, "one and one half": 1.5, "two and a half": 2.5}
WORD_VALUES: dict[str, float] = {
    **{word: float(value) for value, word in enumerate(_UP_TO_NINE + _TEENS, start=1)},
    **{ten: float(value) for ten, value in _TENS.items()},
    **{
        f"{ten} {one}": float(value + units)
        for ten, value in _TENS.items()
        for units, one in enumerate(_UP_TO_NINE, start=1)
    },
    **_PARTS,
    "one hundred": 100.0,
}
"""Number words in lower case, with one space between them."""

_ONES = "|".join(_UP_TO_NINE)
_FRACTIONS = r"one[\s-]+half|half(?:[\s-]+(?:of[\s-]+)?a)?|a[\s-]+quarter"
_WORDS = (
    rf"(?:one[\s-]+and[\s-]+(?:a|one)[\s-]+half|two[\s-]+and[\s-]+a[\s-]+half|{_FRACTIONS}"
    rf"|one[\s-]+hundred|(?:{'|'.join(_TENS)})(?:[\s-]+(?:{_ONES}))?|{'|'.join(_TEENS)}|{_ONES})"
)
_DIGITS = (
    r"(?:\d{1,3}\s+[1-3]/[2-4](?![/\d])|[1-3]/[2-4](?![/\d])"
    r"|\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?|\.\d+|\d?[½¼¾])"
)
NUMBER = (
    rf"(?:(?=[\d.½¼¾]){_DIGITS}(?:\s*\(\s*{_WORDS}\s*\))?"
    rf"|\b(?=[aefhnost]){_WORDS}\b(?:\s*\(\s*\d+(?:\.\d+)?\s*\))?)"
)
"""Regular expression for one number (ignore case); `number` gives its value.

The looks ahead change nothing but the time: most places of a line begin no number.
"""

_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_FRACTION = re.compile(r"(?:([0-9]+)\s+)?([1-9])/([1-9])")
_PLAIN = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+")
_WHOLE = re.compile(r"[0-9]*")
_PARENTHESIS = re.compile(r"\s*\(.*\)\s*$")
_SEPARATORS = re.compile(r"[\s-]+")


def number(text: str) -> float | None:
    """The value of a text that `NUMBER` matched; None for anything else.

    >>> number("1 1/2"), number("Eight (8)"), number("one-half"), number("1,200")
    (1.5, 8.0, 0.5, 1200.0)
    """
    if text.isascii() and text.isdecimal():
        return float(text)
    text = _PARENTHESIS.sub("", text.strip().casefold())
    word = WORD_VALUES.get(_SEPARATORS.sub(" ", text))
    if word is not None:
        return word
    if fraction := _FRACTION.fullmatch(text):
        whole, over, under = fraction.groups()
        return int(whole or 0) + int(over) / int(under)
    if text and text[-1] in _GLYPHS:
        return int(text[:-1] or 0) + _GLYPHS[text[-1]] if _WHOLE.fullmatch(text[:-1]) else None
    return float(text.replace(",", "")) if _PLAIN.fullmatch(text) else None
