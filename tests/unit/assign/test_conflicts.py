"""Ties that block and ties that do not: every role, kind, kinship and threshold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from openimr.assign.conflicts import ConflictIndex, tie_blocks
from openimr.model.assignment import Reason
from openimr.model.party import Party, PartyRole
from openimr.model.reviewer import (
    Cleared,
    Kinship,
    OrganizationTie,
    OrganizationTieKind,
    Relation,
    RelationKind,
    Reviewer,
)
from reviewing import DAY, EMPLOYER, FIT, RULES, register, reviewer

TO = EMPLOYER.name
FULL = {
    RelationKind.FAMILIAL: Relation(to=TO, kind=RelationKind.FAMILIAL, kinship=Kinship.SPOUSE),
    RelationKind.FINANCIAL: Relation(to=TO, kind=RelationKind.FINANCIAL, share_of_income=0.5),
    RelationKind.PROFESSIONAL: Relation(to=TO, kind=RelationKind.PROFESSIONAL, nature="employment"),
    RelationKind.SELF: Relation(to=TO, kind=RelationKind.SELF),
}
FINANCIAL, PROFESSIONAL = FULL[RelationKind.FINANCIAL], FULL[RelationKind.PROFESSIONAL]


def blocks(relation: Relation, role: PartyRole = PartyRole.EMPLOYER, day: date = DAY) -> str:
    return tie_blocks(relation, role, day, RULES.conflicts)


def conflict(one: Reviewer, *parties: Party) -> Reason | None:
    index = ConflictIndex(register(one), DAY, RULES.conflicts)
    return index.reviewers(parties or (EMPLOYER,)).get(0)


def party(role: PartyRole, name: str, **more: Any) -> Party:
    return Party(id="p7", role=role, name=name, **more)


@pytest.mark.parametrize("role", PartyRole)
@pytest.mark.parametrize("kind", FULL)
def test_every_kind_of_tie_to_every_party_blocks(role: PartyRole, kind: RelationKind) -> None:
    assert blocks(FULL[kind], role)
    found = conflict(reviewer(relations=(FULL[kind],)), party(role, TO))
    assert found is not None
    assert (found.code, found.party, found.certain) == (f"conflict:{kind}", "p7", True)
    assert found.citation
    assert found.unverified


@pytest.mark.parametrize("role", PartyRole)
def test_staff_privileges_do_not_block(role: PartyRole) -> None:
    assert not blocks(Relation(to=TO, kind=RelationKind.STAFF_PRIVILEGES), role)


@pytest.mark.parametrize(
    ("kinship", "expected"),
    [
        *((kin, True) for kin in Kinship if kin is not Kinship.OTHER),
        (Kinship.OTHER, False),
        (None, True),
    ],
)
def test_each_kinship(kinship: Kinship | None, expected: bool) -> None:
    tie = Relation(to=TO, kind=RelationKind.FAMILIAL, kinship=kinship)
    assert bool(blocks(tie)) is expected


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.0, False), (0.0499, False), (0.05, False), (0.0501, True), (1.0, True), (None, True)],
)
def test_an_interest_counts_above_five_percent(share: float | None, expected: bool) -> None:
    assert bool(blocks(replace(FINANCIAL, share_of_income=share))) is expected


def test_pay_that_the_law_leaves_out_does_not_block() -> None:
    assert not blocks(replace(FINANCIAL, excluded_income=True))


@pytest.mark.parametrize(
    ("nature", "expected"),
    [
        ("patient", True),
        ("partnership", True),
        ("employment", True),
        ("shareholding", True),
        ("Contractor", True),
        ("staff_privileges", False),
        ("", True),
        ("golf", True),
    ],
)
def test_each_nature_of_a_professional_tie(nature: str, expected: bool) -> None:
    assert bool(blocks(replace(PROFESSIONAL, nature=nature))) is expected


def test_what_is_not_stated_is_said_to_be_so() -> None:
    silent = (
        replace(FINANCIAL, share_of_income=None),
        replace(PROFESSIONAL, nature=""),
        Relation(to=TO, kind=RelationKind.FAMILIAL),
    )
    assert all("not stated" in blocks(tie) for tie in silent)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"since": DAY}, True),
        ({"since": DAY + timedelta(1)}, False),
        ({"until": DAY}, True),
        ({"until": date(2014, 6, 1)}, True),
        ({"until": date(2014, 5, 31)}, False),
        ({"role": PartyRole.EMPLOYER}, True),
        ({"role": PartyRole.FACILITY}, False),
    ],
)
def test_a_tie_has_its_time_and_capacity(changes: dict[str, Any], expected: bool) -> None:
    assert bool(blocks(replace(PROFESSIONAL, **changes))) is expected


def test_a_marriage_that_ended_is_over_at_once() -> None:
    over = replace(FULL[RelationKind.FAMILIAL], until=DAY - timedelta(1))
    assert not blocks(over)


@pytest.mark.parametrize(
    ("written", "certain"),
    [
        ("BLUE HERON PACKING COMPANY, INC.", True),
        ("Packing, Blue Heron", True),
        ("B1ue Her0n Packing", False),
        ("Blue Heron", False),
        ("Blue Hron Packing", False),
        ("Northstar Foods dba Blue Heron Packing", True),
    ],
)
def test_names_are_known_however_they_are_written(written: str, certain: bool) -> None:
    found = conflict(reviewer(relations=(replace(PROFESSIONAL, to=written),)))
    assert found is not None
    assert found.certain is certain
    assert ("a person must look" in found.says) is not certain


@pytest.mark.parametrize("other", ["Red Heron Packing", "Green Valley Dairy", "The Company"])
def test_other_names_are_others(other: str) -> None:
    assert conflict(reviewer(relations=(replace(PROFESSIONAL, to=other),))) is None


def test_a_reviewer_who_bears_a_partys_name_is_kept_from_the_case_until_a_person_looked() -> None:
    doctor = party(PartyRole.REQUESTING_PHYSICIAN, "P. Quarterstone, M.D.")
    found = conflict(FIT, doctor)
    assert found is not None
    assert found.code == "conflict:self"
    looked = Cleared(name=doctor.name, by="clerk", on=DAY, evidence="another licence")
    assert conflict(reviewer(cleared=(looked,)), doctor) is None
    later = replace(looked, on=DAY + timedelta(1))
    assert conflict(reviewer(cleared=(later,)), doctor) is not None


@pytest.mark.parametrize(
    ("written", "stated"),
    [("Bob Achterberg", "Robert Achterberg"), ("ICW", "Insurance Company of the West")],
)
def test_short_forms_and_initials_block_until_a_person_looked(written: str, stated: str) -> None:
    insurer = party(PartyRole.CLAIMS_ADMINISTRATOR, stated)
    tie = replace(PROFESSIONAL, to=written)
    found = conflict(reviewer(relations=(tie,)), insurer)
    assert found is not None
    assert not found.certain
    assert "a person must look" in found.says
    looked = Cleared(name=stated, by="clerk", on=DAY, evidence="asked")
    assert conflict(reviewer(relations=(tie,), cleared=(looked,)), insurer) is None


def test_clearing_a_name_does_not_clear_a_tie_to_that_very_name() -> None:
    looked = Cleared(name=TO, by="clerk", on=DAY, evidence="asked")
    assert conflict(reviewer(relations=(PROFESSIONAL,), cleared=(looked,))) is not None


def test_the_house_that_a_party_acts_for_is_screened_too() -> None:
    lawyer = party(PartyRole.ATTORNEY, "Ada Finch", organization=TO)
    assert conflict(reviewer(relations=(PROFESSIONAL,)), lawyer) is not None
    assert conflict(reviewer(relations=(PROFESSIONAL,)), replace(lawyer, organization=None)) is None


@pytest.mark.parametrize("kind", OrganizationTieKind)
def test_a_tie_of_the_organization_blocks_everybody(kind: OrganizationTieKind) -> None:
    tie = OrganizationTie(to="Bexley Risk Services", kind=kind)
    index = ConflictIndex(register(ties=(tie,)), DAY, RULES.conflicts)
    insurer = party(PartyRole.CLAIMS_ADMINISTRATOR, "Bexley Risk Services LLC")
    found = index.organization((EMPLOYER, insurer))
    assert found is not None
    assert (found.code, found.party) == ("organization", "p7")
    assert index.organization((EMPLOYER,)) is None
    worker = party(PartyRole.INJURED_EMPLOYEE, "Bexley Risk Services")
    assert index.organization((worker,)) is None
    ended = ConflictIndex(
        register(ties=(replace(tie, until=DAY - timedelta(1)),)), DAY, RULES.conflicts
    )
    assert ended.organization((insurer,)) is None


def test_reasons_name_nobody() -> None:
    found = conflict(reviewer(relations=(PROFESSIONAL,)))
    assert found is not None
    assert "Heron" not in found.says
    assert "Quarterstone" not in found.says
