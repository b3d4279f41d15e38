"""Sections of a report: which heading each place stands under.

A heading is a line, or the head of a line before a colon, full stop or dash, that the lexicon
lists; a short line in capitals that it does not list ends the section before it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

UNNAMED = ""
_LONGEST_HEAD = 60
_LINE_HEAD = re.compile(
    r"^[ \t]*(?:\(?[0-9A-Z]{1,3}[.)][ \t]+|[*#=-]+[ \t]*)?"
    r"(?P<head>[A-Za-z][A-Za-z0-9'/&(),. -]{0,58}?)[ \t]*(?P<stop>[:.](?=\s|$)|\s-{1,2}\s|$|[ ]{3,})",
    re.MULTILINE,
)
_CAPITALS = re.compile(r"[A-Z][A-Z0-9'/&(),. -]{3,58}:?\s*$")


@dataclass(frozen=True, slots=True)
class Sections:
    """Where sections begin in a text, and their standard names."""

    starts: tuple[int, ...]
    names: tuple[str, ...]

    def at(self, offset: int) -> str:
        """The section a place stands in; empty before the first heading.

        >>> find_sections("SUBJECTIVE: pain", {"subjective": "subjective"}).at(12)
        'subjective'
        """
        index = bisect_right(self.starts, offset) - 1
        return self.names[index] if index >= 0 else UNNAMED


def find_sections(text: str, heads: Mapping[str, str], before: str = UNNAMED) -> Sections:
    """The sections of a page.

    Args:
        text: of the page.
        heads: heading, case-folded, to standard name.
        before: the section that the page before ended in.
    """
    starts, names = [0], [before]
    for found in _LINE_HEAD.finditer(text):
        head = " ".join(found["head"].casefold().split())
        name = heads.get(head)
        if name is not None and (found["stop"] != "" or _stands_alone(found, text)):
            starts.append(found.start("head"))
            names.append(name)
        elif name is None and _is_unknown_heading(found, text):
            starts.append(found.start("head"))
            names.append(UNNAMED)
    return Sections(tuple(starts), tuple(names))


def _line(found: re.Match[str], text: str) -> str:
    start = found.start("head")
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]


def _stands_alone(found: re.Match[str], text: str) -> bool:
    return len(_line(found, text).strip()) <= _LONGEST_HEAD


def _is_unknown_heading(found: re.Match[str], text: str) -> bool:
    line = _line(found, text)
    return _CAPITALS.match(line) is not None and ":" in line.rstrip()[-1:]
