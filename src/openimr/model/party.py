"""Who takes part in a case, and what each is to it.

Roles after Labor Code 4610.5 and 139.5(d)(5)-(6); a reviewer is screened against every one of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class PartyRole(StrEnum):
    """What a person or organization is to the case."""

    INJURED_EMPLOYEE = "injured_employee"
    FAMILY = "family"
    """Immediate family of the injured employee."""
    ATTORNEY = "attorney"
    """Of the injured employee."""
    DESIGNEE = "designee"
    REQUESTING_PHYSICIAN = "requesting_physician"
    EMERGENCY_PROVIDER = "emergency_provider"
    TREATING_PROVIDER = "treating_provider"
    MEDICAL_GROUP = "medical_group"
    """Or independent practice association of a provider."""
    FACILITY = "facility"
    """Where the disputed or an alternative service is or would be given."""
    MANUFACTURER = "manufacturer"
    """Or developer of the disputed or an alternative drug, device or procedure."""
    EMPLOYER = "employer"
    CLAIMS_ADMINISTRATOR = "claims_administrator"
    DEFENSE_ATTORNEY = "defense_attorney"
    """Of the employer or claims administrator."""
    MEDICAL_PROVIDER_NETWORK = "medical_provider_network"
    UR_ORGANIZATION = "ur_organization"
    OFFICER = "officer"
    """Officer, director or manager of an administrator, insurer or UR organization."""


class ServiceMethod(StrEnum):
    """How a document was served: it may extend a time limit."""

    PERSONAL = "personal"
    MAIL_CALIFORNIA = "mail_ca"
    MAIL_UNITED_STATES = "mail_us"
    MAIL_ABROAD = "mail_abroad"
    FAX = "fax"
    OVERNIGHT = "overnight"
    ELECTRONIC = "electronic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person or organization in the case."""

    id: str
    """Unique in the case, such as `p1`; reviewers' relations name the party by `name`."""
    role: PartyRole
    name: str
    organization: str | None = None
    """The firm or group a person acts for."""
    address: str | None = None
    service: ServiceMethod | None = None
    """How the party is served; None where nothing is agreed: by mail."""


def parties_sha256(parties: Iterable[Party]) -> str:
    """The hash of who takes part, whatever the order: role, name and organization of each."""
    told = sorted([party.role.value, party.name, party.organization or ""] for party in parties)
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
