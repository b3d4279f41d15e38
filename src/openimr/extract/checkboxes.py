"""Check boxes: which words a box marks, and whether it is ticked.

Boxes stand before their label (`[X] Analgesia  [ ] ADL`), after it (`UDS [ ]   CURES [X]`), or as
answers to a question (`Side effects: [ ] Yes [X] No`). An empty box asserts nothing.
OCR writes `[ 1]` or `{ ]` for an empty one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_BOX = re.compile(
    r"(?P<bracket>[\[{](?P<in>[ xX\u2713\u2714_*/]{0,4}|[ ][1lI|])[\]}]"
    r"|\((?P<paren>[ xX\u2713_]{1,3})\))"
    r"|(?P<ticked>[\u2611\u2612\u25a0\u2714])|(?P<empty>[\u2610\u25a1])"
    r"|(?<![\w_])(?P<under>_{1,3}[xX]_{1,3}|_{2,5})(?=\s*[A-Z])"
)
_ANSWER = re.compile(
    r"(?i)(?P<yes>yes|y|present|positive|pos)\b|(?P<no>no|n|denied|negative|neg)\b"
)
_CELL = re.compile(r"\s{3,}|\n|;")


class Mark(StrEnum):
    """What the box says of the words it belongs to."""

    TICKED = "ticked"
    EMPTY = "empty"
    NO = "no"
    """The box 'no' of the question is ticked."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Words `text[start:end]` that a box belongs to."""

    start: int
    end: int
    mark: Mark


def find_marked(text: str) -> list[Marked]:
    """The labels of all boxes of a page.

    >>> [m.mark.value for m in find_marked("4A's: [X] Analgesia  [ ] ADL")]
    ['ticked', 'empty']
    """
    marked: list[Marked] = []
    for line in re.finditer(r"[^\n]+", text):
        if any(sign in line[0] for sign in "[(_\u2610\u2611\u2612\u25a0\u25a1\u2714"):
            marked.extend(_in_line(text, line.start(), line.end()))
    return marked


def _in_line(text: str, start: int, end: int) -> Iterator[Marked]:
    boxes = [found for found in _BOX.finditer(text, start, end) if _is_box(found)]
    if not boxes:
        return
    answers = _answers(text, boxes, end)
    said = {answer for _, answer in answers if answer}
    if "yes" in said or (said and len(boxes) == 1):
        yield from _questions(text, start, boxes, answers)
        return
    if _boxes_follow(text, start, end, boxes):
        at = start
        for box in boxes:
            yield Marked(_label_start(text, at, box.start()), box.start(), _mark(box))
            at = box.end()
        return
    for index, box in enumerate(boxes):
        following = boxes[index + 1].start() if index + 1 < len(boxes) else end
        yield Marked(box.end(), following, _mark(box))


def _is_box(found: re.Match[str]) -> bool:
    return found["paren"] is None or found["paren"].strip() in {"", "x", "X", "\u2713", "_"}


def _mark(box: re.Match[str]) -> Mark:
    if box["ticked"]:
        return Mark.TICKED
    inside = box["in"] or box["paren"] or box["under"] or ""
    return Mark.TICKED if inside.strip(" _1lI|") else Mark.EMPTY


def _answers(text: str, boxes: list[re.Match[str]], end: int) -> list[tuple[re.Match[str], str]]:
    """Each box with the yes or no right beside it, '' if there is none."""
    found: list[tuple[re.Match[str], str]] = []
    for box in boxes:
        after = _ANSWER.match(text[box.end() : min(box.end() + 12, end)].lstrip())
        found.append((box, ("yes" if after["yes"] else "no") if after else ""))
    return found


def _questions(
    text: str, start: int, boxes: list[re.Match[str]], answers: list[tuple[re.Match[str], str]]
) -> Iterator[Marked]:
    """Pair the answers with the question before them."""
    question = start
    group: list[tuple[re.Match[str], str]] = []
    for index, (box, answer) in enumerate(answers):
        group.append((box, answer))
        following = boxes[index + 1].start() if index + 1 < len(boxes) else None
        between = text[box.end() : following] if following is not None else ""
        if following is None or len(between.split()) > 2 or _CELL.search(between.strip()):
            if any(answer for _, answer in group):
                yield Marked(question, group[0][0].start(), _verdict(group))
                question = box.end()
            else:  # a choice of its own before the question: `[ ] off    light job: [X] y [ ] n`
                gap = _CELL.search(text, box.end(), following or box.end())
                question = gap.end() if gap else box.end()
                yield Marked(box.end(), gap.start() if gap else question, _mark(box))
            group = []


def _verdict(group: list[tuple[re.Match[str], str]]) -> Mark:
    ticked = [answer for box, answer in group if _mark(box) is Mark.TICKED]
    if not ticked:
        return Mark.EMPTY
    return Mark.NO if ticked[0] == "no" else Mark.TICKED


def _boxes_follow(text: str, start: int, end: int, boxes: list[re.Match[str]]) -> bool:
    """Whether labels stand before their boxes: words first, and no words after the last box."""
    before = text[start : boxes[0].start()].strip(" |")
    after = text[boxes[-1].end() : end].strip(" |.")
    return bool(before) and not before.endswith(":") and not after


def _label_start(text: str, start: int, end: int) -> int:
    cells = list(_CELL.finditer(text, start, end))
    for cell in reversed(cells):
        if text[cell.end() : end].strip():
            return cell.end()
    return start
