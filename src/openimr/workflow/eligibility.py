"""Findings on the grounds -> a proposal for the Administrative Director, item by item.

Nothing is refused here: a ground that is not stated never counts, and a person decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from openimr.model.application import FiledItem, ImrCase, Priority
from openimr.model.deadline import Due
from openimr.model.errors import InputError
from openimr.model.ground import (
    GroundCode,
    GroundFinding,
    GroundOutcome,
    Grounds,
    ItemProposal,
    Proposal,
    ProposedOutcome,
    Question,
    Standing,
)
from openimr.model.moments import local_day
from openimr.model.request import Request
from openimr.model.stated import Clash, Sources
from openimr.workflow.consistency import problems_of
from openimr.workflow.ground_view import DueBy, View
from openimr.workflow.grounds import examine

PROGRAM = "ca-wc"
"""The program whose grounds are held."""
_REQUEST = "D11"
_IN_ORDER = (
    (GroundOutcome.TERMINATED, ProposedOutcome.TERMINATED),
    (GroundOutcome.LINKED, ProposedOutcome.LINKED),
    (GroundOutcome.INELIGIBLE, ProposedOutcome.INELIGIBLE),
    (GroundOutcome.DEFERRED, ProposedOutcome.DEFERRED),
)
"""What comes before what where several grounds of an item are established."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a proposal is made from, beside the case itself."""

    grounds: Grounds
    due: DueBy
    requests: Mapping[str, Request] = field(default_factory=lambda: MappingProxyType({}))
    """Each request line of the case and of earlier ones, read by the request grammar."""
    sources: Sources = field(default_factory=lambda: MappingProxyType({}))
    beside: tuple[ImrCase, ...] = ()
    """Other applications that are eligible or proposed so."""
    otherwise: ImrCase | None = None
    """The case as the pages state it, where they clash with what was stated."""
    clashes: tuple[Clash, ...] = ()


def propose(case: ImrCase, material: Material, *, as_of: date) -> Proposal:
    """Eligibility as far as it can be told from what is stated.

    Args:
        case: as it was filed.
        material: rules, clock, parsed requests, pages.
        as_of: the day on which it is proposed; it chooses the rules only if nothing else does.

    Raises:
        InputError: the case contradicts itself or names a forum that no rule knows.
    """
    day, basis = rules_day(case, as_of)
    rules = material.grounds.on(day)
    _require_sense(case, material)
    view = View(
        case=case,
        decided=day,
        due=material.due,
        sources=material.sources,
        requests=material.requests,
        beside=material.beside,
    )
    findings = examine(view, rules)
    if material.otherwise is not None:
        others = examine(replace(view, case=material.otherwise), rules)
        findings = _reconciled(findings, others, material.clashes)
    items = tuple(_item(item, findings) for item in case.items)
    outcome = _outcome(items, findings)
    asks = outcome is ProposedOutcome.REQUEST_INFORMATION
    return Proposal(
        case_number=case.case_number,
        made_on=as_of,
        rules_of=day,
        rules_of_basis=basis,
        outcome=outcome,
        track=_track(case, findings),
        items=items,
        findings=findings,
        request=_answer_due(material.due, as_of, day) if asks else None,
        clashes=material.clashes,
    )


def rules_day(case: ImrCase, as_of: date) -> tuple[date, str]:
    """The day whose rules hold, and what it is: that of the UR decision, as near as is stated."""
    decision, received = case.ur_decision, case.application.received
    known = (
        (decision.issued, "the day of the utilization review decision"),
        (decision.served, "the day on which the utilization review decision was served"),
        (decision.communicated, "the day on which the decision was communicated"),
        (local_day(received) if received else None, "the day of receipt"),
    )
    return next(
        ((day, basis) for day, basis in known if day is not None),
        (as_of, "the day of the proposal, as no other is stated"),
    )


def _require_sense(case: ImrCase, material: Material) -> None:
    if case.program != PROGRAM:
        raise InputError(
            f"there are no grounds of eligibility of the program {case.program}",
            where=case.case_number,
            why=f"those that are held are of {PROGRAM} (8 CCR 9792.10.3)",
            remedy="decide its eligibility by its own rules; nothing was proposed",
        )
    forums = {key for rule in material.grounds.rules for key in rule.redirects}
    problems = [*problems_of(case)]
    if case.application.forum is not None and case.application.forum not in forums:
        known = ", ".join(sorted(forums))
        problems.append(f"application.forum: {case.application.forum} is none of {known}")
    if problems:
        raise InputError(
            f"the case contradicts itself: {'; '.join(problems)}",
            where=case.case_number,
            why="8 CCR 9792.10.3(a) lets eligibility rest on what the application and decision say",
            remedy="mend these fields; nothing was proposed",
        )


def _reconciled(
    stated: Sequence[GroundFinding], read: Sequence[GroundFinding], clashes: Sequence[Clash]
) -> tuple[GroundFinding, ...]:
    """What `case.json` and the pages give alike; unknown where they give different grounds."""
    other = {(found.code, found.item): found for found in read}
    return tuple(_settled(found, other.get((found.code, found.item)), clashes) for found in stated)


def _settled(
    found: GroundFinding, other: GroundFinding | None, clashes: Sequence[Clash]
) -> GroundFinding:
    if other is None or other.standing is found.standing:
        return found
    paths = {fact.field for fact in (*found.facts, *other.facts)}
    told = [clash.sentence for clash in clashes if clash.field in paths]
    if not told:
        return found
    return replace(
        found,
        standing=Standing.UNKNOWN,
        statement="The case and its pages do not agree: " + "; ".join(told),
        questions=(Question(text=f"Which is right? {'; '.join(told)}", whom=None),),
    )


def _item(item: FiledItem, findings: Sequence[GroundFinding]) -> ItemProposal:
    """What is proposed for an item: the first outcome that an established ground gives it."""
    of_item = [found for found in findings if found.item in (None, item.index)]
    met = [found for found in of_item if found.standing is Standing.ESTABLISHED]
    for gives, outcome in _IN_ORDER:
        # What is to be mended first is asked for; it refuses nothing yet.
        grounds = [
            found.code
            for found in met
            if found.rule.outcome is gives
            and not found.rule.asks_first
            and found.code is not GroundCode.CONSOLIDATE
        ]
        if grounds:
            return _proposed(item, outcome, grounds)
    asked = [
        found.code for found in of_item if found.open or (found in met and found.rule.asks_first)
    ]
    if asked:
        return _proposed(item, ProposedOutcome.REQUEST_INFORMATION, asked)
    return _proposed(item, ProposedOutcome.ELIGIBLE, [found.code for found in met])


def _proposed(
    item: FiledItem, outcome: ProposedOutcome, grounds: Sequence[GroundCode]
) -> ItemProposal:
    return ItemProposal(
        index=item.index,
        request_text=item.request_text,
        outcome=outcome,
        grounds=tuple(dict.fromkeys(grounds)),
    )


def _outcome(items: Sequence[ItemProposal], findings: Sequence[GroundFinding]) -> ProposedOutcome:
    """Of the case: what all items share; else partly eligible, or what must be asked first."""
    if not items:
        met = {found.rule.outcome for found in findings if found.standing is Standing.ESTABLISHED}
        return next(
            (outcome for gives, outcome in _IN_ORDER[::2] if gives in met),
            ProposedOutcome.REQUEST_INFORMATION,
        )
    outcomes = {item.outcome for item in items}
    if len(outcomes) == 1:
        return outcomes.pop()
    if ProposedOutcome.REQUEST_INFORMATION in outcomes:
        return ProposedOutcome.REQUEST_INFORMATION
    if ProposedOutcome.ELIGIBLE in outcomes:
        return ProposedOutcome.PARTLY_ELIGIBLE
    return next(outcome for outcome in _LAST if outcome in outcomes)


_LAST = (
    ProposedOutcome.DEFERRED,
    ProposedOutcome.LINKED,
    ProposedOutcome.INELIGIBLE,
    ProposedOutcome.TERMINATED,
)
"""Where no item goes on, the case is what leaves it open longest."""


def _track(case: ImrCase, findings: Sequence[GroundFinding]) -> Priority:
    """Expedited only as asked and with a certificate or an expedited decision."""
    application, decision = case.application, case.ur_decision
    without = any(
        found.code is GroundCode.NO_URGENCY_CERT and found.standing is not Standing.NOT_ESTABLISHED
        for found in findings
    )
    if application.requested is Priority.EXPEDITED and not without:
        return Priority.EXPEDITED
    if application.requested is Priority.FORMULARY or decision.formulary:
        return Priority.FORMULARY
    return Priority.REGULAR


def _answer_due(due: DueBy, as_of: date, decided: date) -> Due:
    return due(_REQUEST, as_of, service=None, decided=decided)


def by_whom(questions: Sequence[Question]) -> Iterator[tuple[str, tuple[Question, ...]]]:
    """The questions of each addressee, in the order in which they are first asked."""
    for whom in dict.fromkeys(question.whom for question in questions):
        name = whom.value.replace("_", " ") if whom else "review organization"
        yield name, tuple(question for question in questions if question.whom is whom)
