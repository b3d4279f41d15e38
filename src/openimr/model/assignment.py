"""A queue of cases to assign, what comes of it, and why.

    CaseToAssign, Register, AssignmentRules, day  ->  Assignment

Nobody is named here: reviewers by register id, parties by their id in the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openimr.model.application import Priority
from openimr.model.assignment_rules import Degree
from openimr.model.ids import TopicId
from openimr.model.party import Party
from openimr.model.request import RequestKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemToAssign:
    """What an item asks for, as far as it chooses who may decide it."""

    index: int
    """1-based, as the application numbers it."""
    topic: TopicId | None = None
    kind: RequestKind | None = None
    body_parts: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    """Specialties that somebody named for it; they take the place of the topic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelApproval:
    """The Administrative Director's written approval of more than one reviewer."""

    approval: str
    """Its number or date, as it is on file."""
    size: int = 1
    """How many reviewers decide each item."""
    by_item: bool = False
    """Whether each item may go to another reviewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a reviewer may not, or does not, take a case."""

    code: str
    """`licence`, `conflict:financial`, `decided_before`, `specialty`, `full`, `costs_more` ..."""
    says: str
    """A sentence without anybody's name."""
    citation: str = ""
    unverified: bool = False
    party: str | None = None
    """The party's id in the case, of a conflict."""
    certain: bool = True
    """False where only a resemblance was found, and a person must look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseToAssign:
    """A case of the queue. A party's name serves to find conflicts and for nothing else."""

    case_number: str
    items: tuple[ItemToAssign, ...]
    parties: tuple[Party, ...]
    priority: Priority = Priority.REGULAR
    received: date | None = None
    due: date | None = None
    """When the determination is due, where that is known."""
    barred: tuple[str, ...] = ()
    """Register ids of those who decided it before, or were recused."""
    panel: PanelApproval | None = None
    withheld: Reason | None = None
    """Why nobody may be assigned to it now, whoever is in the register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """That a reviewer's specialty treats an item, and why."""

    item: int
    specialty: str
    degree: Degree
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """One reviewer for some items of a case."""

    case_number: str
    items: tuple[int, ...]
    reviewer: str
    points: int
    """Of the pair, an item: match, licence, urgency; without the load."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPlaced:
    """Items that nobody could take, and why in words."""

    case_number: str
    items: tuple[int, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How good the whole assignment is."""

    points: int
    """Of what was done: pairs, load, and what could have been placed and was not."""
    bound: int
    """No assignment can have fewer: the solver's optimum when cases may be divided."""
    taken: tuple[tuple[str, int], ...]
    """Items given to each reviewer that got any, by register id."""

    @property
    def gap(self) -> float:
        """Share by which the points exceed the bound."""
        return (self.points - self.bound) / self.bound if self.bound else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A proposal for a whole queue; the reviewers' attestation and acceptance make it real."""

    day: date
    placed: tuple[Placed, ...]
    not_placed: tuple[NotPlaced, ...]
    totals: Totals
