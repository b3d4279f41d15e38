"""Items by what they say: lines that name a treatment with its amount, under no known heading.

Short forms, stipulations and letters list what is in dispute under any words or none, and begin the
list beside a label: `Items to be read:  A. Norco 10/325 #90`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from openimr.extract.header_text import Line, Place, lines_of
from openimr.extract.items_list import MARKER, Listed, mark_of
from openimr.extract.items_rows import Parse, is_definite, is_prose

_LABEL = re.compile(r"(?P<words>[A-Za-z][A-Za-z/'() -]{2,48}):[ \t]+(?=\S)")
_NO_LIST = re.compile(
    r"\b(?:diagnos[ie]s|dx|icd|employee|employer|claim|physician|provider|attorney|address|date"
    r"|allerg\w*|current|meds|records?|reviewed|history|administrator|phone|name)\b",
    re.IGNORECASE,
)
_LONGEST = 18
"""Words; a line longer than this tells of a treatment and does not list it."""


def bare_items(places: Sequence[Place], parse: Parse) -> list[Listed]:
    """The longest run of neighbouring lines that each ask for a treatment."""
    best: list[Listed] = []
    run: list[Listed] = []
    for place in places:
        for line in lines_of(place):
            item = _item(line, parse)
            run = [*run, item] if item else []
            if len(run) > len(best):
                best = run
    return best


def _item(line: Line, parse: Parse) -> Listed | None:
    text, start = line.text, line.start
    label = _LABEL.match(text)
    if label is not None and not MARKER.match(text):
        if _NO_LIST.search(label["words"]):
            return None
        start += label.end()
    marked = MARKER.match(text, start - line.start)
    start += marked.end() - marked.start() if marked else 0
    said = line.place.page.text[start : line.end]
    if is_prose(said) or len(said.split()) > _LONGEST or not is_definite(parse(said)):
        return None
    mark = mark_of(text[marked.start() :]) if marked else None
    return Listed(said, line.place, start, line.end, mark or "", marked is not None)
