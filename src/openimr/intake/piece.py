"""A word as a reader or an OCR engine finds it on the paper."""

from __future__ import annotations

from dataclasses import dataclass

from openimr.model.text import Box


@dataclass(frozen=True, slots=True)
class Piece:
    """A word with its place, without an order yet."""

    text: str
    box: Box
    confidence: float = 1.0
