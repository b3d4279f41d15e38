"""When the records of a case folder are due, by the notice of assignment among its events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from openimr.model.application import ImrCase, Priority
from openimr.model.deadline import Due
from openimr.model.errors import InputError
from openimr.model.event import Event
from openimr.model.money import MoneyRules
from openimr.model.party import ServiceMethod
from openimr.workflow.ground_view import DueBy
from openimr.workflow.money import penalty_for
from openimr.workflow.records import Penalty

_NOTICE = "issue_noarfi"
_MAILED, _ELECTRONIC, _EXPEDITED = "D14", "D15", "D16"


def records_due(
    events: Sequence[Event], case: ImrCase, due: DueBy, decided: date
) -> tuple[Due, ...]:
    """The claims administrator's limit; empty while no notice of assignment was sent.

    Args:
        events: of the case.
        case: its priority chooses the limit.
        due: the clock.
        decided: the day whose rules hold.
    """
    notices = [event for event in events if event.act == _NOTICE]
    if not notices:
        return ()
    data = notices[-1].data
    try:
        served = date.fromisoformat(data["served_on"][:10])
        service = ServiceMethod(data["service"])
    except (KeyError, ValueError) as error:
        raise InputError(
            "the notice of assignment has no day or way of service",
            where=f"event {notices[-1].number}",
            why="8 CCR 9792.10.5(a)(1) counts the days for the records from it",
            remedy="state served_on and service in the act",
        ) from error
    if case.application.requested is Priority.EXPEDITED:
        return ()  # 24 hours from a receipt that the notice does not state
    limit = _ELECTRONIC if service is ServiceMethod.ELECTRONIC else _MAILED
    return (due(limit, served, service=service, decided=decided),)


def penalty_by(rules: MoneyRules) -> Penalty:
    """What follows from late records, in a sentence."""

    def told(limit: Due, day: date) -> str | None:
        found = penalty_for(rules, limit, day)
        if found is None:
            return None
        doubt = " (unverified)" if any(step.unverified for step in found.steps) else ""
        return " ".join(step.text for step in found.steps) + doubt

    return told
