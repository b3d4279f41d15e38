"""Courses: since when, doses, changes, stops, gaps, early refills."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from openimr.extract.timeline import build_timeline
from openimr.model.dates import PartialDate
from openimr.model.evidence import Assertion, Fact, Provenance
from openimr.model.ids import ConceptId, DocumentId, FactId
from openimr.model.timeline import Course, FlagKind
from openimr.rulebook.formulary import load_formulary

FORMULARY = load_formulary()
NORCO = "hydrocodone/acetaminophen"
COUNTER = iter(range(1_000_000))


def fact(
    day: str | None,
    *,
    concept: str = "medication",
    generic: str = NORCO,
    assertion: Assertion = Assertion.PRESENT,
    status: str = "listed",
    **value: object,
) -> Fact:
    identifier = FactId(f"f{next(COUNTER):05d}")
    place = Provenance(
        document=DocumentId("D01"), page=1, start=0, end=1, quote="x", box=None, confidence=1.0
    )
    said = {"generic": generic, **value} | ({"status": status} if concept == "medication" else {})
    when = PartialDate.parse(day) if day else None
    return Fact(
        id=identifier, concept=ConceptId(concept), value=MappingProxyType(said),  # type: ignore[arg-type]
        assertion=assertion, date=when, written=when, provenance=place, rule="test",
    )  # fmt: skip


def course(*facts: Fact) -> Course:
    (only,) = build_timeline(facts, FORMULARY)
    return only


def test_since_is_the_earliest_evidence_with_its_facts() -> None:
    early, late = fact("2013-02-01"), fact("2015-01-05")
    got = course(late, early)
    assert got.since == PartialDate(2013, 2, 1)
    assert got.since_facts == (early.id,)
    assert not got.since_is_stated
    assert got.last_seen == date(2015, 1, 5)


def test_a_stated_beginning_is_earlier_than_any_listing() -> None:
    stated = fact("2015-01-05", concept="duration_of_use", since="2011")
    got = course(stated, fact("2015-01-05"))
    assert (got.since, got.since_is_stated, got.since_facts) == (
        PartialDate(2011), True, (stated.id,),
    )  # fmt: skip
    assert got.months(date(2015, 1, 5)) is not None


def test_months_of_use_count_back_from_the_report() -> None:
    got = course(fact("2015-03-31", concept="duration_of_use", months=12.0))
    assert got.since == PartialDate(2014, 3)


def test_doses_over_time() -> None:
    got = course(
        fact("2014-01-01", strength="5/325 mg", per_day=4.0),
        fact("2014-02-01", strength="5/325 mg"),
        fact("2014-03-01", strength="10/325 mg", per_day=4.0, quantity=120.0),
        fact("2014-04-01", per_day=6.0),
    )
    assert [(s.strength, s.per_day) for s in got.segments] == [
        ("5/325 mg", 4.0), ("10/325 mg", 4.0), (None, 6.0),
    ]  # fmt: skip
    now = got.segment(date(2014, 3, 15))
    assert now is not None
    assert now.quantity == 120.0
    assert got.segment(date(2013, 1, 1)) is None


def test_use_from_supply_where_no_directions_are_written() -> None:
    got = course(fact("2014-01-01", status="dispensed", quantity=150.0, days_supply=30))
    assert (got.uses[0].per_day, got.uses[0].per_day_from_supply) == (5.0, True)


def test_in_use_ends_with_a_stop_and_begins_again_after_it() -> None:
    stopped = fact("2015-02-01", status="stopped", assertion=Assertion.HISTORICAL, reason="nausea")
    got = course(fact("2015-01-05"), stopped)
    assert got.in_use(date(2015, 1, 20))
    assert not got.in_use(date(2015, 2, 10))
    stop = got.stopped(date(2015, 2, 10))
    assert stop is not None
    assert stop.reason == "nausea"
    again = course(fact("2015-01-05"), stopped, fact("2015-03-01"))
    assert again.in_use(date(2015, 3, 10))


def test_a_stop_in_the_report_that_still_lists_the_drug_wins() -> None:
    stopped = fact("2015-01-05", status="stopped", assertion=Assertion.HISTORICAL)
    assert not course(fact("2015-01-05"), stopped).in_use(date(2015, 1, 6))


def test_use_three_months_ago_counts_and_a_year_ago_does_not() -> None:
    got = course(fact("2015-01-05"))
    assert got.in_use(date(2015, 4, 5))
    assert not got.in_use(date(2016, 1, 5))
    assert not got.in_use(date(2014, 12, 31))


def test_past_use_counts_on_the_day_that_is_told() -> None:
    told = replace(fact("2013-05", assertion=Assertion.HISTORICAL), written=PartialDate(2015, 1, 5))
    assert course(told).since == PartialDate(2013, 5)
    untold = fact("2015-01-05", assertion=Assertion.HISTORICAL)
    assert build_timeline([untold], FORMULARY) == ()


def test_what_is_not_use_by_the_patient_makes_no_course() -> None:
    facts = [
        fact("2015-01-05", assertion=Assertion.HYPOTHETICAL),
        fact("2015-01-05", assertion=Assertion.OTHER_PERSON),
        fact("2015-01-05", assertion=Assertion.ABSENT),
        fact("2015-01-05", status="requested"),
        fact(None),
    ]
    assert build_timeline(facts, FORMULARY) == ()


def fill(day: str, prescriber: str = "SMITH", supply: int = 30) -> Fact:
    return fact(day, status="dispensed", quantity=90.0, days_supply=supply, prescriber=prescriber)


def test_early_refill_overlap_gap_and_two_prescribers() -> None:
    early = course(fill("2014-01-01"), fill("2014-01-16"))
    assert [flag.kind for flag in early.flags] == [FlagKind.EARLY_REFILL]
    assert "15 days before" in early.flags[0].note
    overlap = course(fill("2014-01-01"), fill("2014-01-10", "JONES"))
    assert [f.kind for f in overlap.flags] == [FlagKind.OVERLAP, FlagKind.SEVERAL_PRESCRIBERS]
    assert overlap.prescribers == ("SMITH", "JONES")
    gap = course(fill("2014-01-01"), fill("2014-05-01"))
    assert [flag.kind for flag in gap.flags] == [FlagKind.GAP]
    assert course(fill("2014-01-01"), fill("2014-01-30")).flags == ()


DAYS = st.dates(date(2010, 1, 1), date(2016, 1, 1))


@given(st.lists(st.tuples(DAYS, st.sampled_from(["listed", "dispensed", "stopped"])), min_size=1))
def test_order_of_facts_does_not_matter(said: list[tuple[date, str]]) -> None:
    facts = [
        fact(
            day.isoformat(),
            status=status,
            assertion=Assertion.HISTORICAL if status == "stopped" else Assertion.PRESENT,
        )
        for day, status in said
    ]
    assert build_timeline(facts, FORMULARY) == build_timeline(facts[::-1], FORMULARY)


@given(st.lists(DAYS, min_size=1), DAYS)
def test_in_use_never_before_the_first_evidence(days: list[date], as_of: date) -> None:
    got = course(*(fact(day.isoformat()) for day in days))
    assert got.since is not None
    if got.in_use(as_of):
        assert got.since.first_day() <= as_of
        assert as_of - timedelta(days=93) < max(day for day in days if day <= as_of)
