"""What the UR decision did with each item, from its rows first, then from its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from openimr.extract.header_text import Place, lines_of
from openimr.extract.items_actions import ACTION, ACTION_WORDS, action_in, granted_in
from openimr.extract.items_rows import (
    DECISION_LABEL,
    Decided,
    Parse,
    is_known,
    is_prose,
    rows_of,
)
from openimr.model.case import UrAction

_ITEM = r"(?P<item>(?:(?!\brequests?\s|\brequested\s)[^.;:]|\.\d){3,180}?)"
_BE = r"(?:is|are|was|were|has\s+been|have\s+been|will\s+be|be|cannot\s+be)"
_NOUN = r"(?:non-?\s?certification|denial|certification|approval|authorization|modification)"
_SENTENCES = (
    re.compile(
        rf"\b(?:requests?\s+for|requested|prescription\s+for|that|the)\s+{_ITEM}\s+{_BE}\s+"
        rf"(?:therefore\s+|hereby\s+|being\s+)?(?P<action>{ACTION_WORDS})(?P<rest>(?:[^.]|\.\d)*)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<action>\b{_NOUN})\s+of\s+(?:the\s+)?(?:requests?\s+for\s+)?{_ITEM}"
        rf"(?P<rest>)(?=\s+and\s+{_NOUN}|[.;]\s|[.;]?\s*$)",
        re.IGNORECASE,
    ),
)
_ASKED = re.compile(
    r"\brequest(?:ed)?\b(?:[^.;:]|\bDr\.){0,60}?\bfor\s+(?P<item>(?:[^.;:]|\.\d){4,160}?)(?=[.;]\s|[.;]?\s*$)",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    rf"\bthe\s+(?:requests?|treatment|service)\s+{_BE}\s+(?:therefore\s+)?(?P<action>{ACTION_WORDS})",
    re.IGNORECASE,
)
_LINE_BREAK = re.compile(r"(?<=\S)[ \t]*\n[ \t]*(?=\S)")


def decided_items(places: Sequence[Place], parse: Parse) -> list[Decided]:
    """Every item that the decision names with its action; rows and blocks before sentences."""
    found = [entry for place in places for entry in rows_of(place, parse)]
    found += [entry for place in places for entry in _sentences(place, parse)]
    if not found:
        found = [entry for place in places for entry in _asked(place, parse)]
    kept: list[Decided] = []
    for entry in found:
        if not any(_repeats(entry, earlier) for earlier in kept):
            kept.append(entry)
    return kept


def overall_action(places: Sequence[Place]) -> UrAction:
    """What the decision says of all it was asked, if one thing: `DETERMINATION: ADVERSE`."""
    labels = (DECISION_LABEL.match(line.text) for place in places for line in lines_of(place))
    actions = {action_in(label["words"]) for label in labels if label}
    actions.discard(UrAction.UNKNOWN)
    return actions.pop() if len(actions) == 1 else UrAction.UNKNOWN


def _repeats(entry: Decided, earlier: Decided) -> bool:
    """The same item again: in the reasoning, or in a summary table."""
    one, other = entry.request, earlier.request
    if not (one.generic or one.procedure):
        return False
    named = (one.generic, one.procedure, one.kind) == (other.generic, other.procedure, other.kind)
    details = ("strength", "quantity", "body_parts")
    same = all(getattr(one, name) == getattr(other, name) for name in details)
    return named and (same or not entry.certain)


def _asked(place: Place, parse: Parse) -> Iterator[Decided]:
    """What a letter says was requested, where it later refuses `the request` without its name."""
    text = place.page.text
    actions = {action_in(found["action"]) for found in _REFUSED.finditer(text)}
    if len(actions) != 1:
        return
    for found in _ASKED.finditer(text):
        item = " ".join(found["item"].split())
        request = parse(item)
        if is_known(request) and not is_prose(item):
            yield Decided(
                text=item,
                request=request,
                action=next(iter(actions)),
                place=place,
                start=found.start("item"),
                end=found.end("item"),
                certain=False,
            )


def _sentences(place: Place, parse: Parse) -> Iterator[Decided]:
    """Such as `The request for Norco 10/325mg #150 is not certified`."""
    flowing = _LINE_BREAK.sub(lambda found: " " * len(found.group()), place.page.text)
    for paragraph in re.finditer(r"[^\n]+", flowing):
        for pattern in _SENTENCES:
            for found in pattern.finditer(flowing, *paragraph.span()):
                item = " ".join(found["item"].split())
                request = parse(item)
                if not is_known(request) or is_prose(item) or ACTION.search(item):
                    continue
                action = action_in(found["action"])
                rest = granted_in(" ".join(found["rest"].split()))
                yield Decided(
                    text=item,
                    request=request,
                    action=action,
                    granted=rest if action is UrAction.MODIFY else None,
                    place=place,
                    start=found.start("item"),
                    end=found.end("item"),
                    certain=False,
                )
