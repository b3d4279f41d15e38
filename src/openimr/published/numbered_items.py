"""Items told in sentences, the form of late 2013 and of 2014.

1. Norco 10/325mg #120 is not medically necessary and appropriate.
The Claims Administrator based its decision on the Chronic Pain Medical Treatment Guidelines ...
The Physician Reviewer based his/her decision on the ...
The Physician Reviewer's decision rationale: ...
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from openimr.model.errors import NotADetermination
from openimr.model.ruling import Outcome
from openimr.published.closing import closing
from openimr.published.headings import heading_start
from openimr.published.letter_text import flat
from openimr.published.parts import ItemParts

_REVIEWER = r"The\s+(?:Physician|Expert|Medical|Professional|Peer)?\s*Reviewer"
_CLAIMS, _DECIDED = range(2)
_SENTENCES = (
    (
        _CLAIMS,
        re.compile(
            r"The\s+Claims\s+Administrator(?:['\u2019]s)?\s+"
            r"(?:(?:based|cited|did|relied|used)\b|[gG]uidelines?\s*:)"
        ),
    ),
    (_CLAIMS, re.compile(r"(?<!The )Claims\s+Administrator(?:['\u2019]s)?\s+[gG]uidelines?\s*:")),
    (_DECIDED, re.compile(_REVIEWER + r"\s+(?:based|found|did|relied|used|cited)\b")),
    (_DECIDED, re.compile(r"The\s+MTUS\s+(?:is|was)\s+(?:not\s+)?applicable\b")),
    (_DECIDED, re.compile(r"MAXIMUS\s+[gG]uidelines?\s*:")),
    (_DECIDED, re.compile(r"Expert\s+Reviewer(?:['\u2019]s)?\s+[gG]uidelines?\s*:")),
)
"""Whose guidelines a sentence tells, by how it begins; a literal first word makes a fast search."""
_LABEL = re.compile(
    r"^(?:MAXIMUS|(?:The\s+)?(?:Claims\s+Administrator|Expert\s+Reviewer)(?:['\u2019]s)?)"
    r"\s+[gG]uidelines?\s*:\s*"
)
"""Some letters label the two guideline lines and still tell the decision in a sentence."""
_RATIONALE = re.compile(r"ecision\s+[rR]ationale\s*:")
_WHOSE = re.compile(_REVIEWER + r"['\u2019]?s?['\u2019]?\s+[Dd]$|[Dd]$")
"""What stands before the label, on either side of which the search for it is fast."""
_VERDICT = re.compile(
    r"[\s,;:]*(?P<told>\b(?:is|are|was|were)\s+(?P<no>not\s*)?medically\s+necessary"
    r"(?:\s+and\s+(?P<un>in)?appropriate)?|(?P<word>\bup\s?h[eo]ld|\bover\s?turn(?:ed)?))[\s.]*$",
    re.IGNORECASE,
)
_REACH = 120
_LONGEST_NAME = 45
_NUMBER = re.compile(r"^\(?\d{1,2}\s?[.)](?:\s+|(?=\D))")
_ASKED = re.compile(
    r"^(?:Whether\s+)?(?:the\s+)?(?:(?:decision|requests?)\s+for\s+)?(?:authorization\s+(?:for|of)\s+)?"
    r"(?:an?\s+|the\s+)?",
    re.IGNORECASE,
)

_WHETHER_NECESSARY = re.compile(
    r"[\s,]*\b(?:is|are|was|were)(?:/(?:was|were|is))?\s+(?:or\s+is\s+not\s+)?(?:not\s+)?"
    r"medically\s+(?:necessary|appropriate).*$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Item:
    """An item on its way: its outcome, where its heading ends, where its parts begin."""

    outcome: Outcome
    heading_end: int
    first: int
    """Where its first guideline sentence begins."""
    rationale: int
    """Where the label of the rationale begins."""
    said: int
    """Where the rationale itself begins."""


def read_numbered_items(text: str, start: int) -> tuple[tuple[ItemParts, ...], tuple[str, ...]]:
    """The items of `text[start:]`, and what is odd about them.

    Raises:
        NotADetermination: no item, or one without its outcome, heading or rationale.
    """
    items: list[_Item] = []
    low = start
    for number, label in enumerate(_RATIONALE.finditer(text, start), 1):
        items.append(_item(text, low, label, number))
        low = label.end()
    if not items:
        raise NotADetermination("no item with its outcome was found")
    begins = [start]
    for number, (before, item) in enumerate(pairwise(items), 2):
        begins.append(_begin(text, before.said, item.heading_end, number))
    ends = [*begins[1:], closing(text, items[-1].said)]
    warnings: list[str] = []
    parts = [
        _parts(text, item, begin, end, number, warnings)
        for number, (item, begin, end) in enumerate(zip(items, begins, ends, strict=True), 1)
    ]
    return tuple(parts), tuple(warnings)


def _item(text: str, low: int, label: re.Match[str], number: int) -> _Item:
    """The item whose rationale is labelled here: its verdict ends before its first sentence."""
    sentences = [
        found.start()
        for _, pattern in _SENTENCES
        for found in pattern.finditer(text, low, label.start())
    ]
    for first in sorted(sentences, reverse=True):
        verdict = _VERDICT.search(text, max(low, first - _REACH), first)
        if verdict is not None:
            return _Item(
                outcome=_outcome(verdict),
                heading_end=verdict.start(),
                first=first,
                rationale=_label_start(text, label.start()),
                said=label.end(),
            )
    raise NotADetermination(
        f"item {number} has no outcome",
        why="no sentence before its guidelines says whether it is medically necessary",
        remedy="get the whole letter",
    )


def _label_start(text: str, at: int) -> int:
    """Where the label of a rationale begins: it may say whose decision it is."""
    found = _WHOSE.search(text, max(0, at - _LONGEST_NAME), at)
    return found.start() if found else at


def _outcome(verdict: re.Match[str]) -> Outcome:
    if verdict["word"]:
        return Outcome.UPHELD if verdict["word"][0] in "uU" else Outcome.OVERTURNED
    return Outcome.UPHELD if verdict["no"] or verdict["un"] else Outcome.OVERTURNED


def _begin(text: str, low: int, end: int, number: int) -> int:
    """Where a heading begins: at its number on a new line, or after the rationale before it."""
    numbered = list(re.finditer(rf"^[ \t]*\(?{number}\s?[.)]\s", text[low:end], re.MULTILINE))
    return low + numbered[-1].start() if numbered else heading_start(text, low, end)


def _parts(
    text: str, item: _Item, begin: int, end: int, number: int, warnings: list[str]
) -> ItemParts:
    heading = _NUMBER.sub("", flat(text[begin : item.heading_end]))
    said = flat(text[item.said : end])
    if not heading or not said:
        what = "heading" if not heading else "rationale"
        raise NotADetermination(f"item {number} has no {what}", remedy="get the whole letter")
    claims, reviewer = split_guidelines(flat(text[item.first : item.rationale]))
    if not reviewer:
        warnings.append(f"item {number} has no guideline line of the reviewer")
    return ItemParts(
        heading=heading,
        asked=request_in(heading),
        outcome=item.outcome,
        claims_administrator=claims,
        reviewer=reviewer,
        rationale=said,
    )


def split_guidelines(sentences: str) -> tuple[str, str]:
    """The claims administrator's sentences and the reviewer's, in whatever order they come.

    >>> split_guidelines("The MTUS was applicable. The Claims Administrator cited ODG. "
    ...                  "The Expert Reviewer used it.")
    ('The Claims Administrator cited ODG.', 'The MTUS was applicable. The Expert Reviewer used it.')
    """
    starts = sorted(
        (found.start(), whose)
        for whose, pattern in _SENTENCES
        for found in pattern.finditer(sentences)
    )
    if not starts:
        return "", sentences
    told: tuple[list[str], list[str]] = ([], [])
    begins = [0, *(start for start, _ in starts[1:]), len(sentences)]
    for (_, whose), (begin, end) in zip(starts, pairwise(begins), strict=True):
        told[whose].append(_LABEL.sub("", sentences[begin:end]).strip())
    return " ".join(filter(None, told[0])), " ".join(filter(None, told[1]))


def request_in(heading: str) -> str:
    """What is asked for, without the words around it.

    >>> request_in("The request for an MRI of the left knee")
    'MRI of the left knee'
    """
    return _ASKED.sub("", _WHETHER_NECESSARY.sub("", heading)) or heading
