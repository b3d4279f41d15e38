"""Slips of the pen: a word one slip away from a word of the lexicon is read as that word.

A slip is a letter left out (`contrct`), two letters in each other's place (`agreemetn`), a letter
doubled or tripled (`sleeeps`), or `-ment` cut to `-mt` (`improvemt`). Short words, words with more
than one reading and ordinary words that look like a slip (`contact`, `patent`) stay as they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from openimr.extract.tokens import Tokens

_SHORTEST = 6
_REPEATED = re.compile(r"([a-z])\1+")


class Spelling:
    """The words of a vocabulary by their slips.

    Args:
        known: stems of the vocabulary.
        ordinary: stems that are no slip of any of them.
    """

    def __init__(self, known: Iterable[str], ordinary: Iterable[str] = ()) -> None:
        self._known = frozenset(known)
        meant: defaultdict[str, set[str]] = defaultdict(set)
        for word in self._known:
            if len(word) >= _SHORTEST and word.isalpha():
                for slip in _slips(word):
                    meant[slip].add(word)
        kept = self._known.union(ordinary)
        self._meant = {
            slip: words.pop()
            for slip, words in meant.items()
            if len(words) == 1 and slip not in kept
        }
        self._ordinary = kept

    def word(self, written: str) -> str:
        """The word that is meant; the word itself if it is no slip.

        >>> Spelling({"contract", "sleeping"}, {"contact"}).word("contrct")
        'contract'
        """
        meant = self._meant.get(written)
        if meant is not None or len(written) < _SHORTEST or written in self._ordinary:
            return meant or written
        for found in _REPEATED.finditer(written):
            for letters in (found[1], found[1] * 2):
                shorter = written[: found.start()] + letters + written[found.end() :]
                if shorter in self._known:
                    return shorter
        return written

    def mended(self, tokens: Tokens) -> Tokens:
        """The tokens with the stems that are meant; places and words stay as they are."""
        stems = tuple(self.word(stem) for stem in tokens.stems)
        return tokens if stems == tokens.stems else replace(tokens, stems=stems)


def _slips(word: str) -> Iterator[str]:
    """What a slip makes of a word; the first letter is seldom wrong."""
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]
    for at in range(1, len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if word.endswith("ment"):
        yield word[:-4] + "mt"
