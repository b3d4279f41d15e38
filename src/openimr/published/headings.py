"""Where a heading begins: after the last line of the rationale before it.

Headings wrap over several lines, and nothing but the line before says where they start. That line
ends a paragraph: with a full stop, or well short of the margin.
"""

from __future__ import annotations

import re

from openimr.model.hyphens import SOFT_HYPHEN

_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[bBtTqQ]\.?[iI]\.?[dD]|[qQ]\.?\s?[dhDH]|[qQ]\.?[hH]\.?[sS]|[pP]\.?[oO]|[pP]\.?[rR]\.?[nN]"
    r"|[hH]\.[sS]|[qQ]ty|[nN]o|vs|Dr|St|tabs?|caps?|incl|approx|e\.g|i\.e)\.$"
)
_SENTENCE_END = re.compile(r"[.?!][\"')\]\u201d\u2019]*$")
_VERDICT_END = re.compile(
    r"\bnecessary(?:\s+and\s+appropriate)?(?:\s+at\s+this\s+time)?$", re.IGNORECASE
)
_SPLIT_REQUEST = re.compile(r"\boriginal\s+request\b|\bIMR[\s-]+eligible\b", re.IGNORECASE)
_ORIGINAL_STATED = re.compile(r"\b(?:was|were|is)\s+the\s+original\s+request", re.IGNORECASE)
_MARGIN_PART = 0.7
_LEAST_MARGIN = 60
_NEAR = 600
_SENTENCES_OF_SPLIT = 3
_SENTENCE_BREAK = re.compile(r"[.?!][\"')\]\u201d]*\s+(?=[A-Z0-9])")


def heading_start(text: str, low: int, end: int) -> int:
    """Where the heading that ends at `end` begins, after a rationale that begins at `low`.

    A heading that tells the split of a request ("... was the original request. ... was authorized
    by the Claims Administrator. The remaining ...") holds full stops at line ends itself.
    """
    start = _up_to_paragraph(text, low, _line_start(text, low, end))
    if start == low:
        return _after_last_sentence(text, low, end)
    if _lacks_original(text[start:end]):
        return _with_original(text, low, start)
    return start


def _with_original(text: str, low: int, start: int) -> int:
    """Where the sentence begins that states the original request, a few sentences further up."""
    further = start
    for _ in range(_SENTENCES_OF_SPLIT):
        further = _up_to_paragraph(text, low, _line_start(text, low, further - 1))
        if further == low:
            return start
        if _ORIGINAL_STATED.search(text[further:start]):
            return further
    return start


def _lacks_original(heading: str) -> bool:
    return bool(_SPLIT_REQUEST.search(heading)) and not _ORIGINAL_STATED.search(heading)


def _line_start(text: str, low: int, position: int) -> int:
    return max(low, text.rfind("\n", low, position) + 1)


def _up_to_paragraph(text: str, low: int, start: int) -> int:
    """Go up from a line's start, over the lines that run on into the next."""
    while start > low:
        above = _line_start(text, low, start - 1)
        line = text[above : start - 1].strip()
        if line and _ends_paragraph(line, text, above, start):
            return start
        start = above
    return low


def _ends_paragraph(line: str, text: str, above: int, start: int) -> bool:
    if _SENTENCE_END.search(line):
        return not _ABBREVIATION.search(line)
    if _VERDICT_END.search(line):
        return True
    next_word = text[start : start + 40].split(None, 1)
    needed = len(line) + 1 + (len(next_word[0]) if next_word else 0)
    return needed < _MARGIN_PART * max(_margin(text, above), _LEAST_MARGIN)


def _margin(text: str, position: int) -> int:
    """How long the lines before a place are; one joined over a hyphen is two."""
    lines = text[max(0, position - _NEAR) : position].split("\n")
    return max((len(line) for line in lines if SOFT_HYPHEN not in line), default=0)


def _after_last_sentence(text: str, low: int, end: int) -> int:
    """For a text without line breaks: the heading is what follows the last full stop."""
    breaks = [found.end() for found in _SENTENCE_BREAK.finditer(text, low, end)]
    if not breaks:
        return low
    if len(breaks) > 1 and _lacks_original(text[breaks[-1] : end]):
        stated = [at for at in breaks if _ORIGINAL_STATED.search(text[at:end])]
        return stated[-1] if stated else breaks[-1]
    return breaks[-1]
