"""Proposes passages that seem to speak of a concept, for the reviewer to read; it makes no facts.

words of a sentence -> buckets -> one sum of whole numbers for each concept -> those at a threshold
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from openimr.extract.sentence_features import Features, windows
from openimr.extract.sentences import Sentence
from openimr.extract.tokens import Tokens
from openimr.model.drug import Formulary
from openimr.model.ids import ConceptId
from openimr.model.sentence_model import SentenceModel

_LONGEST_HEADING = 3
"""Words in capitals that are no sentence."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence that seems to speak of a concept, and by how much."""

    start: int
    end: int
    margin: int
    """How far above the threshold its sum is; compared between sentences of one concept only."""


class Proposer:
    """Reads sentences with a sentence model.

    Args:
        model: the trained weights.
        formulary: whose drugs count as one word.
    """

    def __init__(self, model: SentenceModel, formulary: Formulary) -> None:
        self._concepts = model.concepts
        self._features = Features(formulary, model.buckets)
        given = np.frombuffer(model.weights, dtype=np.int8).reshape(-1, len(model.concepts))
        no_feature = np.zeros((1, len(model.concepts)), dtype=np.int8)
        self._weights = np.concatenate([given, no_feature])
        self._thresholds = np.array(model.thresholds, dtype=np.int32)
        self._words = np.zeros((0, len(model.concepts)), dtype=np.int32)
        self._learnt = 0

    def propose(
        self, tokens: Tokens, sentences: Sequence[Sentence]
    ) -> Mapping[ConceptId, tuple[Proposal, ...]]:
        """The proposals of a page by concept, in reading order."""
        places, margins = self._margins(tokens, sentences)
        best: dict[tuple[int, Sentence], int] = {}
        for row, column in zip(*np.nonzero(margins >= 0), strict=True):
            key = (int(column), places[int(row)])
            best[key] = max(best.get(key, 0), int(margins[row, column]))
        found: dict[ConceptId, list[Proposal]] = {}
        for (column, sentence), margin in best.items():
            proposal = Proposal(sentence.start, sentence.end, margin)
            found.setdefault(self._concepts[column], []).append(proposal)
        return MappingProxyType({concept: tuple(ones) for concept, ones in found.items()})

    def _margins(
        self, tokens: Tokens, sentences: Sequence[Sentence]
    ) -> tuple[list[Sentence], NDArray[np.int32]]:
        """The sums less the thresholds, a row for each window of words, and whose window it is."""
        words: list[str] = []
        places: list[Sentence] = []
        starts: list[int] = []
        spans: list[tuple[int, int]] = []
        for sentence in sentences:
            if _is_heading(tokens.text[sentence.start : sentence.end]):
                continue
            first, last = tokens.range(sentence.start, sentence.end)
            own = tuple(windows(len(words), len(words) + last - first))
            if own:
                starts.append(len(words))
            places += [sentence] * len(own)
            spans += own
            words += tokens.words[first:last]
        if not places:
            return [], np.zeros((0, len(self._concepts)), dtype=np.int32)
        sums = np.zeros((len(words) + 1, len(self._concepts)), dtype=np.int32)
        np.cumsum(self._by_word(words, starts), axis=0, out=sums[1:])
        begin, end = np.array(spans).T
        return places, sums[end] - sums[begin] - self._thresholds

    def _by_word(self, words: Sequence[str], starts: Sequence[int]) -> NDArray[np.int32]:
        """What each word adds to the sums, with those before it."""
        rows = self._features.rows(words)
        if max(rows) >= self._learnt:
            self._learn(words, rows)
        added = self._words[rows]
        for buckets in self._features.of_contexts(rows, starts):
            added += self._weights[buckets]
        return added

    def _learn(self, words: Sequence[str], rows: Sequence[int]) -> None:
        """Keep what the words not met before add by themselves."""
        new = {row: word for row, word in zip(rows, words, strict=True) if row >= self._learnt}
        buckets: list[int] = []
        starts: list[int] = []
        for row in sorted(new):
            starts.append(len(buckets))
            buckets += self._features.of_word(new[row])
        last = self._learnt + len(new)
        if last > len(self._words):
            more = np.zeros((last, len(self._concepts)), dtype=np.int32)
            self._words = np.concatenate([self._words, more])
        np.add.reduceat(
            self._weights[buckets], starts, dtype=np.int32, out=self._words[self._learnt : last]
        )
        self._learnt = last


def _is_heading(text: str) -> bool:
    """Whether the words only name what follows: `Work status:`, `DIAGNOSTIC IMPRESSION`."""
    return text.endswith(":") or (text.isupper() and len(text.split()) <= _LONGEST_HEADING)
