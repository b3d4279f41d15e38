"""What is wrong with a register as such, and what of it runs out: by reviewer, without names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from openimr.assign.requirements import personal_reasons
from openimr.model.assignment import Reason
from openimr.model.assignment_rules import AssignmentRules
from openimr.model.reviewer import Organization, Register, RelationKind, Reviewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One reviewer of the register, looked up on a day."""

    reviewer: str
    reasons: tuple[Reason, ...]
    """Why no item may be given now; empty: it may."""
    notices: tuple[str, ...]
    """What runs out soon, or should be looked up anew."""


def register_faults(register: Register, rules: AssignmentRules) -> tuple[str, ...]:
    """Entries that cannot be meant so, each as `reviewer: field: what; mend`; empty if none."""
    counts = Counter(one.id for one in register.reviewers)
    twice = (f"{name}: id: stands {n} times; keep one" for name, n in counts.items() if n > 1)
    found = (fault for one in register.reviewers for fault in _faults(one, rules))
    return (*_organization_faults(register.organization), *twice, *found)


def check_reviewer(reviewer: Reviewer, day: date, rules: AssignmentRules) -> Checked:
    """What is missing, has expired or expires soon."""
    return Checked(
        reviewer=reviewer.id,
        reasons=personal_reasons(reviewer, day, rules),
        notices=tuple(_notices(reviewer, day, rules)),
    )


def _organization_faults(one: Organization) -> Iterator[str]:
    if not one.name.strip():
        yield "organization: name: is empty (Labor Code 139.5(d)(1)); write its name"
    for place, tie in enumerate(one.ties):
        if not tie.to.strip():
            at = f"organization: ties[{place}].to"
            yield f"{at}: names nobody (Labor Code 139.5(d)(2)); name the other"


def _faults(one: Reviewer, rules: AssignmentRules) -> Iterator[str]:
    known = rules.specialties
    if not one.name.strip():
        yield (
            f"{one.id}: name: is empty, so that no tie can be found by it (Labor Code "
            "139.5(d)(5)); write the reviewer's name"
        )
    for place, licence in enumerate(one.licences):
        if licence.state not in rules.requirements.states:
            yield (
                f"{one.id}: licences[{place}].state: is no state of the United States "
                "(Labor Code 139.5(d)(4)(B)); write two capitals, such as CA"
            )
    for place, word in enumerate(one.specialties):
        if known.named(word) is None:
            yield (
                f"{one.id}: specialties[{place}]: `{word}` is no specialty of the vocabulary; "
                "see process/specialties.yaml"
            )
    for place, board in enumerate(one.boards):
        if known.named(board.specialty) is None:
            yield (
                f"{one.id}: boards[{place}].specialty: `{board.specialty}` is no specialty of the "
                "vocabulary (Labor Code 139.5(d)(4)(B)); see process/specialties.yaml"
            )
    yield from _relation_faults(one)
    yield from _number_faults(one, rules.requirements.most_weekly_hours)


def _number_faults(one: Reviewer, most_hours: int) -> Iterator[str]:
    for name in ("capacity", "load", "weekly_hours", "years_in_practice"):
        value = getattr(one, name)
        if value is not None and value < 0:
            yield f"{one.id}: {name}: is below zero; write 0 or more"
    if one.weekly_hours is not None and one.weekly_hours > most_hours:
        yield f"{one.id}: weekly_hours: is above {most_hours}; write the hours of one week"
    for place, (first, last) in enumerate(one.away):
        if last < first:
            yield f"{one.id}: away[{place}]: ends before it begins; mend a date"


def _relation_faults(one: Reviewer) -> Iterator[str]:
    for place, tie in enumerate(one.relations):
        at = f"{one.id}: relations[{place}]"
        if not tie.to.strip():
            yield f"{at}.to: names nobody (Labor Code 139.5(d)(5)); name the other"
        if tie.share_of_income is not None and not 0 <= tie.share_of_income <= 1:
            yield (
                f"{at}.share_of_income: is no share (Labor Code 139.5(d)(5)); write 0 to 1, such "
                "as 0.05 for 5 %"
            )
        if tie.kinship is not None and tie.kind is not RelationKind.FAMILIAL:
            yield f"{at}.kinship: the tie is {tie.kind}; leave it out, or write familial"
        if tie.since and tie.until and tie.until < tie.since:
            yield f"{at}.until: is before `since`; mend a date"


def _notices(one: Reviewer, day: date, rules: AssignmentRules) -> Iterator[str]:
    asked = rules.requirements
    soon, stale = day + timedelta(days=asked.warn_days), day - timedelta(days=asked.evidence_days)
    for licence in one.licences:
        if day <= licence.expires <= soon:
            yield f"the licence of {licence.state} expires on {licence.expires.isoformat()}"
        if licence.expires < day:
            yield f"the licence of {licence.state} expired on {licence.expires.isoformat()}"
    for board in one.boards:
        if board.expires is not None and day <= board.expires <= soon:
            yield f"the certificate in {board.specialty} expires on {board.expires.isoformat()}"
        if board.expires is not None and board.expires < day:
            yield f"the certificate in {board.specialty} expired on {board.expires.isoformat()}"
    for what, evidence in _evidence(one):
        if evidence is None:
            yield f"no evidence is on file: {what}"
        elif evidence < stale:
            yield f"last looked up on {evidence.isoformat()}: {what}"


def _evidence(one: Reviewer) -> Iterator[tuple[str, date | None]]:
    """Each statement and the day on which it was last looked up."""
    told = [(f"licence of {lic.state}", lic.evidence) for lic in one.licences]
    told += [(f"certificate in {board.specialty}", board.evidence) for board in one.boards]
    if one.weekly_hours is not None or one.years_in_practice is not None:
        told.append(("practice", one.practice_evidence))
    if one.disciplined is not None:
        told.append(("discipline", one.discipline_evidence))
    if one.disclosure is not None:
        told.append(("disclosure of relations", one.disclosure))
    for what, evidence in told:
        yield what, evidence.checked_on if evidence else None
