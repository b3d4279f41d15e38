"""What the UR decision did with each item: rows, blocks, lists under a heading, sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from openimr.extract.header_text import Line, Place, lines_of
from openimr.extract.items_list import MARKER, mark_of
from openimr.model.case import UrAction
from openimr.model.request import Request, RequestKind

Parse = Callable[[str], Request]
_DENY = (
    r"(?:conditional(?:ly)?\s+)?non-?\s?certif\w*|not\s+(?:be\s+)?(?:certif\w+|authoriz\w+|approv\w+|medically\s+\w+|recommended)"
    r"|den(?:y|ied|ies|ial)|adverse(?:\s+determination)?|(?:unable\s+to|cannot(?:\s+be)?|can\s?not)\s+(?:certif\w+|approv\w+|authoriz\w+)"
    r"|disapproved|non-?\s?authoriz\w+|not\s+granted|rejected"
)
_MODIFY = (
    r"modif(?:y|ied|ies|ication)|partial(?:ly)?\s+(?:certif\w+|approv\w+|authoriz\w+)"
    r"|(?:certif\w+|approv\w+|authoriz\w+)\s+(?:with|as|in\s+part|in\s+modified)(?:\s+modif\w+|\s+amended)?|partial\s+certification"
)
_DELAY = r"delay(?:ed)?|defer(?:red)?|pend(?:ed|ing)"
_APPROVE = r"certif(?:y|ied|ication)|approv(?:e|ed|al)|authoriz(?:e|ed|ation)|granted"
ACTION = re.compile(
    rf"\b(?:(?P<modify>{_MODIFY})|(?P<deny>{_DENY})|(?P<delay>{_DELAY})|(?P<approve>{_APPROVE}))\b",
    re.IGNORECASE,
)
_ROW = re.compile(
    r"^(?P<item>.*?\S)(?:\s*(?:\.{3,}|\u2026+|_{3,}|-{3,})\s*|\s{2,}|\s*[|\u2502]\s*|\s+[-\u2013\u2014]+>?\s+|\s*:\s+|\s*\(\s*)"
    rf"(?:(?:is|are|determination|decision)\s*:?\s*)?(?P<action>{ACTION.pattern.replace('?P<', '?P<r_')})(?P<rest>.*)$",
    re.IGNORECASE,
)
_ITEM_LABEL = re.compile(
    r"^(?:\W*\d{0,2}[.)]?\s*)?(?:requested\s+(?:treatment|service|item|procedure|medication)s?|(?:treatment|service|item|procedure|medication)s?\s+requested"
    r"|request(?:ed)?|treatment|service|procedure|item|medication|description)\s*(?:no\.?|\#)?\s*(?P<n>\d{1,2}|[A-H])?\s*[:.]\s*(?P<item>\S.*)$",
    re.IGNORECASE,
)
_DECISION_LABEL = re.compile(
    r"^\W*(?:UR\s+)?(?:determination|decision|recommendation|outcome|status|result|action(?:\s+taken)?|disposition|finding)\s*(?:\#?\d{1,2}|[A-H])?\s*[:.\u2013-]\s*(?P<words>\S.*)$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"(?:\brequests?\s+for|\brequested|\bprescription\s+for|\bthe)\s+(?P<item>[^.;:\n]{3,140}?(?:\.\d[^.;:\n]{0,80}?)?)\s+(?:is|are|was|were|has\s+been|have\s+been|will\s+be|be|cannot\s+be)\s+"
    rf"(?:therefore\s+|hereby\s+|being\s+)?(?P<action>{ACTION.pattern.replace('?P<', '?P<s_')})(?P<rest>[^.\n]*(?:\.\d[^.\n]*)*)",
    re.IGNORECASE,
)
_ACTING = re.compile(
    rf"^\W*(?:we\s+(?:have\s+)?(?:are\s+)?)?(?P<action>{ACTION.pattern.replace('?P<', '?P<a_')})\s*:?\s+(?P<item>.{{4,160}})$",
    re.IGNORECASE,
)
_GRANT = re.compile(
    r"^\W*(?:to|for|as|with|by)?\s*(?:allow\s+|a\s+|the\s+)?(?P<grant>\S.*?)\s*[.)\]]*$",
    re.IGNORECASE,
)
_LOOK_AHEAD = 6


@dataclass(frozen=True, slots=True)
class Decided:
    """One line of the UR decision and what was decided of it."""

    text: str
    request: Request
    action: UrAction
    granted: str | None
    place: Place
    start: int
    end: int
    mark: str
    certain: bool
    """From a row, block or list; False for a sentence of the reasoning."""


def decided_items(places: Sequence[Place], parse: Parse) -> list[Decided]:
    """Every item that the decision names with its action; rows and blocks before sentences."""
    found = [entry for place in places for entry in _rows(place, parse)]
    found += [entry for place in places for entry in _sentences(place, parse)]
    kept: list[Decided] = []
    for entry in found:
        if not any(_repeats(entry, earlier) for earlier in kept):
            kept.append(entry)
    return kept


def overall_action(places: Sequence[Place]) -> UrAction:
    """What the decision says of all it was asked, where it says so once: `DETERMINATION: ADVERSE`."""
    actions = set()
    for place in places:
        for line in lines_of(place):
            label = _DECISION_LABEL.match(line.text)
            found = ACTION.search(label["words"]) if label else None
            if found:
                actions.add(action_of(found))
    return actions.pop() if len(actions) == 1 else UrAction.UNKNOWN


def action_of(found: re.Match[str]) -> UrAction:
    """The action that a match of `ACTION`, or of a pattern built on it, names."""
    inner = ACTION.search(found["action"] if "action" in found.re.groupindex else found.group())
    for action in (UrAction.MODIFY, UrAction.DENY, UrAction.DELAY, UrAction.APPROVE):
        if inner is not None and inner[action.value]:
            return action
    return UrAction.UNKNOWN


def is_known(request: Request) -> bool:
    """Whether a text names something that can be asked for."""
    return bool(request.generic or request.procedure) or request.kind is not RequestKind.OTHER


def _repeats(entry: Decided, earlier: Decided) -> bool:
    """The same item again: in the reasoning, or in a summary table."""
    one, other = entry.request, earlier.request
    named = (one.generic, one.procedure, one.kind) == (other.generic, other.procedure, other.kind)
    same_amount = not entry.certain or (one.strength, one.quantity, one.body_parts) == (
        other.strength,
        other.quantity,
        other.body_parts,
    )
    return named and same_amount and (one.generic or one.procedure) is not None


def _rows(place: Place, parse: Parse) -> Iterator[Decided]:
    """Lines that name an item and its action, in any of the tabular layouts."""
    lines = lines_of(place)
    heading: UrAction | None = None
    for index, line in enumerate(lines):
        row = _row(line, lines[index + 1 : index + 2], parse)
        if row is not None:
            yield row
            continue
        block = _block(line, lines[index + 1 : index + 1 + _LOOK_AHEAD], parse)
        if block is not None:
            yield block
            continue
        if heading is not None and mark_of(line.text) is not None:
            listed = _listed(line, heading, parse)
            if listed is not None:
                yield listed
                continue
        heading = _heading(line, parse, heading)


def _row(line: Line, following: Sequence[Line], parse: Parse) -> Decided | None:
    """`1. Norco 10/325mg #150 ........ Not certified`, or the action first: `DENIED: Norco #150`."""
    found = _ROW.match(line.text)
    if found is not None:
        start = _item_start(line)
        item = line.place.page.text[start : line.start + found.end("item")].strip(" .:|-")
        request = parse(item)
        if is_known(request) and not _prose(item):
            granted = _granted(action_of(found), found["rest"], following)
            end = start + len(item)
            return Decided(
                item,
                request,
                action_of(found),
                granted,
                line.place,
                start,
                end,
                mark_of(line.text) or "",
                True,
            )
    acting = _ACTING.match(line.text[_item_start(line) - line.start :])
    if acting is None:
        return None
    item = acting["item"].strip(" .:")
    request = parse(item)
    if not is_known(request) or _prose(item):
        return None
    start = line.place.page.text.index(item, line.start)
    return Decided(
        item,
        request,
        action_of(acting),
        None,
        line.place,
        start,
        start + len(item),
        mark_of(line.text) or "",
        True,
    )


def _item_start(line: Line) -> int:
    found = MARKER.match(line.text)
    table = re.match(r"^[|\u2502]\s*(?:\d{1,2}\s*[|\u2502]\s*)?|^\d{1,2}\s*[|\u2502]\s*", line.text)
    if table:
        return line.start + table.end()
    return line.start + (found.end() if found else 0)


def _prose(item: str) -> bool:
    """A sentence of the reasoning, and no item."""
    return len(item.split()) > 30 or bool(
        re.search(r"\.\s+[A-Z]|\b(?:there\s+is|patient\s+(?:has|was)|does\s+not|is\s+not)\b", item)
    )


def _granted(action: UrAction, rest: str, following: Sequence[Line]) -> str | None:
    """What a modification leaves: `to #90`, or the line below that says so."""
    if action is not UrAction.MODIFY:
        return None
    words = rest.strip(" .:|-\u2013\u2014()")
    if not words and following:
        below = following[0].text
        found = re.match(
            r"\W*(?:modified\s+to|certified|approved|authorized|granted)\s*:?\s*(?P<grant>.+)$",
            below,
            re.IGNORECASE,
        )
        words = found["grant"] if found else ""
    found = _GRANT.match(words)
    return found["grant"] if found and found["grant"] else None


def _block(line: Line, following: Sequence[Line], parse: Parse) -> Decided | None:
    """`Request: Norco 10/325mg #150`, and a few lines below `Determination: Non-certified`."""
    label = _ITEM_LABEL.match(line.text)
    if label is None:
        return None
    item = label["item"].strip(" .")
    request = parse(item)
    if not is_known(request):
        return None
    for below in following:
        if _ITEM_LABEL.match(below.text):
            return None
        decision = _DECISION_LABEL.match(below.text)
        found = ACTION.search(decision["words"]) if decision else None
        if decision and found:
            action = action_of(found)
            granted = _granted(action, decision["words"][found.end() :], ())
            start = line.start + label.start("item")
            return Decided(
                item,
                request,
                action,
                granted,
                line.place,
                start,
                start + len(item),
                label["n"] or "",
                True,
            )
    return None


def _heading(line: Line, parse: Parse, current: UrAction | None) -> UrAction | None:
    """The action a heading gives to the list below it; a line of prose ends the list."""
    text = line.text
    found = ACTION.search(text)
    short = len(text.split()) <= 16
    if found and short and mark_of(text) is None and not is_known(parse(text)):
        opens = text.rstrip().endswith(":") or "following" in text.casefold() or text.isupper()
        return action_of(found) if opens else current
    if mark_of(text) is None and len(text.split()) > 8 and not text[0].islower():
        return None if found is None and text.endswith(".") and "following" not in text else current
    return current


def _listed(line: Line, action: UrAction, parse: Parse) -> Decided | None:
    start = _item_start(line)
    item = line.place.page.text[start : line.end].strip(" .|")
    request = parse(item)
    if not is_known(request) or _prose(item):
        return None
    return Decided(
        item,
        request,
        action,
        None,
        line.place,
        start,
        start + len(item),
        mark_of(line.text) or "",
        True,
    )


def _sentences(place: Place, parse: Parse) -> Iterator[Decided]:
    """`The request for Norco 10/325mg #150 is not certified.`"""
    text = place.page.text
    flowing = re.sub(r"(?<=\S)[ \t]*\n[ \t]*(?=\S)", lambda found: " " * len(found.group()), text)
    for found in _SENTENCE.finditer(flowing):
        item = " ".join(found["item"].split())
        request = parse(item)
        if not is_known(request) or _prose(item):
            continue
        action = action_of(found)
        granted = _granted(action, " ".join(found["rest"].split()), ())
        yield Decided(
            item, request, action, granted, place, found.start("item"), found.end("item"), "", False
        )
