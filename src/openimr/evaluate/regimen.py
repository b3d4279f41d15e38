"""Which drugs the record shows, since when, and which of them are taken now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from openimr.model.dates import PartialDate
from openimr.model.drug import Drug, Formulary
from openimr.model.evidence import NOT_TAKEN, Assertion, Fact
from openimr.model.ids import ConceptId

MEDICATION = ConceptId("medication")
DURATION = ConceptId("duration_of_use")
TRIALS = ConceptId("prior_nonopioid_trials")
CURRENT_FOR = timedelta(days=120)
"""How long a drug counts as taken after the record last shows it: a quarter and a month's grace."""
_GRACE = timedelta(days=30)
"""How long after the end of a fill's supply the drug still counts as taken."""
_ASKED_FOR = frozenset({"requested"})
_ENDS = frozenset({"stopped", "failed"})
_TAKEN = frozenset({Assertion.PRESENT, Assertion.HISTORICAL, Assertion.CONFLICTING})


def day_of(fact: Fact) -> date | None:
    """The day a fact speaks of, or the day it was written; the last day the date can mean."""
    stated = fact.date or fact.written
    return None if stated is None else stated.last_day()


def first_day_of(fact: Fact) -> date | None:
    """The first day the fact's date can mean."""
    stated = fact.date or fact.written
    return None if stated is None else stated.first_day()


def ordered(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """By day, undated first, then by place in the record: never by the order they came in."""
    return tuple(sorted(facts, key=lambda fact: (day_of(fact) or date.min, fact.id)))


def text(value: object) -> str:
    """A value as text; empty for anything else."""
    return value if isinstance(value, str) else ""


def number(value: object) -> float | None:
    """A value as a number; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)


@dataclass(frozen=True)
class Use:
    """One drug in the record: every statement of its use, oldest first."""

    generic: str
    drug: Drug | None
    facts: tuple[Fact, ...]
    durations: tuple[Fact, ...] = ()
    failed: date | None = None
    """The day of the newest statement that it was tried and failed."""

    def groups(self) -> frozenset[str]:
        """The formulary's groups; none for a drug it does not know."""
        return self.drug.groups if self.drug else frozenset()

    @cached_property
    def taking(self) -> tuple[Fact, ...]:
        """Statements that it was or is taken; a request alone is none."""
        return tuple(
            fact
            for fact in self.facts
            if fact.assertion in _TAKEN and text(fact.value.get("status")) not in _ASKED_FOR
        )

    @cached_property
    def since(self) -> date | None:
        """The earliest day the record shows it taken."""
        days = [first_day_of(fact) for fact in self.taking]
        days += [_began(fact) for fact in self.durations]
        known = [day for day in days if day is not None]
        return min(known) if known else None

    @property
    def has_stated_start(self) -> bool:
        """Whether the record states when use began; else it may have begun before."""
        started = (fact for fact in self.taking if text(fact.value.get("status")) == "started")
        return bool(self.durations) or any(started)

    @cached_property
    def last(self) -> Fact | None:
        """The newest statement, a stop or denial among them.

        Of one day, a word of earlier use takes nothing back from what is taken now.
        """
        stated = [fact for fact in self.facts if fact.assertion in _TAKEN | {Assertion.ABSENT}]
        if not stated:
            return None
        newest = [fact for fact in stated if day_of(fact) == day_of(stated[-1])]
        telling = [fact for fact in newest if not _is_of_the_past(fact)]
        struck = [fact for fact in newest if _is_struck_off(fact)]
        return (struck or telling or stated)[-1]

    def is_current(self, day: date) -> bool:
        """Whether it is taken on a day: shown lately, and not stopped or failed since."""
        if self.last is None or text(self.last.value.get("status")) in _ENDS:
            return False
        if self.failed is not None and self.failed >= (day_of(self.last) or date.min):
            return False
        if self.last.assertion not in {Assertion.PRESENT, Assertion.CONFLICTING}:
            return False
        shown = day_of(self.last)
        return shown is None or day <= shown + _speaks_for(self.last)

    def lately(self, day: date) -> tuple[Fact, ...]:
        """Statements that it is taken, so new that they still speak for a day."""
        return tuple(
            fact
            for fact in self.taking
            if not _is_of_the_past(fact) and (day_of(fact) or day) + _speaks_for(fact) >= day
        )

    def is_dosed(self, day: date) -> bool:
        """Whether the record of late gives more than its name: a list, a supply, any amount."""
        lately = self.lately(day)
        listed = {text(fact.value.get("source")) for fact in lately} - {"narrative"}
        return bool(listed) or any(_is_dosed(fact) for fact in lately)

    def has_amount(self, day: date) -> bool:
        """Whether the record of late gives a strength, directions or a quantity of it."""
        return any(_is_dosed(fact) for fact in self.lately(day))

    @property
    def shown(self) -> tuple[Fact, ...]:
        """The newest statement that it is taken; of a drug only asked for, the request."""
        return self.taking[-1:] or self.facts[-1:]

    def ends(self) -> list[Fact]:
        """The first and the last statement of its use."""
        facts = sorted(
            (*self.durations, *self.taking),
            key=lambda fact: (first_day_of(fact) or date.min, fact.id),
        )
        return facts if len(facts) < 2 else [facts[0], facts[-1]]

    def shown_within(self, days: int, day: date) -> bool:
        """Whether the record speaks of it within so many days before a day."""
        spoken = [day_of(fact) or date.min for fact in (*self.facts, *self.durations)]
        return (day - max(spoken, default=date.min)).days <= days


def _is_of_the_past(fact: Fact) -> bool:
    """Whether it tells of earlier use and of no end."""
    ended = text(fact.value.get("status")) in _ENDS
    return fact.assertion is Assertion.HISTORICAL and not ended


def _is_struck_off(fact: Fact) -> bool:
    """Whether somebody says of the day's list that the drug on it is not taken."""
    return text(fact.value.get("reason")) == NOT_TAKEN


def _speaks_for(fact: Fact) -> timedelta:
    """How long a statement counts: a fill as long as it lasts and a month, else a quarter."""
    days = number(fact.value.get("days_supply"))
    if days and text(fact.value.get("status")) == "dispensed":
        return min(timedelta(days=days) + _GRACE, CURRENT_FOR)
    return CURRENT_FOR


def _is_dosed(fact: Fact) -> bool:
    return any(fact.value.get(key) for key in ("strength", "per_day", "quantity"))


def _began(fact: Fact) -> date | None:
    since = text(fact.value.get("since"))
    if since:
        try:
            return PartialDate.parse(since).first_day()
        except ValueError:
            return None
    months, spoken = number(fact.value.get("months")), first_day_of(fact)
    if months is None or spoken is None:
        return None
    return spoken - timedelta(days=round(months * 30.4))


def _failed(trials: Iterable[Fact]) -> date | None:
    """When a record last says that the drug did not do: a history tells it in passing."""
    days = [
        (fact.written or fact.date or PartialDate(1)).last_day()
        for fact in trials
        if text(fact.value.get("outcome")) in {"failed", "not_tolerated", "contraindicated"}
    ]
    return max(days, default=None)


class Regimen:
    """All drugs of the record by generic name, as of the day of the decision."""

    def __init__(self, facts: Iterable[Fact], formulary: Formulary, day: date) -> None:
        self.day = day
        self._formulary = formulary
        named: dict[str, list[Fact]] = {}
        durations: dict[str, list[Fact]] = {}
        trials: dict[str, list[Fact]] = {}
        places = {MEDICATION: named, DURATION: durations, TRIALS: trials}
        for fact in ordered(facts):
            name = self.name_of(fact)
            if fact.concept in places and name:
                places[fact.concept].setdefault(name, []).append(fact)
        self._with_lists = frozenset(
            fact.provenance.document
            for facts_of_one in named.values()
            for fact in facts_of_one
            if fact.assertion is Assertion.PRESENT and _is_dosed(fact)
        )
        self.uses = tuple(
            Use(
                name,
                formulary.find(name),
                tuple(named.get(name, ())),
                tuple(durations.get(name, ())),
                _failed(trials.get(name, ())),
            )
            for name in sorted({*named, *durations})
        )

    def name_of(self, fact: Fact) -> str:
        """The generic a fact speaks of, as the formulary spells it."""
        raw = text(fact.value.get("generic")) or fact.subject or text(fact.value.get("drug"))
        drug = self._formulary.find(raw) if raw else None
        return drug.generic if drug else raw.casefold()

    def use_of(self, drug: Drug | None) -> Use | None:
        """The use of a drug, its other release forms of the same topic joined."""
        if drug is None:
            return None
        same = [use for use in self.uses if use.drug is not None and is_same(use.drug, drug)]
        if not same:
            return None
        facts = ordered(fact for use in same for fact in use.facts)
        durations = ordered(fact for use in same for fact in use.durations)
        return Use(drug.generic, drug, facts, durations)

    @cached_property
    def current(self) -> tuple[Use, ...]:
        """Drugs taken on the day, by name.

        A drug that a report names in passing, while its own drug list leaves it out, is not taken;
        nor, besides it, the ingredient by whose name a combination is called.
        """
        taken = [use for use in self.uses if use.is_current(self.day) and not self._in_passing(use)]
        return tuple(use for use in taken if not self._is_short_for_another(use, taken))

    def _is_short_for_another(self, use: Use, taken: Iterable[Use]) -> bool:
        """Whether a bare name is a combination's: `oxycodone` beside `oxycodone/apap 5/325`."""
        if use.has_amount(self.day):
            return False
        dosed = [one.drug for one in taken if one.drug is not None and one.has_amount(self.day)]
        return any(len(drug.ingredients) > 1 and use.generic in drug.ingredients for drug in dosed)

    def _in_passing(self, use: Use) -> bool:
        documents = {fact.provenance.document for fact in use.lately(self.day)}
        return bool(documents) and not use.is_dosed(self.day) and documents <= self._with_lists


def is_same(one: Drug, other: Drug) -> bool:
    """The same drug for a criterion: one generic, or release forms under one topic."""
    if one.generic == other.generic:
        return True
    return bool(one.ingredients) and (one.ingredients, one.topic) == (
        other.ingredients,
        other.topic,
    )
