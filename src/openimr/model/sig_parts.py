"""The parts that directions for use are made of, as regular expressions."""

from __future__ import annotations

import re

from openimr.model.numbers import NUMBER

_RANGE = rf"{NUMBER}(?:\s*(?:-|\u2013|to|or)\s*{NUMBER})?"
_COUNTED = (
    r"(?:tab(?:let)?s?|cap(?:sule|let)?s?|pills?|patch(?:es)?|lozenges?|films?|strips?"
    r"|suppositor(?:y|ies)|sprays?|puffs?|drops?|gtts?|pumps?|packets?|applications?)"
)
_MEASURED = r"(?:m[lL]|cc|grams?|gms?|g|mg|mcg)"
_A_DAY = (
    r"(?:\s*(?:a|per|each|every|/)\s*(?:24\s*h(?:ou)?rs?|day|d\b)|\s*daily"
    r"|\s*in\s+24\s*h(?:ou)?rs?)"
)
_WEEK = r"\s*(?:a|per|each|every|/)?\s*(?:week(?:ly)?|wk)"
_ABBREVIATED = (
    r"(?:q\.?\s*i\.?\s*d|t\.?\s*i\.?\s*d|b\.?\s*i\.?\s*d|q\.?\s*o\.?\s*d|q\.?\s*d(?:ay)?|q\.?\s*h\.?\s*s"
    r"|q\.?\s*a\.?\s*m|q\.?\s*p\.?\s*m|q\.?\s*noon|q\.?\s*week(?:ly)?|h\.?s)\b\.?(?![/\w])(?!-\d)"
)
_MOMENT = (
    r"(?:(?:at|every|each|before|in\s+the|q)\s*(?:bed\s?-?time|bed|night|noon|morning|evening|afternoon)"
    r"|nightly)"
)
_ROUTES = {
    "po": r"p\.?o\b\.?|by\s+mouth|orally|oral(?!\s+(?:tab|cap|susp|sol))",
    "sl": r"sublingual(?:ly)?|s\.?l\b\.?|under\s+(?:the\s+)?tongue",
    "buccal": r"buccal(?:ly)?",
    "topical": (r"topical(?:ly)?|to\s+(?:the\s+)?(?:affected|painful)\s+(?:area|site|region)s?"),
    "transdermal": r"transdermal(?:ly)?|to\s+(?:the\s+)?skin",
    "rectal": r"rectal(?:ly)?|p\.?r\b\.?(?!n)",
    "intranasal": r"intranasal(?:ly)?|in(?:to)?\s+(?:each|one)\s+nostril",
    "im": r"i\.?m\b\.?|intramuscular(?:ly)?",
}
ROUTE = {route: re.compile(rf"(?:{words})", re.IGNORECASE) for route, words in _ROUTES.items()}
_NEXT_IS_SIG = (
    r"(?=\s*(?:(?:p\.?o|by\s+mouth|orally|s\.?l|q|bid|tid|b\.i|t\.i|qid|q\.i|every|each|daily|at|twice"
    rf"|once|nightly|as\s+needed|prn|w(?:ith|/)\s*(?:the\s+)?(?:evening|morning|dinner|supper|breakfast)"
    rf"|{NUMBER}\s*(?:x\b|times?))\b|q\.?\s*\d|\d+\s*x\b))"
)
_PARTS = {
    "maximum": (
        rf"\b(?:max(?:imum)?\.?|mdd|no\s+more\s+than|not\s+(?:to\s+)?exceed(?:ing)?|nte"
        rf"|up\s+to(?=\s*{NUMBER}\s*(?:(?:{_COUNTED}|{_MEASURED})\b)?{_A_DAY}))"
        rf"(?:\s*(?:of|dose|daily|is|=|:))*\s*{NUMBER}\s*(?:(?:{_COUNTED}|{_MEASURED})\b)?(?:{_A_DAY})?"
    ),
    "wear": (
        r"\b12\s*(?:h(?:ou)?rs?|h)\.?\s*on\s*(?:and|[/,&-])?\s*12\s*(?:h(?:ou)?rs?|h)\.?\s*off\b"
        r"|\bon\s*(?:for\s*)?12\s*(?:h(?:ou)?rs?|h)\.?\s*(?:and|[/,&-])?\s*off\s*(?:for\s*)?12(?:\s*h(?:ou)?rs?)?\b"
    ),
    "interval": (
        rf"\b(?:q|every|each)\.?\s*{_RANGE}\s*-?\s*(?:h(?:ou)?rs?|h|d(?:ays?)?|wks?|weeks?)\b\.?"
        r"|\bq\.?\s*(?:\d\s*-\s*)?(?:4|6|8|12|24|48|72)\b(?!\s*(?:mo|day|w))"
    ),
    "weekly": (
        rf"\b{_RANGE}\s*(?:x|times?){_WEEK}\b|\b(?:once|twice){_WEEK}\b|\bweekly\b"
        r"|\bevery\s+week\b|\bq\.?\s*w(?:ee)?k(?:ly)?\b"
    ),
    "times": (
        rf"(?:\bup\s+to\s+)?(?<![\w.]){_RANGE}\s*(?:x|times?){_A_DAY}(?!\w)|\bx\s*\d{_A_DAY}"
        rf"|(?<![\w./-]){_RANGE}{_A_DAY}|(?<![\w./-]){_RANGE}\s*{_COUNTED}\s*/\s*(?:day|d\b)"
    ),
    "abbreviated": rf"(?:\bup\s+to\s+)?\b{_ABBREVIATED}(?:\s*(?:-|\u2013|to)\s*{_ABBREVIATED})?",
    "daily": (
        r"\b(?:once|twice|thrice)\s*(?:a|per|each)?\s*(?:day|daily)\b"
        r"|\b(?:every\s+(?:other|third|3rd)\s+day|every\s+day|each\s+day|(?<!/)daily|a\s+day|per\s+day)\b"
    ),
    "moment": rf"\b{_MOMENT}\b",
    "meal": (
        r"\b(?:with|w/|at|after|before)\s*(?:the\s+|her\s+|his\s+)?"
        r"(?:(?:evening|morning|noon)\s+meal|dinner|supper|breakfast|lunch)\b"
    ),
    "prn": (
        r"\b(?:p\.?r\.?n\b\.?|(?:as|if|when)\s+needed)(?:\s+(?:for\s+)?(?:[a-z]+[\s/]+){0,3}?"
        r"(?:pain|spasms?|nausea|sleep|insomnia|anxiety|constipation|headaches?|inflammation)\b)?"
    ),
    "days": r"\b(?:x|for)\s*\d+\s*(?:days?|d|weeks?|wks?)\b|\b\d+\s*days\b(?!\s*supply)",
    "route": r"\b(?:" + "|".join(_ROUTES.values()) + ")",
    "verb": (
        r"\b(?:sig\b\s*[:=.]?|take[ns]?\b|taking\b|apply\b|use[sd]?\b|place\b|wear\b|dissolve\b"
        r"|inhale\b)"
    ),
    "amount": (
        rf"(?<![\w#./%$-])(?:(?:up\s+to\s+)?{_RANGE}|i{{1,3}}\b|t{{1,2}}\b|a(?=\s+{_COUNTED}))"
        rf"(?:\s*{_COUNTED}\b\.?|\s*{_MEASURED}\b|(?![\w/%]){_NEXT_IS_SIG})"
        # `Ambien 10 qhs` tells a strength, `Ambien 1-2 qhs` how many.
        r"|(?<![\w#./%$-])[1-4](?:\s*(?:-|\u2013|to|or)\s*[1-4])?(?=\s*(?:q\.?\s*(?:h\.?s|a\.?m|p\.?m|noon"
        r"|d|day|w(?:ee)?k(?:ly)?)|(?:at\s+)?h\.?s)\b)"
    ),
}
PART = re.compile(
    # Every part begins a word; to ask that first saves trying each kind at each letter.
    r"(?=[\w.])(?:(?<!\w)|(?=\.))(?:"
    + "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _PARTS.items())
    + ")",
    re.IGNORECASE,
)
"""Any part; the name of the group that matched is its kind."""
FILLER = re.compile(
    r"[\s,;:()/&+.-]*(?:(?:of|and|or|then|the|with|food|dose|for\s+(?:severe\s+)?pain)\b[\s,;()]*)*",
    re.IGNORECASE,
)
"""What may stand between two parts of one set of directions."""
FREQUENCIES = ("wear", "interval", "weekly", "times", "abbreviated", "daily", "moment", "meal")
"""The kinds of part that tell how often."""
MEASURE = re.compile(_MEASURED, re.IGNORECASE)
UNIT = re.compile(
    rf"({_COUNTED}|{_MEASURED})\.?\s*$|({_COUNTED}|{_MEASURED})\b(?={_A_DAY})", re.IGNORECASE
)
