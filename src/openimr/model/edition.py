"""Which guideline text governs on a day: the register of texts, and a choice with its reason.

A text that the rulebook holds no criteria of is registered all the same, so that a case of its
days is told whose text governs and what is not known, and no older text is applied in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from openimr.model.ids import TopicId
from openimr.model.labels import us_date
from openimr.model.prose import capital


class Standing(StrEnum):
    """By what right a text governs (Labor Code 4610.5(c)(2), 4604.5)."""

    SCHEDULE = "schedule"
    RECOGNISED = "recognised"

    @property
    def words(self) -> str:
        """As sentences say it."""
        if self is Standing.SCHEDULE:
            return "adopted in the MTUS"
        return "a nationally recognised standard, used where the MTUS is silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidelineText:
    """A guideline in one edition: its authority and days, whether or not criteria are held."""

    id: str
    name: str
    citation: str
    """Where the law or the publisher has it: `8 CCR 9792.24.2`."""
    standing: Standing
    effective_from: date
    effective_to: date | None
    """Last day in force; None while it is."""
    lines: tuple[str, ...]
    """The folders of `guidelines/` whose topics it governs."""
    source: str
    """From where its days are known."""
    topics: tuple[TopicId, ...] = ()
    """The topics it governs; those of its lines that no other text of the day names, if empty."""
    folder: str = ""
    """Where its criteria are, `<line>/<edition>`; empty where none are held."""
    not_known: str = ""
    """Of a text without criteria, what is not known of it."""
    unverified: bool = False

    def in_force(self, day: date) -> bool:
        """Whether the text governs on a day."""
        return self.effective_from <= day <= (self.effective_to or date.max)

    @property
    def period(self) -> str:
        """`from 07/18/2009 to 07/27/2016`."""
        return period(self.effective_from, self.effective_to)

    def governs(self, topic: TopicId, line: str, texts: Sequence[GuidelineText]) -> bool:
        """Whether it governs a topic on all of its days or some, beside the other texts.

        A text without topics of its own gives way to one that names the topic on each of its days.
        """
        if line not in self.lines or (self.topics and topic not in self.topics):
            return False
        if self.topics:
            return True
        named = [one for one in texts if line in one.lines and topic in one.topics]
        return first_bare_day(self, named) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisationRule:
    """A rule on whether review must come first; it never says whether treatment is necessary."""

    id: str
    name: str
    citation: str
    effective_from: date
    effective_to: date | None
    says: str
    not_known: str
    source: str

    def in_force(self, day: date) -> bool:
        """Whether the rule holds on a day."""
        return self.effective_from <= day <= (self.effective_to or date.max)

    @property
    def told(self) -> str:
        """What a reviewer should know of it, in a paragraph."""
        return (
            f"{self.name} ({self.citation}), in force since {us_date(self.effective_from)}: "
            f"{self.says} {self.not_known}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionChoice:
    """The edition that governs a request, and why this one."""

    day: date
    basis: str
    """What the day is: `the day of the UR decision`."""
    guideline: str
    """The name of what governs; empty where no text is registered for the day."""
    edition: str = ""
    """Of the criteria that are applied; empty where none are held."""
    effective_from: date | None = None
    effective_to: date | None = None
    pack: str = ""
    """The licensee's pack that the criteria come from; empty for our own."""
    standing: Standing | None = None
    not_known: str = ""
    neighbour: str = ""
    """Where no criteria are held, the edition of which they are, as a clause with its days."""
    authorisation: tuple[str, ...] = ()
    """Rules of the day on whether review must come first, which decide nothing here."""

    @property
    def held(self) -> bool:
        """Whether the rulebook holds criteria of the governing text."""
        return bool(self.edition)

    @property
    def sentence(self) -> str:
        """Which edition was chosen and why; of a text without criteria, what is not known."""
        chosen = f"chosen by {self.basis}, {us_date(self.day)}"
        if self.held:
            pack = f", as the pack {self.pack} has it" if self.pack else ""
            return (
                f"The edition applied is {self.guideline}, edition {self.edition}{pack}, in force "
                f"{self._period}, {chosen}."
            )
        applied = f" {capital(self.neighbour)} and is not applied." if self.neighbour else ""
        if not self.guideline:
            return f"No guideline text is registered for the edition {chosen}.{applied}"
        right = f" ({self.standing.words})" if self.standing else ""
        return (
            f"The text that governs is {self.guideline}{right}, in force "
            f"{self._period}, {chosen}. The rulebook holds no criteria of it. {self.not_known}"
            f"{applied}"
        )

    @property
    def _period(self) -> str:
        return period(self.effective_from or date.min, self.effective_to)


class Dated(Protocol):
    """What is in force from a day to a day."""

    @property
    def effective_from(self) -> date: ...  # noqa: D102

    @property
    def effective_to(self) -> date | None: ...  # noqa: D102


def overlap(one: Dated, other: Dated) -> bool:
    """Whether two editions share a day."""
    return one.effective_from <= (other.effective_to or date.max) and other.effective_from <= (
        one.effective_to or date.max
    )


def first_bare_day(whole: Dated, parts: Iterable[Dated]) -> date | None:
    """The first day of an edition on which none of others is in force; None if there is none."""
    day, last = whole.effective_from, whole.effective_to or date.max
    for part in sorted(parts, key=lambda one: one.effective_from):
        if part.effective_from <= day <= (part.effective_to or date.max):
            if part.effective_to is None or part.effective_to >= last:
                return None
            day = part.effective_to + timedelta(days=1)
    return day


def period(first: date, last: date | None) -> str:
    """The days of an edition.

    >>> period(date(2009, 7, 18), None)
    'from 07/18/2009 on'
    """
    return f"from {us_date(first)} to {us_date(last)}" if last else f"from {us_date(first)} on"
