"""What each kind of notice says of its own: days by the way of service, grounds, outcomes, amounts.

One function a kind, by the id of its template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

from openimr.model.application import Priority
from openimr.model.deadline import Due
from openimr.model.ground import GroundRule
from openimr.model.notice import Condition, ListSlot, NoticeRole, Recipient, Slot
from openimr.model.notice_words import plain_day
from openimr.model.party import ServiceMethod
from openimr.model.process_state import CaseState, Flag, ItemState
from openimr.workflow.notice_money import invoice, late_records, penalty_terms
from openimr.workflow.notice_values import Filled, Told, item_lines, long_moment

Kind: TypeAlias = Callable[[Told, Recipient], Filled]
_ADMINISTRATOR = NoticeRole.CLAIMS_ADMINISTRATOR
_RECORDS_IN = frozenset(
    {
        CaseState.READY,
        CaseState.REVIEWER_ASSIGNED,
        CaseState.IN_REVIEW,
        CaseState.ADDL_INFO,
        CaseState.QA,
    }
)


def _eligibility(told: Told, _: Recipient) -> Filled:
    left_out = item_lines(told, ItemState.OUT_OF_SCOPE)
    grounds = _grounds(told)
    return Filled(
        lists={
            ListSlot.TREATMENTS: item_lines(told, ItemState.DISPUTED),
            ListSlot.LEFT_OUT: left_out,
            ListSlot.GROUNDS: _titles(grounds),
        },
        conditions={
            Condition.IN_PART: bool(left_out),
            Condition.GROUNDS_NAMED: bool(grounds),
        },
    )


def _ineligibility(told: Told, recipient: Recipient) -> Filled:
    """The employee's days to petition run from the service on the employee."""
    grounds = _grounds(told)
    cures = tuple(f"{rule.cure[0].upper()}{rule.cure[1:]}." for rule in grounds if rule.cure)
    worker = _employee_service(told, recipient)
    petition = told.due("D26", told.day, worker)
    return Filled(
        slots={Slot.PETITION_DUE: long_moment(petition.due)},
        lists={ListSlot.GROUNDS: _titles(grounds), ListSlot.CURES: cures},
        conditions={Condition.CURABLE: bool(cures)},
        dues=(petition,),
    )


def _deferral(told: Told, _: Recipient) -> Filled:
    return Filled(slots={Slot.APPLY_WITHIN: told.within("D10")})


def _resumption(told: Told, _: Recipient) -> Filled:
    return Filled(conditions={Condition.BY_CONSENT: told.event.data.get("consents") == "yes"})


def _information_request(told: Told, _: Recipient) -> Filled:
    asked, service = _asked(told)
    answer = told.due("D11", told.day, service, sent=True)
    return _question(told, asked, answer)


def _further_request(told: Told, _: Recipient) -> Filled:
    asked, service = _asked(told)
    urgent = told.state.priority is Priority.EXPEDITED
    if urgent:
        answer = told.due("D18", told.served_at, service, variant="expedited")
    else:
        answer = told.due("D18", told.day, service, variant="regular", sent=True)
    return _question(told, asked, answer)


def _noarfi(told: Told, recipient: Recipient) -> Filled:
    """Each side's day follows from how it is served; what the event states is the administrator's.

    8 CCR 9792.10.5.
    """
    urgent = told.state.priority is Priority.EXPEDITED
    service = told.service_of(_ADMINISTRATOR)
    electronic = service is ServiceMethod.ELECTRONIC
    if urgent:
        records = told.due("D16", told.served_at, service)
    else:
        records = told.due("D15" if electronic else "D14", told.day, service)
    own = recipient.service if recipient.role is not _ADMINISTRATOR else _worker_service(told)
    documents = _documents_due(told, own, urgent=urgent)
    slots, penalty = penalty_terms(told, records)
    return Filled(
        slots={
            Slot.RECORDS_DUE: _by(records, urgent=urgent),
            Slot.DOCUMENTS_DUE: _by(documents, urgent=urgent),
            **slots,
        },
        lists={ListSlot.TREATMENTS: item_lines(told, ItemState.DISPUTED)},
        conditions={Condition.PENALTY: penalty},
        dues=(records, documents),
    )


def _conversion(told: Told, recipient: Recipient) -> Filled:
    records, documents = told.started("D16"), told.started("D17")
    del recipient  # everybody learns the same: the limits run from the act
    slots = {
        Slot.RECORDS_DUE: _by(records.due, urgent=True) if records else "",
        Slot.DOCUMENTS_DUE: _by(documents.due, urgent=True) if documents else "",
    }
    return Filled(
        slots=slots,
        lists={ListSlot.TREATMENTS: item_lines(told, ItemState.DISPUTED)},
        conditions={
            Condition.RECORDS_OUTSTANDING: records is not None,
            Condition.RECORDS_IN: told.state.state in _RECORDS_IN,
        },
        dues=tuple(clock.due for clock in (records, documents) if clock),
    )


def _consolidation(told: Told, _: Recipient) -> Filled:
    return Filled(
        slots={Slot.LEADING_CASE: told.event.data.get("into", "")},
        lists={
            ListSlot.MEMBERS: told.words("members"),
            ListSlot.TREATMENTS: item_lines(told, ItemState.DISPUTED),
        },
    )


def _extension(told: Told, _: Recipient) -> Filled:
    clock = told.started("D22")
    days = int(told.event.data["days"])
    return Filled(
        slots={
            Slot.DAYS: "1 day" if days == 1 else f"{days} days",
            Slot.DECISION_DUE: long_moment(clock.due.due) if clock else "",
        },
        dues=(clock.due,) if clock else (),
    )


def _termination(told: Told, _: Recipient) -> Filled:
    withdrawn = told.event.data.get("withdrawn_on", "")
    moment = told.moment("withdrawn_on")
    return Filled(
        slots={Slot.WITHDRAWN_ON: plain_day(moment) if withdrawn else ""},
        conditions={
            Condition.AUTHORIZED: not withdrawn,
            Condition.BEFORE_REVIEWER: told.state.flags.get(Flag.FEE_CLASS) == "before_reviewer",
        },
    )


def _duplicate(told: Told, _: Recipient) -> Filled:
    return Filled(slots={Slot.OTHER_CASE: told.event.data.get("of", "")})


def _determination(told: Told, recipient: Recipient) -> Filled:
    """The administrator's days run from receipt: from the day of sending they are estimates."""
    administrator = told.service_of(_ADMINISTRATOR)
    petition = told.due("D25", told.day, recipient.service)
    authorize = told.due("D23", told.day, administrator, sent=True)
    pay = told.due("D24", told.day, administrator, sent=True)
    overturned = set(told.state.in_state(ItemState.OVERTURNED))
    past = {item.index for item in told.case.items if item.retrospective is True}
    ahead, behind = bool(overturned - past), bool(overturned & past)
    return Filled(
        slots={
            Slot.PETITION_DUE: long_moment(petition.due),
            Slot.AUTHORIZE_DUE: long_moment(authorize.due),
            Slot.PAY_DUE: long_moment(pay.due),
            Slot.OUTCOME: _outcome(told),
            Slot.DETERMINATION_SHA256: told.event.data.get("determination_sha256", ""),
        },
        lists={ListSlot.OUTCOMES: _outcomes(told)},
        conditions={
            Condition.OVERTURNED: bool(overturned),
            Condition.TO_BE_GIVEN: ahead,
            Condition.ALREADY_GIVEN: behind,
        },
        dues=(petition, *((authorize,) if ahead else ()), *((pay,) if behind else ())),
    )


def _correction(told: Told, _: Recipient) -> Filled:
    return Filled(
        slots={Slot.DETERMINATION_SHA256: told.event.data.get("determination_sha256", "")},
        lists={ListSlot.OUTCOMES: _outcomes(told)},
    )


def _documents_due(told: Told, service: ServiceMethod, *, urgent: bool) -> Due:
    if urgent:
        return told.due("D17", told.served_at, service, variant="expedited")
    variant = "electronic" if service is ServiceMethod.ELECTRONIC else "mailed"
    return told.due("D17", told.day, service, variant=variant)


def _by(due: Due, *, urgent: bool) -> str:
    """The last day; of a limit in hours from receipt, what it comes to if it came at once."""
    if not urgent:
        return long_moment(due.due)
    return f"{long_moment(due.due)} (24 hours after receipt; counted from the sending)"


def _question(told: Told, asked: str, answer: Due) -> Filled:
    return Filled(
        slots={
            Slot.ASKED_OF: asked,
            Slot.QUESTION: told.event.data.get("question", ""),
            Slot.ANSWER_DUE: long_moment(answer.due),
        },
        dues=(answer,),
    )


def _asked(told: Told) -> tuple[str, ServiceMethod | None]:
    """Who is asked, by name where a party's role or id is stated, and how that party is served."""
    stated = told.event.data.get("asked_of", "").strip()
    for party in told.case.parties:
        if stated.casefold() in {party.id.casefold(), party.role.value}:
            roles = {role.value: role for role in NoticeRole}
            role = roles.get(party.role.value)
            service = told.service_of(role) if role else None
            return party.name, service or party.service or ServiceMethod.MAIL_CALIFORNIA
    return stated, ServiceMethod.MAIL_CALIFORNIA


def _employee_service(told: Told, recipient: Recipient) -> ServiceMethod:
    own = {NoticeRole.INJURED_EMPLOYEE, NoticeRole.ATTORNEY, NoticeRole.DESIGNEE}
    return recipient.service if recipient.role in own else _worker_service(told)


def _worker_service(told: Told) -> ServiceMethod:
    found = told.service_of(NoticeRole.INJURED_EMPLOYEE) or told.service_of(NoticeRole.ATTORNEY)
    return found or ServiceMethod.MAIL_CALIFORNIA


def _grounds(told: Told) -> tuple[GroundRule, ...]:
    return tuple(told.grounds[code] for code in told.words("grounds") if code in told.grounds)


def _titles(grounds: Sequence[GroundRule]) -> tuple[str, ...]:
    return tuple(f"{rule.title}: {rule.test} ({rule.citation})." for rule in grounds)


def _outcomes(told: Told) -> tuple[str, ...]:
    words = {ItemState.UPHELD: "Upheld", ItemState.OVERTURNED: "Overturned"}
    return tuple(
        f"Item {item.index}: {item.request_text}: {words[state]}"
        for item in told.case.items
        if (state := told.state.items.get(item.index)) in words
    )


def _outcome(told: Told) -> str:
    upheld = told.state.in_state(ItemState.UPHELD)
    overturned = told.state.in_state(ItemState.OVERTURNED)
    if upheld and overturned:
        return "some of the treatment is medically needed, and some is not."
    if overturned:
        return "all of the treatment is medically needed."
    return "none of the treatment is medically needed." if upheld else ""


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "eligibility": _eligibility,
        "ineligibility": _ineligibility,
        "deferral": _deferral,
        "resumption": _resumption,
        "information-request": _information_request,
        "noarfi": _noarfi,
        "further-request": _further_request,
        "conversion": _conversion,
        "consolidation": _consolidation,
        "extension": _extension,
        "termination": _termination,
        "duplicate": _duplicate,
        "determination": _determination,
        "correction": _correction,
        "late-records": late_records,
        "invoice": invoice,
    }
)
"""Every kind's function."""
