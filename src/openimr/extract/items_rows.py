"""Layouts in which a UR decision names an item with its action: rows, blocks, boxes, lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from openimr.extract.header_text import Line, Place, lines_of
from openimr.extract.items_actions import (
    ACTION,
    ACTION_WORDS,
    action_in,
    granted_below,
    granted_in,
)
from openimr.extract.items_list import MARKER, mark_of
from openimr.model.case import UrAction
from openimr.model.request import Request, RequestKind

Parse = Callable[[str], Request]
_ROW = re.compile(
    r"(?P<item>.*?\S)(?:\s*(?:\.{3,}|\u2026+|_{3,}|-{3,})\s*|\s{2,}|\s*[|\u2502]\s*|\s+[-\u2013\u2014]+>?\s+"
    rf"|\s*:\s+|\s*\(\s*)(?:(?:is|are|determination|decision)\s*:?\s*)?(?P<action>{ACTION_WORDS})(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_ACTION_FIRST = re.compile(
    rf"\W*(?:we\s+(?:have\s+)?(?:are\s+)?)?(?P<action>{ACTION_WORDS})\s*:?\s+(?:of\s+)?(?P<item>.{{4,160}}?)"
    r"(?:\s+is\s+recommended\W*)?",
    re.IGNORECASE,
)
_TICK = re.compile(rf"\[\s*(?P<tick>[xX\u2713]?)\s*\]\s*(?P<action>{ACTION_WORDS})", re.IGNORECASE)
_ITEM_LABEL = re.compile(
    r"(?:\W*\d{0,2}[.)]?\s*)?(?:(?:requested\s+)?(?:treatments?(?:\s*/\s*services?)?|services?|items?|procedures?|medications?)(?:\s+requested)?"
    r"|requested|request|description|issue|question)\s*(?:no\.?|\#)?\s*(?P<n>\d{1,2}|[A-H])?\s*[:.]\s*(?P<item>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
DECISION_LABEL = re.compile(
    r"\W*(?:UR\s+)?(?:determination|decision|recommendation|outcome|status|result|action(?:\s+taken)?"
    r"|disposition|finding)\s*(?:\#?\d{1,2}|[A-H])?\s*[:.\u2013-]\s*(?P<words>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_LABEL_ALONE = re.compile(
    r"\W*(?:treatments?(?:\s*/\s*services?)?|services?|items?|procedures?|medications?|request|determination"
    r"|decision|recommendation|outcome|status)(?:\s+requested)?\s*:",
    re.IGNORECASE,
)
_LEADING_LABEL = re.compile(
    r"\s*(?:UR\s+)?(?:determination|decision|recommendation)s?\s*:\s*", re.IGNORECASE
)
_QUESTION = re.compile(
    r"^(?:is|are)\s+(?:the\s+)?(?:request(?:ed)?\s+(?:for\s+)?)?|\s+(?:is\s+|are\s+)?medically\s+(?:necessary|appropriate|indicated)[\s?]*$",
    re.IGNORECASE,
)
_PROSE = re.compile(
    r"\.\s+[A-Z]|\b(?:there\s+is|patient\s+(?:has|was)|does\s+not|is\s+not|because|however)\b"
)
_TRAILING_COLUMNS = re.compile(
    r"\s{2,}(?:[A-Z]?\d{4,5}\b.*|\d{1,2}/\d{1,2}/\d{2,4}\b.*)$", re.DOTALL
)
"""Columns of procedure codes and dates after the name of the treatment."""
_FIGURES_HEAD = re.compile(
    r"\b(?:requested|asked|submitted)\b.*\b(?:certified|approved|authorized|allowed|granted)\b",
    re.IGNORECASE,
)
"""The head of columns: how much was requested, how much certified."""
_FIGURES = re.compile(
    r"(?P<item>\S.*?\S\s{2,}#?(?P<asked>\d+))\s{2,}#?(?P<granted>\d+|none|nil)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_ITEM, _LONGEST_HEADING = 30, 16
_LOOK_AHEAD = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One line of the UR decision and what was decided of it."""

    text: str
    request: Request
    action: UrAction
    granted: str | None = None
    place: Place
    start: int
    end: int
    mark: str = ""
    certain: bool = True
    """From a row, block or list; False for a sentence of the reasoning."""


def is_definite(request: Request) -> bool:
    """Whether a line names a treatment and how much of it, as only a request does."""
    amounts = (request.quantity, request.visits, request.per_week, request.weeks)
    if request.generic:
        return request.strength is not None or request.quantity is not None
    return bool(request.procedure) and any(amount is not None for amount in amounts)


def is_known(request: Request) -> bool:
    """Whether a text names something that can be asked for."""
    return bool(request.generic or request.procedure) or request.kind is not RequestKind.OTHER


def is_prose(item: str) -> bool:
    """Whether it is a sentence of the reasoning, and no item."""
    return len(item.split()) > _LONGEST_ITEM or bool(_PROSE.search(item))


def rows_of(place: Place, parse: Parse) -> Iterator[Decided]:
    """Every item of a page that stands with its action in one of the layouts."""
    lines = _whole_labels(lines_of(place))
    heading: UrAction | None = None
    in_columns = False
    skip = 0
    for index, line in enumerate(lines):
        if skip:
            skip -= 1
            continue
        if _FIGURES_HEAD.search(line.text) and not is_known(parse(line.text)):
            in_columns, heading = True, None
            continue
        following = lines[index + 1 : index + 1 + _LOOK_AHEAD]
        found = _in_columns(line, parse) if in_columns else None
        found = found or _ticked(line, parse) or _row(line, line.end, following, parse)
        if found is None:
            found, skip = _row_over_lines(line, following, parse)
        found = found or _action_first(line, parse) or _block(line, following, parse)
        if found is None and heading is not None:
            found = _under_heading(line, following, heading, parse)
        if found is not None:
            yield found
        else:
            heading = _heading(line, parse, heading)


def _whole_labels(lines: Sequence[Line]) -> list[Line]:
    """The lines, a label that stands alone joined with the line below that holds its value."""
    joined: list[Line] = []
    for line in lines:
        if joined and _LABEL_ALONE.fullmatch(joined[-1].text):
            joined[-1] = replace(joined[-1], end=line.end)
        else:
            joined.append(line)
    return joined


def _under_heading(
    line: Line, following: Sequence[Line], heading: UrAction, parse: Parse
) -> Decided | None:
    """An entry of the list, or a labelled request, below `The following is NOT CERTIFIED:`.

    An entry may have neither number nor label where it says how much of what.
    """
    label = _ITEM_LABEL.fullmatch(line.place.page.text, line.start, line.end)
    bare = is_definite(parse(line.text)) and not is_prose(line.text)
    if mark_of(line.text) is None and label is None and not bare:
        return None
    start = label.start("item") if label else _item_start(line)
    granted = None
    if heading is UrAction.MODIFY and following:
        granted = granted_below(following[0].text)
    return _decided(line, start, line.end, heading, granted, parse)


def _decided(
    line: Line, start: int, end: int, action: UrAction, granted: str | None, parse: Parse
) -> Decided | None:
    """The item at a span of the page, if it names something that can be asked for."""
    page = line.place.page.text
    if label := _LEADING_LABEL.match(page, start, end):
        start = label.end()
    while start < end and page[start] in " .:|-(":
        start += 1
    while end > start and page[end - 1] in " .:|-(\n":
        end -= 1
    text = " ".join(page[start:end].split())
    request = parse(text)
    if not text or not is_known(request) or is_prose(text):
        return None
    return Decided(
        text=text,
        request=request,
        action=action,
        granted=granted,
        place=line.place,
        start=start,
        end=end,
        mark=mark_of(line.text) or "",
    )


def _item_start(line: Line) -> int:
    table = re.match(r"[|\u2502]\s*(?:\d{1,2}\s*[|\u2502]\s*)?|\d{1,2}\s*[|\u2502]\s*", line.text)
    found = table or MARKER.match(line.text)
    return line.start + (found.end() if found else 0)


def _row(line: Line, end: int, following: Sequence[Line], parse: Parse) -> Decided | None:
    """`1. Norco 10/325mg #150 ........ Not certified`."""
    start = _item_start(line)
    found = _ROW.fullmatch(line.place.page.text, start, end)
    if found is None:
        return None
    action = action_in(found["action"])
    granted = None
    item_end = found.end("item")
    if action is UrAction.MODIFY:
        below = granted_below(following[0].text) if following else None
        granted = granted_in(found["rest"]) or below or _last_figure(found["item"])
    if re.search(r"\s{2,}\d+\s*$", found["item"]):
        # Columns `requested` and `certified`: the second figure is no part of the request.
        item_end = start + len(re.sub(r"(\s{2,}\d+)\s{2,}\d+\s*$", r"\1", found["item"]))
    item_end = start + len(_TRAILING_COLUMNS.sub("", found["item"][: item_end - start]))
    return _decided(line, start, item_end, action, granted, parse)


def _in_columns(line: Line, parse: Parse) -> Decided | None:
    """`Norco 10/325     90     45, for weaning` below `REQUESTED  CERTIFIED`."""
    start = _item_start(line)
    found = _FIGURES.fullmatch(line.place.page.text, start, line.end)
    if found is None:
        return None
    granted = int(found["granted"]) if found["granted"].isdecimal() else 0
    action = UrAction.MODIFY if granted < int(found["asked"]) else UrAction.APPROVE
    action = action if granted else UrAction.DENY
    part = f"#{granted}" if action is UrAction.MODIFY else None
    return _decided(line, *found.span("item"), action, part, parse)


def _last_figure(item: str) -> str | None:
    """The figure of the column `certified`, where the row has two columns of figures."""
    found = re.search(r"\s{2,}\d+\s{2,}(\d+)\s*$", item)
    return f"#{found[1]}" if found else None


def _row_over_lines(
    line: Line, following: Sequence[Line], parse: Parse
) -> tuple[Decided | None, int]:
    """A marked row whose action stands one or two lines below; and how many lines it takes."""
    if mark_of(line.text) is None or ACTION.search(line.text):
        return None, 0
    for count, below in enumerate(following[:2], start=1):
        if mark_of(below.text) is not None or ":" in below.text:
            break
        if ACTION.search(below.text):
            found = _row(line, below.end, following[count:], parse)
            return found, count if found else 0
    return None, 0


def _ticked(line: Line, parse: Parse) -> Decided | None:
    """`[X] Non-certify  [ ] Certify   Tramadol 50mg #120`."""
    boxes = list(_TICK.finditer(line.text))
    ticked = [box for box in boxes if box["tick"]]
    if len(ticked) != 1:
        return None
    action = action_in(ticked[0]["action"])
    after = _decided(line, line.start + boxes[-1].end(), line.end, action, None, parse)
    before = line.start + boxes[0].start()
    return after or _decided(line, _item_start(line), before, action, None, parse)


def _action_first(line: Line, parse: Parse) -> Decided | None:
    """`DENIED: Norco 10/325mg #120`."""
    found = _ACTION_FIRST.fullmatch(line.place.page.text, _item_start(line), line.end)
    if found is None:
        return None
    action = action_in(found["action"])
    return _decided(line, *found.span("item"), action, None, parse)


def _block(line: Line, following: Sequence[Line], parse: Parse) -> Decided | None:
    """`Request: Norco 10/325mg #150`, and a few lines below `Determination: Non-certified`."""
    label = _ITEM_LABEL.fullmatch(line.place.page.text, line.start, line.end)
    if label is None:
        return None
    for number, below in enumerate(following):
        if _ITEM_LABEL.match(below.text):
            return None
        decision = DECISION_LABEL.match(below.text)
        found = ACTION.search(decision["words"]) if decision else None
        if decision and found:
            action = action_in(found.group())
            granted = None
            if action is UrAction.MODIFY:
                under = following[number + 1 : number + 2]
                granted = granted_in(decision["words"][found.end() :]) or next(
                    (grant for line in under if (grant := granted_below(line.text))), None
                )
            start, end = _asked_about(line, label)
            return _decided(line, start, end, action, granted, parse)
    return None


def _asked_about(line: Line, label: re.Match[str]) -> tuple[int, int]:
    """The item of a label, without `Is ... medically necessary?` around it."""
    start, end = label.span("item")
    page = line.place.page.text
    for found in list(_QUESTION.finditer(page[start:end])):
        if found.start() == 0:
            start += found.end()
        else:
            end = label.start("item") + found.start()
    return start, end


def _heading(line: Line, parse: Parse, current: UrAction | None) -> UrAction | None:
    """The action a heading gives to the list below it; a sentence without one ends the list."""
    text = line.text
    if mark_of(text) is not None:
        return current
    words = text.split()
    action = action_in(text)
    if action is not UrAction.UNKNOWN:
        opens = text.endswith(":") or "following" in text.casefold() or text.isupper()
        short = len(words) <= _LONGEST_HEADING
        return action if opens and short and not is_known(parse(text)) else current
    sentence = len(words) > _LONGEST_HEADING // 2 and text.endswith(".")
    return None if sentence and "following" not in text.casefold() else current
