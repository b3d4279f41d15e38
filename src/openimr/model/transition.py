"""The table of acts: who may do what from which state, on what conditions, and what follows.

The rows are data (`rulebook/data/process/transitions.yaml`); the words that they may use for
conditions and consequences are the closed vocabularies here; `workflow` gives each its function.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from openimr.model.event import ActorRole
from openimr.model.process_state import CaseState


class DataKind(StrEnum):
    """What an act may state, and how it is written."""

    DATE = "date"
    """2015-03-10."""
    WHEN = "when"
    """A date, or an instant with its zone."""
    INSTANT = "instant"
    TEXT = "text"
    ID = "id"
    """One word without spaces."""
    IDS = "ids"
    """Ids with commas between."""
    ITEMS = "items"
    """Item numbers with commas between: 1,3."""
    OUTCOMES = "outcomes"
    """1=UPHELD,2=OVERTURNED."""
    SHA256 = "sha256"
    SERVICE = "service"
    """A way of service, such as mail_ca."""
    NUMBER = "number"
    """A whole number."""
    YES_NO = "yes_no"
    REVIEWERS = "reviewers"
    """Register ids with commas between; never shown to a party."""


class GuardName(StrEnum):
    """Conditions of the table; `workflow/guards.py` has a function for each."""

    RECEIPT_STAMP_OF_APPLICATION = "receipt_stamp_of_application"
    RECEIVED_BEFORE_NOW = "received_before_now"
    A_PERSON_CONFIRMS = "a_person_confirms"
    ANOTHER_CASE = "another_case"
    INELIGIBLE_GROUND = "ineligible_ground"
    LIABILITY_WITHOUT_CONSENT = "liability_without_consent"
    RESOLVED_OR_CONSENTED = "resolved_or_consented"
    NO_GROUND_AGAINST = "no_ground_against"
    SOMETHING_IN_DISPUTE = "something_in_dispute"
    CONTENT_COMPLETE = "content_complete"
    NOT_YET_EXPEDITED = "not_yet_expedited"
    ALIKE_AND_ELIGIBLE = "alike_and_eligible"
    NOT_CONSOLIDATED = "not_consolidated"
    MORE_THAN_UR_DECISION = "more_than_ur_decision"
    DUE_PASSED = "due_passed"
    WITHIN_DUE = "within_due"
    CHECKS_PASSED = "checks_passed"
    NOT_EXCLUDED = "not_excluded"
    ATTESTED = "attested"
    PANEL_APPROVED = "panel_approved"
    NAMES_ASSIGNED = "names_assigned"
    ASSIGNED_REVIEWER = "assigned_reviewer"
    STILL_FREE = "still_free"
    COPIED_TO_ALL = "copied_to_all"
    EVERY_ITEM_DECIDED = "every_item_decided"
    NOT_YET_SIGNED = "not_yet_signed"
    LAST_SIGNATURE = "last_signature"
    SIGNATURES_OUTSTANDING = "signatures_outstanding"
    SIGNED_BY_ALL = "signed_by_all"
    THE_SIGNED_LETTER = "the_signed_letter"
    NO_NAMES = "no_names"
    SOMETHING_OVERTURNED = "something_overturned"
    ALL_UPHELD = "all_upheld"
    OVERTURNED_ITEMS = "overturned_items"
    ALL_IMPLEMENTED = "all_implemented"
    NOT_ALL_IMPLEMENTED = "not_all_implemented"
    PETITION_VERIFIED = "petition_verified"
    GROUND_OF_APPEAL = "ground_of_appeal"
    OF_ELIGIBILITY = "of_eligibility"
    OF_NECESSITY = "of_necessity"
    ALL_AUTHORIZED = "all_authorized"
    ITEMS_UNDECIDED = "items_undecided"
    EXTENSION_WITHIN = "extension_within"
    KNOWN_KIND = "known_kind"
    PARTIES_SHOWN = "parties_shown"
    SERVED_BY_NOW = "served_by_now"
    SERVED_BY_NEXT_DAY = "served_by_next_day"
    NOT_TO_COME = "not_to_come"
    AUTHORIZED_AFTER_UR = "authorized_after_ur"


class EffectName(StrEnum):
    """Consequences of the table; `workflow/effects.py` has a function for each."""

    OPEN_ITEMS = "open_items"
    SET_PRIORITY = "set_priority"
    LINK = "link"
    DROP_OUT_OF_SCOPE = "drop_out_of_scope"
    MAKE_EXPEDITED = "make_expedited"
    CONSOLIDATE = "consolidate"
    NOTE_LATE_RECORDS = "note_late_records"
    NOTE_ATTESTATION = "note_attestation"
    ASSIGN = "assign"
    EXCLUDE_NAMED = "exclude_named"
    CLEAR_SIGNATURES = "clear_signatures"
    ADD_SIGNATURE = "add_signature"
    SET_OUTCOMES = "set_outcomes"
    FREEZE = "freeze"
    NOTE_IMPLEMENTED = "note_implemented"
    NOTE_APPEAL = "note_appeal"
    END_APPEAL = "end_appeal"
    START_ANEW = "start_anew"
    NOTE_ORGANIZATION = "note_organization"
    NOTE_FEE_CLASS = "note_fee_class"
    NOTE_EXTENSION = "note_extension"
    RELEASE_REVIEWERS = "release_reviewers"
    UNDO_END = "undo_end"
    AUTHORIZE = "authorize"
    NOTE_DOCUMENT = "note_document"
    NOTE_ASSIGNMENT = "note_assignment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """A condition, in words, with the rule that it stands on."""

    name: GuardName
    says: str
    """The condition as a sentence: what must be so."""
    citation: str
    unverified: bool = False
    among: tuple[str, ...] = ()
    """The codes that it knows, where it compares with a list."""
    most: int = 0
    """The most that it allows, where it compares with a number, such as of days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One row of the table."""

    number: int | None
    """Of regulation's 29 transitions; None for an act without a change of state."""
    act: str
    says: str
    """What happens, in a sentence; the reason of an event where none is given."""
    from_states: tuple[CaseState, ...]
    to: CaseState | None
    """None: the state stays."""
    who: tuple[ActorRole, ...]
    guards: tuple[GuardName, ...] = ()
    data: Mapping[str, DataKind] = field(default_factory=lambda: MappingProxyType({}))
    """What must be stated."""
    may: Mapping[str, DataKind] = field(default_factory=lambda: MappingProxyType({}))
    """What may be stated."""
    reason_needed: bool = False
    effects: tuple[EffectName, ...] = ()
    starts: tuple[str, ...] = ()
    """Time limits that begin to run."""
    meets: tuple[str, ...] = ()
    """Time limits that are met, or no longer matter."""
    waits: tuple[str, ...] = ()
    """Time limits whose last day must be past, where they are not those met."""
    suspends: tuple[str, ...] = ()
    """Time limits that stand still; `all` for all that run."""
    resumes: tuple[str, ...] = ()
    notice: str = ""
    """The notice that it calls for."""
    then: str = ""
    """The act that follows at once, where its conditions hold."""
    inside: bool = False
    """Whether its data and reason stay inside the review organization."""
    citation: str
    unverified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessProgram:
    """A program of review, as it departs from the table."""

    id: str
    title: str
    unverified: bool
    rows: tuple[Transition, ...]
    """Its table: some acts of the whole are switched off, some are changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionTable:
    """All acts, the conditions in words, and the programs."""

    rows: tuple[Transition, ...]
    guards: Mapping[GuardName, Guard]
    programs: Mapping[str, ProcessProgram]
    source: str = ""

    def of(self, program: str) -> tuple[Transition, ...]:
        """The rows of a program; KeyError for one that nobody knows."""
        return self.programs[program].rows
