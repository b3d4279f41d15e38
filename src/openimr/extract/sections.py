"""Sections of a report: which heading each place stands under.

A heading is the head of a line, or a label inside one (`ALLERGIES: none.  FAMILY HX: sister`), that
the lexicon lists, or one at the head of a line that holds a telling word (`LONG-TERM GOALS TO BE
MET IN A MONTH:`). A short line in capitals that it does not list ends the section before it. What
is goal, guideline, instruction or family history goes no further than its paragraph or the next
label, so that it never swallows the patient's own findings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

UNNAMED = ""
PROCEDURE = "procedure"
"""An operating room's own text; the next heading of any wording ends it."""
_LONGEST_HEAD = 60
_HEAD = re.compile(
    r"(?:^[ \t]*(?:\(?[0-9A-Z]{1,3}[.)][ \t]+|[*#=-]+[ \t]*|"
    r"(?P<mark>>{1,3}[ \t]*))?|(?<=[.;,]\s)[ ]*|[ ]{2,})"
    r"(?P<head>[A-Za-z0-9][A-Za-z0-9'/&(), -]{0,58}?)[ \t]*"
    r"(?P<stop>[:.](?=\s|$)|\s-{1,2}\s|$|(?(mark)(?<=[ ]{2})|(?!)))",
    re.MULTILINE,
)
_CAPITALS = re.compile(r"[A-Z][A-Z0-9'/&(),. -]{3,58}:?\s*$")
_LABEL = re.compile(r"[ \t]*(?:[-*\u2022]|\d+[.)]|[A-Z][\w/' ]{1,24}:)")
_FULL_LINE = 60
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_SENTENCE_END = re.compile(r"[.;](?=\s)|\n[ \t]*\n")
_PASSING = frozenset({"goals", "guidelines", "instructions", "family_history", "past_history"})
"""Sections that end with their paragraph."""
_AIMS = "goals"
_PIECE = re.compile(r"[.;](?=\s)|\n")
_DONE = re.compile(
    r"\b(?:signed|reviewed|checked|discussed|obtained|completed|was|were|has\s+been|have\s+been"
    r"|reports?\s+(?!to\b)|reported|denies|complains|states|consistent\s+with|showed|shows|noted)\b",
    re.IGNORECASE,
)
_AIMED_AT = re.compile(
    r"\b(?:will|shall|should|be|goals?|aims?|targets?|wants?|hopes?|wish\w*|before|until|as)\b",
    re.IGNORECASE,
)
ANY_HEAD_WITH = "* "
"""What an entry begins with that names a word, and stands for every heading that holds it."""


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
        heads: heading, case-folded, to standard name; `* goals` is any heading with that word.
        before: the section that the page before ended in.
    """
    starts, names = [0], [UNNAMED if before in _PASSING else before]
    telling = {
        head.removeprefix(ANY_HEAD_WITH): name
        for head, name in heads.items()
        if head.startswith(ANY_HEAD_WITH)
    }
    for start, name in _changes(text, heads, telling):
        while start <= starts[-1] and len(starts) > 1:
            starts.pop()
            names.pop()
        starts.append(start)
        names.append(name)
    return Sections(tuple(starts), tuple(names))


def _changes(
    text: str, heads: Mapping[str, str], telling: Mapping[str, str]
) -> Iterator[tuple[int, str]]:
    passing_until: int | None = None
    current = UNNAMED
    for found in _HEAD.finditer(text):
        start = found.start("head")
        if passing_until is not None and start > passing_until:
            yield passing_until, UNNAMED
            passing_until = None
        name = _name(found, text, heads, telling)
        if name is None and current == PROCEDURE and found["head"].isupper():
            name = UNNAMED if found["stop"] == ":" and _begins_line(found, text) else None
        if name is not None:
            yield start, name
            current = name
            passing_until = _passing_end(text, found) if name in _PASSING else None
            if passing_until is not None and name == _AIMS:
                passing_until = _aims_end(text, found.end(), passing_until)
        elif passing_until is not None and found["stop"] == ":" and found["head"][0].isupper():
            yield start, UNNAMED
            passing_until = None
    if passing_until is not None and passing_until < len(text):
        yield passing_until, UNNAMED


def _name(
    found: re.Match[str], text: str, heads: Mapping[str, str], telling: Mapping[str, str]
) -> str | None:
    head = " ".join(found["head"].casefold().split())
    name = heads.get(head)
    line = _line(found, text)
    at_line_start = _begins_line(found, text)
    if name is None and at_line_start and _is_label(found, line):
        name = next((telling[word] for word in head.split() if word in telling), None)
    if name is not None:
        if found["stop"] == ":" or (found["mark"] and not found["stop"]):
            return name
        if found["stop"] == ".":
            return name if at_line_start and found["head"].isupper() else None
        return name if at_line_start and len(line.strip()) <= _LONGEST_HEAD else None
    if at_line_start and found["stop"] in {"", ":"} and _CAPITALS.match(line):
        return UNNAMED if line.rstrip().endswith(":") or len(line.split()) > 1 else None
    return None


def _begins_line(found: re.Match[str], text: str) -> bool:
    start = found.start("head")
    return text[text.rfind("\n", 0, start) + 1 : start].strip(" \t*#=>-0123456789.()") == ""


def _is_label(found: re.Match[str], line: str) -> bool:
    """Whether a head can only be a heading: it is in capitals, or alone on its line."""
    alone = line.strip().rstrip(":").casefold() == found["head"].strip().casefold()
    return found["head"].isupper() or (alone and found["stop"] == ":")


def _line(found: re.Match[str], text: str) -> str:
    start = found.start("head")
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]


def _passing_end(text: str, found: re.Match[str]) -> int:
    """Where a passing section ends: with its paragraph, or, begun inside a line, its sentence.

    A family history at the head of a line takes its paragraph too: the sentences of it that speak
    of the patient are told by their subject. Where the line only goes on a paragraph, as wrapped
    prose does (`... a truck driver.` before `FAMILY: brother with gout. No side effects.`), it is
    a label.
    """
    alone = text[found.end() : text.find("\n", found.end()) + 1 or len(text)].strip() == ""
    at_line_start = (
        text[text.rfind("\n", 0, found.start("head")) + 1 : found.start("head")].strip() == ""
    )
    if alone or (at_line_start and not _is_wrapped(text, found.start("head"))):
        return _paragraph_end(text, found.end())
    stop = _SENTENCE_END.search(text, found.end())
    return min(stop.end() if stop else len(text), _paragraph_end(text, found.end()))


def _aims_end(text: str, start: int, end: int) -> int:
    """Where aims told on the line of their heading end: at a sentence of what is done or found.

    `Goal: walk 30 minutes. Opioid agreement signed.` aims at the walk alone. Aims listed below
    their heading are all aims.
    """
    if not text[start : text.find("\n", start) + 1 or len(text)].strip():
        return end
    cuts = [cut.end() for cut in _PIECE.finditer(text, start, end)]
    for first, last in pairwise([*cuts, end]):
        piece = text[first:last]
        begins = piece.lstrip(" \t-*\u2022")[:1].isupper()
        if begins and _DONE.search(piece) and not _AIMED_AT.search(piece):
            return first
    return end


def _is_wrapped(text: str, start: int) -> bool:
    """Whether the line before runs to the margin, so that this one goes on its paragraph."""
    before = text[: text.rfind("\n", 0, start) + 1].rstrip("\n").rpartition("\n")[2]
    touching = text[: text.rfind("\n", 0, start) + 1].endswith(before + "\n")
    return touching and len(before.rstrip()) >= _FULL_LINE and _LABEL.match(before) is None


def _paragraph_end(text: str, start: int) -> int:
    """The next blank line, not counting one right after the heading."""
    after = len(text) - len(text[start:].lstrip(" \t:\n"))
    blank = _BLANK_LINE.search(text, after)
    return blank.start() + 1 if blank else len(text)
