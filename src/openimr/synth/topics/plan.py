"""The plan of a topic's case: what is asked for, and what the record says at which visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from openimr.model.drug import Drug
from openimr.model.evidence import JSON
from openimr.model.request import Request
from openimr.model.rule import Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A topic with those it inherits, as the item is judged by them."""

    topic: Topic
    inherited: tuple[Topic, ...]

    @property
    def name(self) -> str:
        """The topic's own identity."""
        return str(self.topic.id)

    @property
    def kinds(self) -> frozenset[str]:
        """The groups that statements may be meant for, and the topic's own name."""
        found = {self.name}
        found |= {"drugs"} if self.topic.generics else set()
        found |= {"opioids"} if "opioid-ongoing" in self.topic.inherits else set()
        return frozenset(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for."""

    line: str
    request: Request
    drug: Drug | None = None
    per_day: float = 0
    """Units a day of a tablet; 0 where the chart gives no directions."""
    name: str = ""
    """How the chart calls the treatment: `Norco`, `acupuncture`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFact:
    """What a passage states."""

    concept: str
    value: Mapping[str, JSON]
    assertion: str
    dated: str
    """ISO date, as precise as the words give it; the visit's own day where they give none."""
    subject: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A passage of the record: where it stands, its words and what they state."""

    visit: int
    section: str
    text: str
    facts: tuple[PlannedFact, ...] = ()
    statement: str = ""
    """The bank's entry; empty for the medication list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPlan:
    """One candidate: the request and everything that is said."""

    asked: Asked
    told: tuple[Told, ...]
    visits: tuple[date, ...]
    """The latest first."""
    authors: tuple[str, ...]
    """Who writes each visit, by the identity in `authors.yaml`."""
