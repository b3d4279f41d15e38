"""Why a drug was stopped, and what that tells of how its trial ended."""

from __future__ import annotations

import re

from openimr.extract.medications_cues import Outcome

_HARM = re.compile(
    r"\b(?:side[\s-]?effects?|adverse|s/?es?\b|intoler\w+|allerg\w+|reactions?|rash|hives|itch\w*"
    r"|swelling|edema|(?:weight|wt)\.?\s+gain|gain(?:ed|ing)?\s+weight|dry\s+mouth|constipat\w+"
    r"|nausea|vomit\w*|stomach|g\.?i\.?\b|reflux|heartburn|dyspepsia|gastritis|ulcers?|bleed\w*"
    r"|diarrh\w+|cramps|dizz\w+|vertigo|drows\w+|sedat\w+|sleepiness|sleepy|somnolence|stupor"
    r"|grogg\w+|fog\w*|confus\w+|memory|headaches?|heart|palpitations?|tachycard\w+|arrhythm\w+"
    r"|qt\w?|blood\s+pressure|hypertension|liver|kidney|renal|creatinine|irritab\w+|agitat\w+"
    r"|anxiety|nightmares?|hallucinat\w+|tremors?|urinary|retention|sexual|vision|blurr\w+"
    r"|word[\s-]finding|cognitive|fatigue|tired\w*|unsteady|falls?|fell|overslept|slept\s+through|black\s+stools?|mel[ae]na"
    r"|(?:could|can)\s*(?:not|n't)\s+(?:pass|urinate|wake|think|concentrate|focus|function|drive)"
    r"|serotonin|suicid\w+)\b",
    re.IGNORECASE,
)
_NO_GOOD = re.compile(
    r"\b(?:ineff\w*|(?:no|little|(?:lack|want)\s+of|poor|minimal|insufficient|inadequate|without)\s+"
    r"(?:\w+\s+)?(?:relief|effect|benefit|help|response|efficacy|improvement)|did\s+not\s+help"
    r"|not\s+(?:help\w*|effective|enough)|failed|failure)\b",
    re.IGNORECASE,
)
_DURATION = (
    r"(?:(?:about|over|at\s+least|several|many|some|more)\s+)*"
    r"(?:(?:a|one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d+|several|many|some)\s+)?"
    r"(?:days?|weeks?|wks?|months?|mos?|years?|yrs?)\b"
)
_REASON = re.compile(
    r"^(?:[\W\d]{0,14}\(|\W{0,3}:\s*)(?P<paren>[^()\n|]{2,60}(?:\n[^()|]{0,40})?)(?:\)|\s*\|)"
    r"|\b(?:due\s+to|because(?=\s+(?:he|she|they)\s)|because\s+(?:of|it\s+(?:made|makes|gave)\s+(?:her|him|the\s+patient|pt))"
    r"|secondary\s+to|(?:in\s+view|on\s+account|by\s+reason|on\s+grounds|ended)\s+(?:of|with|in)|given(?=\s+(?:her|his|the)\s)|caused|causing|b/c(?:\s+of)?|2/2"
    rf"|for(?!\s+{_DURATION}))\s+(?P<due>[A-Za-z][\w\s/,-]{{2,70}})",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*[:\u2013-]\s+(?P<told>[A-Za-z][^()\n|.;]{2,50})")
_BARS = re.compile(
    r"\b(?:glaucoma|qtc?|(?:bundle|heart|av)\s*(?:branch\s+)?block|[lr]?bbb|arrhythm\w+|seizures?|prostat\w+|bph"
    r"|ckd|cirrhosis|hepatitis|ulcers?|bleed\w*|stroke|m\.?i\b|chf|asthma|pregnan\w+|allerg\w+)\b",
    re.IGNORECASE,
)
"""Diseases that bar a drug: `no TCA - glaucoma`."""
_ONLY_STOPPED = re.compile(
    r"^(?:(?:was\s+)?(?:stopped|discontinued|d/?c'?d|tried|failed)\b\s*(?:in\s+"
    r"|on\s+)?)?[\d/.-]*\s*[,;:-]?\s*",
    re.IGNORECASE,
)
_REASON_END = re.compile(
    r"\s+(?:after|and\s+(?:was|is|were|she|he|they|has|had)|so\s|which\s|but\s|when\s)|\.\s",
    re.IGNORECASE,
)


def outcome_of(reason: str) -> Outcome | None:
    """The outcome that the reason of a stop tells: harm, or no good.

    >>> outcome_of("a rash"), outcome_of("lack of effect"), outcome_of("the cost")
    (<Outcome.NOT_TOLERATED: 'not_tolerated'>, <Outcome.FAILED: 'failed'>, None)
    """
    if _NO_GOOD.search(reason):
        return Outcome.FAILED
    return Outcome.NOT_TOLERATED if _HARM.search(reason) else None


def reason_of(tail: str) -> str | None:
    """Why, in the record's words: in parentheses, or after `due to`, `because of`, `caused`."""
    found = _REASON.search(tail)
    if found is None:
        aside = _ASIDE.match(tail)
        told = " ".join(aside["told"].split()) if aside else ""
        return told if _HARM.search(told) or _BARS.search(told) else None
    text = " ".join((found["paren"] or found["due"]).split())
    text = _ONLY_STOPPED.sub("", text)
    return _REASON_END.split(text, maxsplit=1)[0].strip(" ,.") or None
