"""From medication facts to courses: since when, doses, changes, stops, gaps, early refills."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import pairwise

from openimr.model.dates import PartialDate
from openimr.model.drug import Drug, Formulary
from openimr.model.evidence import Assertion, Fact
from openimr.model.ids import FactId
from openimr.model.timeline import DAYS_IN_MONTH, Course, CourseFlag, FlagKind, Segment, Stop, Use

_CONCEPTS = frozenset({"medication", "duration_of_use"})
_OF_PATIENT = frozenset({Assertion.PRESENT, Assertion.HISTORICAL})
_ENDS = frozenset({"stopped", "failed"})
_NO_USE = frozenset({"requested"})
_EARLY_DAYS = 5
"""Days before the end of the supply from which a fill is early: a week-end is no finding."""
_GAP_DAYS = 30
_TOGETHER_DAYS = 90


def build_timeline(facts: Iterable[Fact], formulary: Formulary) -> tuple[Course, ...]:
    """One course for each drug of which the patient's use is told, in the formulary's order.

    Only what is said of the patient counts: no requests, conditions, guidelines or relatives.
    """
    by_generic: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        generic = fact.value.get("generic")
        counts = fact.concept in _CONCEPTS and fact.assertion in _OF_PATIENT
        if counts and isinstance(generic, str):
            by_generic[generic].append(fact)
    courses = (
        _course(drug, by_generic[drug.generic])
        for drug in formulary.drugs
        if drug.generic in by_generic
    )
    return tuple(course for course in courses if course is not None)


def _course(drug: Drug, facts: Sequence[Fact]) -> Course | None:
    uses = sorted(
        (use for fact in facts if (use := _use(fact)) is not None),
        key=lambda use: (use.date.first_day(), use.fact),
    )
    stops = sorted(
        (stop for fact in facts if (stop := _stop(fact)) is not None),
        key=lambda stop: (stop.date.first_day(), stop.fact),
    )
    since, since_facts, is_stated = _since(facts, uses)
    if not uses and not stops and since is None:
        return None
    return Course(
        drug=drug,
        uses=tuple(uses),
        stops=tuple(stops),
        segments=tuple(_segments(uses)),
        since=since,
        since_facts=since_facts,
        since_is_stated=is_stated,
        prescribers=tuple(dict.fromkeys(use.prescriber for use in uses if use.prescriber)),
        flags=tuple(_flags(uses)),
    )


def _use(fact: Fact) -> Use | None:
    """A statement of use on a day; of past use only if its own day is told."""
    value = fact.value
    told_of_then = fact.assertion is Assertion.PRESENT or fact.date != fact.written
    is_use = fact.concept == "medication" and value.get("status") not in _ENDS | _NO_USE
    if not is_use or not told_of_then or fact.date is None:
        return None
    per_day, supply = _number(fact, "per_day"), _number(fact, "days_supply")
    quantity = _number(fact, "quantity")
    from_supply = per_day is None and quantity is not None and bool(supply)
    if from_supply and quantity is not None and supply:
        per_day = round(quantity / supply, 2)
    return Use(
        date=fact.date,
        fact=fact.id,
        strength=_text(fact, "strength"),
        per_day=per_day,
        per_day_from_supply=from_supply,
        quantity=quantity,
        days_supply=int(supply) if supply else None,
        dispensed=value.get("status") == "dispensed",
        prescriber=_text(fact, "prescriber"),
    )


def _stop(fact: Fact) -> Stop | None:
    if fact.concept != "medication" or fact.value.get("status") not in _ENDS or fact.date is None:
        return None
    return Stop(date=fact.date, fact=fact.id, reason=_text(fact, "reason"))


def _number(fact: Fact, key: str) -> float | None:
    value = fact.value.get(key)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _text(fact: Fact, key: str) -> str | None:
    value = fact.value.get(key)
    return value if isinstance(value, str) else None


def _since(
    facts: Sequence[Fact], uses: Sequence[Use]
) -> tuple[PartialDate | None, tuple[FactId, ...], bool]:
    """The earliest evidence of use, and whether a record states it as the beginning."""
    stated = [(begin, fact.id) for fact in facts if (begin := _stated_begin(fact)) is not None]
    started = [
        (fact.date, fact.id)
        for fact in facts
        if fact.value.get("status") == "started"
        and fact.date
        and fact.assertion is Assertion.PRESENT
    ]
    listed = [(use.date, use.fact) for use in uses]
    candidates = [(*pair, True) for pair in (*stated, *started)] + [
        (*pair, False) for pair in listed
    ]
    if not candidates:
        return None, (), False
    earliest = min(begin.first_day() for begin, _, _ in candidates)
    first = [item for item in candidates if item[0].first_day() == earliest]
    most_precise = max(first, key=lambda item: (len(item[0].isoformat()), item[2]))
    same = tuple(dict.fromkeys(fact for begin, fact, _ in first if begin == most_precise[0]))
    return most_precise[0], same, any(is_stated for _, _, is_stated in first)


def _stated_begin(fact: Fact) -> PartialDate | None:
    if fact.concept != "duration_of_use":
        return None
    since = _text(fact, "since")
    if since is not None:
        return PartialDate.parse(since)
    months = _number(fact, "months")
    told = fact.date or fact.written
    if months is None or told is None:
        return None
    begin = told.last_day() - timedelta(days=months * DAYS_IN_MONTH)
    return PartialDate(begin.year, begin.month)


def _segments(uses: Sequence[Use]) -> Iterator[Segment]:
    """Runs of statements that agree on the dose; what a statement leaves out agrees with all."""
    run: list[Use] = []
    for use in uses:
        if run and not _agrees(run, use):
            yield _segment(run)
            run = []
        run.append(use)
    if run:
        yield _segment(run)


def _agrees(run: Sequence[Use], use: Use) -> bool:
    strength = _last(run, "strength")
    per_day = _last(run, "per_day")
    same_strength = strength is None or use.strength is None or strength == use.strength
    same_often = per_day is None or use.per_day is None or per_day == use.per_day
    return same_strength and same_often


def _last(run: Sequence[Use], name: str) -> object:
    return next((value for use in reversed(run) if (value := getattr(use, name)) is not None), None)


def _segment(run: Sequence[Use]) -> Segment:
    strength = next((use.strength for use in reversed(run) if use.strength), None)
    per_day = next((use.per_day for use in reversed(run) if use.per_day is not None), None)
    quantity = next((use.quantity for use in reversed(run) if use.quantity is not None), None)
    return Segment(
        start=run[0].date.first_day(),
        end=max(use.date.last_day() for use in run),
        strength=strength,
        per_day=per_day,
        quantity=quantity,
        facts=tuple(use.fact for use in run),
    )


def _flags(uses: Sequence[Use]) -> Iterator[CourseFlag]:
    fills = [use for use in uses if use.dispensed and use.date.day is not None]
    for before, after in pairwise(fills):
        yield from _between(before, after)
    yield from _prescribers(fills)


def _between(before: Use, after: Use) -> Iterator[CourseFlag]:
    if not before.days_supply:
        return
    ends = before.date.first_day() + timedelta(days=before.days_supply)
    day = after.date.first_day()
    early = (ends - day).days
    facts = (before.fact, after.fact)
    if early > _EARLY_DAYS:
        differs = before.prescriber and after.prescriber and before.prescriber != after.prescriber
        kind = FlagKind.OVERLAP if differs else FlagKind.EARLY_REFILL
        filled = before.date.first_day().isoformat()
        note = f"filled {day.isoformat()}, {early} days before the supply of {filled} ended"
        yield CourseFlag(kind=kind, date=day, note=note, facts=facts)
    elif -early > _GAP_DAYS:
        note = f"no fill for {-early} days after the supply ended on {ends.isoformat()}"
        yield CourseFlag(kind=FlagKind.GAP, date=ends, note=note, facts=facts)


def _prescribers(fills: Sequence[Use]) -> Iterator[CourseFlag]:
    """Two prescribers of one drug within three months."""
    for before, after in pairwise(fills):
        apart = (after.date.first_day() - before.date.first_day()).days
        names = {before.prescriber, after.prescriber}
        if None not in names and len(names) > 1 and apart <= _TOGETHER_DAYS:
            yield CourseFlag(
                kind=FlagKind.SEVERAL_PRESCRIBERS,
                date=after.date.first_day(),
                note=f"by {before.prescriber} and {after.prescriber} within {apart} days",
                facts=(before.fact, after.fact),
            )
            return
