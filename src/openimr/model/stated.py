"""What is stated about a case and where: a field, its value, and the page that says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from openimr.model.application import ImrCase


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The place on paper that states a field."""

    file: str
    page: int
    """1-based, in the document."""
    quote: str
    """The words that were read."""

    def __str__(self) -> str:
        return f"{self.file} p. {self.page}"


Sources = Mapping[str, Source]
"""Path of a field, such as `application.signed` or `items[1].ur_action`, to its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCase:
    """A case as its documents state it; what no page says is None."""

    case: ImrCase
    sources: Sources = field(default_factory=lambda: MappingProxyType({}))
    doubts: tuple[str, ...] = ()
    """Days that were read and cannot be true, each in a sentence; they are not in the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A fact that a ground rests on."""

    field: str
    """Its path in the case."""
    value: str
    """In words; `not stated` where nobody stated it."""
    source: Source | None = None
    """None where it was stated in `case.json` or followed from other fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A field that `case.json` and a page of the records state differently."""

    field: str
    stated: str
    """In `case.json`."""
    read: str
    source: Source | None

    @property
    def sentence(self) -> str:
        """Both values, for the person who settles it."""
        place = f"{self.source} says" if self.source else "the records say"
        return f"{self.field}: case.json says {self.stated}, {place} {self.read}"
