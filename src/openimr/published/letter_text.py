"""The text of a letter as it came -> the text that the layouts read.

Lines stay lines, since a heading begins with one; what belongs to the paper goes: page breaks,
page numbers, running footers. Hyphens that a PDF marks at a line's end become soft hyphens.
"""

from __future__ import annotations

import re

from openimr.model.hyphens import SOFT_HYPHEN

_MARKS = ("\ufffe", "\uffff", "\x02")
"""What PDF libraries give for the hyphen at a line's end."""
_MARKED_BREAK = re.compile(f"{SOFT_HYPHEN}\\s+")
_FOOTER = re.compile(
    r"^[ \t]*(?:Final Determination Letter for IMR Case Number\b[^\n]*"
    r"|Page \d{1,3} of \d{1,3}|CM\d\d-\d{7}[ \t]+\d{1,3})[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_FOOTER_WORDS = ("Final Determination Letter", "Page ", "\nCM")
_PAGE_NUMBER_BEFORE = re.compile(r"\n[ \t]*(?:Page[ \t]*|-[ \t]*)?\d{1,3}[ \t]*-?[ \t\n]*\f")
_PAGE_NUMBER_AFTER = re.compile(r"\f[ \t\n]*(?:Page[ \t]*|-[ \t]*)?\d{1,3}[ \t]*-?[ \t]*\n")

_PAGE_NUMBER_ALONE = re.compile(r"(?:\n[ \t]*){4,}\d{1,2}[ \t]*(?=\n)")
"""Where a text has no form feeds, a gap in the lines tells the end of a page."""


def prepare(text: str) -> str:
    r"""Newlines, page furniture and hyphen marks made even; nothing else is touched.

    >>> prepare("guide\ufffelines\r\n3\f4 visits")
    'guide\xadlines\n4 visits'
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for mark in _MARKS:
        if mark in text:
            text = text.replace(mark, SOFT_HYPHEN)
    if SOFT_HYPHEN in text:
        text = _MARKED_BREAK.sub(SOFT_HYPHEN, text)
    if "\f" in text:
        text = _PAGE_NUMBER_BEFORE.sub("\n\f", text)
        text = _PAGE_NUMBER_AFTER.sub("\f", text)
        text = text.replace("\n\f", "\n").replace("\f\n", "\n").replace("\f", "\n")
    elif _PAGE_NUMBER_ALONE.search(text):
        text = _PAGE_NUMBER_ALONE.sub("\n", text)
    if any(words in text for words in _FOOTER_WORDS):
        text = _FOOTER.sub("", text)
    return text


def flat(text: str) -> str:
    r"""Whitespace normalised.

    >>> flat("Norco 10/325mg \n #120 ")
    'Norco 10/325mg #120'
    """
    return " ".join(text.split())
