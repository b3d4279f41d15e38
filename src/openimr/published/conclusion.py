"""What a rationale itself concludes, apart from the outcome in its heading.

The last statement wins, since a rationale ends in it and speaks of other things before: "medical
necessity has not been established", "is not medically necessary and appropriate", and, where a
rationale never says "necessary", "the request is supported".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from openimr.model.published import Conclusion

_VERB_GROUP = (
    r"(?:be|been|being|to|as|is|are|was|were|considered|deemed|found|felt|determined|shown|judged|"
    r"thought|seen|viewed|established|demonstrated|documented|proven|at|this|time|also|therefore|thus|"
    r"currently|presently|clearly|yet|either|appropriate|reasonable|indicated|supported|warranted|"
    r"recommended|certified|or|and|nor|both|an?|the)"
)
_NEGATED = re.compile(
    r"(?:\b(?:not|cannot|never|non|neither|nor|no longer)|n['\u2019]t)\b"
    rf"(?:[\s,\"'\u201c\u201d(-]+{_VERB_GROUP}\b)*[\s,\"'\u201c\u201d(-]*$"
)
_NOT_SHOWN = re.compile(
    r"\b(?:not|cannot|fail(?:s|ed|ure)?\s+to|insufficient|inadequate|no|lacks?|lacking|without|unable"
    r"|unclear|absen(?:t|ce)|never|neither|nor)\b"
)
_NOT_THAT = re.compile(
    r"\b(?:not|cannot|fail(?:s|ed)?\s+to|insufficient|inadequate|unclear|no\s+\w+)\b"
    r"(?:\s+[\w'-]+){0,6}?\s+(?:that|why|how|whether)\b"
)
_CONDITION = re.compile(
    r"\b(?:if|whether|unless|when|where|until|should\s+be|must\s+be|may\s+be|might\s+be|could\s+be"
    r"|in\s+order\s+to\s+be|to\s+be)(?:\s+(?:it|this|they|is|are|found|considered|deemed|not))*\s+$"
)
_ATTRIBUTE = re.compile(
    r"\s+(?:treatments?|care|services?|medications?|procedures?|therap\w+|and\s+\w+\s+care)\b"
)
_ESTABLISHED = re.compile(
    r"\b(?:is|are|was|were|has\s+been|have\s+been|been)\s+(?:\w+\s+)?"
    r"(?:established|supported|demonstrated|met|confirmed|shown|evident|substantiated|documented"
    r"|apparent|clear|affirmed|proven|verified)\b"
)
_ESTABLISHES = re.compile(
    r"\b(?:supports?|supported|establish(?:es|ed)?|demonstrates?|demonstrated|confirms?|substantiates?"
    r"|meets?|shows?|consistent\s+with|for)\s+(?:the\s+|a\s+)?(?:medical\s+)?$"
)
_WEAK = re.compile(
    r"\b(?:request\w*|treatment|medication|service|procedure|therapy|item|study|test\w*|visits?)\b"
    r"[^.;]{0,160}?\b(?:is|are|was|were|be|been)\s+(?P<negated>(?:[a-z]+\s+){0,3}?not\s+)?"
    r"(?:[a-z]+\s+){0,2}?(?:supported|warranted|indicated|appropriate|reasonable|recommended"
    r"|necessary|justified|certified|approved|authorized)\b"
)
_NONE_OF = re.compile(r"\bnone\s+of\b[^,;]*$")
"""`none of the associated services is medically necessary`."""
_WEAK_REACH = 500
_SENTENCE = 2_000
"""Characters to each side at most: a page of one phrase must not be read again at each."""
_NEAR = 100
_THAT = (" that ", " why ", " how ", " whether ")
_MEDICALLY = "medically "
_MEDICALLY_AND = re.compile(
    r"\bmed[a-z]{3,8}y(?:\s+(?:appropriate|indicated|reasonable)(?:\s+and|\s+or|,))?\s+$"
)


def read_conclusion(rationale: str) -> Conclusion | None:
    """The last statement about necessity; None where the rationale makes none.

    >>> read_conclusion("Necessity was not shown before. The request is now medically necessary.")
    <Conclusion.NECESSARY: 'necessary'>
    """
    text = rationale.lower()
    return next(_stated(text), None) or _weak_conclusion(text)


def read_conclusions(rationale: str) -> tuple[Conclusion, ...]:
    """Every statement about necessity, the last one first."""
    return tuple(_stated(rationale.lower()))


def _stated(text: str) -> Iterator[Conclusion]:
    at = text.rfind("necess")
    while at >= 0:
        verdict = _statement(text, at)
        if verdict is not None:
            yield Conclusion.NECESSARY if verdict else Conclusion.NOT_NECESSARY
        at = text.rfind("necess", 0, at)


def _statement(text: str, at: int) -> bool | None:
    """What the sentence around a `necess...` states; None where it is a mention only."""
    first, last = max(0, at - _SENTENCE), at + _SENTENCE
    start = max(text.rfind(". ", first, at), text.rfind("; ", first, at), first - 1) + 1
    stop = text.find(". ", at, last)
    before, after = text[start:at], text[at : stop if stop >= 0 else last]
    if after.startswith("necessary"):
        return _necessary(before, after)
    if after.startswith("necessity") and before.endswith(("medical ", "medically ")):
        return _necessity(before, after)
    return None


def _necessary(before: str, after: str) -> bool | None:
    if before.endswith("medically un"):
        return False
    if before.endswith(_MEDICALLY):
        lead = before[: -len(_MEDICALLY)]
    else:
        found = _MEDICALLY_AND.search(before)
        if found is None:
            return None
        lead = before[: found.start()]
    if _ATTRIBUTE.match(after, len("necessary")):
        return None
    if _NONE_OF.search(lead) or _NEGATED.search(lead, max(0, len(lead) - _NEAR)):
        return False
    if any(word in lead for word in _THAT) and _NOT_THAT.search(lead):
        return False
    return None if _CONDITION.search(lead) else True


def _necessity(before: str, after: str) -> bool | None:
    if _NOT_SHOWN.search(after):
        return False
    if _ESTABLISHED.search(after):
        return True
    if _NOT_SHOWN.search(before):
        return False
    return True if _ESTABLISHES.search(before) else None


def _weak_conclusion(text: str) -> Conclusion | None:
    """Where nothing is said of necessity: the last thing said of the request."""
    said = list(_WEAK.finditer(text, max(0, len(text) - _WEAK_REACH)))
    if not said:
        return None
    return Conclusion.NOT_NECESSARY if said[-1]["negated"] else Conclusion.NECESSARY
