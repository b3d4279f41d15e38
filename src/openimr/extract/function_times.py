"""Measures of what somebody can do, then and now: `sit 20 min (was 10)`, `35 lb, up from 15`.

    Before the injections he could lift 10 lb; he now lifts 25.
    Lifting floor to waist 15 lbs at evaluation; 35 lbs at discharge.
    Last year: standing 10 minutes. This year: standing 30 minutes.

Each measure takes the word of time in its own part of the sentence; where only one has such a word,
the other is of the other time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from openimr.extract.contexts import masked
from openimr.extract.function_patterns import FROM_TO, UNIT, N
from openimr.extract.passages import Passage
from openimr.extract.tokens import number

_UNIT = rf"(?:{UNIT}|kgs?\b|kilos?\b|yards?\b|flights?\b|stairs\b|steps\b|reps?\b|loads?\b|laps?\b)"
_AMOUNT = re.compile(
    rf"(?<![\w/.#$-])(?P<n>(?!one\b|half\b){N})(?:\s*-\s*\d{{1,3}})?(?:\s*-?\s*(?P<unit>{_UNIT})|(?=\s*(?:[.,;)(]|$|(?:before|at|in|initially|now|last|prior|after|previously|then|ago|on)\b)))"
    r"(?!\s*(?:mg|%|/|:|times|visits?|sessions?|weeks?|months?|years?|days?|degrees?|of\b))",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\b(?P<then>before|previous(?:ly)?|prior|initial(?:ly)?|formerly|baseline|at\s+(?:the\s+)?(?:eval\w*|intake|start|outset|first|admission)"
    r"|(?:(?:up|down)\s+)?from(?=\s+(?:only\s+|about\s+)?\d|\s*$)|instead\s+of|was|were|had\s+been|used\s+to|could\s+(?:only|not)|last\s+(?:year|visit|month|time|fall|spring|summer|winter)"
    r"|in\s+(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)\w*|at\s+the\s+last\s+visit|start\s+of\s+care|then|pre)\b"
    r"|\b(?P<now>now|today|currently|current|at\s+present|presently|this\s+(?:year|visit|month|time)|at\s+discharge|discharge|after(?:wards?)?|since|with\s+therapy|these\s+days|post)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[,;()]|\.\s|\s-\s|\band\b|\bbut\b|\s/\s")
_DOING = re.compile(
    r"\b(?P<what>lift\w*|carr(?:y|ies|ied|ying)|push\w*|pull\w*|sit\w*|stand\w*|walk\w*|driv\w*|drove|grip\w*|climb\w*|kneel\w*|"
    r"squat\w*|type|typing|toleran\w+|endurance|stairs|ambulat\w+|cook\w*|read\w*|ride\w*|swim\w*)\b",
    re.IGNORECASE,
)
_OF_ELSE = re.compile(
    r"\b(?:pain|relief|VAS|NRS|restrict\w*|limit\w*|weigh(?:s|ed|t)|BMI|wean\w*|taper\w*|sleep\w*|took|takes?|degrees?|flexion|extension|mg"
    r"|no\s+(?:lift|push|pull|carry|sit|stand|walk)\w*|duty|modified|work\s+status)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Change:
    """What was done before and is done now, with its unit, over `text[start:end]`."""

    what: str
    before: float
    after: float
    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Measure:
    start: int
    end: int
    amount: float
    unit: str
    time: str


def read_change(passage: Passage, text: str) -> Change | None:
    """The one change that a passage, or it and the one before, tells of a doing.

    Args:
        passage: to be read.
        text: its words, drugs masked.
    """
    doing = _DOING.search(text)
    if doing is None or _OF_ELSE.search(text) or FROM_TO.search(text):
        return None
    measures = _measures(text)
    before = passage.before
    offset = 0
    if len(measures) == 1 and before is not None and measures[0].time:
        earlier = masked(before)
        same = _DOING.search(earlier)
        if same is not None and same["what"][:3].casefold() == doing["what"][:3].casefold():
            offset = before.start - passage.start
            measures = [*(_moved(one, offset) for one in _measures(earlier)), *measures]
    return _change(
        doing["what"], measures, min(doing.start(), measures[0].start if measures else 0)
    )


def _moved(one: _Measure, offset: int) -> _Measure:
    return _Measure(one.start + offset, one.end + offset, one.amount, one.unit, one.time)


def _change(what: str, measures: Sequence[_Measure], start: int) -> Change | None:
    if len(measures) != 2 or not any(one.unit for one in measures):
        return None
    first, second = measures
    units = {one.unit[:2] for one in measures if one.unit}
    if len(units) > 1 or first.time == second.time:
        return None
    then_first = first.time == "then" or second.time == "now"
    then, now = (first, second) if then_first else (second, first)
    unit = (now.unit or then.unit).casefold()
    return Change(what, then.amount, now.amount, unit, start, max(one.end for one in measures))


def _measures(text: str) -> list[_Measure]:
    """The measures of a text, each with the time told in its part."""
    cuts = [0, *(found.end() for found in _PARTS.finditer(text)), len(text)]
    parts = [text[start:end] for start, end in pairwise(cuts)]
    found: list[_Measure] = []
    for at, (start, end) in enumerate(pairwise(cuts)):
        amounts = list(_AMOUNT.finditer(text, start, end))
        if len(amounts) > 1:
            found += _by_words_between(text, amounts)
            continue
        for amount in amounts:
            time = _time(parts[at])
            if not time and at + 1 < len(parts) and not _AMOUNT.search(parts[at + 1]):
                time = _time(parts[at + 1])
            if not time and at and not _AMOUNT.search(parts[at - 1]):
                time = _time(parts[at - 1])
            found.append(_measure(amount, time))
    return found


def _by_words_between(text: str, amounts: Sequence[re.Match[str]]) -> list[_Measure]:
    """Two measures in one part: `22 kg initially 38 kg now`, `30 min up from 10`."""
    times: list[str] = []
    for at, amount in enumerate(amounts):
        low = amounts[at - 1].end() if at else 0
        high = amounts[at + 1].start() if at + 1 < len(amounts) else len(text)
        after = _time(text[amount.end() : high]) if at + 1 == len(amounts) else ""
        times.append(_time(text[low : amount.start()]) or after)
    return [_measure(amount, time) for amount, time in zip(amounts, times, strict=True)]


def _measure(found: re.Match[str], time: str) -> _Measure:
    return _Measure(
        found.start(), found.end(), number(found["n"]) or 0.0, found["unit"] or "", time
    )


def _time(text: str) -> str:
    found = _TIMES.search(text)
    return (found.lastgroup or "") if found else ""
