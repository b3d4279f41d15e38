"""Precedents: decided items like one that is open, for the reviewer to read and never to follow.

Both outcomes are shown in the same number, and how many of each there are, so that a list of
examples does not stand for a rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openimr.model.published import Polarity
from openimr.model.ruling import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a reviewer said of the record, in the reviewer's own sentence."""

    element: str
    """As a reader sees it: `functional improvement`."""
    polarity: Polarity
    quote: str
    """The sentence, verbatim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedent:
    """A published item like the one at hand."""

    item: str
    """Its permalink: `CM16-0224814/1`."""
    heading: str
    outcome: Outcome
    decision_date: date | None
    specialties: tuple[str, ...]
    reviewer_guideline: str
    alike: tuple[str, ...]
    """In what it is the same: `drug`, `strength`, `part of the body`."""
    shared: tuple[str, ...]
    """Words that both cases hold and few others do."""
    said: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedents:
    """The nearest decided items of each outcome."""

    same: str
    """What counted as the same treatment, in words: `drug cyclobenzaprine`."""
    upheld_count: int
    overturned_count: int
    """Of all items of the same treatment."""
    upheld: tuple[Precedent, ...]
    overturned: tuple[Precedent, ...]
    """As many as of the other, where there are so many."""
