"""The sentence of a notice: case folder -> the event that calls for it -> letters.

Each recipient has a letter, as text and PDF.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from openimr.adapters.plain_files import read_plain
from openimr.model.application import ImrCase
from openimr.model.clock_rules import ClockRules
from openimr.model.errors import CheckFailed, InputError, UsageError
from openimr.model.event import Event
from openimr.model.ground import Grounds
from openimr.model.money import MoneyRules
from openimr.model.notice import (
    Caution,
    Notice,
    NoticeRole,
    NoticeTemplate,
    Offices,
    Recipient,
)
from openimr.model.party import ServiceMethod
from openimr.model.reviewer import Register
from openimr.model.transition import TransitionTable
from openimr.process.folder import open_case
from openimr.process.leaks import leaks
from openimr.render.notices import notice_pdf, notice_text
from openimr.workflow.acts import replay
from openimr.workflow.notice_kinds import KINDS
from openimr.workflow.notice_values import Told, values_of
from openimr.workflow.notices import call_for, notice, recipients
from openimr.workflow.running import running_clocks
from openimr.workflow.service import BY_MAIL
from openimr.workflow.told import regime_day
from openimr.workflow.views import party_view, reviewer_ids

FOLDER, OFFICES = "notices", "offices.json"
PROGRAM = "ca-wc"
"""The program whose notices the rulebook holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRules:
    """Every rule that a notice is made by."""

    templates: Mapping[str, NoticeTemplate]
    table: TransitionTable
    clock: ClockRules
    money: MoneyRules
    grounds: Grounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """The letters of one notice."""

    event: Event
    notices: tuple[Notice, ...]
    secret: frozenset[str]
    """Register ids of all reviewers that the events name."""

    def cautions(self) -> tuple[Caution, ...]:
        """What was not checked against the law, each once, for the sender to look at."""
        return tuple(dict.fromkeys(one for each in self.notices for one in each.cautions))

    def files(self) -> Mapping[str, bytes]:
        """Name and content: `04-noarfi-attorney.txt` and `.pdf`, by the number of the event."""
        found: dict[str, bytes] = {}
        for each in self.notices:
            stem = f"{self.event.number:02d}-{each.kind}-{each.recipient.role}"
            again = sum(name.endswith(".pdf") and _stem(name) == stem for name in found)
            stem += f"-{again + 1}" if again else ""
            found[f"{stem}.txt"] = notice_text(each).encode()
            found[f"{stem}.pdf"] = notice_pdf(each)
        return found


def read_offices(folder: Path, file: Path | None) -> Offices:
    """Who sends: from the file named, else from the case's folder or the one above it.

    Raises:
        UsageError: there is none.
        InputError: a field of it is wrong.
    """
    places = [file] if file else [folder / OFFICES, folder.resolve().parent / OFFICES]
    for place in places:
        if place.exists() or file:
            return read_plain(place, Offices, what="a file of offices")
    raise UsageError(
        "it is not known who sends the notice",
        where=str(folder),
        why=f"there is no {OFFICES} in the case's folder or beside it",
        remedy=f"write {OFFICES} with `review_organization` and `administrative_director`, each "
        "with `name` and `address`, or name such a file with --offices",
    )


def letters(
    folder: Path,
    kind: str,
    rules: NoticeRules,
    offices: Offices,
    *,
    as_of: datetime | None = None,
    to: NoticeRole | None = None,
) -> Letters:
    """The letters of a notice of a case, one for each recipient.

    Args:
        folder: of the case.
        kind: the template's id.
        rules: all rules.
        offices: who sends.
        as_of: leave out what happened later; None: nothing is left out.
        to: only this recipient, who then stands alone in the proof of service.

    Raises:
        UsageError: no such notice, or nothing in the case calls for it.
        InputError: something that the notice needs is missing, or the case is of another program
            than the notice.
    """
    template = _template(rules, kind)
    opened = open_case(folder, rules.table)
    case = opened.case
    known = [one for one in opened.events if as_of is None or one.at <= as_of]
    _check_program(template, case)
    _check_day(template, case)
    event = _call(template, known, folder)
    until = opened.events[: event.number]
    shown = party_view(rules.table, case.program, until)
    served = _served(template, case, event, offices, to)
    rows = rules.table.of(case.program)
    told = Told(
        case=case,
        state=replay(rules.table, case, until),
        event=shown[-1],
        clocks=running_clocks(case, shown, rules.clock),
        rules=rules.clock,
        money=rules.money,
        grounds={rule.code.value: rule for rule in rules.grounds.on(regime_day(case))},
        offices=offices,
        served=served,
        says=frozenset(row.says for row in rows),
    )
    written = tuple(
        notice(template, values_of(template, told, KINDS[kind](told, one)), one, served)
        for one in served
    )
    secret = reviewer_ids({row.act: row for row in reversed(rows)}, opened.events)
    _refuse_names(written, secret)
    return Letters(event=event, notices=written, secret=secret)


def require_secret(
    files: Mapping[str, bytes], secret: frozenset[str], register: Register | None
) -> None:
    """Search the files for name, id and licence number of the reviewers of the case.

    Args:
        files: the letters, by name.
        secret: register ids of the reviewers of the case; none: there is nobody to look for.
        register: of the reviewers; None: it was not given.

    Raises:
        UsageError: the case has a reviewer whose name is not known, so that nobody can look for it.
        CheckFailed: a file would name one of them.
    """
    known = {one.id: one for one in register.reviewers} if register else {}
    unknown = sorted(secret - known.keys())
    if unknown:
        raise UsageError(
            "the letters cannot be searched for the names of the case's reviewers",
            why=(
                f"the register has no {', '.join(unknown)}"
                if register
                else "the case has a reviewer, whose name is confidential (Labor Code 4610.6(f)), "
                "and no register was given"
            ),
            remedy="name the register of its reviewers with --register; nothing was written",
        )
    found = [leak for one in sorted(secret) for leak in leaks(files, known[one])]
    if found:
        raise CheckFailed(
            f"the notice would name a reviewer: {'; '.join(found)}",
            why="the names of reviewers are confidential (Labor Code 4610.6(f))",
            remedy="take the words out of what the case or the act states; nothing was written",
        )


def _template(rules: NoticeRules, kind: str) -> NoticeTemplate:
    if kind not in rules.templates:
        raise UsageError(
            f"there is no notice `{kind}`", remedy=f"use one of: {', '.join(rules.templates)}"
        )
    return rules.templates[kind]


def _check_program(template: NoticeTemplate, case: ImrCase) -> None:
    if case.program != PROGRAM:
        raise InputError(
            f"the notice `{template.kind}` is written for California workers' compensation, "
            f"and the case is one of the program {case.program}",
            where=case.case_number,
            why=f"its words, days and legal basis are of {PROGRAM} ({template.citation})",
            remedy="write the letter by the rules of that program; nothing was written",
        )


def _check_day(template: NoticeTemplate, case: ImrCase) -> None:
    day = regime_day(case)
    last = template.effective_to
    if day < template.effective_from or (last is not None and day > last):
        raise InputError(
            f"the notice `{template.kind}` has no text for a UR decision of {day}",
            why=f"its text is of {template.effective_from} to {last or 'now'}",
            remedy="add the text of that day to the rulebook",
        )


def _call(template: NoticeTemplate, events: Sequence[Event], folder: Path) -> Event:
    event = call_for(template, events)
    if event is None:
        raise UsageError(
            f"nothing in the case calls for the notice `{template.kind}`",
            where=str(folder),
            why=f"it follows upon: {', '.join(template.acts)} ({template.citation})",
            remedy="record the act first with `openimr act`",
        )
    return event


def _served(
    template: NoticeTemplate,
    case: ImrCase,
    event: Event,
    offices: Offices,
    to: NoticeRole | None,
) -> tuple[Recipient, ...]:
    stated = event.data.get("service")
    administrator = {NoticeRole.CLAIMS_ADMINISTRATOR: ServiceMethod(stated)} if stated else {}
    office = offices.administrative_director
    director = Recipient(
        role=NoticeRole.ADMINISTRATIVE_DIRECTOR,
        name=office.name,
        address=office.address,
        service=ServiceMethod.ELECTRONIC if office.electronic else BY_MAIL,
    )
    served = recipients(template, case.parties, director, administrator)
    chosen = tuple(one for one in served if to in {None, one.role})
    if not chosen:
        raise UsageError(
            f"the notice `{template.kind}` goes to no {to}",
            remedy=f"use one of: {', '.join(dict.fromkeys(one.role for one in served))}",
        )
    return chosen


def _refuse_names(written: Sequence[Notice], secret: frozenset[str]) -> None:
    """The last look before anything is written: no reviewer's id stands in any letter."""
    words = [one for one in secret if one.strip()]
    for each in written:
        text = notice_text(each).casefold()
        if any(re.search(rf"(?<!\w){re.escape(word.casefold())}(?!\w)", text) for word in words):
            raise InputError(
                f"the notice `{each.kind}` would name a reviewer",
                why="a reviewer stays secret (Labor Code 4610.6(f))",
                remedy="take the reviewer out of what the case or the act states",
            )


def _stem(name: str) -> str:
    return re.sub(r"(-\d+)?\.pdf$", "", name)
