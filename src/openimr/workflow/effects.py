"""The consequences of the table of acts: pure functions from state to state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from openimr.model.application import ImrCase, Priority
from openimr.model.moments import local_day
from openimr.model.process_state import (
    OUTCOMES,
    CaseState,
    Flag,
    ItemState,
    SigningAct,
    State,
    frozen,
)
from openimr.model.transition import EffectName
from openimr.workflow.attempt import Attempt
from openimr.workflow.told import priority_of

Effect: TypeAlias = Callable[[State, ImrCase, Attempt], State]


def _with_items(state: State, items: Iterable[int], to: ItemState) -> State:
    return replace(state, items=frozen({**state.items, **dict.fromkeys(items, to)}))


def _with_flag(state: State, flag: Flag, value: str) -> State:
    return replace(state, flags=frozen({**state.flags, flag: value}))


def _without_flag(state: State, flag: Flag) -> State:
    return replace(state, flags=frozen({k: v for k, v in state.flags.items() if k is not flag}))


def _open_items(state: State, case: ImrCase, _: Attempt) -> State:
    """All that was filed is in dispute, but for what was authorized before."""
    items = {
        item.index: ItemState.AUTHORIZED if item.authorized_on else ItemState.DISPUTED
        for item in case.items
    }
    return replace(state, items=frozen(items))


def _set_priority(state: State, case: ImrCase, _: Attempt) -> State:
    return replace(state, priority=priority_of(case))


def _link(state: State, _: ImrCase, attempt: Attempt) -> State:
    return _with_flag(state, Flag.DUPLICATE_OF, attempt.data["of"])


def _drop_out_of_scope(state: State, _: ImrCase, attempt: Attempt) -> State:
    dropped = [
        one for one in attempt.items("out_of_scope") if state.items.get(one) is ItemState.DISPUTED
    ]
    return _with_items(state, dropped, ItemState.OUT_OF_SCOPE)


def _make_expedited(state: State, _: ImrCase, __: Attempt) -> State:
    return replace(state, priority=Priority.EXPEDITED)


def _consolidate(state: State, case: ImrCase, attempt: Attempt) -> State:
    """The leading case goes on; the others are covered by its determination."""
    into = attempt.data["into"]
    return state if into == case.case_number else _with_flag(state, Flag.CONSOLIDATED_INTO, into)


def _note_late_records(state: State, _: ImrCase, attempt: Attempt) -> State:
    return _with_flag(state, Flag.LATE_RECORDS, attempt.data["due"])


def _note_attestation(state: State, _: ImrCase, attempt: Attempt) -> State:
    """A reviewer who cannot attest is excluded from the case for good."""
    name = frozenset({attempt.actor.name})
    if not attempt.says_yes("no_conflict"):
        return replace(state, attested=state.attested - name, excluded=state.excluded | name)
    if not attempt.says_yes("knowledgeable"):
        return replace(state, attested=state.attested - name)
    return replace(state, attested=state.attested | name)


def _assign(state: State, _: ImrCase, attempt: Attempt) -> State:
    assigned = replace(state, reviewers=attempt.words("reviewers"), signatures=())
    first = state.flags.get(Flag.REVIEWER_ON, local_day(attempt.at).isoformat())
    return _with_flag(assigned, Flag.REVIEWER_ON, first)


def _note_assignment(state: State, _: ImrCase, attempt: Attempt) -> State:
    """The parties' date of assignment is that of the notice which tells them of it."""
    served = attempt.local_day("served_on") or local_day(attempt.at)
    return _with_flag(state, Flag.ASSIGNED_ON, served.isoformat())


def _exclude_named(state: State, _: ImrCase, attempt: Attempt) -> State:
    named = frozenset(attempt.words("reviewers"))
    return replace(
        state, reviewers=(), excluded=state.excluded | named, attested=state.attested - named
    )


def _clear_signatures(state: State, _: ImrCase, __: Attempt) -> State:
    return replace(_with_items(state, state.in_state(*OUTCOMES), ItemState.DISPUTED), signatures=())


def _add_signature(state: State, _: ImrCase, attempt: Attempt) -> State:
    signature = SigningAct(
        reviewer=attempt.actor.name,
        outcomes=frozen(attempt.outcomes()),
        sha256=attempt.data["determination_sha256"],
    )
    return replace(state, signatures=(*state.signatures, signature))


def _set_outcomes(state: State, _: ImrCase, __: Attempt) -> State:
    """The majority decides; an even split grants the treatment, Labor Code 4610.6(e)."""
    items = dict(state.items)
    for index in state.in_state(ItemState.DISPUTED):
        votes = Counter(one.outcomes[index] for one in state.signatures)
        upheld = votes[ItemState.UPHELD] > votes[ItemState.OVERTURNED]
        items[index] = ItemState.UPHELD if upheld else ItemState.OVERTURNED
    return replace(state, items=frozen(items))


def _freeze(state: State, _: ImrCase, attempt: Attempt) -> State:
    frozen_one = _with_flag(state, Flag.ISSUED_SHA256, attempt.data["determination_sha256"])
    if attempt.is_past("due"):
        return _with_flag(frozen_one, Flag.LATE_DETERMINATION, attempt.data["due"])
    return frozen_one


def _note_implemented(state: State, _: ImrCase, attempt: Attempt) -> State:
    return replace(state, implemented=state.implemented | set(attempt.items()))


def _note_appeal(state: State, _: ImrCase, __: Attempt) -> State:
    about = "eligibility" if state.state is CaseState.INELIGIBLE else "necessity"
    return _with_flag(state, Flag.APPEAL_OF, about)


def _end_appeal(state: State, _: ImrCase, __: Attempt) -> State:
    return _without_flag(state, Flag.APPEAL_OF)


def _start_anew(state: State, _: ImrCase, __: Attempt) -> State:
    """Who decided is excluded, and what they wrote is hidden from whoever decides next."""
    hidden = state.hidden | {one.sha256 for one in state.signatures}
    hidden |= {state.flags[flag] for flag in (Flag.ISSUED_SHA256,) if flag in state.flags}
    anew = _with_items(state, state.in_state(*OUTCOMES), ItemState.DISPUTED)
    for flag in (Flag.ISSUED_SHA256, Flag.LATE_DETERMINATION, Flag.EXTENDED_BY):
        anew = _without_flag(anew, flag)
    return replace(
        anew,
        excluded=state.excluded | set(state.reviewers),
        attested=frozenset(),
        reviewers=(),
        signatures=(),
        implemented=frozenset(),
        hidden=hidden,
    )


def _note_organization(state: State, _: ImrCase, attempt: Attempt) -> State:
    return _with_flag(state, Flag.ORGANIZATION, attempt.data["organization"])


def _note_fee_class(state: State, _: ImrCase, __: Attempt) -> State:
    after = Flag.REVIEWER_ON in state.flags
    return _with_flag(state, Flag.FEE_CLASS, "after_reviewer" if after else "before_reviewer")


def _note_extension(state: State, _: ImrCase, attempt: Attempt) -> State:
    return _with_flag(state, Flag.EXTENDED_BY, attempt.data["days"])


def _release_reviewers(state: State, _: ImrCase, __: Attempt) -> State:
    return replace(state, reviewers=())


def _undo_end(state: State, _: ImrCase, __: Attempt) -> State:
    return _without_flag(_without_flag(state, Flag.DUPLICATE_OF), Flag.FEE_CLASS)


def _authorize(state: State, _: ImrCase, attempt: Attempt) -> State:
    return _with_items(state, attempt.items(), ItemState.AUTHORIZED)


def _note_document(state: State, _: ImrCase, attempt: Attempt) -> State:
    return replace(state, documents=(*state.documents, attempt.data["kind"]))


EFFECTS: Mapping[EffectName, Effect] = {
    EffectName.OPEN_ITEMS: _open_items,
    EffectName.SET_PRIORITY: _set_priority,
    EffectName.LINK: _link,
    EffectName.DROP_OUT_OF_SCOPE: _drop_out_of_scope,
    EffectName.MAKE_EXPEDITED: _make_expedited,
    EffectName.CONSOLIDATE: _consolidate,
    EffectName.NOTE_LATE_RECORDS: _note_late_records,
    EffectName.NOTE_ATTESTATION: _note_attestation,
    EffectName.ASSIGN: _assign,
    EffectName.EXCLUDE_NAMED: _exclude_named,
    EffectName.CLEAR_SIGNATURES: _clear_signatures,
    EffectName.ADD_SIGNATURE: _add_signature,
    EffectName.SET_OUTCOMES: _set_outcomes,
    EffectName.FREEZE: _freeze,
    EffectName.NOTE_IMPLEMENTED: _note_implemented,
    EffectName.NOTE_APPEAL: _note_appeal,
    EffectName.END_APPEAL: _end_appeal,
    EffectName.START_ANEW: _start_anew,
    EffectName.NOTE_ORGANIZATION: _note_organization,
    EffectName.NOTE_FEE_CLASS: _note_fee_class,
    EffectName.NOTE_EXTENSION: _note_extension,
    EffectName.RELEASE_REVIEWERS: _release_reviewers,
    EffectName.UNDO_END: _undo_end,
    EffectName.AUTHORIZE: _authorize,
    EffectName.NOTE_DOCUMENT: _note_document,
    EffectName.NOTE_ASSIGNMENT: _note_assignment,
}
"""Every consequence's function."""
