"""Grounds of time: too late, time not begun, the decision itself late, a dispute too old."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from openimr.model.application import LiabilityDispute
from openimr.model.deadline import Due
from openimr.model.ground import GroundRule, Standing
from openimr.model.moments import local_day
from openimr.model.party import ServiceMethod
from openimr.model.request import RequestKind
from openimr.workflow.ground_view import (
    Verdict,
    View,
    ask_administrator,
    in_words,
    look_up,
    met,
    not_met,
    unknown,
)

_SHOWN = (ServiceMethod.PERSONAL, ServiceMethod.MAIL_CALIFORNIA)
"""Told where nobody says how the decision was served."""
_ALL = (*_SHOWN, ServiceMethod.MAIL_UNITED_STATES, ServiceMethod.MAIL_ABROAD)


@dataclass(frozen=True, slots=True)
class _Start:
    """What the time for filing runs from."""

    what: str
    """In a sentence: `the decision was served`."""
    served: date | None
    earliest: date | None
    """No service can be before this day."""
    service: ServiceMethod | None
    fields: tuple[str, ...]


def late(view: View, rule: GroundRule) -> Verdict:
    """LATE: received after the last day, whatever is unknown of service.

    Where the day or the way of service is not stated, it is established only if it follows from
    every one of them, and not established if it follows from none.
    """
    application, decision = view.case.application, view.case.ur_decision
    if decision.form_served is False:
        words = "The form was not served with the decision, so lateness cannot be raised"
        return not_met(words, "ur_decision.form_served")
    if _open(view.case.liability):
        words = "Liability is disputed; the time runs from service of notice that it is resolved"
        return not_met(words, "liability.raised", "liability.resolved")
    start = _start(view)
    fields = ("application.received", *start.fields, "ur_decision.form_served")
    stamp = look_up("On what day was the application received? See the receipt stamp")
    if start.earliest is None:
        words = f"It is not stated when {start.what}"
        asks = ask_administrator(_QUESTION.format(what=start.what))
        return unknown(words, *fields, ask=asks if application.received else stamp)
    limits = tuple(_limits(view, rule))
    if application.received is not None:
        received = local_day(application.received)
        return _laid_against(view, start, start.earliest, limits, received, fields)
    if application.signed_on is not None:
        # What was signed after the last day was not received before it.
        signed = _laid_against(view, start, start.earliest, limits, application.signed_on, fields)
        if signed.standing is Standing.ESTABLISHED:
            words = signed.statement.replace("Received on", "Signed on")
            return replace(signed, statement=words, fields=("application.signed_on", *fields))
    return unknown("The day of receipt is not stated", *fields, ask=stamp)


_QUESTION = "When and how was it that {what}? Send the proof of service"


def _open(liability: LiabilityDispute | None) -> bool:
    return (
        liability is not None
        and liability.raised is not None
        and liability.resolved is None
        and liability.resolution_served is None
        and liability.consents_to_review is not True
    )


def _resolved(view: View) -> LiabilityDispute | None:
    found = view.case.liability
    if found is None or not (found.resolved or found.resolution_served):
        return None
    return found


def _start(view: View) -> _Start:
    decision, resolved = view.case.ur_decision, _resolved(view)
    if resolved is not None:
        return _Start(
            "notice that the liability dispute is resolved was served",
            resolved.resolution_served,
            resolved.resolution_served or resolved.resolved,
            resolved.resolution_service,
            ("liability.resolved", "liability.resolution_served", "liability.resolution_service"),
        )
    return _Start(
        "the decision was served",
        decision.served,
        decision.served or decision.issued,
        decision.service,
        ("ur_decision.issued", "ur_decision.served", "ur_decision.service"),
    )


def _limits(view: View, rule: GroundRule) -> Iterator[str]:
    """The time limits that may govern: more than one where the kind of dispute is not stated."""
    if _resolved(view) is not None:
        yield rule.limits["liability"]
        return
    formulary = view.case.ur_decision.formulary
    asked = [view.requests.get(item.request_text) for item in view.case.items]
    no_drug = bool(asked) and all(
        request is not None and request.kind is not RequestKind.DRUG for request in asked
    )
    may_be = "formulary" in rule.limits and formulary is not False
    if may_be and (formulary or not no_drug):
        yield rule.limits["formulary"]
    if not (may_be and formulary):
        yield rule.limits["decision"]


def _laid_against(
    view: View,
    start: _Start,
    earliest: date,
    limits: Sequence[str],
    received: date,
    fields: tuple[str, ...],
) -> Verdict:
    services = (start.service,) if start.service else _SHOWN
    shown = tuple(_due(view, limit, earliest, way) for limit in limits for way in services)
    bound = services if start.service else _ALL
    last = max(_day(_due(view, limit, earliest, way)) for limit in limits for way in bound)
    first = min(map(_day, shown))
    told = "; ".join(_last_day(due, start) for due in shown)
    if len(limits) > 1:
        fields = (*fields, "ur_decision.formulary")
    if received <= first:
        return not_met(f"Received on {received}, in time: {told}", *fields, due=shown)
    if start.served is not None and received > last:
        ask = None
        if view.case.ur_decision.form_served is None and _resolved(view) is None:
            ask = ask_administrator(
                "Was DWC Form IMR served with the decision? If not, lateness cannot be raised"
            )
        return met(f"Received on {received}, too late: {told}", *fields, ask=ask, due=shown)
    depends = " and ".join(_depends(start, limits))
    return unknown(
        f"Received on {received}. {told}. It depends on {depends}",
        *fields,
        ask=ask_administrator(_QUESTION.format(what=start.what)),
        due=shown,
    )


def _due(view: View, limit: str, day: date, service: ServiceMethod | None) -> Due:
    return view.due(limit, day, service=service, decided=view.decided)


def _day(due: Due) -> date:
    return due.due.date() if isinstance(due.due, datetime) else due.due


def _last_day(due: Due, start: _Start) -> str:
    trigger = due.trigger.date() if isinstance(due.trigger, datetime) else due.trigger
    served = "served" if start.served else "if served"
    way = f" {in_words(due.service)}" if due.service else ""
    return f"the last day is {_day(due)} ({due.deadline}, {served} on {trigger}{way})"


def _depends(start: _Start, limits: Sequence[str]) -> Iterator[str]:
    if start.served is None:
        yield f"when {start.what}"
    if start.service is None:
        yield f"how {start.what}"
    if len(limits) > 1:
        yield "whether it is a dispute about a drug of the formulary"


def clock_not_started(view: View, rule: GroundRule) -> Verdict:
    """CLOCK_NOT_STARTED: the administrator never served the form."""
    del rule
    match view.case.ur_decision.form_served:
        case False:
            words = "The form was not served with the decision: the time for filing has not begun"
            return met(words, "ur_decision.form_served")
        case True:
            return not_met("The form was served with the decision", "ur_decision.form_served")
    return unknown(
        "It is not stated whether the form was served with the decision",
        "ur_decision.form_served",
        ask=ask_administrator("Was DWC Form IMR served with the decision?"),
    )


def decision_late(view: View, rule: GroundRule) -> Verdict:
    """UR_LATE: a party says that the decision itself was untimely."""
    del rule
    match view.case.ur_decision.alleged_late:
        case True:
            words = (
                "A party says that the decision was untimely; only the Appeals Board decides that"
            )
            return met(words, "ur_decision.alleged_late", "ur_decision.rfa_received")
        case False:
            return not_met(
                "Nobody disputes that the decision was in time", "ur_decision.alleged_late"
            )
    return unknown("Nobody says that the decision was untimely", "ur_decision.alleged_late")


def old_regime(view: View, rule: GroundRule) -> Verdict:
    """OLD_REGIME: injury and communication of the decision both before the days of the rule."""
    of_injury, of_decision = rule.before["injury"], rule.before["decision"]
    decision, injury = view.case.ur_decision, view.case.date_of_injury
    fields = (
        "date_of_injury",
        "ur_decision.communicated",
        "ur_decision.served",
        "ur_decision.issued",
    )
    if injury is not None and injury >= of_injury:
        return not_met(f"The injury of {injury} is not before {of_injury}", *fields)
    told = decision.communicated or decision.served
    earliest, latest = told or decision.issued, told or _filed(view)
    if earliest is not None and earliest >= of_decision:
        return not_met(f"The decision is not before {of_decision}", *fields)
    if injury is None:
        return unknown("The date of injury is not stated", *fields)
    if latest is not None and latest < of_decision:
        return met(
            f"The injury of {injury} is before {of_injury}, and the decision was communicated "
            f"before {of_decision}",
            *fields,
        )
    return unknown(
        "It is not stated when the decision was communicated to the physician",
        *fields,
        ask=ask_administrator("When was the decision communicated to the requesting physician?"),
    )


def _filed(view: View) -> date | None:
    """The application is younger than the decision that it disputes."""
    application = view.case.application
    received = local_day(application.received) if application.received else None
    return application.signed_on or received
