"""A seeded folder of cases, and beside each case what was done to it, in the forger's own words."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from openimr.adapters.plain_files import write_plain
from openimr.model.application import Application, FiledItem, ImrCase, ReceivedDocument, UrDecision
from openimr.model.event import Actor, ActorRole, Event
from openimr.model.party import PartyRole, parties_sha256
from openimr.model.process_state import State
from openimr.process.folder import write_events
from openimr.rulebook.transitions import load_transitions
from openimr.workflow.acts import act

TABLE = load_transitions()
LINES = {
    "Norco 10/325mg #60": "pharmaceuticals",
    "Physical therapy, 6 visits": "rehabilitation",
    "MRI of the lumbar spine": "diagnostic testing",
    "TENS unit": "DMEPOS",
    "Lumbar epidural steroid injection": "injections",
    "Lumbar laminectomy": "surgery",
    "Psychotherapy, 6 sessions": "behavioral and mental health",
    "Functional restoration program": "programs",
}
_SHA = "a" * 64
_AD, _IMRO = ActorRole.ADMINISTRATIVE_DIRECTOR, ActorRole.REVIEW_ORGANIZATION
_CA, _REVIEWER = ActorRole.CLAIMS_ADMINISTRATOR, ActorRole.REVIEWER


@dataclass
class Ledger:
    """What the forger did, kept apart from case and events."""

    number: str
    received: date
    story: str
    lines: list[str]
    grounds: list[str] = field(default_factory=list)
    left_out: int = 0
    eligible_on: date | None = None
    assigned: date | None = None
    electronic: bool = False
    records_in: date | None = None
    records_given_up: date | None = None
    decided: date | None = None
    outcomes: list[bool] = field(default_factory=list)
    ended: date | None = None
    had_reviewer: bool = False
    petition: tuple[date, str] | None = None


class Forger:
    """Does acts at noon UTC of their day, later ones of a day a minute later."""

    def __init__(self, case: ImrCase) -> None:
        self.case, self.state, self.events = case, State(), tuple[Event, ...]()

    def do(self, day: date, name: str, role: ActorRole, reason: str = "so", **data: str) -> None:
        at = datetime.combine(day, time(20), UTC) + timedelta(minutes=len(self.events))
        who = Actor(role=role, name="R-9" if role is _REVIEWER else "desk")
        self.state, more = act(TABLE, self.state, self.case, name, who, at, data, reason)
        self.events = (*self.events, *more)


def instant(day: date) -> str:
    return datetime.combine(day, time(19), UTC).isoformat()


def forge(folder: Path, seed: int, count: int) -> list[Ledger]:
    """Write `count` case folders; the same seed gives the same bytes."""
    draw = random.Random(seed)
    return [_one(folder, draw, number) for number in range(1, count + 1)]


def _one(folder: Path, draw: random.Random, number: int) -> Ledger:
    received = date(2014, 7, 1) + timedelta(days=draw.randrange(330))
    story = draw.choices(
        ["decided", "duplicate", "ineligible", "deferred", "undecided", "withdrawn", "authorized"],
        [60, 6, 12, 3, 3, 4, 12],
    )[0]
    lines = draw.choices(list(LINES), k=draw.choice([1, 1, 1, 2, 3]))
    ledger = Ledger(f"CM14-{number:07}", received, story, lines)
    ur = received - timedelta(days=draw.randrange(5, 30))
    case = ImrCase(
        case_number=ledger.number,
        application=Application(received=datetime.fromisoformat(instant(received))),
        ur_decision=UrDecision(issued=ur, served=ur),
        items=tuple(
            FiledItem(index=index, request_text=line) for index, line in enumerate(lines, 1)
        ),
        received=(
            ReceivedDocument(
                file="pr2.pdf",
                kind="pr2",
                sender=PartyRole.INJURED_EMPLOYEE,
                received=datetime.fromisoformat(instant(received)),
            ),
        ),
    )
    forger = Forger(case)
    forger.do(received, "receive_application", ActorRole.INTAKE, received=instant(received))
    _tell(forger, ledger, draw)
    place = folder / ledger.number
    place.mkdir(parents=True)
    write_plain(place / "case.json", case)
    write_events(place, forger.events)
    return ledger


def _tell(forger: Forger, ledger: Ledger, draw: random.Random) -> None:
    day = ledger.received + timedelta(days=draw.randrange(1, 4))
    if ledger.story == "duplicate":
        forger.do(day, "link_duplicate", _IMRO, of="CM13-0000001", confirmed="yes")
        return
    forger.do(day, "open_eligibility_review", _IMRO)
    day += timedelta(days=draw.randrange(1, 20))
    match ledger.story:
        case "undecided":
            return
        case "ineligible":
            ledger.grounds = draw.sample(["LATE", "UNSIGNED", "NO_UR", "CNC"], draw.choice([1, 2]))
            forger.do(day, "find_ineligible", _AD, grounds=",".join(ledger.grounds))
            if draw.random() < 0.3:
                _petition(forger, ledger, day, draw)
            return
        case "deferred":
            forger.do(day, "defer", _AD, grounds="LIABILITY")
            return
        case "withdrawn" if draw.random() < 0.5:
            _withdraw(forger, ledger, day)
            return
    _review(forger, ledger, day, draw)


def _review(forger: Forger, ledger: Ledger, day: date, draw: random.Random) -> None:
    ledger.eligible_on = day
    data = {}
    if len(ledger.lines) > 1 and draw.random() < 0.3:
        ledger.left_out = len(ledger.lines)
        data = {"out_of_scope": str(ledger.left_out)}
    forger.do(day, "find_eligible", _AD, reason="in scope", **data)
    day += timedelta(days=draw.randrange(5))
    ledger.assigned, ledger.electronic = day, draw.random() < 0.4
    way = "electronic" if ledger.electronic else "mail_ca"
    served = {"served_on": day.isoformat(), "service": way, "content_complete": "yes"}
    forger.do(day, "issue_noarfi", _IMRO, **served)
    if ledger.story == "withdrawn":
        _withdraw(forger, ledger, day + timedelta(days=2))
        return
    if ledger.story == "authorized" and draw.random() < 0.5:
        _authorize(forger, ledger, day + timedelta(days=3))
        return
    if draw.random() < 0.25:
        day += timedelta(days=30)
        ledger.records_given_up = day
        due = ledger.assigned + timedelta(days=19)
        forger.do(day, "records_expired", ActorRole.CLOCK, due=due.isoformat())
    else:
        day += timedelta(days=draw.randrange(3, 25))
        ledger.records_in = day
        forger.do(day, "complete_records", _IMRO, received=instant(day))
    _decide(forger, ledger, day, draw)


def _decide(forger: Forger, ledger: Ledger, day: date, draw: random.Random) -> None:
    day += timedelta(days=2)
    shown = parties_sha256(forger.case.parties)
    forger.do(
        day, "attest", _REVIEWER, no_conflict="yes", knowledgeable="yes", parties_sha256=shown
    )
    forger.do(
        day, "assign_reviewer", _IMRO, reviewers="R-9", checks_passed="yes", proof_sha256=_SHA
    )
    ledger.had_reviewer = True
    if ledger.story == "authorized":
        _authorize(forger, ledger, day + timedelta(days=1))
        return
    forger.do(day, "accept", _REVIEWER)
    kept = [n for n in range(1, len(ledger.lines) + 1) if n != ledger.left_out]
    ledger.outcomes = [draw.random() < 0.25 for _ in kept]
    outcomes = ",".join(
        f"{n}={'OVERTURNED' if over else 'UPHELD'}"
        for n, over in zip(kept, ledger.outcomes, strict=True)
    )
    day += timedelta(days=draw.randrange(1, 40))
    forger.do(day, "sign", _REVIEWER, outcomes=outcomes, determination_sha256=_SHA)
    ledger.decided = day
    served = {"served_on": day.isoformat(), "service": "mail_ca", "content_complete": "yes"}
    forger.do(day, "issue", _IMRO, determination_sha256=_SHA, no_names="yes", **served)
    if draw.random() < 0.15:
        _petition(forger, ledger, day, draw)


def _petition(forger: Forger, ledger: Ledger, day: date, draw: random.Random) -> None:
    day += timedelta(days=20)
    result = draw.choice(["pending", "denied", "reversed"])
    about = "eligibility" if ledger.story == "ineligible" else "necessity"
    ledger.petition = (day, f"{about}, {result}")
    data = {"filed_on": day.isoformat(), "due": (day + timedelta(days=10)).isoformat()}
    worker = ActorRole.INJURED_EMPLOYEE
    forger.do(day, "petition", worker, verified="yes", grounds="FACT", **data)
    day += timedelta(days=30)
    if result == "denied":
        forger.do(day, "deny_petition", ActorRole.APPEALS_BOARD, order="o1")
    elif result == "reversed":
        forger.do(day, "reverse", ActorRole.APPEALS_BOARD, order="o1", grounds="FACT")


def _withdraw(forger: Forger, ledger: Ledger, day: date) -> None:
    ledger.ended = day
    worker = ActorRole.INJURED_EMPLOYEE
    forger.do(day, "terminate", worker, withdrawn_on=day.isoformat(), document="d1")


def _authorize(forger: Forger, ledger: Ledger, day: date) -> None:
    ledger.ended = day
    kept = [str(n) for n in range(1, len(ledger.lines) + 1) if n != ledger.left_out]
    forger.do(day, "authorize_item", _CA, items=",".join(kept), authorized_on=day.isoformat())
