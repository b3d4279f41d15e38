"""What the sentence model sees of a sentence: its words by class, in pairs, and in parts.

Numbers become classes, drug names one word; words after a negation count once more as negated.
Every feature is a bucket of a hash, so that training and reading need no vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zlib import crc32

from openimr.extract.tokens import number, stem
from openimr.model.drug import Formulary

_PART = 4
"""Letters of a part of a word."""
_NEGATION_REACH = 4
_SHORTEST_DRUG = 5
_TOP_SCORE = 10
_TOP_DAY = 31
_TOP_PERCENT = 100
_FIRST_YEAR, _LAST_YEAR = 1980, 2035
_NEGATIONS = frozenset(
    {"no", "not", "never", "without", "deny", "denied", "denie", "denies", "nil", "none",
     "negative", "neg", "cannot", "nor", "neither", "hardly", "barely", "can't", "won't", "don't",
     "doesn't", "didn't", "isn't", "wasn't", "hasn't", "couldn't", "wouldn't"}
)  # fmt: skip
_KEPT_WORDS = frozenset({"one", "half"})
"""Number words that mostly count nothing."""


class Features:
    """Turns words into buckets, each distinct word once.

    Args:
        formulary: whose single-word names are drugs.
        buckets: how many there are.
    """

    def __init__(self, formulary: Formulary, buckets: int) -> None:
        self._size = buckets
        self._drugs = frozenset(_single_names(formulary))
        self._words: dict[str, tuple[str, tuple[int, ...]]] = {}
        self._pairs: dict[tuple[str, str], int] = {}

    def of(self, words: Sequence[str]) -> list[int]:
        """The buckets of a sentence's words, in order; repeated features are repeated.

        >>> of = Features(Formulary(()), 65536).of
        >>> of(["pain", "8"]) == of(["pain", "7"]) != of(["pain", "70"])
        True
        """
        found: list[int] = []
        before, second = "^", "^"
        reach = 0
        for word in words:
            name, parts = self._word(word)
            found += parts
            found.append(self._pair(before, name))
            if second != "^":
                found.append(self._pair(second + " _", name))
            if reach:
                found.append(self._pair("not", name))
                reach -= 1
            if name in _NEGATIONS:
                reach = _NEGATION_REACH
            second, before = before, name
        found.append(self._pair(before, "$"))
        return found

    def _word(self, word: str) -> tuple[str, tuple[int, ...]]:
        known = self._words.get(word)
        if known is None:
            name = self._name(word)
            parts = _parts(word) if name.isalpha() and word not in self._drugs else ()
            buckets = tuple(self._bucket(part) for part in (name, *parts))
            known = self._words[word] = (name, buckets)
        return known

    def _name(self, word: str) -> str:
        """The stem, or the class of a number or drug."""
        if word in self._drugs:
            return "<drug>"
        value = None if word in _KEPT_WORDS else number(word)
        return stem(word) if value is None else _number_class(value)

    def _pair(self, first: str, second: str) -> int:
        key = (first, second)
        known = self._pairs.get(key)
        if known is None:
            known = self._pairs[key] = self._bucket(f"{first} {second}")
        return known

    def _bucket(self, feature: str) -> int:
        return crc32(feature.encode()) % self._size


def _single_names(formulary: Formulary) -> Iterable[str]:
    """Names of one word; short ones mean too many other things."""
    for name in formulary.names():
        if name.isalpha() and len(name) >= _SHORTEST_DRUG and name not in formulary.ambiguous:
            yield name


def _number_class(value: float) -> str:
    if value != int(value):
        return "<decimal>"
    for top, name in ((0, "<zero>"), (_TOP_SCORE, "<score>"), (_TOP_DAY, "<day>")):
        if value <= top:
            return name
    if value <= _TOP_PERCENT:
        return "<hundred>"
    return "<year>" if _FIRST_YEAR <= value <= _LAST_YEAR else "<large>"


def _parts(word: str) -> Iterable[str]:
    """Runs of letters inside a word with its edges: misspellings share most of them."""
    edged = f"<{word}>"
    for start in range(max(1, len(edged) - _PART + 1)):
        yield f"#{edged[start : start + _PART]}"
