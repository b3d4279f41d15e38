"""Case folders for tests: what was filed, made from the header that a review reads."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from openimr.adapters.output import write_folder
from openimr.adapters.plain_files import write_plain
from openimr.cli.main import run
from openimr.model.application import Application, Channel, DecisionBasis, FiledItem, ImrCase
from openimr.model.application import UrDecision as Decision
from openimr.model.moments import PACIFIC
from openimr.model.party import Party, PartyRole, ServiceMethod
from openimr.model.reviewer import (
    BoardCertification,
    Evidence,
    Licence,
    LicenceStatus,
    Organization,
    Profession,
    Register,
    Reviewer,
)

KEY = "0123456789abcdef0123456789abcdef"
_OFFICE = {
    "name": "An Office",
    "address": "2 Main Street\nNowhere, CA",
    "phone": "916-555-0100",
    "fax": "916-555-0101",
    "electronic": "https://records.example",
}
OFFICES = {"review_organization": _OFFICE, "administrative_director": _OFFICE}
LOOKED_UP = Evidence(source="the board's site", checked_on=date(2014, 12, 1))
_PARTIES = {
    "worker": PartyRole.INJURED_EMPLOYEE,
    "requesting_physician": PartyRole.REQUESTING_PHYSICIAN,
    "employer": PartyRole.EMPLOYER,
    "claims_administrator": PartyRole.CLAIMS_ADMINISTRATOR,
    "ur_organization": PartyRole.UR_ORGANIZATION,
}


def reviewer(number: int, specialty: str, board: str, state: str = "CA") -> Reviewer:
    """A reviewer against whom nothing stands."""
    return Reviewer(
        id=f"rev-{number}",
        name=("Quillon Zephyrine Abernethy", "Ottoline Farquharson", "Ignatius Wolverhampton")[
            number % 3
        ],
        profession=Profession.MEDICINE,
        licences=(
            Licence(
                state=state,
                number=f"Z{70010 + number}",
                status=LicenceStatus.ACTIVE,
                expires=date(2030, 1, 1),
                evidence=LOOKED_UP,
            ),
        ),
        boards=(BoardCertification(board=board, specialty=specialty, evidence=LOOKED_UP),),
        specialties=(specialty,),
        weekly_hours=30.0,
        years_in_practice=12.0,
        practice_evidence=LOOKED_UP,
        disciplined=False,
        discipline_evidence=LOOKED_UP,
        qualified_medical_evaluator=False,
        disclosure=LOOKED_UP,
        capacity=40,
    )


def seed_register() -> Register:
    """The three specialties of the five published decisions."""
    return Register(
        organization=Organization(name="A Review Organization", ties=()),
        reviewers=(
            reviewer(1, "family practice", "American Board of Family Medicine"),
            reviewer(2, "anesthesiology", "American Board of Anesthesiology"),
            reviewer(
                3,
                "physical medicine and rehabilitation",
                "American Board of Physical Medicine and Rehabilitation",
                "NY",
            ),
        ),
    )


def filed(draft: Mapping[str, Any], number: str) -> ImrCase:
    """The case as filed, from a draft's header and items."""
    header = draft["case"]
    decided = date.fromisoformat(header["ur_decision_date"])
    stated = header["application_received"]
    received = date.fromisoformat(stated) if stated else decided + timedelta(days=28)
    parties = tuple(
        Party(id=f"p{at}", role=role, name=header[name], address="1 Main Street, Nowhere, CA")
        for at, (name, role) in enumerate(_PARTIES.items(), start=1)
        if header[name]
    )
    return ImrCase(
        case_number=number,
        date_of_injury=date.fromisoformat(header["date_of_injury"]),
        application=Application(
            received=datetime(received.year, received.month, received.day, 10, tzinfo=PACIFIC),
            channel=Channel.MAIL,
            filer=PartyRole.INJURED_EMPLOYEE,
            signed=True,
            ur_decision_attached=True,
            consents_to_records=True,
        ),
        ur_decision=Decision(
            issued=decided,
            served=decided,
            service=ServiceMethod.MAIL_CALIFORNIA,
            bases=(DecisionBasis.NECESSITY,),
            form_served=True,
        ),
        items=tuple(
            FiledItem(index=item["index"], request_text=item["request_text"])
            for item in draft["items"]
        ),
        parties=parties,
    )


class Walk:
    """Acts on one case folder, an hour apart, through the command line."""

    def __init__(self, folder: Path, case: ImrCase) -> None:
        assert case.application.received is not None
        self.folder, self.case, self.at = folder, case, case.application.received
        write_plain(folder / "case.json", case)

    def later(self, **how: int) -> str:
        """Let time pass; an hour if nothing is said."""
        self.at += timedelta(**(how or {"hours": 1}))
        return self.at.isoformat()

    def act(self, name: str, who: str, reason: str = "", **data: str) -> None:
        """Do an act that must be allowed."""
        pairs = [part for key, value in data.items() for part in ("--data", f"{key}={value}")]
        call = ["act", str(self.folder), name, "--as", who, "--at", self.later(), *pairs]
        assert run([*call, *(["--reason", reason] if reason else [])]) == 0, name

    def to_ready(self) -> None:
        """From the application to complete records, with the notice in between."""
        write_folder(self.folder, {"offices.json": json.dumps(OFFICES).encode()})
        stamp = self.at.isoformat()
        self.act("receive_application", "intake:mail-room", received=stamp)
        self.act("open_eligibility_review", "review_organization:desk")
        self.act("find_eligible", "administrative_director:unit")
        day = self.at.date().isoformat()
        self.act(
            "issue_noarfi",
            "review_organization:desk",
            served_on=day,
            service="mail_ca",
            content_complete="yes",
        )
        assert run(["notice", str(self.folder), "noarfi"]) == 0
        self.later(days=9)
        for file in sorted((self.folder / "records").iterdir()):
            self.act(
                "receive_document",
                "intake:mail-room",
                **_document(file, self.at.isoformat()),
            )
        self.act("complete_records", "review_organization:desk", received=self.at.isoformat())

    def to_review(self, name: str, parties: str, proof: str) -> None:
        """Attested, assigned and accepted by a reviewer."""
        who = f"reviewer:{name}"
        self.act("attest", who, no_conflict="yes", knowledgeable="yes", parties_sha256=parties)
        self.act(
            "assign_reviewer",
            "review_organization:desk",
            reviewers=name,
            checks_passed="yes",
            proof_sha256=proof,
        )
        self.act("accept", who)

    def state(self) -> str:
        """Where the case stands."""
        from openimr.process.folder import open_case
        from openimr.rulebook.transitions import load_transitions

        return open_case(self.folder, load_transitions()).state.state.value


def _document(file: Path, received: str) -> dict[str, str]:
    return {
        "file": file.name,
        "kind": "progress_report",
        "sender": "claims_administrator",
        "received": received,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
    }


def read(path: Path) -> Any:
    """A JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))
