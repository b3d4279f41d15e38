"""case + state + event + rules -> what fills a notice for one recipient.

What nobody stated stays out, so that a template which needs it is refused. Days are counted by the
way in which the recipient is served.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from openimr.model.application import ImrCase, Priority
from openimr.model.clock_rules import ClockRules
from openimr.model.deadline import CaseClock, ClockOptions, Due
from openimr.model.event import Event
from openimr.model.ground import GroundRule
from openimr.model.moments import local, local_day, read_moment
from openimr.model.money import MoneyRules
from openimr.model.notice import (
    Caution,
    Condition,
    ListSlot,
    NoticeRole,
    NoticeTemplate,
    NoticeValues,
    Offices,
    Recipient,
    Sender,
    Slot,
)
from openimr.model.notice_words import REVIEWS, TRACKS, length, long_day, plain_day, reached
from openimr.model.party import PartyRole, ServiceMethod
from openimr.model.process_state import Flag, ItemState, State
from openimr.workflow.clock import due, program_of
from openimr.workflow.earlier_grounds import months_after
from openimr.workflow.told import regime_day

DECIDES: Mapping[Priority, str] = MappingProxyType(
    {Priority.REGULAR: "D19", Priority.FORMULARY: "D20", Priority.EXPEDITED: "D21"}
)
"""The limit to decide, by track."""
_RECORDS_BEFORE_RFA = 6
"""Months, 8 CCR 9792.10.5(a)(1)(A)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Everything a notice can be filled from."""

    case: ImrCase
    state: State
    """After the event."""
    event: Event
    """That calls for the notice, as a party may see it."""
    clocks: Sequence[CaseClock]
    rules: ClockRules
    money: MoneyRules
    grounds: Mapping[str, GroundRule]
    """In force for the case, by code."""
    offices: Offices
    served: Sequence[Recipient]
    says: frozenset[str] = frozenset()
    """Sentences of the table that stand as reason where nobody gave one."""

    @property
    def day(self) -> date:
        """Of the notice: when it was served, else when the act was done."""
        return local_day(self.moment("served_on"))

    def moment(self, key: str) -> date | datetime:
        """What the event states under a key, as a day or moment; else its own time."""
        stated = self.event.data.get(key, "")
        return read_moment(stated) if stated else self.event.at

    @property
    def served_at(self) -> datetime:
        """The moment of service; where only its day is stated, that of the act."""
        moment = self.moment("served_on")
        return moment if isinstance(moment, datetime) else self.event.at

    def words(self, key: str) -> tuple[str, ...]:
        """A list that the event states with commas between."""
        return tuple(filter(None, (one.strip() for one in self.event.data.get(key, "").split(","))))

    def service_of(self, role: NoticeRole) -> ServiceMethod | None:
        """How the first recipient of a role is served."""
        return next((one.service for one in self.served if one.role is role), None)

    def due(
        self,
        deadline: str,
        trigger: date | datetime,
        service: ServiceMethod | None,
        *,
        variant: str = "",
        sent: bool = False,
    ) -> Due:
        """A limit of the case under the rules of its UR decision."""
        return due(
            self.rules,
            deadline,
            trigger,
            service,
            regime_day=regime_day(self.case),
            program=self.case.program,
            options=ClockOptions(variant=variant, sent=sent),
        )

    def started(self, *deadlines: str) -> CaseClock | None:
        """The clock of one of these limits that the event started."""
        return next(
            (
                one
                for one in self.clocks
                if one.deadline in deadlines and one.started_by == self.event.number
            ),
            None,
        )

    def within(self, deadline: str) -> str:
        """The length of a limit in words; empty where the program has none."""
        on = regime_day(self.case)
        for rule in program_of(self.rules, self.case.program).deadlines:
            for limit in rule.limits:
                if rule.id == deadline and limit.in_force(on):
                    return length(limit.length, limit.unit)
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What one kind of notice adds to what all have."""

    slots: Mapping[Slot, str] = field(default_factory=lambda: MappingProxyType({}))
    lists: Mapping[ListSlot, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    conditions: Mapping[Condition, bool] = field(default_factory=lambda: MappingProxyType({}))
    dues: tuple[Due, ...] = ()
    """The limits named, for what is not verified in them."""
    cautions: tuple[Caution, ...] = ()


def values_of(template: NoticeTemplate, told: Told, own: Filled) -> NoticeValues:
    """All values of a notice: those of the case and those of its kind."""
    offices = told.offices
    director = template.sender is Sender.ADMINISTRATIVE_DIRECTOR
    return NoticeValues(
        day=told.day,
        sender=offices.administrative_director if director else offices.review_organization,
        rows=tuple(_rows(told)),
        slots={**_case_slots(told), **own.slots},
        lists={
            ListSlot.TREATMENTS: item_lines(told),
            ListSlot.NAMED_RECORDS: told.case.records_named_by_ur,
            **own.lists,
        },
        conditions={
            Condition.RFA_DATED: told.case.rfa_date is not None,
            Condition.RECORDS_NAMED: bool(told.case.records_named_by_ur),
            Condition.EXPEDITED: told.state.priority is Priority.EXPEDITED,
            Condition.REMANDED: Flag.ORGANIZATION in told.state.flags,
            **own.conditions,
        },
        cautions=tuple(dict.fromkeys((*_template_cautions(template), *_due_cautions(own.dues)))),
    )


def long_moment(moment: date | datetime) -> str:
    """A day, or a moment as `3:40 p.m. Pacific time on Tuesday, March 17, 2015`."""
    if not isinstance(moment, datetime):
        return long_day(moment)
    at = local(moment)
    half = "a.m." if at.hour < 12 else "p.m."
    return f"{at.hour % 12 or 12}:{at:%M} {half} Pacific time on {long_day(at.date())}"


def item_lines(told: Told, *states: ItemState) -> tuple[str, ...]:
    """The treatments in some states, numbered as the application has them; none named: all."""
    return tuple(
        f"Item {item.index}: {item.request_text}"
        for item in told.case.items
        if not states or told.state.items.get(item.index) in states
    )


def name_of(case: ImrCase, role: PartyRole) -> str:
    """The first party of a role; empty where there is none."""
    return next((party.name for party in case.parties if party.role is role), "")


def _case_slots(told: Told) -> Mapping[Slot, str]:
    case, track = told.case, told.state.priority
    ur_day = case.ur_decision.issued or case.ur_decision.served
    rfa = case.rfa_date
    received, reason = case.application.received, told.event.reason.strip()
    return {
        Slot.CASE_NUMBER: case.case_number,
        Slot.EMPLOYEE: name_of(case, PartyRole.INJURED_EMPLOYEE),
        Slot.PHYSICIAN: name_of(case, PartyRole.REQUESTING_PHYSICIAN),
        Slot.ADMINISTRATOR: name_of(case, PartyRole.CLAIMS_ADMINISTRATOR),
        Slot.ORGANIZATION: told.offices.review_organization.name,
        Slot.SEND_TO: reached(told.offices.review_organization),
        Slot.DIVISION_ADDRESS: reached(told.offices.administrative_director, name=False),
        Slot.UR_DECISION_DATE: plain_day(ur_day) if ur_day else "",
        Slot.RFA_DATE: plain_day(rfa) if rfa else "",
        Slot.RECORDS_FROM: plain_day(months_after(rfa, -_RECORDS_BEFORE_RFA)) if rfa else "",
        Slot.APPLICATION_RECEIVED: plain_day(local_day(received)) if received else "",
        Slot.TRACK: REVIEWS[track],
        Slot.DECISION_WITHIN: _after_records(told.within(DECIDES[track])),
        Slot.REASON: "" if reason in told.says else reason,
    }


def _after_records(limit: str) -> str:
    return f"{limit} from the day on which it has the records" if limit else ""


def _rows(told: Told) -> Iterator[tuple[str, str]]:
    """What identifies the case, as far as it is known."""
    case = told.case
    known = (
        ("Case number", case.case_number),
        ("Injured employee", name_of(case, PartyRole.INJURED_EMPLOYEE)),
        ("Date of injury", plain_day(case.date_of_injury) if case.date_of_injury else ""),
        ("Claim number", case.claim_number or ""),
        ("Appeals Board case", case.adjudication_number or ""),
        ("Employer", name_of(case, PartyRole.EMPLOYER)),
        ("Claims administrator", name_of(case, PartyRole.CLAIMS_ADMINISTRATOR)),
        ("Kind of review", TRACKS[told.state.priority]),
    )
    return ((label, value) for label, value in known if value.strip())


def _template_cautions(template: NoticeTemplate) -> Iterator[Caution]:
    if template.unverified or template.note:
        note = template.note or "What this notice must say was not checked."
        yield Caution(text=note, citation=template.citation)


def _due_cautions(dues: Sequence[Due]) -> Iterator[Caution]:
    for one in dues:
        for step in one.steps:
            if step.unverified:
                yield Caution(text=f"{one.deadline}: {step.text}", citation=step.citation)
