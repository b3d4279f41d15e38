"""Answers that are no boxes: a circled `Y / (N)`, `Diabetes (no)`, crosses under `Yes` and `No`.

Forms are filled in by hand and typed out by somebody: a ring becomes a bracket, a column of crosses
stays a column. Each answer belongs to the words before it in its row or list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

_RING, _GNIR = r"[(\[{<*]\s?", r"\s?[)\]}>*]"
_X = r"[xX\u2713]\s?"
_OR = r"\s*[/|]?\s*"
_CHOICE = re.compile(
    rf"(?P<yes>{_RING}(?:yes|y){_GNIR}{_OR}(?:no|n)\b|(?<![\w(])(?:no|n){_OR}{_RING}(?:yes|y){_GNIR}"
    rf"|(?<![\w(])(?:{_X}(?:yes|y)\s{{2,}}(?:no|n)|(?:yes|y)\s?{_X}\s{{2,}}(?:no|n))\b)"
    rf"|(?P<no>(?<![\w(])(?:yes|y){_OR}{_RING}(?:no|n){_GNIR}|{_RING}(?:no|n){_GNIR}{_OR}(?:yes|y)\b"
    rf"|(?<![\w(])(?:yes|y)\s{{2,}}(?:{_X}(?:no|n)|(?:no|n)\s?{_X})(?!\w))"
    r"|(?P<open>(?<![\w/])\(?(?:yes\s?/\s?no|y\s?/\s?n)\b(?![/:=?]|\s*[xX\u2713]\b)\)?)",
    re.IGNORECASE,
)
"""One of two answers is ringed; where neither is, nothing is said."""
_SAID = re.compile(
    r"(?:[(\[]\s?(?:(?P<yes>yes|y|\+)|(?P<no>no|none|n|never|denie[sd]|-))(?:,[^()\[\]\n]{1,40})?\s?[)\]](?=\s*(?:[,;.:|]|$|\s[A-Za-z(]))"
    r"|(?::|(?<=\s)[-\u2013=]|\?)\s*(?:(?P<is>yes|y)|(?P<is_not>no|none|n|never|denie[sd]))(?=\s*(?:[,;.|]|$|\s{2}))"
    r"|(?<=\s)-\s+(?:(?P<pos>pos(?:itive)?)|(?P<neg>neg(?:ative)?))(?=\s*(?:[,;.|]|$|\s{2})))",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"[(\[{<*:?=/|\u2013-]\s{0,2}(?:[YyNn]\b|[Yy]es|YES|[Nn]o|NO|[Nn]ever|NEVER|[Nn]eg|[Pp]os|[Dd]enie|[+-])"
    r"|\s{2}(?:[YyNn]|[Yy]es|YES|[Nn]o|NO)\b|[a-z]\s[YN]\b"
)
"""What a row must hold before it is looked at closely."""
_LETTERS = re.compile(r"(?<=[a-z]{3})\s(?:(?P<yes>Y)|(?P<no>N))(?=\s*(?:[,;.]|$|\s{2}))")
"""`Nausea N, itching Y`: counted where a row has several."""
_HEADER = re.compile(
    r"(?:(?<=\s)|^)(?:yes|no|y|n|now|current|present|past|previous|never|none)"
    r"(?:[ \t]{2,}(?:yes|no|y|n|now|current|present|past|previous|never|none))+[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_CROSS = re.compile(r"(?:[\[(]\s?)?(?<!\w)[xX\u2713\u2714\u2612](?!\w)(?:\s?[\])])?")
_EMPTY_BOX = re.compile(r"[\[(]\s{0,2}[\])]|\u2610")
_LABEL_ENDS = re.compile(r"[,;.?|]\s|\s{3,}|\n|:\s(?=\S)")
_LONGEST_LABEL = 60
_TEST = re.compile(
    r"\b(?:UDS|UDT|tox\w*|screen\w*|tests?|SLR|raise|EMG|NCS|NCV|MRI|CT|x-?rays?|sign|culture|panel|stud\w+"
    r"|[A-Z]\w+.s|Spurling|Tinel|Phalen|Hawkins|McMurray|Hoffmann?|Romberg|Faber|Gaenslen)\b",
)
"""What is negative without being absent: the result of a test."""
_LETTER = re.compile(r"[^\W\d_]{2}")
_COLUMN_SLACK = 6
"""How far before the words yes and no a cross may stand."""


class Mark(StrEnum):
    """What the box says of the words it belongs to."""

    TICKED = "ticked"
    EMPTY = "empty"
    NO = "no"
    """The answer 'no' to the question is given."""
    PAST = "past"
    """The cross stands under 'past'."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Words `text[start:end]` that a box or an answer belongs to; the answer ends at `until`."""

    start: int
    end: int
    mark: Mark
    until: int = 0


_COLUMNS = {
    **dict.fromkeys(("no", "n", "never", "none"), Mark.NO),
    **dict.fromkeys(("past", "previous"), Mark.PAST),
}


def answers_in_row(text: str, start: int, end: int) -> Iterator[Marked]:
    """The labels of the answers in a row `text[start:end]` that has no boxes.

    >>> [m.mark.value for m in answers_in_row("Diabetes  Y / (N)", 0, 17)]
    ['no']
    """
    if not _HINT.search(text, start, end):
        return
    signs = [*_CHOICE.finditer(text, start, end)] or [*_SAID.finditer(text, start, end)]
    if not signs:
        letters = [*_LETTERS.finditer(text, start, end)]
        signs = letters if len(letters) > 1 else []
    if signs and _leads(text, start, signs[0]):
        for sign, following in zip(signs, [*signs[1:], None], strict=True):
            until = following.start() if following else end
            cell = _LABEL_ENDS.search(text, sign.end(), until)
            yield Marked(sign.end(), cell.start() if cell else until, _mark(sign))
        return
    at = start
    for sign in signs:
        label = _label_start(text, at, sign.start())
        at = sign.end()
        a_test = sign.lastgroup in {"pos", "neg"} and _TEST.search(text, label, sign.start())
        if _LETTER.search(text, label, sign.start()) and not a_test:
            yield Marked(label, sign.start(), _mark(sign), sign.end())


def _leads(text: str, start: int, first: re.Match[str]) -> bool:
    """Whether answers in brackets lead their labels: `Psych: (-) anxiety (+) sadness`."""
    before = text[start : first.start()].strip()
    return first[0].strip()[0] in "([" and (before.endswith(":") or not _LETTER.search(before))


def _mark(sign: re.Match[str]) -> Mark:
    kind = sign.lastgroup or ""
    if kind == "open":
        return Mark.EMPTY
    return Mark.NO if kind in {"no", "is_not", "neg"} else Mark.TICKED


def _label_start(text: str, start: int, end: int) -> int:
    """Where the words begin that an answer at `end` belongs to."""
    start = max(start, end - _LONGEST_LABEL)
    cuts = [cut.end() for cut in _LABEL_ENDS.finditer(text, start, end)]
    return next((cut for cut in reversed(cuts) if text[cut:end].strip()), start)


def answers_in_columns(text: str) -> Iterator[Marked]:
    """The labels of rows with a cross under `Yes` or `No`."""
    if not _HEADER.search(text):
        return
    columns: list[tuple[int, Mark]] = []
    for line in re.finditer(r"[^\n]*(?:\n|$)", text):
        header = _HEADER.search(line[0])
        if header is not None and not _CROSS.search(line[0]):
            columns = [
                (header.start() + word.start(), _COLUMNS.get(word[0].casefold(), Mark.TICKED))
                for word in re.finditer(r"\w+", header[0])
            ]
        elif columns:
            row = _row(line, columns)
            if row is not None:
                yield row
            elif line[0].strip():
                columns = []


def _row(line: re.Match[str], columns: Sequence[tuple[int, Mark]]) -> Marked | None:
    crosses = list(_CROSS.finditer(line[0]))
    boxes = [*crosses, *_EMPTY_BOX.finditer(line[0])]
    if not boxes or len(crosses) > 1:
        return None
    first = min(box.start() for box in boxes)
    if not _LETTER.search(line[0], 0, first) or first < columns[0][0] - _COLUMN_SLACK:
        return None
    mark = Mark.EMPTY
    if crosses:
        mark = min(columns, key=lambda column: abs(column[0] - crosses[0].start()))[1]
    until = line.start() + max(box.end() for box in boxes)
    return Marked(line.start(), line.start() + first, mark, until)
