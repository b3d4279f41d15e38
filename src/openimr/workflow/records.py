"""Records: what each side owes by when, what is named and is not there, and the guard of 9792.10.6.

Nothing here refuses a record or a case: gaps are told with both sides, and a person looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from openimr.model.application import ImrCase, ReceivedDocument
from openimr.model.deadline import Due
from openimr.model.document import DocumentKind
from openimr.model.moments import local_day
from openimr.model.party import PartyRole
from openimr.model.records import (
    HeldRecord,
    NamedAndHeld,
    NamedRecord,
    OwedRecords,
    Presence,
    RecordRule,
    RecordsReport,
)
from openimr.workflow.earlier_grounds import months_after

_SAME_AUTHOR = 84
_FAR = 3
"""Days by which two dates of one record may differ: visit, dictation, signature."""
_ALIKE = frozenset({DocumentKind.PROGRESS_REPORT, DocumentKind.FIRST_REPORT, DocumentKind.UNKNOWN})
"""Kinds that a decision may call by one another's name."""
_NO_SUPPORT = frozenset({DocumentKind.UR_DECISION, DocumentKind.IMR_APPLICATION})
_GUARD = "8 CCR 9792.10.6(b)(2)"
Penalty = Callable[[Due, date], str | None]
"""What follows from a limit met on a day, in a sentence; None where nothing does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsAsked:
    """What the report is made from."""

    rules: tuple[RecordRule, ...]
    held: tuple[HeldRecord, ...]
    named: tuple[NamedRecord, ...] = ()
    due: tuple[Due, ...] = ()
    """The claims administrator's limit first; empty until the notice of assignment is sent."""
    penalty: Penalty | None = None


def report(case: ImrCase, asked: RecordsAsked) -> RecordsReport:
    """What is owed, what is there, what is missing, and whether it can be decided.

    Args:
        case: dates of request and treatment, receipts.
        asked: rules, the file, what the decision names, limits.
    """
    decidable, guard = _guard(asked.held)
    return RecordsReport(
        owed=tuple(_owed(case, rule, asked.held) for rule in asked.rules),
        due=asked.due,
        named=compare(asked.named, asked.held),
        decidable=decidable,
        guard=guard,
        late=tuple(_late(case.received, asked)),
    )


def _owed(case: ImrCase, rule: RecordRule, held: Sequence[HeldRecord]) -> OwedRecords:
    until = case.rfa_date if rule.window_months else None
    since = months_after(until, -rule.window_months) if until and rule.window_months else None
    of_kind = [record for record in held if record.kind in rule.kinds]
    inside = [record for record in of_kind if _inside(record, since, until)]
    return OwedRecords(
        rule=rule, since=since, until=until, held=tuple(inside), note=_note(case, rule, since)
    )


def _inside(record: HeldRecord, since: date | None, until: date | None) -> bool:
    if since is None or until is None:
        return True
    return record.day is not None and since <= record.day <= until


def _note(case: ImrCase, rule: RecordRule, since: date | None) -> str:
    if rule.window_months is None:
        return ""
    if since is None:
        return "the day of the request for authorization is not stated, so the window is not known"
    if case.treating_since is not None and case.treating_since > since:
        return (
            f"the requesting physician treats since {case.treating_since}: reports of the "
            f"physicians before, or of who referred, are owed for the time from {since}"
        )
    return ""


def compare(named: Sequence[NamedRecord], held: Sequence[HeldRecord]) -> tuple[NamedAndHeld, ...]:
    """Each record that the decision names, with what of the file comes nearest."""
    return tuple(_nearest(one, held) for one in named)


def _nearest(named: NamedRecord, held: Sequence[HeldRecord]) -> NamedAndHeld:
    ranked = sorted(held, key=lambda record: _score(named, record), reverse=True)
    best = ranked[0] if ranked else None
    if best is None or _score(named, best) <= 0:
        return NamedAndHeld(
            named=named, presence=Presence.MISSING, held=None, why="nothing of its kind or day"
        )
    doubts = list(_doubts(named, best, held))
    if not doubts:
        return NamedAndHeld(
            named=named, presence=Presence.FOUND, held=best, why="kind and day agree"
        )
    far = named.day and best.day and abs((named.day - best.day).days) > _FAR
    presence = Presence.MISSING if far else Presence.DOUBTFUL
    return NamedAndHeld(named=named, presence=presence, held=best, why="; ".join(doubts))


def _score(named: NamedRecord, held: HeldRecord) -> float:
    """How near a record of the file comes: day first, then kind, then author."""
    score = 0.0
    if _kinds_agree(named.kind, held.kind):
        score += 2
    elif named.kind is not None and held.kind not in {None, DocumentKind.UNKNOWN}:
        score -= 2
    if named.day and held.day:
        apart = abs((named.day - held.day).days)
        score += 4 if apart == 0 else 2 if apart <= _FAR else -apart / 400
    elif named.month and held.day and named.month == held.day.replace(day=1):
        score += 3
    if named.author and held.author:
        score += 1 if _authors_agree(named.author, held.author) else -0.5
    return score


def _doubts(named: NamedRecord, held: HeldRecord, of_file: Sequence[HeldRecord]) -> Iterator[str]:
    if named.kind is not None and not _kinds_agree(named.kind, held.kind):
        yield f"the decision calls it {_word(named.kind)}, the file {_word(held.kind)}"
    if named.day is None:
        same_month = named.month and held.day and named.month == held.day.replace(day=1)
        alone = sum(_kinds_agree(named.kind, one.kind) for one in of_file) == 1
        if not (same_month or (alone and named.month is None)):
            yield "the decision gives no day" if named.month is None else "the month differs"
    elif held.day is None:
        yield "the record in the file has no day"
    elif named.day != held.day:
        yield f"the decision says {named.day}, the file {held.day}"
    if named.author and held.author and not _authors_agree(named.author, held.author):
        yield f"the decision says {named.author}, the file {held.author}"


def _kinds_agree(one: DocumentKind | None, other: DocumentKind | None) -> bool:
    return one is not None and (one is other or {one, other} <= _ALIKE)


def _authors_agree(one: str, other: str) -> bool:
    return bool(fuzz.partial_ratio(one.casefold(), other.casefold()) >= _SAME_AUTHOR)


def _word(kind: DocumentKind | None) -> str:
    return kind.value.replace("_", " ") if kind else "of no known kind"


def _guard(held: Sequence[HeldRecord]) -> tuple[bool, str]:
    """Never on the decision alone: a record of the employee, a provider or the administrator."""
    support = [record for record in held if record.kind not in _NO_SUPPORT]
    known = [record for record in support if record.kind not in {None, DocumentKind.UNKNOWN}]
    if known:
        count = "1 record" if len(support) == 1 else f"{len(support)} records"
        return True, f"{count} besides decision and application ({_GUARD})"
    if support:
        return False, f"nothing is known to be a record: {len(support)} papers ({_GUARD})"
    return False, f"only the decision and the application are there: not to be decided ({_GUARD})"


def _late(received: Sequence[ReceivedDocument], asked: RecordsAsked) -> Iterator[str]:
    limit = next((due for due in asked.due if due.actor is PartyRole.CLAIMS_ADMINISTRATOR), None)
    if limit is None:
        return
    for record in received:
        if record.sender not in {PartyRole.CLAIMS_ADMINISTRATOR, PartyRole.EMPLOYER}:
            continue
        day = local_day(record.received)
        follows = asked.penalty(limit, day) if asked.penalty else None
        last = local_day(limit.due)
        if day > last:
            yield (
                f"{record.file} came on {day}, after {last} ({limit.deadline})"
                + (f": {follows}" if follows else "")
            )
