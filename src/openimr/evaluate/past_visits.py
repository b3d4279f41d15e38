"""Visits of a therapy that the record shows were already had."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from openimr.evaluate.asked import HOURS_OF_A_DAY
from openimr.evaluate.context import Context
from openimr.evaluate.regimen import day_of, number, text
from openimr.model.evidence import Assertion, Fact

_VISITS = "prior_visits"
_NEXT_COURSE = timedelta(days=14)
"""A count this much later than a completed course belongs to the next one."""
_STEM = 4
"""From this length a word of a rule is the beginning of others: `chiro` of `chiropractic`."""


@dataclass(frozen=True)
class Past:
    """Visits had before the request; 0 only where the record says that there were none."""

    visits: float
    facts: tuple[Fact, ...]


def past_visits(
    context: Context, therapies: tuple[str, ...], *, since: date | None = None
) -> Past | None:
    """The visits had of a therapy, as the record counts them; None where it does not say.

    Totals and courses stand side by side in a record: the larger counts, since what was had
    cannot become less. A count that names no therapy is taken where the record counts this
    therapy by name as well, or counts no other.
    """
    told = [fact for fact in context.ever(_VISITS) if _is_known_then(context, fact, since)]
    counted = [fact for fact in told if visits_in(fact) and _is_had(fact)]
    named = [fact for fact in counted if is_of_therapy(fact, therapies)]
    unnamed = [fact for fact in counted if not text(fact.value.get("therapy"))]
    others = len(counted) > len(named) + len(unnamed)
    mine = [*named, *unnamed] if named or not others else []
    if mine:
        visits = max(_largest(mine), _by_course(mine))
        return Past(visits, tuple(mine))
    denied = [
        fact
        for fact in told
        if fact.assertion is Assertion.ABSENT and is_of_therapy(fact, therapies)
    ]
    return Past(0, tuple(denied)) if denied else None


def visits_in(fact: Fact) -> float:
    """The visits that a statement counts; hours of a program as full days."""
    hours = text(fact.value.get("hours"))
    told = float(hours) / HOURS_OF_A_DAY if hours.isdecimal() else 0
    return number(fact.value.get("visits")) or told


def is_of_therapy(fact: Fact, therapies: tuple[str, ...]) -> bool:
    """Whether a statement names one of the therapies: `PT`, `physical therapy`.

    A therapy is named by the first letters of one of its words, a short form by the whole word.
    """
    words = text(fact.value.get("therapy") or fact.subject).casefold().replace("-", " ").split()
    return any(
        word == wanted or (len(wanted) >= _STEM and word.startswith(wanted))
        for word in words
        for wanted in therapies
    )


def _is_had(fact: Fact) -> bool:
    return fact.assertion in {Assertion.PRESENT, Assertion.HISTORICAL, Assertion.CONFLICTING}


def _is_known_then(context: Context, fact: Fact, since: date | None) -> bool:
    """Whether a count speaks of before the request, and of after an operation if one is given."""
    request = context.item.request
    day = day_of(fact)
    served = request.date_of_service if request.retrospective else None
    if served is not None and day is not None and day > served:
        return False
    return since is None or (day is not None and day >= since)


def _largest(facts: Iterable[Fact]) -> float:
    return max(visits_in(fact) for fact in facts)


def _by_course(facts: Iterable[Fact]) -> float:
    """The sum of courses counted one by one: `12 of 12` in June and `12 of 12` in December.

    A course is over when all its visits were had; a later count begins the next one.
    """
    total, running, ended = 0.0, 0.0, None
    for fact in sorted(facts, key=lambda fact: (day_of(fact) or date.min, fact.id)):
        visits, planned = visits_in(fact), number(fact.value.get("of"))
        day = day_of(fact)
        if planned is None or day is None:
            continue
        if ended is not None and day > ended + _NEXT_COURSE:
            total, running, ended = total + running, 0.0, None
        running = max(running, visits)
        ended = day if visits >= planned else ended
    return total + running
