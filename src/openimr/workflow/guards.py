"""The conditions of the table of acts: pure functions of the state, the case and what is stated.

Each returns why it does not hold, in a few words, or nothing where it holds. What the condition
says and stands on is data; silence never makes it hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import TypeAlias

from openimr.model.application import ImrCase, Priority
from openimr.model.event import ActorRole
from openimr.model.moments import local_day
from openimr.model.party import parties_sha256
from openimr.model.process_state import OUTCOMES, Flag, ItemState, State
from openimr.model.transition import Guard, GuardName
from openimr.workflow.attempt import Attempt

Check: TypeAlias = Callable[[Guard, State, ImrCase, Attempt], str]
_NO_RECORD = "no such record was received"


def _yes(key: str) -> Check:
    """A condition that the act itself states, on the word of who acts."""

    def check(_: Guard, __: State, ___: ImrCase, attempt: Attempt) -> str:
        return "" if attempt.says_yes(key) else f"`{key}` is not yes"

    return check


def _when(holds: Callable[[State], bool], otherwise: str) -> Check:
    """A condition of the state alone."""

    def check(_: Guard, state: State, __: ImrCase, ___: Attempt) -> str:
        return "" if holds(state) else otherwise

    return check


def _receipt_stamp(_: Guard, __: State, case: ImrCase, attempt: Attempt) -> str:
    stamp = case.application.received
    if stamp is None:
        return "the case has no receipt stamp"
    return "" if attempt.instant("received") == stamp else f"the stamp is {stamp.isoformat()}"


def _received_before_now(_: Guard, __: State, ___: ImrCase, attempt: Attempt) -> str:
    received = attempt.instant("received")
    return "" if received and received <= attempt.at else f"it is {attempt.at.isoformat()}"


def _a_person_confirms(_: Guard, __: State, ___: ImrCase, attempt: Attempt) -> str:
    confirmed = attempt.says_yes("confirmed") and attempt.actor.role is not ActorRole.CLOCK
    return "" if confirmed else "`confirmed` is not yes"


def _another_case(_: Guard, __: State, case: ImrCase, attempt: Attempt) -> str:
    return "" if attempt.data["of"] != case.case_number else f"this is {case.case_number}"


def _one_ground_among(guard: Guard, _: State, __: ImrCase, attempt: Attempt) -> str:
    known = set(attempt.words("grounds")) & set(guard.among)
    return "" if known else f"none of {', '.join(guard.among)} is named"


def _no_ground_among(guard: Guard, _: State, __: ImrCase, attempt: Attempt) -> str:
    named = [word for word in attempt.words("grounds") if word in guard.among]
    return f"{', '.join(named)} stands against it" if named else ""


def _only_grounds_among(guard: Guard, _: State, __: ImrCase, attempt: Attempt) -> str:
    foreign = [word for word in attempt.words("grounds") if word not in guard.among]
    return f"{', '.join(foreign)} is none of {', '.join(guard.among)}" if foreign else ""


def _liability(guard: Guard, state: State, case: ImrCase, attempt: Attempt) -> str:
    if case.liability is not None and case.liability.consents_to_review is True:
        return "the claims administrator consents"
    return _one_ground_among(guard, state, case, attempt)


def _resolved(_: Guard, __: State, ___: ImrCase, attempt: Attempt) -> str:
    if attempt.says_yes("consents"):
        return ""
    if attempt.day("resolved_on") is None:
        return "neither is stated"
    past = attempt.is_past("due")
    if past is None:
        return "`due` is not stated"
    return f"the last day was {attempt.data['due']}" if past else ""


def _in_dispute(_: Guard, state: State, __: ImrCase, attempt: Attempt) -> str:
    dropped = attempt.items("out_of_scope")
    unknown = [str(one) for one in dropped if one not in state.items]
    if unknown:
        return f"there is no item {', '.join(unknown)}"
    left = set(state.in_state(ItemState.DISPUTED)) - set(dropped)
    return "" if left else "none is"


def _alike(_: Guard, __: State, case: ImrCase, attempt: Attempt) -> str:
    if not attempt.says_yes("alike"):
        return "`alike` is not yes"
    members = set(attempt.words("members"))
    missing = {case.case_number, attempt.data["into"]} - members
    return f"`members` lacks {', '.join(sorted(missing))}" if missing else ""


def _more_than_ur(guard: Guard, state: State, case: ImrCase, _: Attempt) -> str:
    kinds = (*(document.kind for document in case.received), *state.documents)
    return "" if {_plain(kind) for kind in kinds} & set(guard.among) else _NO_RECORD


def _known_kind(guard: Guard, _: State, __: ImrCase, attempt: Attempt) -> str:
    kind = attempt.data["kind"]
    known = f"`{kind}` is none of {', '.join(guard.among)}"
    return "" if _plain(kind) in guard.among else known


def _plain(kind: str) -> str:
    return kind.strip().casefold().replace("-", "_")


def _parties_shown(_: Guard, __: State, case: ImrCase, attempt: Attempt) -> str:
    if attempt.recorded:
        return ""  # a party who came since makes no case unreadable; the reviewer attests again
    shown = parties_sha256(case.parties)
    return "" if attempt.data["parties_sha256"] == shown else f"the hash of its parties is {shown}"


def _served_by(guard: Guard, _: State, case: ImrCase, attempt: Attempt) -> str:
    served, last = (
        attempt.local_day("served_on"),
        local_day(attempt.at) + timedelta(days=guard.most),
    )
    if served is None:
        return ""
    if served > last:
        return f"`served_on` is {served}, and the act is of {local_day(attempt.at)}"
    received = case.application.received
    if received is not None and served < local_day(received):
        return f"`served_on` is {served}, and the application came on {local_day(received)}"
    return ""


def _not_to_come(guard: Guard, _: State, __: ImrCase, attempt: Attempt) -> str:
    days = ((key, attempt.local_day(key)) for key in guard.among)
    late = [f"`{key}` is {day}" for key, day in days if day and day > local_day(attempt.at)]
    return f"{', '.join(late)}, and the act is of {local_day(attempt.at)}" if late else ""


def _authorized_after_ur(_: Guard, __: State, case: ImrCase, attempt: Attempt) -> str:
    decision, day = case.ur_decision, attempt.day("authorized_on")
    decided = decision.issued or decision.served
    early = decided is not None and day is not None and day < decided
    return f"`authorized_on` is {day}, and the UR decision is of {decided}" if early else ""


def _due_passed(_: Guard, __: State, ___: ImrCase, attempt: Attempt) -> str:
    return "" if attempt.is_past("due") else f"the last day is {attempt.data['due']}"


def _within_due(_: Guard, __: State, ___: ImrCase, attempt: Attempt) -> str:
    filed, due = attempt.day("filed_on"), attempt.data["due"][:10]
    if filed is None or filed > local_day(attempt.at):
        return "the day of filing is still to come"
    return "" if filed.isoformat() <= due else f"it was filed {filed}, due {due}"


def _not_excluded(_: Guard, state: State, __: ImrCase, attempt: Attempt) -> str:
    named = [one for one in attempt.words("reviewers") if _is_among(one, state.excluded)]
    return f"{', '.join(named)} may not decide it" if named else ""


def _is_among(name: str, ids: Iterable[str]) -> bool:
    """Whether a register id is among some, in whatever case each was written."""
    return name.casefold() in {one.casefold() for one in ids}


def _attested(_: Guard, state: State, __: ImrCase, attempt: Attempt) -> str:
    named = sorted(set(attempt.words("reviewers")) - state.attested)
    return f"{', '.join(named)} did not attest" if named else ""


def _panel(_: Guard, __: State, ___: ImrCase, attempt: Attempt) -> str:
    alone = len(attempt.words("reviewers")) == 1
    return "" if alone or "approval" in attempt.data else "`approval` is not stated"


def _names_assigned(_: Guard, state: State, __: ImrCase, attempt: Attempt) -> str:
    named = sorted(set(attempt.words("reviewers")) - set(state.reviewers))
    if named:
        return f"{', '.join(named)} is not assigned"
    own = attempt.actor.role is not ActorRole.REVIEWER or attempt.data["reviewers"] == (
        attempt.actor.name
    )
    return "" if own else "a reviewer withdraws for nobody else"


def _assigned(_: Guard, state: State, __: ImrCase, attempt: Attempt) -> str:
    role, name = attempt.actor.role, attempt.actor.name
    own = role is not ActorRole.REVIEWER or name in state.reviewers
    return "" if own else f"{name} is not assigned"


def _still_free(_: Guard, state: State, __: ImrCase, ___: Attempt) -> str:
    bound = [
        one
        for one in sorted(state.reviewers)
        if one not in state.attested or _is_among(one, state.excluded)
    ]
    return f"{', '.join(bound)} is not free" if bound or not state.reviewers else ""


def _every_item(_: Guard, state: State, __: ImrCase, attempt: Attempt) -> str:
    decided, open_ones = set(attempt.outcomes()), set(state.in_state(ItemState.DISPUTED))
    if missing := sorted(open_ones - decided):
        return f"item {', '.join(map(str, missing))} has none"
    foreign = ", ".join(map(str, sorted(decided - open_ones)))
    return f"item {foreign} is not in dispute" if foreign else ""


def _others_signed(state: State, attempt: Attempt) -> bool:
    signed = {one.reviewer for one in state.signatures}
    return set(state.reviewers) <= signed | {attempt.actor.name}


def _last_signature(_: Guard, state: State, __: ImrCase, attempt: Attempt) -> str:
    return "" if _others_signed(state, attempt) else "others have still to sign"


def _outstanding(_: Guard, state: State, __: ImrCase, attempt: Attempt) -> str:
    return "all others have signed" if _others_signed(state, attempt) else ""


def _not_yet_signed(_: Guard, state: State, __: ImrCase, attempt: Attempt) -> str:
    signed = {one.reviewer for one in state.signatures}
    return f"{attempt.actor.name} has signed" if attempt.actor.name in signed else ""


def _signed_by_all(_: Guard, state: State, __: ImrCase, ___: Attempt) -> str:
    decided = set(state.in_state(*OUTCOMES))
    if open_ones := state.in_state(ItemState.DISPUTED):
        return f"item {', '.join(map(str, open_ones))} has no outcome"
    if unsigned := sorted(decided - state.signed_items):
        return f"item {', '.join(map(str, unsigned))} is not signed"
    more = sorted({index for one in state.signatures for index in one.outcomes} - decided)
    if more:
        items = ", ".join(map(str, more))
        return f"item {items} was signed and is no longer decided: return it to the reviewer"
    return "" if decided else "no item is decided"


def _the_signed(_: Guard, state: State, __: ImrCase, attempt: Attempt) -> str:
    signed = {one.sha256 for one in state.signatures}
    return "" if signed == {attempt.data["determination_sha256"]} else "its hash is another"


def _overturned_items(_: Guard, state: State, __: ImrCase, attempt: Attempt) -> str:
    foreign = sorted(set(attempt.items()) - set(state.in_state(ItemState.OVERTURNED)))
    return f"item {', '.join(map(str, foreign))} is not" if foreign else ""


def _left_to_implement(state: State, attempt: Attempt) -> set[int]:
    return set(state.in_state(ItemState.OVERTURNED)) - state.implemented - set(attempt.items())


def _all_implemented(_: Guard, state: State, __: ImrCase, attempt: Attempt) -> str:
    left = sorted(_left_to_implement(state, attempt))
    return f"item {', '.join(map(str, left))} remains" if left else ""


def _not_all_implemented(_: Guard, state: State, __: ImrCase, attempt: Attempt) -> str:
    return "" if _left_to_implement(state, attempt) else "nothing remains"


def _all_authorized(_: Guard, state: State, __: ImrCase, ___: Attempt) -> str:
    left = state.in_state(ItemState.DISPUTED, *OUTCOMES)
    if left:
        return f"item {', '.join(map(str, left))} is not"
    return "" if state.in_state(ItemState.AUTHORIZED) else "no item is"


def _undecided(_: Guard, state: State, __: ImrCase, attempt: Attempt) -> str:
    open_ones = state.in_state(ItemState.DISPUTED, *OUTCOMES)
    foreign = [one for one in attempt.items() if one not in open_ones]
    return f"item {', '.join(map(str, foreign))} is not" if foreign else ""


def _extension(guard: Guard, state: State, _: ImrCase, attempt: Attempt) -> str:
    if attempt.data["deadline"] != _DECIDING[state.priority]:
        return f"what runs is {_DECIDING[state.priority]}"
    if Flag.EXTENDED_BY in state.flags:
        return "it was extended already"
    return "" if int(attempt.data["days"]) <= guard.most else f"{guard.most} days are the most"


_DECIDING = {Priority.REGULAR: "D19", Priority.FORMULARY: "D20", Priority.EXPEDITED: "D21"}
"""The limit for the determination, by the track of the case."""
GUARDS: Mapping[GuardName, Check] = {
    GuardName.RECEIPT_STAMP_OF_APPLICATION: _receipt_stamp,
    GuardName.RECEIVED_BEFORE_NOW: _received_before_now,
    GuardName.A_PERSON_CONFIRMS: _a_person_confirms,
    GuardName.ANOTHER_CASE: _another_case,
    GuardName.INELIGIBLE_GROUND: _one_ground_among,
    GuardName.LIABILITY_WITHOUT_CONSENT: _liability,
    GuardName.RESOLVED_OR_CONSENTED: _resolved,
    GuardName.NO_GROUND_AGAINST: _no_ground_among,
    GuardName.SOMETHING_IN_DISPUTE: _in_dispute,
    GuardName.CONTENT_COMPLETE: _yes("content_complete"),
    GuardName.NOT_YET_EXPEDITED: _when(lambda state: state.priority != "expedited", "it is"),
    GuardName.ALIKE_AND_ELIGIBLE: _alike,
    GuardName.NOT_CONSOLIDATED: _when(
        lambda state: Flag.CONSOLIDATED_INTO not in state.flags, "it is"
    ),
    GuardName.MORE_THAN_UR_DECISION: _more_than_ur,
    GuardName.DUE_PASSED: _due_passed,
    GuardName.WITHIN_DUE: _within_due,
    GuardName.CHECKS_PASSED: _yes("checks_passed"),
    GuardName.NOT_EXCLUDED: _not_excluded,
    GuardName.ATTESTED: _attested,
    GuardName.PANEL_APPROVED: _panel,
    GuardName.NAMES_ASSIGNED: _names_assigned,
    GuardName.ASSIGNED_REVIEWER: _assigned,
    GuardName.STILL_FREE: _still_free,
    GuardName.COPIED_TO_ALL: _yes("copied_to_all"),
    GuardName.EVERY_ITEM_DECIDED: _every_item,
    GuardName.NOT_YET_SIGNED: _not_yet_signed,
    GuardName.LAST_SIGNATURE: _last_signature,
    GuardName.SIGNATURES_OUTSTANDING: _outstanding,
    GuardName.SIGNED_BY_ALL: _signed_by_all,
    GuardName.THE_SIGNED_LETTER: _the_signed,
    GuardName.NO_NAMES: _yes("no_names"),
    GuardName.SOMETHING_OVERTURNED: _when(
        lambda state: bool(state.in_state(ItemState.OVERTURNED)), "none is"
    ),
    GuardName.ALL_UPHELD: _when(
        lambda state: not state.in_state(ItemState.OVERTURNED), "some item is"
    ),
    GuardName.OVERTURNED_ITEMS: _overturned_items,
    GuardName.ALL_IMPLEMENTED: _all_implemented,
    GuardName.NOT_ALL_IMPLEMENTED: _not_all_implemented,
    GuardName.PETITION_VERIFIED: _yes("verified"),
    GuardName.GROUND_OF_APPEAL: _only_grounds_among,
    GuardName.OF_ELIGIBILITY: _when(
        lambda state: state.flags.get(Flag.APPEAL_OF) == "eligibility", "it is not"
    ),
    GuardName.OF_NECESSITY: _when(
        lambda state: state.flags.get(Flag.APPEAL_OF) == "necessity", "it is not"
    ),
    GuardName.ALL_AUTHORIZED: _all_authorized,
    GuardName.ITEMS_UNDECIDED: _undecided,
    GuardName.EXTENSION_WITHIN: _extension,
    GuardName.KNOWN_KIND: _known_kind,
    GuardName.PARTIES_SHOWN: _parties_shown,
    GuardName.SERVED_BY_NOW: _served_by,
    GuardName.SERVED_BY_NEXT_DAY: _served_by,
    GuardName.NOT_TO_COME: _not_to_come,
    GuardName.AUTHORIZED_AFTER_UR: _authorized_after_ur,
}
"""Every condition's function."""
