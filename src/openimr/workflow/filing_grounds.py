"""Grounds in the application itself: signature, attachment, form, filer, forum, withdrawal."""

from __future__ import annotations

from openimr.model.application import Application, Priority
from openimr.model.ground import GroundRule
from openimr.model.party import PartyRole
from openimr.workflow.ground_view import (
    Verdict,
    View,
    ask_employee,
    in_words,
    look_up,
    met,
    not_met,
    unknown,
)

_MAY_FILE = frozenset({PartyRole.INJURED_EMPLOYEE, PartyRole.EMERGENCY_PROVIDER})
_FORM = {
    "claim_number": "claim number",
    "date_of_injury": "date of injury",
    "ur_decision.issued": "date of the utilization review decision",
    "items": "disputed treatment",
}
"""Fields of the form that the case holds, and what the form calls them."""


def unsigned(view: View, rule: GroundRule) -> Verdict:
    """UNSIGNED: no signature of the employee or a valid representative."""
    del rule
    fields = ("application.signed", "application.signed_on")
    match view.case.application.signed:
        case True:
            return not_met("The application is signed", *fields)
        case False:
            return met(
                "The application bears no signature",
                *fields,
                ask=ask_employee("Sign and date the application and its consent"),
            )
    return unknown(
        "It is not stated whether the application is signed",
        *fields,
        ask=look_up("Does the application bear the signature of the employee or a representative?"),
    )


def no_decision(view: View, rule: GroundRule) -> Verdict:
    """NO_UR: the utilization review decision did not come with the application."""
    field = "application.ur_decision_attached"
    match view.case.application.ur_decision_attached:
        case True:
            return not_met("The utilization review decision is attached", field)
        case False:
            days = f" within {rule.cure_days} days" if rule.cure_days else ""
            return met(
                "No utilization review decision is attached",
                field,
                ask=ask_employee(f"Send the utilization review decision{days}"),
            )
    return unknown(
        "It is not stated whether the utilization review decision is attached",
        field,
        ask=look_up("Did a copy of the utilization review decision come with the application?"),
    )


def incomplete(view: View, rule: GroundRule) -> Verdict:
    """INCOMPLETE: required fields of the form are empty."""
    del rule
    missing = view.case.application.missing_fields
    if missing:
        named = ", ".join(missing)
        return met(
            f"Required fields of the form are empty: {named}",
            "application.missing_fields",
            ask=ask_employee(f"Supply what the form does not say: {named}"),
        )
    silent = [name for path, name in _FORM.items() if view.stated(path).value == "not stated"]
    silent += [] if _names(view, PartyRole.INJURED_EMPLOYEE) else ["name of the employee"]
    silent += [] if _names(view, PartyRole.REQUESTING_PHYSICIAN) else ["requesting physician"]
    if silent:
        return unknown(
            f"Nobody stated whether the form gives: {', '.join(silent)}",
            *_FORM,
            ask=look_up(f"Does the form give: {', '.join(silent)}?"),
        )
    return not_met("Employee, claim, injury, decision, physician and treatment are given", *_FORM)


def _names(view: View, role: PartyRole) -> bool:
    return any(party.role is role and party.name.strip() for party in view.case.parties)


def not_party(view: View, rule: GroundRule) -> Verdict:
    """NOT_PARTY: the filer is not authorized."""
    del rule
    application = view.case.application
    filer, fields = application.filer, ("application.filer",)
    if filer is None:
        ask = look_up("Who filed: the employee, an attorney, a designee, or somebody else?")
        return unknown("It is not stated who filed", *fields, ask=ask)
    if filer in _MAY_FILE:
        return not_met(f"The {in_words(filer)} may file", *fields)
    if filer is PartyRole.ATTORNEY:
        return _attorney(application)
    if filer in {PartyRole.DESIGNEE, PartyRole.FAMILY}:
        return _designee(view)
    if filer is PartyRole.REQUESTING_PHYSICIAN:
        words = "A requesting physician may join or assist, and may not file alone"
        return met(words, *fields, ask=ask_employee("Do you join in the application? Sign it"))
    return met(f"The {in_words(filer)} may not ask for review", *fields)


def _attorney(application: Application) -> Verdict:
    fields = ("application.filer", "application.representation_proved")
    match application.representation_proved:
        case True:
            return not_met("The attorney's authority came with the application", *fields)
        case False:
            return met(
                "An attorney filed, and no proof of representation came with the application",
                *fields,
                ask=ask_employee("Send proof that the attorney represents you"),
            )
    return unknown(
        "An attorney filed, and it is not stated whether proof of representation came with it",
        *fields,
        ask=ask_employee("Send the attorney's notice of representation, unless it is on file"),
    )


def _designee(view: View) -> Verdict:
    signed, issued = view.case.application.designation_signed_on, view.case.ur_decision.issued
    fields = ("application.filer", "application.designation_signed_on", "ur_decision.issued")
    if view.case.application.representation_proved is False:
        return met(
            "A designee filed, and no designation came with the application",
            *fields,
            ask=ask_employee("Send a designation signed after the decision"),
        )
    if signed is None or issued is None:
        return unknown(
            "A designee filed, and whether the designation is younger than the utilization review "
            "decision is not stated",
            *fields,
            ask=ask_employee("Send the designation; it must be signed after the decision"),
        )
    if signed < issued:
        return met(
            f"The designation of {signed} is older than the decision of {issued}, and void",
            *fields,
            ask=ask_employee("Send a designation signed after the decision"),
        )
    return not_met(f"The designation of {signed} is not older than the decision", *fields)


def wrong_forum(view: View, rule: GroundRule) -> Verdict:
    """WRONG_FORUM: the dispute belongs elsewhere."""
    forum = view.case.application.forum
    if forum is None:
        return unknown("Nobody says that the dispute belongs elsewhere", "application.forum")
    goes = rule.redirects[forum]
    return met(f"The dispute goes to {goes}", "application.forum")


def withdrawn(view: View, rule: GroundRule) -> Verdict:
    """WITHDRAWN: by the employee in writing, or future medical care is settled."""
    del rule
    application = view.case.application
    fields = ("application.withdrawn_on", "application.future_medical_settled_on")
    if application.withdrawn_on is not None:
        ask = look_up("Is the withdrawal in writing and the employee's own?")
        return met(f"The application was withdrawn on {application.withdrawn_on}", *fields, ask=ask)
    if application.future_medical_settled_on is not None:
        day = application.future_medical_settled_on
        ask = look_up("Does the settlement close future medical care for this body part?")
        return met(f"A settlement of {day} closed future medical care", *fields, ask=ask)
    return unknown("Nobody says that the application was withdrawn", *fields)


def no_urgency_certificate(view: View, rule: GroundRule) -> Verdict:
    """NO_URGENCY_CERT: expedited review asked of a regular decision, without a certificate."""
    del rule
    application, expedited = view.case.application, view.case.ur_decision.expedited
    fields = ("application.requested", "ur_decision.expedited", "application.urgency_certified")
    if application.requested is not Priority.EXPEDITED:
        return not_met("Expedited review is not asked for", *fields)
    if expedited:
        return not_met("Utilization review was expedited itself", *fields)
    if application.urgency_certified:
        return not_met("A physician certified an imminent and serious threat", *fields)
    ask = ask_employee("Send a physician's certificate, with support, of the threat to health")
    if application.urgency_certified is False and expedited is False:
        return met("Expedited review is asked for without a certificate", *fields, ask=ask)
    return unknown(
        "Expedited review is asked for; whether it was certified, or utilization review was "
        "expedited, is not stated",
        *fields,
        ask=ask,
    )
