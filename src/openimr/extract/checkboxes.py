"""Check boxes: which words a box marks, and whether it is ticked.

Boxes stand before their label (`[X] Analgesia  [ ] ADL`), after it (`UDS [ ]   CURES [X]`), or as
answers to a question (`Side effects: [ ] Yes [X] No`). An empty box asserts nothing.
OCR writes `[ 1]` or `{ ]` for an empty one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openimr.extract.answers import Mark, Marked, answers_in_columns, answers_in_row

_BOX = re.compile(
    r"(?P<bracket>[\[{](?P<in>[ xXvV\u2713\u2714_*/]{0,4}|[ ][1lI|]|[yYnN])[\]}]"
    r"|\((?P<paren>[ xX\u2713_]{1,3})\))"
    r"|(?P<ticked>[\u2611\u2612\u25a0\u2714])|(?P<empty>[\u2610\u25a1])"
    r"|(?<![\w_])(?P<under>_{1,3}[xX]_{1,3}(?=\s*(?:[A-Za-z]|$|[,;.\n]))|_{2,5}(?=\s*[A-Z])"
    r"|(?<=[yY]es\s)_{2,6}|(?<=[nN]o\s)_{2,6})"
)
_ANSWER = re.compile(
    r"(?P<yes>yes|y|present|positive|pos)\b|(?P<no>no|n|denied|negative|neg)\b", re.IGNORECASE
)
_ANSWER_AFTER = re.compile(rf"[ \t]*(?:{_ANSWER.pattern})", re.IGNORECASE)
_ANSWER_BEFORE = re.compile(r"(?i)\b(?:(?P<yes>yes|y)|(?P<no>no|n))\s*$")
_CELL = re.compile(r"\s{3,}|\n|;")


def find_marked(text: str) -> list[Marked]:
    """The labels of all boxes of a page.

    >>> [m.mark.value for m in find_marked("4A's: [X] Analgesia  [ ] ADL")]
    ['ticked', 'empty']
    """
    marked = list(answers_in_columns(text))
    rows = {text.rfind("\n", 0, row.until) for row in marked}
    for line in re.finditer(r"[^\n]+", text):
        if line.start() - 1 in rows:
            continue
        found: list[Marked] = []
        if any(sign in line[0] for sign in "[(_\u2610\u2611\u2612\u25a0\u25a1\u2714"):
            found = list(_in_line(text, line.start(), line.end()))
        marked.extend(found or answers_in_row(text, line.start(), line.end()))
    return sorted(marked, key=lambda one: one.start)


def _in_line(text: str, start: int, end: int) -> Iterator[Marked]:
    boxes = [found for found in _BOX.finditer(text, start, end) if _is_box(found)]
    if all(_is_letter(box) for box in boxes):  # none, or `Diabetes [N]   Ulcer [Y]`: no boxes
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


def _is_letter(box: re.Match[str]) -> bool:
    return (box["in"] or "").casefold() in {"y", "n"}


def _mark(box: re.Match[str]) -> Mark:
    if box["ticked"]:
        return Mark.TICKED
    inside = box["in"] or box["paren"] or box["under"] or ""
    return Mark.TICKED if inside.strip(" _1lI|") else Mark.EMPTY


def _answers(text: str, boxes: list[re.Match[str]], end: int) -> list[tuple[re.Match[str], str]]:
    """Each box with the yes or no right beside it, '' if there is none."""
    found: list[tuple[re.Match[str], str]] = []
    led = _answers_lead(text, boxes, end)
    for box in boxes:
        said = _ANSWER.match(text[box.end() : min(box.end() + 12, end)].lstrip())
        if _is_letter(box):
            said = _ANSWER.match(box["in"])
        elif led:
            said = _ANSWER_BEFORE.search(text[max(0, box.start() - 12) : box.start()])
        found.append((box, ("yes" if said["yes"] else "no") if said else ""))
    return found


def _answers_lead(text: str, boxes: list[re.Match[str]], end: int) -> bool:
    """Whether yes and no stand before their boxes: `Yes ____ No __X__`."""
    return len(boxes) > 1 and all(
        _ANSWER_BEFORE.search(text[max(0, box.start() - 12) : box.start()]) for box in boxes
    ) and not _ANSWER.match(text[boxes[-1].end() : end].lstrip())  # fmt: skip


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
                until = _answer_end(text, box)
                yield Marked(question, group[0][0].start(), _verdict(group), until)
                question = until
            else:  # a choice of its own before the question: `[ ] off    light job: [X] y [ ] n`
                gap = _CELL.search(text, box.end(), following or box.end())
                question = gap.end() if gap else box.end()
                yield Marked(box.end(), gap.start() if gap else question, _mark(box))
            group = []


def _answer_end(text: str, box: re.Match[str]) -> int:
    """Where the answer beside a box ends."""
    said = _ANSWER_AFTER.match(text, box.end())
    return said.end() if said else box.end()


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
