"""Where a case stands: never stored, always the replay of its events.

events -> State: case state, items, flags, reviewers, signatures. Names after the table of acts
(`rulebook/data/process/transitions.yaml`); which clocks run is another replay of the same events.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from openimr.model.application import Priority
from openimr.model.event import BEGINNING

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class CaseState(StrEnum):
    """The states of a case, in the order in which most cases meet them."""

    START = "START"
    """Before the application was received; no case is in it once something happened."""
    RECEIVED = "RECEIVED"
    DUPLICATE = "DUPLICATE"
    ELIG_REVIEW = "ELIG_REVIEW"
    INFO_PENDING = "INFO_PENDING"
    DEFERRED = "DEFERRED"
    INELIGIBLE = "INELIGIBLE"
    ELIGIBLE = "ELIGIBLE"
    RECORDS_PENDING = "RECORDS_PENDING"
    READY = "READY"
    REVIEWER_ASSIGNED = "REVIEWER_ASSIGNED"
    IN_REVIEW = "IN_REVIEW"
    ADDL_INFO = "ADDL_INFO"
    QA = "QA"
    ISSUED = "ISSUED"
    IMPLEMENTING = "IMPLEMENTING"
    APPEALED = "APPEALED"
    REMANDED = "REMANDED"
    TERMINATED = "TERMINATED"
    CLOSED = "CLOSED"


TERMINAL = frozenset(
    {CaseState.DUPLICATE, CaseState.INELIGIBLE, CaseState.TERMINATED, CaseState.CLOSED}
)
"""States in which nothing is owed; left by an appeal or an order only."""


class ItemState(StrEnum):
    """The states of a disputed item."""

    DISPUTED = "DISPUTED"
    OUT_OF_SCOPE = "OUT_OF_SCOPE"
    """Not eligible, while others of the case are."""
    AUTHORIZED = "AUTHORIZED"
    """By the claims administrator after all."""
    UPHELD = "UPHELD"
    """The UR decision stands."""
    OVERTURNED = "OVERTURNED"


OUTCOMES = frozenset({ItemState.UPHELD, ItemState.OVERTURNED})


class Flag(StrEnum):
    """What else is known of a case; a flag that is absent was never set."""

    DUPLICATE_OF = "duplicate_of"
    CONSOLIDATED_INTO = "consolidated_into"
    """The case whose determination covers this one."""
    LATE_RECORDS = "late_records"
    """The claims administrator's records did not come in time: a penalty case."""
    LATE_DETERMINATION = "late_determination"
    """Issued after its day; valid all the same."""
    APPEAL_OF = "appeal_of"
    """`eligibility` or `necessity`."""
    ORGANIZATION = "organization"
    """The review organization after a remand."""
    ASSIGNED_ON = "assigned_on"
    """The day on which the notice of assignment was served; a remand's new notice renews it."""
    REVIEWER_ON = "reviewer_on"
    """The day on which a reviewer was first assigned."""
    EXTENDED_BY = "extended_by"
    """Days by which the time for the determination was extended."""
    FEE_CLASS = "fee_class"
    """Of a case that ended without determination: `before_reviewer` or `after_reviewer`."""
    ISSUED_SHA256 = "issued_sha256"
    """Of the determination in force, as it was issued or last corrected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningAct:
    """A reviewer's signature: the outcome of every item, bound to one determination."""

    reviewer: str
    outcomes: Mapping[int, ItemState]
    sha256: str
    """Of the determination that was signed."""


def frozen(values: Mapping[_Key, _Value]) -> Mapping[_Key, _Value]:
    """A copy of a mapping that nobody can change."""
    return MappingProxyType(dict(values))


def _nothing() -> Mapping[_Key, _Value]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where a case stands after its events; the default is where it stands before any."""

    state: CaseState = CaseState.START
    items: Mapping[int, ItemState] = field(default_factory=_nothing)
    """By the item's index."""
    flags: Mapping[Flag, str] = field(default_factory=_nothing)
    priority: Priority = Priority.REGULAR
    reviewers: tuple[str, ...] = ()
    """Register ids of those assigned; more than one is a panel."""
    attested: frozenset[str] = frozenset()
    """Register ids of those who attested that nothing stands against deciding the case."""
    excluded: frozenset[str] = frozenset()
    """Register ids of those who may not decide it: recused, conflicted, or before a remand."""
    signatures: tuple[SigningAct, ...] = ()
    documents: tuple[str, ...] = ()
    """Kinds of the documents received through acts."""
    implemented: frozenset[int] = frozenset()
    """Overturned items that were authorized or paid."""
    hidden: frozenset[str] = frozenset()
    """Hashes of determinations set aside, which the new reviewer must not see."""
    version: int = 0
    """How many events made it."""
    at: datetime | None = None
    """When the last of them happened."""
    head: str = BEGINNING
    """The hash of the last of them."""

    def in_state(self, *states: ItemState) -> tuple[int, ...]:
        """The indices of the items that are in one of these states."""
        return tuple(index for index, state in self.items.items() if state in states)

    @property
    def signed_items(self) -> frozenset[int]:
        """Items that every assigned reviewer has signed."""
        signed = {one.reviewer: set(one.outcomes) for one in self.signatures}
        if not self.reviewers:
            return frozenset()
        return frozenset(set.intersection(*(signed.get(one, set()) for one in self.reviewers)))
