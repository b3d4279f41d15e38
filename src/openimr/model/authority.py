"""The order in which authorities are searched for an item, and what the search found at each.

California's order is dated law: Labor Code 4610.5(c)(2) ranks the standards of medical necessity,
8 CCR 9792.21.1 says which texts are searched one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from openimr.model.study import Appraisal, Methodology


class SearchResult(StrEnum):
    """What a step of the search came to."""

    ADDRESSED = "addressed"
    NOT_ADDRESSED = "not_addressed"
    NOT_AVAILABLE = "text_not_available"
    """Whether or what it says is not known here: the reviewer opens the text."""
    REBUTTED = "rebutted"
    NOT_REACHED = "not_reached"
    """An earlier step settles the search, or leaves open whether it goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityText:
    """A text of an authority and the days it was in force."""

    title: str
    effective_from: date | None = None
    effective_to: date | None = None
    """Last day in force; None while it is."""
    unverified: bool = False

    def in_force(self, day: date) -> bool:
        """Whether it holds on a day."""
        return (self.effective_from or date.min) <= day <= (self.effective_to or date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """One step of an order: a kind of text that may settle an item."""

    id: str
    """`mtus`, `acoem_odg`, `other_guidelines`, `studies` ..."""
    name: str
    cited_as: tuple[str, ...] = ()
    """Patterns of the citations that are its texts; none for a kind no rule cites."""
    texts: tuple[AuthorityText, ...] = ()
    studies: bool = False
    """Whether single studies stand here, which the methodology grades."""

    def in_force(self, day: date) -> tuple[AuthorityText, ...]:
        """Its texts on a day."""
        return tuple(text for text in self.texts if text.in_force(day))


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchOrder:
    """An order of authorities and the days on which decisions under review follow it."""

    id: str
    name: str
    citation: str
    effective_from: date
    effective_to: date | None
    unverified: bool
    """Whether a day or the wording of the order is from working knowledge."""
    rule: str
    """When a lower step may be used, in our words."""
    steps: tuple[Authority, ...]
    """Highest first; the first is the schedule (MTUS)."""

    def in_force(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.effective_from <= day <= (self.effective_to or date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorities:
    """All orders and all ways of weighing studies, each with its days."""

    orders: tuple[SearchOrder, ...]
    methodologies: tuple[Methodology, ...]

    def order(self, day: date) -> SearchOrder | None:
        """The order in force on a day; None before there was one."""
        return next((order for order in self.orders if order.in_force(day)), None)

    def methodology(self, day: date) -> Methodology | None:
        """The way of weighing studies in force on a day; None where none is encoded."""
        return next((one for one in self.methodologies if one.in_force(day)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchStep:
    """One step as searched for one item."""

    number: int
    """1-based."""
    authority: str
    """`Authority.id`."""
    name: str
    result: SearchResult
    text: str = ""
    """The guideline that was, or has to be, opened; several joined with `; `."""
    edition: str = ""
    citation: str = ""
    """Guideline and pages, as the rulebook has them."""
    verified_on: date | None = None
    """When a person last checked the rulebook against the text; None: not yet."""
    unverified: bool = False
    """Whether a page, or a text's days, is marked so in the rulebook."""
    note: str = ""
    """Why, in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchSequence:
    """The whole search for one item."""

    order: str
    """`SearchOrder.id`."""
    name: str
    citation: str
    unverified: bool
    rule: str
    steps: tuple[SearchStep, ...]
    appraisal: Appraisal | None = None
    """How a challenge of the schedule came out; None where no reviewer entered one."""

    @property
    def schedule(self) -> SearchStep:
        """The first step: the MTUS."""
        return self.steps[0]

    @property
    def relied_on(self) -> tuple[SearchStep, ...]:
        """The steps that address the item."""
        return tuple(step for step in self.steps if step.result is SearchResult.ADDRESSED)
