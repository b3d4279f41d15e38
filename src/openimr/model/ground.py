"""Grounds of eligibility: the rule of each, what a case gives for it, and what is proposed.

A proposal is for the Administrative Director, who decides; nothing is refused by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from openimr.model.application import Priority
from openimr.model.case import UrAction
from openimr.model.deadline import Due
from openimr.model.party import PartyRole
from openimr.model.stated import Clash, Stated


class GroundCode(StrEnum):
    """The grounds, by the codes that notices and statistics use."""

    UNSIGNED = "UNSIGNED"
    LATE = "LATE"
    NO_UR = "NO_UR"
    CNC = "CNC"
    """Conditional non-certification: refused only because something asked for did not come."""
    INCOMPLETE = "INCOMPLETE"
    NO_DISPUTE = "NO_DISPUTE"
    OLD_REGIME = "OLD_REGIME"
    NOT_PARTY = "NOT_PARTY"
    DUPLICATE = "DUPLICATE"
    PRIOR_IMR = "PRIOR_IMR"
    LIABILITY = "LIABILITY"
    CLOCK_NOT_STARTED = "CLOCK_NOT_STARTED"
    UR_LATE = "UR_LATE"
    NO_URGENCY_CERT = "NO_URGENCY_CERT"
    WRONG_FORUM = "WRONG_FORUM"
    AUTHORISED = "AUTHORISED"
    WITHDRAWN = "WITHDRAWN"
    CONSOLIDATE = "CONSOLIDATE"


class GroundOutcome(StrEnum):
    """What follows from an established ground."""

    INELIGIBLE = "ineligible"
    DEFERRED = "deferred"
    TERMINATED = "terminated"
    LINKED = "linked"
    PROCEED = "proceed"
    """Review goes on; the ground is told and changes how."""


class GroundScope(StrEnum):
    """Whether a ground speaks of the whole case or of each item."""

    CASE = "case"
    ITEM = "item"


class Silence(StrEnum):
    """What a ground that cannot be told either way means for the proposal."""

    ASK = "ask"
    """It must be settled before the case is found eligible."""
    RAISED = "ask_if_raised"
    """It must be settled if something in the case raises it; then there is a question."""
    PASS = "pass"  # noqa: S105 no password
    """Nobody raised it; it is told and holds nothing up."""


class Standing(StrEnum):
    """What the case gives for a ground."""

    ESTABLISHED = "established"
    NOT_ESTABLISHED = "not established"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundRule:
    """A ground as it holds between two days."""

    code: GroundCode
    title: str
    test: str
    """In words."""
    outcome: GroundOutcome
    scope: GroundScope
    if_silent: Silence
    cure: str
    """What the applicant can do; empty where there is nothing to cure."""
    asks_first: bool = False
    """Whether the applicant is asked to mend it before anything is found."""
    cure_days: int | None = None
    """Calendar days that the letter which asks gives, where the rule names them."""
    citation: str
    effective_from: date
    effective_to: date | None = None
    actions: tuple[UrAction, ...] = ()
    """NO_DISPUTE: the actions of a UR decision that can be disputed."""
    redirects: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """WRONG_FORUM: the forum's code and where the dispute goes."""
    limits: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """LATE: the time limit (D8, D9, D10) by what it runs from: decision, formulary, liability."""
    before: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))
    """OLD_REGIME: the days before which `injury` and `decision` both were."""
    within_months: int | None = None
    """PRIOR_IMR: how long an earlier decision binds."""
    unverified: bool = False
    """The rule itself is in doubt."""
    from_memory: bool = False
    """Believed right, and not read again in the text of the law."""

    def in_force(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.effective_from <= day and (
            self.effective_to is None or day <= self.effective_to
        )


@dataclass(frozen=True, slots=True)
class Grounds:
    """All grounds with their days."""

    rules: tuple[GroundRule, ...]

    def on(self, day: date) -> tuple[GroundRule, ...]:
        """The grounds of a day, one of each code."""
        return tuple(rule for rule in self.rules if rule.in_force(day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What would settle an unknown, and who can say it."""

    text: str
    whom: PartyRole | None
    """None: the review organization looks into its own file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundFinding:
    """What the case gives for one ground."""

    rule: GroundRule
    item: int | None = None
    """The item it is about; None: the case."""
    standing: Standing
    statement: str
    """Why, in a sentence."""
    facts: tuple[Stated, ...] = ()
    questions: tuple[Question, ...] = ()
    """What would settle it, or what a person should still look at."""
    due: tuple[Due, ...] = ()
    """The time limits it was laid against."""

    @property
    def code(self) -> GroundCode:
        """The ground's code."""
        return self.rule.code

    @property
    def open(self) -> bool:
        """Whether it must be settled before the case is found eligible."""
        raised = self.rule.if_silent is Silence.RAISED and bool(self.questions)
        asks = raised or self.rule.if_silent is Silence.ASK
        return self.standing is Standing.UNKNOWN and asks


class ProposedOutcome(StrEnum):
    """What is proposed to the Administrative Director."""

    ELIGIBLE = "eligible"
    PARTLY_ELIGIBLE = "partly eligible"
    REQUEST_INFORMATION = "request information"
    INELIGIBLE = "ineligible"
    DEFERRED = "deferred"
    TERMINATED = "terminated"
    LINKED = "linked"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemProposal:
    """What is proposed for one item."""

    index: int
    request_text: str
    outcome: ProposedOutcome
    grounds: tuple[GroundCode, ...]
    """The grounds that the outcome stands on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Eligibility as it can be told from what is stated; a person decides."""

    case_number: str
    made_on: date
    rules_of: date
    """The day whose rules were applied."""
    rules_of_basis: str
    """What that day is."""
    outcome: ProposedOutcome
    track: Priority
    items: tuple[ItemProposal, ...]
    findings: tuple[GroundFinding, ...]
    request: Due | None = None
    """When an answer to a request for information would be due, if one is proposed."""
    clashes: tuple[Clash, ...] = ()

    def of(self, standing: Standing) -> tuple[GroundFinding, ...]:
        """The findings of one standing."""
        return tuple(found for found in self.findings if found.standing is standing)

    @property
    def questions(self) -> Sequence[Question]:
        """What to ask before the case is found eligible, each once."""
        asked = [
            question
            for found in self.findings
            if found.open or (found.rule.asks_first and found.standing is Standing.ESTABLISHED)
            for question in found.questions
        ]
        return tuple(dict.fromkeys(asked))

    @property
    def unverified(self) -> bool:
        """Whether an established ground, or a limit it was laid against, is in doubt."""
        return any(
            found.rule.unverified or any(due.unverified for due in found.due)
            for found in self.of(Standing.ESTABLISHED)
        )
