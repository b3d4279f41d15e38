"""A text as the index takes it: its words, their stems, and its pairs of words.

A word like `not` stands many times in nearly every text, and to look where costs most of a phrase's
time. Pairs are rare: `not medically` stands once or twice. So the index keeps the places of pairs
instead of those of words. Two words are one pair, which needs no places at all; longer phrases
are a row of pairs at a distance of two, the last one overlapping where their number is odd.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from openimr.corpus.words import exact, stems_of

_BETWEEN = "_"
"""Stands in no word."""
_REMEMBERED = 512
"""Texts: a letter's items share its summary, and many items a guideline."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A text in three ways, each apart by spaces."""

    words: str
    stems: str
    pairs: str


class _Stems(dict[str, str]):
    """Word to stem; a corpus has some ten thousand different words."""

    def __missing__(self, word: str) -> str:
        self[word] = stem = stems_of([word])[0]
        return stem


_stems = _Stems()


@lru_cache(maxsize=_REMEMBERED)
def spelled(text: str) -> Spelled:
    """The words of a text that is cut already (`words.cut`).

    The last word has a pair of its own, so that the pairs of two texts of a field never seem to
    follow each other.

    Example:
        >>> spelled("Not medically necessary.")  # doctest: +NORMALIZE_WHITESPACE
        Spelled(words='not medically necessary', stems='not medic necessari',
                pairs='not_medically medically_necessary necessary_')
    """
    found = exact().analyze(text)
    return Spelled(
        words=" ".join(found),
        stems=" ".join([_stems[word] for word in found]),
        pairs=" ".join([f"{a}{_BETWEEN}{b}" for a, b in zip(found, [*found[1:], ""], strict=True)]),
    )


def places(words: Sequence[str]) -> list[tuple[int, str]]:
    """The pairs of a phrase of two words or more, and how far from its beginning they stand.

    Example:
        >>> places(["is", "not", "medically", "necessary", "here"])
        [(0, 'is_not'), (2, 'medically_necessary'), (3, 'necessary_here')]
    """
    starts = [*range(0, len(words) - 2, 2), len(words) - 2]
    return [(start, _BETWEEN.join(words[start : start + 2])) for start in starts]
