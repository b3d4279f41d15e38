"""Words of a text with their places and stems.

Text and phrases pass through the same two functions, so that `medications`, `Medication` and a
phrase's `medication` meet, over line breaks and in any case.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r"\[ ?[xX\u2713\u2714] ?\]"
    r"|[^\W\d_]+(?:['\u2019][^\W\d_]+)?"
    r"|\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?"
    r"|[^\w\s]"
)
_IRREGULAR = {
    "took": "take", "taken": "take", "taking": "take", "gave": "give", "given": "give",
    "giving": "give", "brought": "bring", "made": "make", "making": "make", "kept": "keep",
    "felt": "feel", "slept": "sleep", "fell": "fall", "fallen": "fall", "went": "go",
    "gone": "go", "lost": "lose", "losing": "lose", "had": "have", "has": "have",
    "having": "have", "were": "be", "was": "be", "is": "be", "are": "be", "been": "be",
    "being": "be", "am": "be", "could": "can", "rated": "rate", "rates": "rate",
    "rating": "rate", "using": "use", "used": "use", "uses": "use", "did": "do",
    "does": "do", "doing": "do", "done": "do", "says": "say", "said": "say",
    "ran": "run", "running": "run", "caused": "cause", "causes": "cause",
    "causing": "cause", "woke": "wake", "ceased": "cease",
    "spasms": "spasm", "adls": "adl", "meds": "med", "this": "this", "his": "his",
    "agrmt": "agreement", "agmt": "agreement", "agreemt": "agreement", "agreemnt": "agreement",
    "agrmnt": "agreement", "contr": "contract", "constip": "constipation", "oblig": "obligation",
    "less": "less", "cures": "cures", "needs": "need", "during": "during",
    "nl": "normal", "dz": "diseas", "sz": "seizur", "szs": "seizur", "tx": "treatment",
    "sx": "symptom", "sxs": "symptom", "inj": "injection", "injs": "injection",
    "fxn": "function", "fxnl": "functional", "ha": "headach",
}  # fmt: skip
"""Forms that no ending tells, and what charts write in short."""
_SHORTEST_STEM = 3
_NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
         "eleven", "twelve")
    )
} | {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
     "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "half": 50}  # fmt: skip


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without the endings that charts vary; case-folded.

    Not linguistics: it only has to treat a phrase and the text alike.

    >>> stem("Medications"), stem("tapering"), stem("rates")
    ('medication', 'taper', 'rate')
    """
    word = word.casefold().replace("\u2019", "'")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if not word.isalpha() or len(word) <= _SHORTEST_STEM:
        return word.removesuffix("'s")
    return _strip(word)


def _strip(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    base = word
    for ending in ("ing", "ed"):
        if base.endswith(ending) and _can_stand(base[: -len(ending)]):
            base = base[: -len(ending)]
            break
    else:
        if base.endswith("s") and not base.endswith(("ss", "us", "is")):
            base = base[:-1]
        if base.endswith("e") and len(base) > _SHORTEST_STEM + 1:
            base = base[:-1]
    if len(base) > _SHORTEST_STEM and base[-1] == base[-2] and base[-1] != "s":
        base = base[:-1]
    return base


def _can_stand(rest: str) -> bool:
    return len(rest) >= _SHORTEST_STEM and any(letter in "aeiouy" for letter in rest)


def number(word: str) -> float | None:
    """The number a token says, in digits or as a word; None if it is none.

    >>> number("eight"), number("10"), number("pain")
    (8.0, 10.0, None)
    """
    if word[:1].isdecimal():
        return float(word.replace(",", ""))
    found = _NUMBER_WORDS.get(word.casefold())
    return None if found is None else float(found)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: `text[starts[i]:ends[i]]`, in lower case and stemmed."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[str, ...]
    stems: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.starts)

    def range(self, start: int, end: int) -> tuple[int, int]:
        """First and last-plus-one token of `text[start:end]`."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)


def tokenize(text: str) -> Tokens:
    """All tokens of a text, punctuation included."""
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    for found in _TOKEN.finditer(text):
        starts.append(found.start())
        ends.append(found.end())
        words.append(found[0].casefold())
    return Tokens(
        text, tuple(starts), tuple(ends), tuple(words), tuple(stem(word) for word in words)
    )
