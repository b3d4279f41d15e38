"""Whether a clause tells of a time that is over: its verb in the past, and a time that has ended.

A finding of today is told in the past tense, too (`spasm was noted`), so that the tense alone says
nothing. Beside it must stand how long it lasted (`for a year`), when it was (`after the accident`,
`in February`), or that it is otherwise now (`was a problem, but is not one now`).
"""

from __future__ import annotations

import re

_UNIT = r"(?:days?|nights?|weeks?|wks?|months?|mos?|years?|yrs?)"
_MANY = (
    r"(?:an?|one|two|three|four|five|six|eight|ten|twelve|fifteen|twenty|thirty|several|some|many|\d{1,2}"
    r"|a\s+(?:few|couple\s+of)|about\s+\w+)"
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_OVER = re.compile(
    r"(?<!\bhas\s)(?<!\bhave\s)\b(?:was|were|had|got|suffered|experienced|smoked|drank|worked|took)\b"
    r"(?!\s+(?:been\s+)?(?:seen|given|noted\s+today|asked|told|advised|able\s+to\s+start))",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\b(?:is|are|am|has|have|now|today|current(?:ly)?|still|continues?|remains?|persists?|takes|since|ongoing"
    r"|presently|at\s+present|recent(?:ly)?|this\s+(?:morning|week|month|visit)|(?:last|past)\s+(?:few|several|\d+|two|three)\b)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    rf"\b(?:for|x|lasted)\s+(?:only\s+|nearly\s+|almost\s+|over\s+|more\s+than\s+|at\s+least\s+)?(?:{_MANY}\s+{_UNIT}|a\s+(?:while|time|spell))\b"
    rf"|(?<=[a-z]\s){_MANY}\s+(?:weeks?|wks?|months?|mos?|years?|yrs?)\s+in\b"
    r"|\bafter\s+(?:the|his|her|that)\s+(?:first\s+|original\s+|industrial\s+|work\s+)?(?:accident|injury|fall|birth|divorce|death)\b"
    rf"|\b(?:in|during|until|till|by)\s+(?:early\s+|late\s+|mid-?)?(?:{_MONTH}(?!\s+(?:and|or)\s+not)|the\s+(?:spring|summer|fall|autumn|winter)\b)"
    rf"|\bfrom\s+{_MONTH}|\b(?:at\s+first|in\s+the\s+beginning|at\s+the\s+(?:start|outset|time))\b"
    r"|\bwhen\s+(?:(?:he|she|it|they)\s+(?:was|were|had)\b|(?:I|we)\s+(?:first\s+|last\s+)?(?:saw|examined|met)\b"
    r"|(?:his|her|the)\s+\w+\s+(?:was|were|left|began|came|went|died|\w+ed)\b)"
    r"|\b(?:before|until|till)\s+(?:(?:he|she|it|they|we|I)\b|(?:the|his|her|that|this)\s+(?!(?:morning|afternoon|evening|night|end|next|day)\b)\w+)"
    r"|\band\s+(?:has\s+|fully\s+|then\s+)?(?:recovered|got\s+over\s+it|it\s+(?:passed|cleared|went\s+away|settled))\b",
    re.IGNORECASE,
)
_OTHERWISE_NOW = re.compile(
    r"\W*(?:\bbut|;|,|\.)\s+(?:(?:but|it|this|that|he|she|they|and)\s+)?(?:(?:is|are|has|have|does|do)\s*(?:not|n.t)\b|no\s+longer\b|not\s+(?:now|any\s?more|since)\b"
    r"|none\s+(?:now|since|at\s+present|today)\b|now\s+(?:none|not|gone|clear\w*|free|alert)\b)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r";|\.\s|:\s|\bbut\b|\balthough\b|\bwhereas\b|,\s+(?=(?:and\s+)?(?:now|he|she|they|none|back|with|today|is|has|no)\b)",
    re.IGNORECASE,
)


def is_over(text: str, start: int, end: int) -> bool:
    """Whether what stands at `text[start:end]` of a sentence is told as over.

    >>> is_over("He was depressed for a year after the injury.", 7, 16)
    True
    >>> is_over("He was depressed on examination.", 7, 16)
    False
    """
    cuts = [0, *(cut.start() for cut in _CLAUSE.finditer(text)), len(text)]
    first = max(cut for cut in cuts if cut <= start)
    last = min(cut for cut in cuts if cut >= end)
    clause = text[first:last]
    if _OVER.search(clause) is None or _GOES_ON.search(clause):
        return False
    return _WHEN.search(clause) is not None or _OTHERWISE_NOW.match(text, last) is not None


_LONG_OVER = re.compile(
    r"\bused\s+to\b|\b(?:in\s+the\s+past|years\s+ago|back\s+then|at\s+that\s+time|formerly|in\s+those\s+days)\b",
    re.IGNORECASE,
)
_IT_DID = re.compile(
    r"\W*(?:it|they|this|that|these|those)\s+(?:was|were|did|had|let|gave|made|took|brought|helped|allowed"
    r"|enabled|kept|reduced|relieved|worked|caused|eased)\b",
    re.IGNORECASE,
)


def goes_on_over(before: str, text: str) -> bool:
    """Whether a sentence goes on about what the one before it tells as over.

    >>> goes_on_over("He used to take Norco.", "It let him cook.")
    True
    """
    told = _IT_DID.match(text) is not None and _GOES_ON.search(text) is None
    return told and _LONG_OVER.search(before) is not None
