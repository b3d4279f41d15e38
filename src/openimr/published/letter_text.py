"""The text of a letter as it came -> the text that the layouts read.

Lines stay lines, since a heading begins with one; what belongs to the paper goes: page breaks,
page numbers, running footers. Hyphens that a PDF marks at a line's end become soft hyphens.
A million letters pass here: every step looks first whether there is anything to do.
"""

from __future__ import annotations

import re
from itertools import pairwise

from openimr.model.hyphens import SOFT_HYPHEN

_MARKS = ("\ufffe", "\uffff", "\x02")
"""What PDF libraries give for the hyphen at a line's end."""
_MARKED_BREAK = re.compile(f"{SOFT_HYPHEN}\\s+")
_WORD_END, _WORD_BEGIN = re.compile(r"[A-Za-z]+$"), re.compile(r"[A-Za-z]+")
_LABEL_WORDS = frozenset(
    {
        *("maximus", "claims", "administrator", "expert", "reviewer", "guideline", "guidelines"),
        *("decision", "decisions", "rationale", "rationales", "upheld", "overturned"),
        *("determination", "clinical", "summary", "number", "injury", "application", "received"),
        *("licensure", "certification", "specialty", "priority", "standard", "expedited"),
    }
)
"""Words of labels and headings: one broken at a line's end must not hide a part of the letter."""
_SPACES = ("\t", "\v", "\x1c", "\x1d", "\x1e", "\x1f")
_WIDE_SPACES = "\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    chr(code) for code in range(0x2000, 0x200B)
)
_FOOTER = re.compile(
    r"^[ ]*(?:Final Determination Letter (?:for )?IMR Case Number\b[^\n]*"
    r"|Page \d{1,3} of \d{1,3}|CM\d\d-\d{7}[ ]+\d{1,3})[ ]*$",
    re.MULTILINE | re.IGNORECASE,
)
_FOOTER_WORDS = ("Final Determination Letter", "Page ", "\nCM")
_PAGE_NUMBER = re.compile(r"[ ]*(?:Page[ ]*|-[ ]*)?\d{1,3}[ ]*-?[ ]*", re.IGNORECASE)
_LONGEST_NUMBER = 12
_LONGEST_WORD = 20
_PAGE_NUMBER_ALONE = re.compile(r"\n *\n *\n *\n *(?:\n *)*\d{1,2} *(?=\n)")
"""Where a text has no form feeds, a gap in the lines tells the end of a page."""
_GAP = ("\n\n\n\n", "\n \n \n")


def prepare(text: str) -> str:
    r"""Newlines, page furniture and hyphen marks made even; nothing else is touched.

    >>> prepare("sensa\ufffetion\r\n3\f4 visits")
    'sensa\xadtion\n\n4 visits'
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _even(text)
    if "\f" in text:
        text = "\n".join([_without_number(page) for page in text.split("\f")])
    else:
        text = _without_last_number(text)
        if any(gap in text for gap in _GAP):
            text = _PAGE_NUMBER_ALONE.sub("\n", text)
    for words in _FOOTER_WORDS:
        if words in text:
            return _FOOTER.sub("", text)
    return text


def flat(text: str) -> str:
    r"""Whitespace normalised.

    >>> flat("Norco 10/325mg \n #120 ")
    'Norco 10/325mg #120'
    """
    text = text.replace(" \n", " ").replace("\n", " ").strip()
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _even(text: str) -> str:
    """One kind of space, one kind of hyphen mark."""
    for space in _SPACES:
        if space in text:
            text = text.replace(space, " ")
    for mark in _MARKS:
        if mark in text:
            text = text.replace(mark, SOFT_HYPHEN)
    if text.isascii():
        return text
    for space in _WIDE_SPACES:
        if space in text:
            text = text.replace(space, " ")
    if SOFT_HYPHEN not in text:
        return text
    return _with_whole_labels(_MARKED_BREAK.sub(SOFT_HYPHEN, text))


def _with_whole_labels(text: str) -> str:
    """A text whose label words are whole; other soft hyphens are kept."""
    first, *others = text.split(SOFT_HYPHEN)
    made = [first]
    for before, after in pairwise((first, *others)):
        head, tail = _WORD_END.search(before[-_LONGEST_WORD:]), _WORD_BEGIN.match(after)
        whole = head[0] + tail[0] if head and tail else ""
        made += ["" if whole.lower() in _LABEL_WORDS else SOFT_HYPHEN, after]
    return "".join(made)


def _without_last_number(page: str) -> str:
    page = page.strip("\n ")
    last = page.rfind("\n") + 1
    if len(page) - last < _LONGEST_NUMBER and _PAGE_NUMBER.fullmatch(page, last):
        return page[:last]
    return page


def _without_number(page: str) -> str:
    """A page without the number that stands alone on its first or last line."""
    page = _without_last_number(page)
    first = page.find("\n")
    if 0 <= first < _LONGEST_NUMBER and _PAGE_NUMBER.fullmatch(page, 0, first):
        page = page[first + 1 :]
    return page
