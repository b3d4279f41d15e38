"""Studies that a reviewer weighs where recommendations conflict, and how they came out.

Studies are graded, never guidelines (8 CCR 9792.25.1). What a study is - its design, its risk of
bias, whether it fits the patient - is the reviewer's to say; the level follows from a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Question(StrEnum):
    """What a study was asked; each has its own column of levels."""

    TREATMENT = "treatment"
    DIAGNOSIS = "diagnosis"
    PROGNOSIS = "prognosis"
    HARM = "harm"


class Bias(StrEnum):
    """The risk of bias, as the reviewer judges it."""

    LOW = "low"
    HIGH = "high"
    UNRELIABLE = "unreliable"
    """So great that the study is put aside."""


class Side(StrEnum):
    """What a study speaks for."""

    REQUEST = "request"
    GUIDELINE = "guideline"
    """The recommendation that is challenged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A cell of the hierarchy: the level of a design that answers a question."""

    level: str
    """`1a` to `5`."""
    question: Question
    design: str
    bias: Bias | None = None
    """The risk of bias it asks for; None: any."""
    unverified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Methodology:
    """A dated hierarchy of evidence."""

    id: str
    name: str
    citation: str
    effective_from: date
    effective_to: date | None
    unverified: bool
    ranks: tuple[str, ...]
    """Level names, the best first."""
    designs: tuple[str, ...]
    """Designs a study may have."""
    levels: tuple[Level, ...]

    def in_force(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.effective_from <= day <= (self.effective_to or date.max)

    def grade(self, study: Study, question: Question) -> Level | None:
        """The level of a study; None where the table, as known here, has no cell for it."""
        return next(
            (
                cell
                for cell in self.levels
                if (cell.question, cell.design) == (question, study.design)
                and cell.bias in (None, study.bias)
            ),
            None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """One study as a reviewer entered it."""

    citation: str
    """First author, title, journal, year, volume and pages."""
    design: str
    bias: Bias
    applicable: bool
    """Whether patients, setting, treatment and outcome are like those of the case."""
    why: str
    """Why it is or is not applicable and reliable, in the reviewer's words."""
    speaks_for: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """A reviewer's entry: the schedule's recommendation on an item is challenged by studies."""

    item: int
    """`DisputedItem.index`."""
    question: Question
    stated: str
    """Where the challenge is made: document and page, or the reviewer's own words."""
    studies: tuple[Study, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedStudy:
    """A study with what became of it."""

    study: Study
    level: str = ""
    """Empty where it was put aside or the table has no cell for it."""
    unverified: bool = False
    put_aside: str = ""
    """Why it does not count; empty if it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """A challenge weighed: the best level wins, and a tie leaves the recommendation standing."""

    challenge: Challenge
    methodology: str
    """`Methodology.id`."""
    citation: str
    unverified: bool
    studies: tuple[GradedStudy, ...]
    best: str
    """The best level among those that count; empty if none does."""
    prevails: Side | None
    """Whose evidence is better; None for a tie, or where there is nothing to compare."""
    note: str
    """How it came out, in one sentence."""

    @property
    def rebuts(self) -> bool:
        """Whether the challenged recommendation is rebutted."""
        return self.prevails is Side.REQUEST
