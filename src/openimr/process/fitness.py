"""Whether a reviewer may decide a case on a day, asked again at the moment of signing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from openimr.assign.screen import Screening
from openimr.model.application import ImrCase
from openimr.model.assignment import Reason
from openimr.model.assignment_rules import AssignmentRules, RequirementId
from openimr.model.errors import InputError
from openimr.model.reviewer import Register, Reviewer
from openimr.process.assigning import CaseReader

_OF_NEW_WORK = frozenset({str(RequirementId.CAPACITY), str(RequirementId.ABSENCE)})
"""What stands against taking a case on, and not against finishing it."""


def reviewer_of(register: Register, identity: str) -> Reviewer:
    """The register's entry.

    Raises:
        InputError: there is none; the message names no other reviewer.
    """
    found = next((one for one in register.reviewers if one.id == identity), None)
    if found is None:
        raise InputError(
            f"the register holds no reviewer {identity}",
            why="only a reviewer whose credentials are on file may sign (Labor Code 139.5(d)(4))",
            remedy="name the reviewer by the register's id",
        )
    return found


def reasons_against(
    case: ImrCase, reviewer: str, register: Register, rules: AssignmentRules, day: date
) -> tuple[Reason, ...]:
    """Everything that stands against a reviewer's deciding a case; empty if nothing does.

    Args:
        case: with its parties and items.
        reviewer: the register's id.
        register: the organization and its reviewers.
        rules: of assignment.
        day: of the signature.
    """
    reviewer_of(register, reviewer)
    return tuple(_reasons(case, reviewer, Screening(register, rules, day)))


def _reasons(case: ImrCase, reviewer: str, screening: Screening) -> Iterator[Reason]:
    place = screening.places[reviewer]
    yield from (one for one in screening.personal(place) if one.code not in _OF_NEW_WORK)
    asked = CaseReader().case(case, ())
    barring = screening.barring(asked)
    if place in barring:
        yield barring[place]
    for item in asked.items:
        reason = screening.item_refusal(place, item)
        if reason is not None:
            yield reason
