"""A sentence model: what proposes passages to read, and never says what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from openimr.model.ids import ConceptId


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceModel:
    """A linear model over hashed features in whole numbers: the same sum on every machine."""

    concepts: tuple[ConceptId, ...]
    """What it proposes passages for: the columns of the weights."""
    thresholds: tuple[int, ...]
    """The sum from which a sentence is proposed, by concept."""
    buckets: int
    """Rows of the weights: a feature's hash, modulo this."""
    weights: bytes
    """Signed bytes, row by row: `weights[bucket * len(concepts) + column]`."""
