"""What is asked of a reviewer, looked up in the register: every requirement, every day.

What the register does not state stands against the reviewer: None never passes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from types import MappingProxyType

from openimr.assign.evidence import evidence_gap, gap_of_all
from openimr.model.assignment import ItemToAssign, Reason
from openimr.model.assignment_rules import (
    AssignmentRules,
    RequirementId,
    Requirements,
    Specialties,
)
from openimr.model.ids import TopicId
from openimr.model.request import RequestKind
from openimr.model.reviewer import BoardCertification, Licence, LicenceStatus, Reviewer

_SANCTIONS = frozenset(
    {
        LicenceStatus.RESTRICTED,
        LicenceStatus.PROBATION,
        LicenceStatus.SUSPENDED,
        LicenceStatus.REVOKED,
    }
)


def personal_reasons(reviewer: Reviewer, day: date, rules: AssignmentRules) -> tuple[Reason, ...]:
    """Why a reviewer may decide nothing on a day, whatever the case; empty if nothing stands."""
    return tuple(_reasons(reviewer, day, rules))


def item_reason(
    reviewer: Reviewer,
    item: ItemToAssign,
    treating: Collection[str],
    day: date,
    rules: AssignmentRules,
) -> Reason | None:
    """Why an able reviewer may not decide an item; None if nothing stands against it.

    Scope of the licence, specialty, board and knowledge, in this order.

    Args:
        reviewer: one against whom `personal_reasons` has nothing.
        item: what is asked for.
        treating: the specialties that treat it, see `match.py`.
        day: of the assignment.
        rules: of the day.
    """
    asked = rules.requirements
    checks = (
        (RequirementId.SCOPE, _outside_scope(reviewer, item, asked)),
        (RequirementId.SPECIALTY, _no_specialty(reviewer, item, treating, rules)),
        (RequirementId.BOARD, _no_board_for(reviewer, item, treating, day, rules)),
        (RequirementId.KNOWLEDGE, _not_known(reviewer, item)),
    )
    found = (reason_of(asked, name, day, says) for name, says in checks if says)
    return next((reason for reason in found if reason), None)


def usable_licences(reviewer: Reviewer, day: date, asked: Requirements) -> tuple[Licence, ...]:
    """Active licences of a state that have not ended by a day, looked up not too long before."""
    return tuple(
        licence
        for licence in _running(reviewer, day, asked)
        if not evidence_gap(licence.evidence, day, asked)
    )


def _running(reviewer: Reviewer, day: date, asked: Requirements) -> tuple[Licence, ...]:
    """Active licences of a state that have not ended by a day, whatever the evidence."""
    return tuple(
        licence
        for licence in reviewer.licences
        if licence.status is LicenceStatus.ACTIVE
        and licence.state in asked.states
        and licence.expires >= day
    )


def certified(reviewer: Reviewer, day: date, rules: AssignmentRules) -> frozenset[str]:
    """The specialties in which a recognized board certifies a reviewer, by evidence of the day."""
    return frozenset(
        name
        for board, name in _recognized(reviewer, day, rules.specialties)
        if not evidence_gap(board.evidence, day, rules.requirements)
    )


def _recognized(
    reviewer: Reviewer, day: date, specialties: Specialties
) -> Iterator[tuple[BoardCertification, str]]:
    """Current certificates of recognized boards, each with its specialty."""
    for board in reviewer.boards:
        name = specialties.named(board.specialty)
        if name and is_current(board, day) and board.board in specialties.all[name].boards:
            yield board, name


def practiced(reviewer: Reviewer, specialties: Specialties) -> frozenset[str]:
    """The specialties that a reviewer practices and that the profession may bear."""
    named = (specialties.named(word) for word in reviewer.specialties)
    return frozenset(
        name for name in named if name and reviewer.profession in specialties.all[name].professions
    )


def is_current(board: BoardCertification, day: date) -> bool:
    """Whether a certificate has not ended by a day."""
    return board.expires is None or board.expires >= day


def _reasons(reviewer: Reviewer, day: date, rules: AssignmentRules) -> Iterator[Reason]:
    for name, look_up in _PERSONAL.items():
        says = look_up(reviewer, day, rules)
        reason = reason_of(rules.requirements, name, day, says) if says else None
        if reason:
            yield reason


def reason_of(asked: Requirements, name: RequirementId, day: date, says: str) -> Reason | None:
    """A reason with the citation of its requirement; None on days on which it is not asked."""
    requirement = asked.asked(name, day)
    if requirement is None:
        return None
    return Reason(
        code=str(name),
        says=says,
        citation=requirement.citation,
        unverified=requirement.unverified,
    )


def _licence(reviewer: Reviewer, day: date, rules: AssignmentRules) -> str:
    if usable_licences(reviewer, day, rules.requirements):
        return ""
    if not reviewer.licences:
        return "no licence is stated"
    running = _running(reviewer, day, rules.requirements)
    if running:
        gap = gap_of_all((one.evidence for one in running), day, rules.requirements)
        return f"the licence of {running[0].state}: {gap}"
    active = [one for one in reviewer.licences if one.status is LicenceStatus.ACTIVE]
    of_state = [one for one in active if one.state in rules.requirements.states]
    if of_state:
        last = max(one.expires for one in of_state)
        return f"every active licence has expired, the last on {last.isoformat()}"
    if active:
        return "no active licence is of a state of the United States"
    told = ", ".join(sorted({str(one.status) for one in reviewer.licences}))
    if told == LicenceStatus.UNKNOWN:
        return "the standing of the licence is not stated"
    return f"no licence is active and non-restricted ({told})"


def _board(reviewer: Reviewer, day: date, rules: AssignmentRules) -> str:
    if not rules.requirements.scopes[reviewer.profession].board:
        return ""
    if certified(reviewer, day, rules):
        return ""
    if not reviewer.boards:
        return "no board certificate is stated"
    recognized = [board.evidence for board, _ in _recognized(reviewer, day, rules.specialties)]
    if recognized:
        return f"the board certificate: {gap_of_all(recognized, day, rules.requirements)}"
    if not any(is_current(board, day) for board in reviewer.boards):
        return "every board certificate has expired"
    return "no current certificate is of a recognized board in a specialty of the vocabulary"


def _discipline(reviewer: Reviewer, day: date, rules: AssignmentRules) -> str:
    if reviewer.disciplined is None:
        return "whether any disciplinary action is taken or pending is not stated"
    if reviewer.disciplined:
        return "a disciplinary action or sanction is taken or pending"
    standing = sorted({str(one.status) for one in reviewer.licences if one.status in _SANCTIONS})
    if standing:
        return f"a licence is {standing[0]}, which is a sanction"
    gap = evidence_gap(reviewer.discipline_evidence, day, rules.requirements)
    return f"that there is no disciplinary action: {gap}" if gap else ""


def _qme(reviewer: Reviewer, day: date, rules: AssignmentRules) -> str:  # noqa: ARG001 one shape
    if reviewer.qualified_medical_evaluator is None:
        return "whether the reviewer is a Qualified Medical Evaluator is not stated"
    return "is a Qualified Medical Evaluator" if reviewer.qualified_medical_evaluator else ""


def _years(reviewer: Reviewer, day: date, rules: AssignmentRules) -> str:
    asked = rules.requirements.asked(RequirementId.YEARS, day)
    bar = asked.more_than if asked and asked.more_than is not None else 0.0
    if reviewer.years_in_practice is None:
        return "the years of active practice are not stated"
    if reviewer.years_in_practice > bar:
        return _practice_gap(reviewer, day, rules)
    return f"{reviewer.years_in_practice:g} years of active practice are not more than {bar:g}"


def _hours(reviewer: Reviewer, day: date, rules: AssignmentRules) -> str:
    asked = rules.requirements.asked(RequirementId.HOURS, day)
    bar = asked.at_least if asked and asked.at_least is not None else 0.0
    if reviewer.weekly_hours is None:
        return "the weekly hours of patient care are not stated"
    if reviewer.weekly_hours >= bar:
        return _practice_gap(reviewer, day, rules)
    return f"{reviewer.weekly_hours:g} hours of patient care a week are fewer than {bar:g}"


def _practice_gap(reviewer: Reviewer, day: date, rules: AssignmentRules) -> str:
    gap = evidence_gap(reviewer.practice_evidence, day, rules.requirements)
    return f"active practice: {gap}" if gap else ""


def _disclosure(reviewer: Reviewer, day: date, rules: AssignmentRules) -> str:
    if reviewer.disclosure is None:
        return "that relations and interests were disclosed is not stated"
    gap = evidence_gap(reviewer.disclosure, day, rules.requirements)
    return f"the disclosure of relations and interests: {gap}" if gap else ""


def _absence(reviewer: Reviewer, day: date, rules: AssignmentRules) -> str:  # noqa: ARG001 one shape
    for first, last in reviewer.away:
        if first <= day <= last:
            return f"is away from {first.isoformat()} to {last.isoformat()}"
    return ""


def _capacity(reviewer: Reviewer, day: date, rules: AssignmentRules) -> str:  # noqa: ARG001 one shape
    return "" if reviewer.capacity > 0 else "can take on no further item"


_PERSONAL: MappingProxyType[RequirementId, Callable[[Reviewer, date, AssignmentRules], str]] = (
    MappingProxyType(
        {
            RequirementId.LICENCE: _licence,
            RequirementId.BOARD: _board,
            RequirementId.DISCIPLINE: _discipline,
            RequirementId.QME: _qme,
            RequirementId.YEARS: _years,
            RequirementId.HOURS: _hours,
            RequirementId.DISCLOSURE: _disclosure,
            RequirementId.ABSENCE: _absence,
            RequirementId.CAPACITY: _capacity,
        }
    )
)
"""In the order in which a first reason is told."""


def _outside_scope(reviewer: Reviewer, item: ItemToAssign, asked: Requirements) -> str:
    scope = asked.scopes[reviewer.profession]
    if scope.kinds and item.kind not in scope.kinds:
        return _unless_known(item.kind, f"{scope.why}; item {item.index} asks for", item.index)
    if scope.topics and item.topic not in scope.topics:
        return _unless_known(item.topic, f"{scope.why}; item {item.index} asks for", item.index)
    if scope.body_parts and not set(item.body_parts) & set(scope.body_parts):
        part = ", ".join(item.body_parts) or None
        return _unless_known(part, f"{scope.why}; item {item.index} is for", item.index)
    return ""


def _unless_known(value: RequestKind | TopicId | str | None, says: str, index: int) -> str:
    if value is None:
        return f"the licence is limited, and what item {index} asks for is not stated"
    return f"{says} {value}"


def _no_specialty(
    reviewer: Reviewer, item: ItemToAssign, treating: Collection[str], rules: AssignmentRules
) -> str:
    if not practiced(reviewer, rules.specialties).isdisjoint(treating):
        return ""
    if not reviewer.specialties:
        return "no specialty is stated"
    if not treating:
        return f"it is not known which specialty treats item {item.index}"
    return f"practices no specialty that is the same or similar to what treats item {item.index}"


def _no_board_for(
    reviewer: Reviewer,
    item: ItemToAssign,
    treating: Collection[str],
    day: date,
    rules: AssignmentRules,
) -> str:
    if not rules.requirements.scopes[reviewer.profession].board:
        return ""
    if not certified(reviewer, day, rules).isdisjoint(treating):
        return ""
    return f"no current board certificate is in an area that treats item {item.index}"


def _not_known(reviewer: Reviewer, item: ItemToAssign) -> str:
    if reviewer.topics is None or (item.topic is not None and item.topic in reviewer.topics):
        return ""
    if item.topic is None:
        return f"knows certain topics only, and the topic of item {item.index} is not stated"
    return f"does not claim to know the topic of item {item.index}, {item.topic}"
