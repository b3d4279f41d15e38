"""The plan of a case: who, which drugs, what is disputed, and what the record shall say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

OPIOID_TOPICS = ("hydrocodone-apap", "buprenorphine-td", "fentanyl-td")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The injured worker."""

    first: str
    middle: str
    last: str
    female: bool
    born: date
    injured: date
    job: str
    mechanism: str

    @property
    def name(self) -> str:
        """First, initial, last."""
        return f"{self.first} {self.middle}. {self.last}"

    @property
    def titled(self) -> str:
        """Ms. or Mr. with the last name."""
        return f"{'Ms.' if self.female else 'Mr.'} {self.last}"

    def age(self, day: date) -> int:
        """Full years on a day."""
        before = (day.month, day.day) < (self.born.month, self.born.day)
        return day.year - self.born.year - before


@dataclass(frozen=True, slots=True, kw_only=True)
class Rx:
    """A prescribed product with its directions."""

    key: str
    product: Mapping[str, Any]
    quantity: int
    refills: int
    sig: str
    """Shorthand; empty if the record never gives directions."""
    spelled: str
    per_day: float
    since: date | None
    """First use; None if it starts with the visit of the request."""

    @property
    def kind(self) -> str:
        """Drug class."""
        return str(self.product["class"])

    @property
    def brand(self) -> str:
        """Trade name."""
        return str(self.product["brand"])

    @property
    def strength(self) -> str:
        """As in the truth file."""
        return str(self.product["strength"])

    @property
    def days(self) -> float:
        """Days' supply with refills."""
        return self.quantity * (1 + self.refills) / self.per_day

    def names(self, voice: str) -> list[str]:
        """How a voice calls it."""
        table: Mapping[str, list[str]] = self.product["names"]
        return table.get(voice) or table["full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A disputed item."""

    index: int
    topic: str
    text: str
    """As the application words it."""
    rx: Rx | None
    parse: Mapping[str, object]
    granted: int = 0
    """Units that UR allowed for weaning; 0 for a plain denial."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One axis settled, for some of the items."""

    axis: str
    option: str
    items: tuple[int, ...]
    slots: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The days that matter; visits latest first."""

    visits: tuple[date, ...]
    request: date
    decision: date
    application: date
    old: date
    """An evaluation years ago."""
    test: date
    """The laboratory or monitoring report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePlan:
    """All that is decided before a word is written."""

    id: str
    person: Person
    places: Mapping[str, str]
    region: Mapping[str, Any]
    dates: Dates
    items: tuple[Item, ...]
    drugs: tuple[Rx, ...]
    """Everything taken, disputed or not."""
    choices: tuple[Choice, ...]
    slots: Mapping[str, str]
    lists_before: bool = True
    """Whether the earlier visits list medicines."""
    notes: Mapping[str, Any] = field(default_factory=dict)

    def option(self, axis: str, item: int | None = None) -> str | None:
        """What was settled for an axis; None where it was not drawn."""
        for choice in self.choices:
            if choice.axis == axis and (item is None or item in choice.items):
                return choice.option
        return None

    def taken(self, *classes: str) -> list[Rx]:
        """The drugs of these classes."""
        return [drug for drug in self.drugs if drug.kind in classes]
