"""What a ground sees of a case, and how it says what it found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from openimr.model.application import FiledItem, ImrCase
from openimr.model.deadline import Due
from openimr.model.ground import GroundFinding, GroundRule, Question, Standing
from openimr.model.moments import PACIFIC
from openimr.model.party import PartyRole, ServiceMethod
from openimr.model.request import Request
from openimr.model.stated import Sources, Stated

NOT_STATED = "not stated"
_WAYS = {
    ServiceMethod.PERSONAL: "in person",
    ServiceMethod.MAIL_CALIFORNIA: "by mail in California",
    ServiceMethod.MAIL_UNITED_STATES: "by mail in the United States",
    ServiceMethod.MAIL_ABROAD: "by mail abroad",
    ServiceMethod.FAX: "by fax",
    ServiceMethod.OVERNIGHT: "by overnight delivery",
    ServiceMethod.ELECTRONIC: "electronically",
}
_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")


class DueBy(Protocol):
    """When something is due; the process hands over the clock."""

    def __call__(
        self, deadline: str, trigger: date, *, service: ServiceMethod | None, decided: date
    ) -> Due:
        """The last day of a time limit (D1 to D27) for UR decisions of the day `decided`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A case with where its fields are stated, and what the grounds may ask."""

    case: ImrCase
    decided: date
    """The day whose rules hold: that of the UR decision."""
    due: DueBy
    sources: Sources = field(default_factory=lambda: MappingProxyType({}))
    requests: Mapping[str, Request] = field(default_factory=lambda: MappingProxyType({}))
    """Each request line of the case and of earlier ones, read by the request grammar."""
    beside: tuple[ImrCase, ...] = ()
    """Other applications that are eligible or proposed so."""

    def stated(self, path: str) -> Stated:
        """A field with its value in words and its page."""
        return Stated(
            field=path, value=in_words(value_at(self.case, path)), source=self.sources.get(path)
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a ground found, naming the fields that it rests on by their paths."""

    standing: Standing
    statement: str
    fields: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    due: tuple[Due, ...] = ()

    def finding(self, view: View, rule: GroundRule, item: FiledItem | None) -> GroundFinding:
        """The same with the values and pages of its fields."""
        return GroundFinding(
            rule=rule,
            item=item.index if item else None,
            standing=self.standing,
            statement=self.statement,
            facts=tuple(view.stated(path) for path in self.fields),
            questions=self.questions,
            due=self.due,
        )


def met(
    statement: str, *fields: str, ask: Question | None = None, due: tuple[Due, ...] = ()
) -> Verdict:
    """The ground is established; `ask` is what a person should still look at."""
    return Verdict(Standing.ESTABLISHED, statement, fields, (ask,) if ask else (), due)


def not_met(statement: str, *fields: str, due: tuple[Due, ...] = ()) -> Verdict:
    """The ground is not established."""
    return Verdict(Standing.NOT_ESTABLISHED, statement, fields, (), due)


def unknown(
    statement: str, *fields: str, ask: Question | None = None, due: tuple[Due, ...] = ()
) -> Verdict:
    """It cannot be told; `ask` would settle it."""
    return Verdict(Standing.UNKNOWN, statement, fields, (ask,) if ask else (), due)


def ask_employee(text: str) -> Question:
    """A question to the injured employee or who represents the employee."""
    return Question(text=text, whom=PartyRole.INJURED_EMPLOYEE)


def ask_administrator(text: str) -> Question:
    """A question to the claims administrator."""
    return Question(text=text, whom=PartyRole.CLAIMS_ADMINISTRATOR)


def look_up(text: str) -> Question:
    """What the review organization must look up in its own file."""
    return Question(text=text, whom=None)


def at(item: FiledItem, name: str) -> str:
    """The path of an item's field."""
    return f"items[{item.index}].{name}"


def value_at(case: ImrCase, path: str) -> object:
    """The value of a field by its path; items and others count from 1."""
    value: object = case
    for name, number in _STEP.findall(path):
        value = getattr(value, name, None)
        if number and isinstance(value, tuple):
            value = value[int(number) - 1] if int(number) <= len(value) else None
        if value is None:
            return None
    return value


def in_words(value: object) -> str:
    """A value as a person would say it."""
    match value:
        case None | ():
            return NOT_STATED
        case bool():
            return "yes" if value else "no"
        case datetime():
            local = value.astimezone(PACIFIC)
            shown = local.date().isoformat()
            return shown if local.time() == time() else f"{shown} {local:%H:%M}"
        case date():
            return value.isoformat()
        case ServiceMethod():
            return _WAYS.get(value, value.value)
        case StrEnum():
            return value.value.replace("_", " ")
        case tuple():
            return ", ".join(in_words(one) for one in value)
    return str(value)
