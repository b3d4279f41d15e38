"""Items whose parts are labelled, the form of letters since late 2014.

Norco 10/325mg #120: Upheld
Claims Administrator guideline: Decision based on MTUS ...
MAXIMUS guideline: Decision based on MTUS ...
Decision rationale: ...
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import NamedTuple

from openimr.model.errors import NotADetermination
from openimr.model.ruling import Outcome
from openimr.published.closing import closing
from openimr.published.headings import heading_start
from openimr.published.letter_text import flat
from openimr.published.outcome import outcome_at_end
from openimr.published.parts import ItemParts

_CLAIMS, _REVIEWER, _RATIONALE = range(3)
"""The labels in the order in which an item has them."""
_LABELS = (
    (_CLAIMS, re.compile(r"Claims\s+Administrator(?:['\u2019]s)?\s+[gG]uidelines?\s*:")),
    (_REVIEWER, re.compile(r"MAXIMUS\s+[gG]uidelines?\s*:")),
    (_REVIEWER, re.compile(r"Expert\s+Reviewer(?:['\u2019]s)?\s+[gG]uidelines?\s*:")),
    (_REVIEWER, re.compile(r"\nReviewer\s+[gG]uidelines?\s*:")),
    (_RATIONALE, re.compile(r"Decision\s+[rR]ationale\s*:")),
)
"""Each begins with its literal first word: the search for it is a search of memory."""
_WHOLE = "get the whole letter; it seems cut short"
_HEADING_INSIDE = re.compile(r":[ \t]*(?:Upheld|Overturned)[ \t]*$", re.MULTILINE)


class _Label(NamedTuple):
    start: int
    end: int
    part: int


@dataclass(slots=True)
class _Item:
    """An item on its way: its outcome, where its heading ends, its labels in order."""

    outcome: Outcome
    heading_end: int
    labels: list[_Label]


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
        label.part != _RATIONALE and outcome_at_end(text, label.start, start)
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
        elif _is_item(text, labels[number : number + 2]):
            raise NotADetermination(
                f"item {len(items) + 1} has no outcome",
                why="its heading ends neither with Upheld nor with Overturned",
                remedy="take the letter as issued; a draft is not a published determination",
            )
        low = label.end
    return items


def _labels(text: str, start: int) -> list[_Label]:
    return sorted(
        [
            _Label(match.start(), match.end(), part)
            for part, pattern in _LABELS
            for match in pattern.finditer(text, start)
        ]
    )


def _is_item(text: str, pair: list[_Label]) -> bool:
    """Whether two labels are an item's and no quotation: in order, each beginning its line."""
    return (
        len(pair) == 2
        and pair[0].part < pair[1].part
        and all(
            not text[text.rfind("\n", 0, label.start) + 1 : label.start].strip() for label in pair
        )
    )


def _parts(
    text: str, item: _Item, begin: int, end: int, number: int, warnings: list[str]
) -> ItemParts:
    heading = flat(text[begin : item.heading_end])
    if not heading:
        raise NotADetermination(f"item {number} has an outcome and no heading", remedy=_WHOLE)
    texts: list[str | None] = [None, None, None]
    for label, following in zip_longest(item.labels, item.labels[1:]):
        texts[label.part] = flat(text[label.end : following.start if following else end])
    claims, reviewer, rationale = texts
    if not rationale:
        raise NotADetermination(f"item {number} ({heading}) has no rationale", remedy=_WHOLE)
    if ": Upheld" in rationale or ": Overturned" in rationale:
        _look_inside(text, item.labels[-1].end, end, number, warnings)
    if claims is None:
        warnings.append(f"item {number} has no guideline line of the claims administrator")
    if reviewer is None:
        warnings.append(f"item {number} has no guideline line of the reviewer")
    return ItemParts(
        heading=heading,
        outcome=item.outcome,
        claims_administrator=claims or "",
        reviewer=reviewer or "",
        rationale=rationale,
    )


def _look_inside(text: str, start: int, end: int, number: int, warnings: list[str]) -> None:
    """A line of the rationale that ends like a heading: an item cut off, or a quotation."""
    found = _HEADING_INSIDE.search(text, start, end)
    if found is None:
        return
    if not text[found.end() : end].strip():
        raise NotADetermination(
            f"the letter ends after the heading of item {number + 1}", remedy=_WHOLE
        )
    warnings.append(f"item {number}: a line of the rationale ends like a heading")
