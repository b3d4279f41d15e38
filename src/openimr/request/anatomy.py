"""Body parts, the side, and spinal levels of a line."""

from __future__ import annotations

import re

from openimr.request.guarded import Guarded
from openimr.request.lexis import Lexis
from openimr.request.words import Words

_SPINE = ("C", "T", "L", "S")
_LAST = {"C": 8, "T": 12, "L": 5, "S": 5}
_BELOW = {"C7": "T1", "T12": "L1", "L5": "S1"}
_SPAN = re.compile(
    r"(?=[CTLSctls])(?<![A-Za-z0-9])([CTLSctls])\s?(\d{1,2})"
    r"(?:\s*[-/]\s*([CTLSctls])?\s?(\d{1,2}))?(?![0-9A-Za-z])"
)
_RANGE = re.compile(r"\s*(?:to|through|thru)\s*", re.IGNORECASE)
_NERVES = Guarded("branch mbb nerve snrb", r"\b(?:medial\s+branch|mbb|nerve\s+root|snrb)")
_SIDES = {
    side: (
        Guarded(side, rf"\b{side}\b"),
        re.compile(
            rf"\(\s*{side[0].upper()}\s*\)|(?<![\w/]){side[0].upper()}\.?(?=\s+[a-z]{{3,}})"
        ),
    )
    for side in ("right", "left")
}
"""The side in full, and its capital in brackets or before a word."""
_BOTH = Guarded("bilateral both", r"\bbilateral(?:ly)?\b|\bboth\b")
Level = tuple[str, int]


def body_parts(words: Words, lexis: Lexis) -> tuple[str, ...]:
    """The parts that the words of a line name, in full and without the side, each once."""
    names = dict.fromkeys(hit.value.name for hit in lexis.body_parts.find(words))
    if "back" in names and "lumbar spine" in names:
        del names["back"]
    return tuple(names)


def laterality(line: str) -> str | None:
    """left, right or bilateral; None where no side is written.

    >>> laterality("EMG of the L wrist"), laterality("L4-5 discectomy, right")
    ('left', 'right')
    """
    named = [side for side in _SIDES if _is_named(side, line)]
    if len(named) > 1 or _BOTH.search(line):
        return "bilateral"
    return named[0] if named else None


def _is_named(side: str, line: str) -> bool:
    word, letter = _SIDES[side]
    return bool(word.search(line) or (side[0].upper() in line and letter.search(line)))


def levels(line: str) -> tuple[str, ...]:
    """Spinal levels: `L4-5` is a joint, `L4-S1` two joints, `L3, L4, L5` three nerves.

    >>> levels("L3-4 to L5-S1"), levels("Right C4-C6 facet injection"), levels("L3, L4 MBB")
    (('L3-L4', 'L4-L5', 'L5-S1'), ('C4-C5', 'C5-C6'), ('L3', 'L4'))
    """
    spans = list(_spans(line))
    named: list[str] = []
    for index, (first, last, _, start) in enumerate(spans):
        before = spans[index - 1] if index else None
        reaches_on = before is not None and _RANGE.fullmatch(line, before[2], start)
        top = before[0] if before is not None and reaches_on else first
        named += _joints(top, last) if top != last else [_name(top)]
    return tuple(dict.fromkeys(named))


def spine_of(named: tuple[str, ...], lexis: Lexis) -> str | None:
    """The part of the spine that the first level belongs to: `L4-L5` is in the lumbar spine."""
    letter = named[0][0] if named else None
    letter = "L" if letter == "S" else letter
    return (
        next((part.name for part in lexis.vocabulary.body_parts if part.spine == letter), None)
        if letter
        else None
    )


def nerve_levels(line: str, named: tuple[str, ...]) -> bool:
    """Whether single levels of the line are nerves, of which two serve one joint."""
    return bool(_NERVES.search(line)) and any("-" not in level for level in named)


def _spans(line: str) -> list[tuple[Level, Level, int, int]]:
    found = []
    for match in _SPAN.finditer(line):
        letter, first, other, last = match.groups()
        start = (letter.upper(), int(first))
        if last is None:
            end = start
        elif other is None and int(last) < int(first):
            # `L5-1` is the lumbosacral joint; anything else of the kind is no level.
            end = ("S", int(last)) if start == ("L", 5) else start
        else:
            end = ((other or letter).upper(), int(last))
        if _exists(start) and _exists(end):
            found.append((start, end, match.end(), match.start()))
    return found


def _exists(level: Level) -> bool:
    return 1 <= level[1] <= _LAST[level[0]]


def _joints(first: Level, last: Level) -> list[str]:
    """The joints from one vertebra to another, downwards."""
    joints: list[str] = []
    at = first
    while at != last and len(joints) < len(_SPINE) * 8:
        below = _BELOW.get(_name(at))
        following = (below[0], int(below[1:])) if below else (at[0], at[1] + 1)
        if not _exists(following):
            return [_name(first), _name(last)]
        joints.append(f"{_name(at)}-{_name(following)}")
        at = following
    return joints


def _name(level: Level) -> str:
    return f"{level[0]}{level[1]}"
