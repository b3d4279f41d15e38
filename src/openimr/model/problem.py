"""Problems of a determination: what a check found, where, and why it matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Place(StrEnum):
    """The part of a letter where a problem stands."""

    HEADER = "header"
    SUMMARY = "summary"
    HEADING = "heading"
    GUIDELINE = "guideline"
    RATIONALE = "rationale"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding of a check; it proposes, a person decides."""

    code: str
    """`OUTCOME`, `SELF-CONTRADICTION`: what `openimr lint` prints and `stats` counts by."""
    item: int | None
    """1-based; None where it is about the whole letter."""
    place: Place
    message: str
    """What is wrong, in a sentence with its figures."""
    quote: str = ""
    """The words of the letter that it is about, as read."""
    start: int | None = None
    """Where the quote begins in the text of its place, line breaks read as one space."""
    against: str = ""
    """The words that stand against it, where there are such."""
    share: float | None = None
    """0 to 1: how much of a text stands elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidelineEdition:
    """A guideline as cited: its pages and the days on which it was in force."""

    name: str
    names: tuple[str, ...]
    """Ways to cite it, in small letters; the longest that matches counts."""
    year: int | None
    pages: tuple[tuple[int, int], ...]
    effective_from: date | None = None
    effective_to: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether it governs on a day; an open end has no bound."""
        return (self.effective_from or date.min) <= day <= (self.effective_to or date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedUse:
    """What a drug is approved for and what letters wrongly name as approved."""

    drug: str
    """An ingredient or a brand, in small letters."""
    not_for: tuple[str, ...]
    """Uses, in small letters, that are no approved use of it."""
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """A part of a record that letters call missing although their summary tells it."""

    of: str
    """What it is, as a message names it: `a pain score`."""
    denied: tuple[str, ...]
    """Patterns of a rationale's sentence that calls it missing."""
    told: tuple[str, ...]
    """Patterns of a summary's sentence that tells it."""
    of_treatment: bool = False
    """Whether that sentence must name the treatment that the item asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRules:
    """What the checks compare with: dated, sourced data."""

    source: str
    editions: tuple[GuidelineEdition, ...]
    classes: Mapping[str, tuple[str, ...]]
    """Group of the formulary to the words that name the class."""
    class_words_of: Mapping[str, tuple[str, ...]]
    """Group to groups that may also be said of its drugs."""
    uses: tuple[ApprovedUse, ...]
    contradictions: tuple[str, ...]
    """Elements (`model.said`) of which a letter says one thing only."""
    apart: tuple[tuple[str, str], ...]
    """Words in small letters for two conditions that statistics count as one element."""
    regions: Mapping[str, tuple[str, ...]]
    """Part of the body to patterns of the words for it."""
    chapters: Mapping[str, tuple[str, ...]]
    """Chapter of the schedule, in small letters, to the regions that it is about."""
    denials: tuple[Denial, ...]
    findings: Mapping[str, tuple[str, ...]]
    """What a patient has or has had, to patterns of the words for it."""
    units_at_most: float
    """Units of one fill above which a count looks like a slip of the pen."""
    days_at_most: int
    morphine_equivalent_at_most: float
    received_within_days: int
    """Days from the UR decision in which an application is in time, with five more for mail."""
    shared_with_item: float
    shared_with_letter: float
    wide_range: int
    """Pages of a cited range from which it points nowhere."""
    dangerous: tuple[tuple[str, str], ...]
    """Groups of drugs that are dangerous together."""
    weaned: tuple[str, ...]
    """Groups of drugs that must not be stopped at once."""
