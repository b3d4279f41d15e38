"""Directions for use as medication lists and narratives write them, and the units a day."""

from __future__ import annotations

import re
from dataclasses import replace

from openimr.extract.medications_strength import Slate
from openimr.model.numbers import NUMBER
from openimr.model.sig import Sig, parse_sig

_COUNT_BEFORE = re.compile(
    rf"(?P<n>{NUMBER}(?:\s*(?:-|\u2013|to|or)\s*{NUMBER})?)\s*(?P<of>(?:tabs?|tablets?|pills?|caps?"
    rf"|capsules?)?\s*(?:of\s+)?)$",
    re.IGNORECASE,
)
_PER_DAY_AFTER = re.compile(
    r"^s?\s*(?:tabs?|tablets?|pills?)?\s*(?:(?:a|per|/|each)\s*(?:day|d\b|24)|daily|every\s+day"
    r"|at\s+(?:night|bedtime)|qhs|nightly)",
    re.IGNORECASE,
)
_NIGHTLY = re.compile(
    r"\b(?:every|each|q|at|some|most)\s+nites?\b|\bnitely\b|\b(?:some|most)\s+nights\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[A-Za-z][A-Za-z'-]+")
_NO_FREQUENCY = re.compile(
    r"\s*(?:activit|living|life\b|function|exercise|routine|chores|headaches?\b"
    r"|pain\b(?=\s+(?:level|score|is|was)))",
    re.IGNORECASE,
)
_OTHER_CLAUSE = re.compile(
    r"(?:helps?|helped|reduc\w+|improv\w+|allow\w*|caus\w+|gives?|gave|reliev\w+|decreas\w+"
    r"|increas\w+|pain|sleep\w*|work\w*|"
    r"because|due|which|but|therapy|exercis\w+|walk\w*|smok\w+|alcohol|return\w*|follow\w*"
    r"|visits?|sessions?)",
    re.IGNORECASE,
)
_SIG_REACH = 7
_CHANGED_TO = re.compile(
    r"\b(?:was|is|were|to\s+be|been)?\s*(?:(?:in|de)creased|reduced|tapered|lowered|cut|raised"
    r"|changed)\s+(?:back\s+|down\s+|up\s+)?to\b",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    rf"\bfrom\s+{NUMBER}(?:\s*(?:tabs?|tablets?|pills?|/|per|a)\s*(?:day"
    rf"|d)?)?\s+(?=(?:down\s+)?to\s+{NUMBER})",
    re.IGNORECASE,
)
_UNITS_A_DAY = re.compile(r"(?<=[a-z])\s?/\s?day\b|(?<=[a-z])\s/\s?d\b", re.IGNORECASE)
_NOW = re.compile(r"\b(?:now|currently|presently)\b", re.IGNORECASE)
_MEASURED = re.compile(r"m[lL]|cc|gm?s?|grams?|mg|mcg")


def read_directions(slate: Slate, head: str) -> Sig | None:
    """The directions right after a drug, or a count before it: `3 Norco a day`."""
    if (count := _COUNT_BEFORE.search(head)) and (after := _PER_DAY_AFTER.match(slate.text)):
        slate.take(after)
        return parse_sig(f"{count['n']} {after.group().lstrip('sS').strip()}")
    text = _NIGHTLY.sub(lambda found: _stretched("q", "hs", found.group()), slate.text)
    text = _UNITS_A_DAY.sub(lambda found: _stretched(" q", "d", found.group()), text)
    text = _FROM_TO.sub(lambda found: " " * len(found.group()), text)
    if now := _NOW.search(text):
        later = " " * now.end() + text[now.end() :]
        text = later if parse_sig(later) else text
    sig = parse_sig(text)
    if sig is None or not _belongs(text, sig):
        return None
    if text[sig.start : sig.end] != slate.text[sig.start : sig.end]:
        sig = replace(sig, frequency=slate.text[sig.start : sig.end].strip())
    slate.blank(sig.start, sig.end)
    return sig


def _stretched(first: str, last: str, written: str) -> str:
    """The usual word for what is written, as long as that, so that offsets stay true."""
    return first + last.rjust(len(written) - len(first))


def units_a_day(sig: Sig | None) -> float | None:
    """Units a day at most; of a measured dose (`10 mg bid`) the doses a day."""
    if sig is None:
        return None
    if sig.unit is not None and _MEASURED.fullmatch(sig.unit):
        return sig.doses_per_day
    return None if sig.per_day is None else round(sig.per_day, 4)


def _belongs(text: str, sig: Sig) -> bool:
    """Whether directions are the drug's own, not of a clause further on (`helps daily chores`)."""
    if _NO_FREQUENCY.match(text, sig.end):
        return False
    words = _WORDS.findall(_CHANGED_TO.sub(" ", text[: sig.start]))
    return len(words) <= _SIG_REACH and not any(_OTHER_CLAUSE.fullmatch(word) for word in words)
