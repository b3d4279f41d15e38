"""A determination as the public reads it: a letter someone else made, parsed.

It is the same `Letter` that drafts are, so that a check written for one runs on the other; what a
published letter adds is its header block, the layout it was printed in, and what was odd about
it. Its summary and rationales are one passage each: only a draft binds sentence by sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openimr.model.determination import ItemDecision, Letter


class Conclusion(StrEnum):
    """What the rationale itself concludes, apart from the heading's outcome."""

    NECESSARY = "necessary"
    NOT_NECESSARY = "not_necessary"


class Polarity(StrEnum):
    """Whether the reviewer says that the record shows something, or that it lacks it."""

    PRESENT = "present"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a rationale says of the record: that an element of the guideline is there, or is not."""

    element: str
    """Its code in the vocabulary: `functional_improvement`, `trial_of_first_line`."""
    polarity: Polarity
    start: int
    end: int
    """Where in the rationale it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedItem(ItemDecision):
    """One decided item of a published letter."""

    heading: str
    """As printed, without the outcome; whitespace normalised."""
    conclusion: Conclusion | None = None
    """Read from the rationale; None where it states none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedDocument:
    """A line of the letter's list of documents reviewed (2013 and 2014 layouts)."""

    text: str
    date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedLetter(Letter):
    """A published Final Determination; what the document does not state is None or empty."""

    items: tuple[PublishedItem, ...]
    layout: str
    """Which form of the letter it is: the layout's name (`published.layouts`)."""
    case_number: str | None = None
    """`CM16-0224814`."""
    date_assigned: date | None = None
    decision_date: date | None = None
    priority: str | None = None
    """`Standard` or `Expedited`, as printed."""
    licensure: tuple[str, ...] = ()
    """States, in the order of the letter."""
    specialties: tuple[str, ...] = ()
    documents_reviewed: tuple[ReviewedDocument, ...] = ()
    warnings: tuple[str, ...] = ()
    """What was odd about the document, for a reader: a heading without a guideline line, ..."""

    @property
    def text_of_summary(self) -> str:
        """The clinical case summary as running text."""
        return " ".join(sentence.text for sentence in self.summary)
