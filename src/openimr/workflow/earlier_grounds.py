"""Grounds in other applications of the same employee: duplicate, decided already, consolidation."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from openimr.model.application import FiledItem, ImrCase, PriorReview
from openimr.model.ground import GroundRule
from openimr.model.moments import local_day
from openimr.model.party import PartyRole
from openimr.workflow.ground_view import (
    Verdict,
    View,
    ask_employee,
    at,
    look_up,
    met,
    not_met,
    unknown,
)
from openimr.workflow.likeness import Likeness, likeness

_SAME = (Likeness.IDENTICAL, Likeness.SAME)


def months_after(day: date, months: int) -> date:
    """The same day some months later or earlier; the month's last where it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _alike(view: View, item: FiledItem) -> Iterator[tuple[int, PriorReview, str, Likeness]]:
    """Lines of earlier reviews that ask for the same or a related treatment."""
    for number, prior in enumerate(view.case.prior_reviews, start=1):
        for line in prior.items:
            pair = (view.requests.get(item.request_text), view.requests.get(line))
            found = likeness(*pair, (item.request_text, line))
            if found is not Likeness.OTHER:
                yield number, prior, line, found


def duplicate(view: View, rule: GroundRule, item: FiledItem) -> Verdict:
    """DUPLICATE: the same item of the same decision is in another application."""
    del rule
    own = view.case.ur_decision.issued
    fields = (at(item, "request_text"), "ur_decision.issued")
    doubts: list[Verdict] = []
    for number, prior, line, how in _alike(view, item):
        places = (*fields, f"prior_reviews[{number}].ur_decision", f"prior_reviews[{number}].items")
        if how is not Likeness.IDENTICAL or (own and prior.ur_decision not in (own, None)):
            continue
        if own is not None and prior.ur_decision == own:
            words = f"{prior.case_number} has it already: {line}, decision of {own}"
            ask = look_up(f"Is it the same application as {prior.case_number}? Join the documents")
            return met(words, *places, ask=ask)
        words = f"{prior.case_number} names it too; whether of the same decision is not stated"
        ask = look_up(f"Of what day is the utilization review decision in {prior.case_number}?")
        doubts.append(unknown(words, *places, ask=ask))
    if doubts:
        return doubts[0]
    if not view.case.prior_reviews:
        return unknown("No other application of the employee is stated", "prior_reviews")
    return not_met("No other application has this item of this decision", *fields, "prior_reviews")


def prior_decision(view: View, rule: GroundRule, item: FiledItem) -> Verdict:
    """PRIOR_IMR: decided for the employee within the months of the rule, and nothing changed."""
    asked = _asked_on(view)
    doubts: list[Verdict] = []
    for number, prior, line, how in _alike(view, item):
        if prior.decided is None:
            continue
        binds = months_after(prior.decided, rule.within_months or 0)
        if asked is not None and (asked > binds or asked <= prior.decided):
            continue
        verdict = _decided(item, number, prior, line, how if asked else Likeness.RELATED)
        if verdict.standing == "established":
            return verdict
        doubts.append(verdict)
    if doubts:
        return doubts[0]
    if not view.case.prior_reviews:
        return unknown("No earlier determination about the employee is stated", "prior_reviews")
    months = rule.within_months
    words = f"No determination of this treatment within {months} months before the request"
    return not_met(words, at(item, "request_text"), "prior_reviews")


def _asked_on(view: View) -> date | None:
    case = view.case
    received = case.application.received
    return case.rfa_date or case.ur_decision.issued or (local_day(received) if received else None)


def _decided(item: FiledItem, number: int, prior: PriorReview, line: str, how: Likeness) -> Verdict:
    path = f"prior_reviews[{number}]"
    fields = (
        at(item, "request_text"),
        f"{path}.items",
        f"{path}.decided",
        f"{path}.change_documented",
        "rfa_date",
    )
    head = f"{prior.case_number} decided {line} on {prior.decided}"
    change = prior.change_documented
    ask = ask_employee(f"What changed since {prior.decided}, and where is it documented?")
    if change is not None and change.strip():
        return not_met(f"{head}; what changed is documented: {change}", *fields)
    if how not in _SAME:
        words = f"{head}; whether that is the same treatment in its time, a person must say"
        return unknown(words, *fields, ask=ask)
    if change is None:
        return unknown(f"{head}; whether anything changed since is not stated", *fields, ask=ask)
    return met(f"{head}, and the new request documents no change", *fields, ask=ask)


def consolidate(view: View, rule: GroundRule) -> Verdict:
    """CONSOLIDATE: another eligible application of the same employee, physician and injury."""
    del rule
    fields = ("parties", "date_of_injury")
    if not view.beside:
        return unknown("No other eligible application was laid beside it")
    unsure = False
    for other in view.beside:
        same = _same(view.case, other)
        if same:
            words = f"{other.case_number} has the same employee, physician and date of injury"
            ask = look_up(f"Review it with {other.case_number}? Both must be eligible")
            return met(words, *fields, ask=ask)
        unsure = unsure or same is None
    if unsure:
        return unknown(
            "Employee, physician or date of injury of one of them is not stated", *fields
        )
    return not_met(
        "No other eligible application is of the same employee, physician, injury", *fields
    )


def _same(one: ImrCase, other: ImrCase) -> bool | None:
    """Whether employee, physician and injury agree; None where one is not stated."""
    roles = (PartyRole.INJURED_EMPLOYEE, PartyRole.REQUESTING_PHYSICIAN)
    pairs: list[tuple[object, object]] = [(_name(one, role), _name(other, role)) for role in roles]
    pairs.append((one.date_of_injury, other.date_of_injury))
    if one.date_of_birth and other.date_of_birth:
        pairs.append((one.date_of_birth, other.date_of_birth))
    if any(mine and its and mine != its for mine, its in pairs):
        return False
    return True if all(mine and its for mine, its in pairs) else None


def same_employee(one: ImrCase, other: ImrCase) -> bool:
    """Whether both name the same employee, and no date of birth or claim tells them apart."""
    mine, its = (_name(case, PartyRole.INJURED_EMPLOYEE) for case in (one, other))
    births = {one.date_of_birth, other.date_of_birth} - {None}
    known = len(births) == 1 and None not in (one.date_of_birth, other.date_of_birth)
    claims = {one.claim_number, other.claim_number} - {None}
    return bool(mine) and mine == its and len(births) <= 1 and (known or len(claims) == 1)


def _name(case: ImrCase, role: PartyRole) -> str:
    """The name without marks, titles and initials, so that two ways of writing it agree."""
    for party in case.parties:
        if party.role is role:
            words = party.name.partition(",")[0].casefold().replace(".", " ").split()
            return " ".join(word for word in words if len(word) > 1 and word not in _TITLES)
    return ""


_TITLES = frozenset({"dr", "md", "do", "dc", "mr", "mrs", "ms"})
