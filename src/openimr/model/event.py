"""What happened in a case, when, by whom: appended, never changed, each bound to the one before.

`sha256` of an event covers its content and the hash of its predecessor: a changed, dropped or
inserted event breaks every hash after it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

BEGINNING = "0" * 64
"""What the first event names as its predecessor."""


class ActorRole(StrEnum):
    """In what capacity somebody acts (regulation 1.1)."""

    INTAKE = "intake"
    REVIEW_ORGANIZATION = "review_organization"
    QUALITY = "quality"
    ADMINISTRATIVE_DIRECTOR = "administrative_director"
    REVIEWER = "reviewer"
    CLAIMS_ADMINISTRATOR = "claims_administrator"
    INJURED_EMPLOYEE = "injured_employee"
    """Or attorney or designee, who act for the employee."""
    REQUESTING_PHYSICIAN = "requesting_physician"
    APPEALS_BOARD = "appeals_board"
    CLOCK = "clock"
    """A time limit ran out; nobody acted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts. `name` is an account or register id, never shown to parties if a reviewer's."""

    role: ActorRole
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened."""

    number: int
    """1-based, without gaps."""
    at: datetime
    """With zone."""
    act: str
    """The act of the transition table, such as `issue_noarfi`."""
    actor: Actor
    reason: str
    citation: str
    """The rule the act stands on."""
    data: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What the act states: grounds, service, item, document hashes; flat, words and ISO dates."""
    previous: str = BEGINNING
    sha256: str = ""

    def digest(self) -> str:
        """The hash that this event must carry, in hexadecimal."""
        content = {
            "number": self.number,
            "at": self.at.isoformat(),
            "act": self.act,
            "actor": [self.actor.role.value, self.actor.name],
            "reason": self.reason,
            "citation": self.citation,
            "data": dict(sorted(self.data.items())),
            "previous": self.previous,
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
