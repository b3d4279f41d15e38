"""Grounds in what is disputed, item by item: decision, its reason, liability, authorization.

The tilt rule (8 CCR 9792.10.3(d)): an item with any question of medical necessity goes to review,
unless it is deferred because liability is disputed.
"""

from __future__ import annotations

from collections.abc import Collection

from openimr.model.application import DecisionBasis, FiledItem
from openimr.model.case import UrAction
from openimr.model.ground import GroundRule
from openimr.workflow.ground_view import (
    Verdict,
    View,
    ask_administrator,
    at,
    in_words,
    look_up,
    met,
    not_met,
    unknown,
)


def bases_of(view: View, item: FiledItem) -> tuple[tuple[DecisionBasis, ...], str]:
    """Why the item was refused, and the field that says it: the item's own, else the decision's."""
    if item.bases:
        return item.bases, at(item, "bases")
    return view.case.ur_decision.bases, "ur_decision.bases"


def conditional(view: View, rule: GroundRule, item: FiledItem) -> Verdict:
    """CNC: refused only because something that was asked for did not come."""
    del rule
    bases, field = bases_of(view, item)
    if not bases:
        return unknown("Why the item was refused is not stated", field)
    if DecisionBasis.INFORMATION not in bases:
        return not_met("It was not refused for missing information", field)
    if DecisionBasis.NECESSITY in bases:
        words = "Information was missing, and necessity is in question too: it goes to review"
        return not_met(words, field)
    return met("It was refused only because information that was asked for did not come", field)


def no_dispute(view: View, rule: GroundRule, item: FiledItem) -> Verdict:
    """NO_DISPUTE: approved, or no decision that can be disputed."""
    del view
    field = at(item, "ur_action")
    if item.ur_action is UrAction.UNKNOWN:
        ask = look_up(f"What did utilization review decide on item {item.index}?")
        return unknown("What was decided on the item is not stated", field, ask=ask)
    if item.ur_action in rule.actions:
        return not_met(f"Utilization review decided: {in_words(item.ur_action)}", field)
    if item.ur_action is UrAction.APPROVE:
        return met("Utilization review approved the item", field)
    can = " or ".join(action.value for action in rule.actions)
    return met(f"The decision is to {item.ur_action.value}, and only to {can} is disputed", field)


def liability(view: View, rule: GroundRule, item: FiledItem) -> Verdict:
    """LIABILITY: disputed for another reason at the time of the decision, open, no consent."""
    del rule
    dispute, (bases, of_bases) = view.case.liability, bases_of(view, item)
    fields = (
        "liability.raised",
        "liability.consents_to_review",
        "liability.resolved",
        of_bases,
        at(item, "body_part_accepted"),
    )
    if dispute is not None and (dispute.resolved or dispute.resolution_served):
        return not_met("The dispute over liability is resolved", *fields)
    if dispute is not None and dispute.consents_to_review:
        return not_met("The claims administrator consents to review", *fields)
    consent = ask_administrator("Is liability still disputed, and do you consent to review?")
    if item.body_part_accepted is False:
        return met("Liability for the body part is not accepted", *fields, ask=consent)
    if DecisionBasis.LIABILITY in bases:
        return met("The decision names a dispute over liability", *fields, ask=consent)
    if dispute is not None:
        return _raised(view, fields)
    if bases or item.body_part_accepted:
        return not_met("No dispute over liability is named", *fields)
    return unknown("Nobody says whether liability is disputed", *fields)


def _raised(view: View, fields: Collection[str]) -> Verdict:
    dispute, decision = view.case.liability, view.case.ur_decision
    raised = dispute.raised if dispute else None
    decided = decision.issued or decision.served
    consent = ask_administrator("Is liability still disputed, and do you consent to review?")
    if raised is None or decided is None:
        words = "Whether liability was disputed when utilization review decided is not stated"
        ask = ask_administrator("When was the dispute over liability raised? Send the notice")
        return unknown(words, *fields, "ur_decision.issued", ask=ask)
    if raised > decided:
        words = f"Liability was disputed on {raised} only, after the decision of {decided}"
        return not_met(words, *fields, "ur_decision.issued")
    words = f"Liability is disputed since {raised}, and nobody says that it is resolved or consents"
    return met(words, *fields, "ur_decision.issued", ask=consent)


def authorized(view: View, rule: GroundRule, item: FiledItem) -> Verdict:
    """AUTHORISED: the claims administrator authorized the item after all."""
    del view, rule
    field = at(item, "authorized_on")
    if item.authorized_on is None:
        return unknown("Nobody says that the item was authorized", field)
    return met(f"The claims administrator authorized it on {item.authorized_on}", field)
