"""Proposes passages that seem to speak of a concept, for the reviewer to read; it makes no facts.

words of a sentence -> buckets -> one sum of whole numbers for each concept -> those at a threshold
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from openimr.extract.sentence_features import Features
from openimr.extract.sentences import Sentence
from openimr.extract.tokens import Tokens
from openimr.model.drug import Formulary
from openimr.model.ids import ConceptId
from openimr.model.sentence_model import SentenceModel

_WINDOW = 40
"""Words judged at a time: in a longer run everything is said at once."""


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
        self._model = model
        self._features = Features(formulary, model.buckets)
        shape = (model.buckets, len(model.concepts))
        self._weights = np.frombuffer(model.weights, dtype=np.int8).reshape(shape)
        self._thresholds = np.array(model.thresholds, dtype=np.int32)

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
            concept = self._model.concepts[column]
            found.setdefault(concept, []).append(Proposal(sentence.start, sentence.end, margin))
        return MappingProxyType({concept: tuple(ones) for concept, ones in found.items()})

    def _margins(
        self, tokens: Tokens, sentences: Sequence[Sentence]
    ) -> tuple[list[Sentence], NDArray[np.int32]]:
        """The sums less the thresholds, a row for each window of words, and whose window it is."""
        places: list[Sentence] = []
        buckets: list[int] = []
        starts: list[int] = []
        for sentence in sentences:
            for first, last in _windows(*tokens.range(sentence.start, sentence.end)):
                places.append(sentence)
                starts.append(len(buckets))
                buckets += self._features.of(tokens.words[first:last])
        if not places:
            return [], np.zeros((0, len(self._model.concepts)), dtype=np.int32)
        sums = np.add.reduceat(self._weights[buckets], starts, axis=0, dtype=np.int32)
        return places, sums - self._thresholds


def _windows(first: int, last: int) -> Iterator[tuple[int, int]]:
    """The words of a sentence; of a long one, in halves that overlap."""
    at = first
    while last - at > _WINDOW:
        yield at, at + _WINDOW
        at += _WINDOW // 2
    if at < last:
        yield at, last
