"""The result that stands beside the name of an examination's test, over a list of other tests.

`FABER, Gaenslen and thigh thrust are positive`, `positive Hawkins and Neer`, `Lachman: negative`:
one word gives the result of every test of its list, and of no test beyond it.
"""

from __future__ import annotations

import re

_BETWEEN = (
    r"(?:\s*(?:['\u2019]s?(?!\w)|[,&/:()-]|\b(?:and|or|is|was|were|are|both|all|on|at|the|of|over|with|also|"
    r"remains?|signs?|tests?|testing|maneuvers?|right|left|bilateral(?:ly)?|rt|lt|[rl]|"
    r"thigh|sacral|thrust|compression|distraction|facet|loading|drop|arm|empty|can|joint|"
    r"wrists?|elbows?|knees?|ankles?|shoulders?|hips?|cervical|lumbar|sides?|reflex(?:es)?|be|could|reveals?)\b"
    r"|\b(?-i:[A-Z](?!eg\b|egative|os\b|ositive|ormal|bsent))\w+))*+\s*"
)
"""What may stand between a test and its result: other names, sides, and small words.

Possessive, since a word that is both a name and a small word would be tried both ways.
"""
_YES = (
    r"\b(?:positive|pos|present|abnormal|elicit(?:ed|able|s)|painful|(?:re)?produc\w+|recreat\w+|provok\w+|evok\w+"
    r"|causes|caused|gives|gave|aggravat\w+)\b|\b[1-4]\+(?!\s?/)|\+(?![\w/])"
)
_NO = (
    r"\b(?:negative|neg|absent|normal|unremarkable|stable|painless|non-?painful|fail(?:s|ed)\s+to)\b"
    r"|\b(?:not|(?:does|did|do|could|can)(?:\s+not|n.t|not))\s+(?:be\s+)?(?:present|positive|painful|elicit\w*|(?:re)?produc\w*"
    r"|recreat\w*|provok\w*|evok\w*|caus\w*|aggravat\w*|hurt)\b|\bwithout\s+(?:pain|discomfort|symptoms)\b|[-\u2013](?=\s*(?:$|[,;.\n]))"
)
_AFTER = re.compile(rf"{_BETWEEN}(?:(?P<no>{_NO})|(?P<yes>{_YES}))", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?:(?P<yes>\bpositive\b|\bpos\b|\+)|(?P<no>\bnegative\b|\bneg\b)){_BETWEEN}$", re.IGNORECASE
)
_BOXED = re.compile(
    rf"{_BETWEEN}(?:\[ ?\]\s*(?:negative|neg|positive|pos|normal|abnormal|no|yes)\s*)?"
    r"\[ ?[xX\u2713\u2714] ?\]\s*(?:(?P<yes>\b(?:positive|pos|abnormal|yes)\b)"
    r"|(?P<no>\b(?:negative|neg|normal|absent|no)\b))",
    re.IGNORECASE,
)
"""`Hoffmann: [ ] neg  [X] pos`: the ticked answer."""
_REACH = 90
"""A list longer than this is no list."""


def result_of(text: str, start: int, end: int) -> bool | None:
    """Whether the test named at `text[start:end]` is positive; None where no result is tied to it.

    >>> result_of("Hawkins and Neer are positive", 0, 7)
    True
    >>> result_of("Lachman negative, McMurray positive", 0, 7)
    False
    >>> result_of("FABER: [X] neg  [ ] pos", 0, 5)
    False
    >>> result_of("Lachman and drawer were not tested", 0, 7) is None
    True
    """
    after = _BOXED.match(text, end, end + _REACH) or _AFTER.match(text, end, end + _REACH)
    if after is not None:
        return after["yes"] is not None
    before = _BEFORE.search(text[max(0, start - _REACH) : start])
    return None if before is None else before["yes"] is not None
