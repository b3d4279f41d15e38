"""A reviewer against whom nothing stands, a case, and the rules: changed by each test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from openimr.model.assignment import CaseToAssign, ItemToAssign
from openimr.model.ids import TopicId
from openimr.model.party import Party, PartyRole
from openimr.model.request import RequestKind
from openimr.model.reviewer import (
    BoardCertification,
    Evidence,
    Licence,
    LicenceStatus,
    Organization,
    OrganizationTie,
    Profession,
    Register,
    Reviewer,
)
from openimr.rulebook.assignment import load_assignment_rules

DAY = date(2015, 6, 1)
RULES = load_assignment_rules()
SEEN = Evidence(source="the board's site", checked_on=DAY - timedelta(days=30))
LICENCE = Licence(
    state="CA",
    number="A987654",
    status=LicenceStatus.ACTIVE,
    expires=DAY + timedelta(days=400),
    evidence=SEEN,
)
PMR = "physical medicine and rehabilitation"
BOARD = BoardCertification(
    board="American Board of Physical Medicine and Rehabilitation", specialty=PMR, evidence=SEEN
)
FIT = Reviewer(
    id="R1",
    name="Philippa Quarterstone",
    profession=Profession.MEDICINE,
    licences=(LICENCE,),
    boards=(BOARD,),
    specialties=(PMR,),
    weekly_hours=30.0,
    years_in_practice=12.0,
    practice_evidence=SEEN,
    disciplined=False,
    discipline_evidence=SEEN,
    qualified_medical_evaluator=False,
    disclosure=SEEN,
    capacity=10,
)
OPIOID = ItemToAssign(index=1, topic=TopicId("hydrocodone-apap"), kind=RequestKind.DRUG)
HEARING = ItemToAssign(index=2, topic=TopicId("hearing-aid"), kind=RequestKind.DME)
EMPLOYER = Party(id="p1", role=PartyRole.EMPLOYER, name="Blue Heron Packing Co")
OTHERS = (
    Party(id="p11", role=PartyRole.INJURED_EMPLOYEE, name="Wendeline Xanthopoulos"),
    Party(id="p12", role=PartyRole.CLAIMS_ADMINISTRATOR, name="Juniper Mutual"),
    Party(id="p13", role=PartyRole.REQUESTING_PHYSICIAN, name="Bartolomeu Kjeldsen"),
)
"""Without ties to anybody; with the employer, the parties that every case has."""
PARTIES = (EMPLOYER, *OTHERS)


def reviewer(**changes: Any) -> Reviewer:
    return replace(FIT, **changes)


def ent(**changes: Any) -> Reviewer:
    """An otolaryngologist."""
    board = BoardCertification(
        board="American Board of Otolaryngology", specialty="otolaryngology", evidence=SEEN
    )
    own = {"id": "R9", "name": "Ottoline Vasquez", "boards": (board,)}
    return replace(FIT, **{**own, "specialties": ("ENT",), **changes})


def register(*reviewers: Reviewer, ties: tuple[OrganizationTie, ...] = ()) -> Register:
    organization = Organization(name="Nowhere Review Cooperative", ties=ties)
    return Register(organization=organization, reviewers=reviewers or (FIT,))


def case(number: int = 1, **changes: Any) -> CaseToAssign:
    plain = CaseToAssign(case_number=f"CM15-{number:07}", items=(OPIOID,), parties=PARTIES)
    return replace(plain, **changes)
