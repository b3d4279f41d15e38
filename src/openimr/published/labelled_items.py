"""Items whose parts are labelled, the form of letters since late 2014.

Norco 10/325mg #120: Upheld
Claims Administrator guideline: Decision based on MTUS ...
MAXIMUS guideline: Decision based on MTUS ...
Decision rationale: ...
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from openimr.model.determination import Outcome
from openimr.model.errors import NotADetermination
from openimr.published.closing import closing
from openimr.published.headings import heading_start
from openimr.published.letter_text import flat
from openimr.published.outcome import outcome_at_end
from openimr.published.parts import ItemParts


class _Part(IntEnum):
    """The labels in the order in which an item has them."""

    CLAIMS = 0
    REVIEWER = 1
    RATIONALE = 2


_LABELS = (
    (_Part.CLAIMS, re.compile(r"Claims\s+Administrator(?:['\u2019]s)?\s+[gG]uidelines?\s*:")),
    (_Part.REVIEWER, re.compile(r"MAXIMUS\s+[gG]uidelines?\s*:")),
    (_Part.REVIEWER, re.compile(r"(?:Expert\s+)?Reviewer(?:['\u2019]s)?\s+[gG]uidelines?\s*:")),
    (_Part.RATIONALE, re.compile(r"Decision\s+[rR]ationale\s*:")),
)
"""Each begins with its literal first word: the search for it is a search of memory."""
_WHOLE = "get the whole letter; it seems cut short"
_HEADING_INSIDE = re.compile(r":[ \t]*(?:Upheld|Overturned)[ \t]*$", re.MULTILINE)


@dataclass(slots=True)
class _Label:
    part: _Part
    start: int
    end: int


@dataclass(slots=True)
class _Item:
    """An item on its way: its outcome, where its heading ends, its labels in order."""

    outcome: Outcome
    heading_end: int
    labels: list[_Label]

    def body(self, part: _Part, end: int) -> tuple[int, int] | None:
        """Where the text of a part stands, up to the next label; None if the label is missing."""
        for label, following in zip(self.labels, [*self.labels[1:], None], strict=True):
            if label.part is part:
                return label.end, following.start if following else end
        return None


def read_labelled_items(text: str, start: int) -> tuple[tuple[ItemParts, ...], tuple[str, ...]]:
    """The items of `text[start:]`, and what is odd about them.

    Raises:
        NotADetermination: no item, or one without its outcome, heading or rationale.
    """
    items = _items(text, start)
    if not items:
        raise NotADetermination("no item with its outcome was found")
    begins = [start]
    for before, item in pairwise(items):
        begins.append(heading_start(text, before.labels[-1].end, item.heading_end))
    ends = [*begins[1:], closing(text, items[-1].labels[-1].end)]
    warnings: list[str] = []
    parts = [
        _parts(text, item, begin, end, number, warnings)
        for number, (item, begin, end) in enumerate(zip(items, begins, ends, strict=True), 1)
    ]
    return tuple(parts), tuple(warnings)


def has_labelled_items(text: str, start: int) -> bool:
    """Whether an item in `text[start:]` has a labelled guideline line under its outcome."""
    return any(
        label.part is not _Part.RATIONALE and outcome_at_end(text, label.start, start)
        for label in _labels(text, start)
    )


def _items(text: str, start: int) -> list[_Item]:
    """Labels gathered under headings with an outcome; labels quoted in a rationale are prose."""
    items: list[_Item] = []
    labels = _labels(text, start)
    low = start
    for number, label in enumerate(labels):
        decided = outcome_at_end(text, label.start, low)
        if decided is not None:
            items.append(_Item(*decided, [label]))
        elif items and label.part > items[-1].labels[-1].part:
            items[-1].labels.append(label)
        elif _is_item(text, labels, number):
            raise NotADetermination(
                f"item {len(items) + 1} has no outcome",
                why="its heading ends neither with Upheld nor with Overturned",
                remedy="take the letter as issued; a draft is not a published determination",
            )
        low = label.end
    return items


def _labels(text: str, start: int) -> list[_Label]:
    found = [
        _Label(part, match.start(), match.end())
        for part, pattern in _LABELS
        for match in pattern.finditer(text, start)
    ]
    return sorted(found, key=lambda label: label.start)


def _is_item(text: str, labels: list[_Label], number: int) -> bool:
    """Whether the labels from here on are an item's: all three, each at the start of a line."""
    three = labels[number : number + 3]
    return [label.part for label in three] == list(_Part) and all(
        text[text.rfind("\n", 0, label.start) + 1 : label.start].isspace()
        or text[label.start - 1 : label.start] in ("\n", "")
        for label in three
    )


def _parts(
    text: str, item: _Item, begin: int, end: int, number: int, warnings: list[str]
) -> ItemParts:
    heading = flat(text[begin : item.heading_end])
    rationale = item.body(_Part.RATIONALE, end)
    if not heading:
        raise NotADetermination(f"item {number} has an outcome and no heading", remedy=_WHOLE)
    if rationale is None or not (said := flat(text[rationale[0] : rationale[1]])):
        raise NotADetermination(f"item {number} ({heading}) has no rationale", remedy=_WHOLE)
    found = _HEADING_INSIDE.search(text, *rationale) if "pheld" in said or "urned" in said else None
    if found is not None and not text[found.end() : rationale[1]].strip():
        raise NotADetermination(
            f"the letter ends after the heading of item {number + 1}", remedy=_WHOLE
        )
    if found is not None:
        warnings.append(f"item {number}: a line of the rationale ends like a heading")
    return ItemParts(
        heading=heading,
        outcome=item.outcome,
        claims_administrator=_guideline(text, item, _Part.CLAIMS, number, warnings),
        reviewer=_guideline(text, item, _Part.REVIEWER, number, warnings),
        rationale=said,
    )


def _guideline(text: str, item: _Item, part: _Part, number: int, warnings: list[str]) -> str:
    body = item.body(part, item.labels[-1].start)
    if body is None:
        whose = "the claims administrator" if part is _Part.CLAIMS else "the reviewer"
        warnings.append(f"item {number} has no guideline line of {whose}")
        return ""
    return flat(text[body[0] : body[1]])
