"""Each requirement: met, not met, not stated, and not yet asked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from openimr.assign.match import matches
from openimr.assign.requirements import item_reason, personal_reasons
from openimr.model.assignment import ItemToAssign
from openimr.model.ids import TopicId
from openimr.model.request import RequestKind
from openimr.model.reviewer import Evidence, LicenceStatus, Profession, Reviewer
from reviewing import BOARD, DAY, FIT, HEARING, LICENCE, OPIOID, PMR, RULES, SEEN, reviewer

BEFORE_QME = date(2013, 12, 31)


def codes(one: Reviewer, day: date = DAY) -> list[str]:
    return [reason.code for reason in personal_reasons(one, day, RULES)]


def test_nothing_stands_against_a_fit_reviewer() -> None:
    assert codes(FIT) == []


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"licences": ()}, "licence", "no licence is stated"),
        ({"licences": (replace(LICENCE, expires=DAY - timedelta(1)),)}, "licence", "2015-05-31"),
        ({"licences": (replace(LICENCE, state="ZZ"),)}, "licence", "no active licence is of a"),
        (
            {"licences": (replace(LICENCE, status=LicenceStatus.UNKNOWN),)},
            "licence",
            "not stated",
        ),
        ({"licences": (replace(LICENCE, status=LicenceStatus.EXPIRED),)}, "licence", "expired"),
        ({"boards": ()}, "board", "no board certificate is stated"),
        ({"boards": (replace(BOARD, expires=DAY - timedelta(1)),)}, "board", "expired"),
        ({"boards": (replace(BOARD, board="Board of Friends"),)}, "board", "recognized"),
        ({"disciplined": True}, "discipline", "taken or pending"),
        ({"disciplined": None}, "discipline", "not stated"),
        ({"qualified_medical_evaluator": True}, "qme", "is a Qualified"),
        ({"qualified_medical_evaluator": None}, "qme", "not stated"),
        ({"years_in_practice": 5.0}, "years", "not more than 5"),
        ({"years_in_practice": None}, "years", "not stated"),
        ({"weekly_hours": 23.9}, "hours", "fewer than 24"),
        ({"weekly_hours": None}, "hours", "not stated"),
        ({"disclosure": None}, "disclosure", "not stated"),
        ({"away": ((DAY, DAY),)}, "absence", "2015-06-01"),
        ({"capacity": 0}, "capacity", "no further item"),
    ],
)
def test_a_requirement_blocks_alone_and_says_why(
    changes: dict[str, Any], code: str, words: str
) -> None:
    reasons = personal_reasons(reviewer(**changes), DAY, RULES)
    assert [reason.code for reason in reasons] == [code]
    assert words in reasons[0].says
    assert reasons[0].citation


def with_evidence(evidence: Evidence | None) -> dict[str, dict[str, Any]]:
    """Each statement of the register with this evidence, by what it blocks."""
    return {
        "licence": {"licences": (replace(LICENCE, evidence=evidence),)},
        "board": {"boards": (replace(BOARD, evidence=evidence),)},
        "discipline": {"discipline_evidence": evidence},
        "hours": {"practice_evidence": evidence},
        "disclosure": {"disclosure": evidence},
    }


@pytest.mark.parametrize("code", with_evidence(None))
@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        (None, "not stated|no evidence of it is on file"),
        (replace(SEEN, source=" "), "no evidence of it is on file"),
        (replace(SEEN, checked_on=DAY + timedelta(1)), "dated 2015-06-02, after the day"),
        (replace(SEEN, checked_on=DAY - timedelta(366)), "not looked up since 2014-05-31"),
    ],
)
def test_a_statement_counts_with_evidence_of_the_year_before_only(
    code: str, evidence: Evidence | None, words: str
) -> None:
    reasons = personal_reasons(reviewer(**with_evidence(evidence)[code]), DAY, RULES)
    assert code in [reason.code for reason in reasons]
    assert all(re.search(words, reason.says) for reason in reasons)
    for age in (0, 365):
        met = replace(SEEN, checked_on=DAY - timedelta(age))
        assert codes(reviewer(**with_evidence(met)[code])) == []


def test_one_licence_looked_up_is_enough() -> None:
    two = (replace(LICENCE, state="NV", evidence=None), LICENCE)
    assert codes(reviewer(licences=two)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"licences": (replace(LICENCE, expires=DAY),)},
        {"licences": (replace(LICENCE, state="NY"),)},
        {"licences": (replace(LICENCE, expires=DAY - timedelta(1)), LICENCE)},
        {"boards": (replace(BOARD, expires=DAY),)},
        {"years_in_practice": 5.1},
        {"weekly_hours": 24.0},
        {
            "away": (
                (DAY + timedelta(1), DAY + timedelta(9)),
                (DAY - timedelta(9), DAY - timedelta(1)),
            )
        },
        {"capacity": 1},
        {"boards": (), "profession": Profession.CHIROPRACTIC},
    ],
)
def test_at_its_limit_a_requirement_is_met(changes: dict[str, Any]) -> None:
    assert codes(reviewer(**changes)) == []


@pytest.mark.parametrize(
    "status", [LicenceStatus.PROBATION, LicenceStatus.RESTRICTED, LicenceStatus.SUSPENDED]
)
def test_a_sanctioned_licence_beside_a_clean_one_is_discipline(status: LicenceStatus) -> None:
    two = (LICENCE, replace(LICENCE, state="NV", status=status))
    assert codes(reviewer(licences=two)) == ["discipline"]


def test_an_evaluator_may_decide_until_the_end_of_2013_only() -> None:
    seen = replace(SEEN, checked_on=BEFORE_QME - timedelta(30))
    dated = {
        key: value for changes in with_evidence(seen).values() for key, value in changes.items()
    }
    one = reviewer(qualified_medical_evaluator=True, **dated)
    assert codes(one, BEFORE_QME) == []
    assert codes(one, date(2014, 1, 1)) == ["qme"]


def test_what_rests_on_unchecked_law_says_so() -> None:
    (reason,) = personal_reasons(reviewer(disciplined=True), DAY, RULES)
    assert reason.unverified
    (reason,) = personal_reasons(reviewer(licences=()), DAY, RULES)
    assert not reason.unverified


def item_code(one: Reviewer, item: ItemToAssign) -> str | None:
    reason = item_reason(one, item, matches(item, RULES.specialties), DAY, RULES)
    return reason.code if reason else None


@pytest.mark.parametrize(
    ("changes", "item", "code"),
    [
        ({}, OPIOID, None),
        ({}, HEARING, "specialty"),
        ({"specialties": ()}, OPIOID, "specialty"),
        ({"specialties": ("PM&R",)}, OPIOID, None),
        ({"topics": (TopicId("tens"),)}, OPIOID, "knowledge"),
        ({"topics": (TopicId("hydrocodone-apap"),)}, OPIOID, None),
        (
            {"topics": (TopicId("tens"),)},
            ItemToAssign(index=1, kind=RequestKind.DRUG),
            "knowledge",
        ),
        ({"specialties": (PMR, "otolaryngology")}, HEARING, "board"),
        (
            {"profession": Profession.CHIROPRACTIC, "specialties": ("chiropractic",)},
            OPIOID,
            "scope",
        ),
        ({}, ItemToAssign(index=1), "specialty"),
    ],
)
def test_an_item_asks_for_scope_specialty_board_and_knowledge(
    changes: dict[str, Any], item: ItemToAssign, code: str | None
) -> None:
    assert item_code(reviewer(**changes), item) == code


MANUAL = ItemToAssign(index=1, topic=TopicId("manual-therapy"), kind=RequestKind.THERAPY)
FOOT = ItemToAssign(index=1, kind=RequestKind.SURGERY, body_parts=("foot",))


@pytest.mark.parametrize(
    ("profession", "specialty", "item", "code"),
    [
        (Profession.CHIROPRACTIC, "chiropractic", MANUAL, None),
        (Profession.CHIROPRACTIC, "chiropractic", replace(MANUAL, kind=None), "scope"),
        (Profession.PODIATRY, "podiatry", FOOT, None),
        (Profession.PODIATRY, "podiatry", replace(FOOT, body_parts=("knee",)), "scope"),
        (Profession.PODIATRY, "podiatry", replace(FOOT, body_parts=()), "scope"),
        (
            Profession.PSYCHOLOGY,
            "psychology",
            ItemToAssign(index=1, topic=TopicId("psych-treatment"), kind=RequestKind.THERAPY),
            None,
        ),
        (
            Profession.PSYCHOLOGY,
            "psychology",
            ItemToAssign(index=1, topic=TopicId("ssri"), kind=RequestKind.DRUG),
            "scope",
        ),
        (Profession.CHIROPRACTIC, PMR, MANUAL, "specialty"),
    ],
)
def test_a_licence_has_its_scope(
    profession: Profession, specialty: str, item: ItemToAssign, code: str | None
) -> None:
    one = reviewer(profession=profession, boards=(), specialties=(specialty,))
    assert item_code(one, item) == code
