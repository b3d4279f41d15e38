"""A case with every party, and the steps that lead it to each notice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import process_walk as walk
from openimr.adapters.plain_files import write_plain
from openimr.model.application import Application, FiledItem, ImrCase, UrDecision
from openimr.model.case import UrAction
from openimr.model.notice import NoticeRole, Office, Offices
from openimr.model.party import Party, PartyRole, ServiceMethod
from openimr.process.folder import write_events
from openimr.process.notices import Letters, NoticeRules, letters
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.rulebook.grounds import load_grounds
from openimr.rulebook.money import load_money_rules
from openimr.rulebook.notices import load_notices
from process_walk import Step

RULES = NoticeRules(
    templates=load_notices(),
    table=walk.TABLE,
    clock=load_clock_rules(),
    money=load_money_rules(),
    grounds=load_grounds(),
)
OFFICES = Offices(
    review_organization=Office(
        name="Sequoia Medical Review",
        address="100 Main Street, Suite 5\nSacramento, CA 95814",
        phone="916-555-0100",
        fax="916-555-0101",
        electronic="https://records.sequoia.example",
    ),
    administrative_director=Office(
        name="Administrative Director, Division of Workers' Compensation",
        address="Unit for Independent Medical Review\n1515 Clay Street\nOakland, CA 94612",
    ),
)
FIRST = datetime(2015, 3, 10, 17, 0, tzinfo=UTC)
EMPLOYEE = Party(
    id="p1",
    role=PartyRole.INJURED_EMPLOYEE,
    name="Rosa Delgado",
    address="12 Orchard Lane\nFresno, CA 93701",
)
ATTORNEY = Party(
    id="p2",
    role=PartyRole.ATTORNEY,
    name="Ines Okafor",
    organization="Okafor & Lind",
    address="5 Court Plaza\nFresno, CA 93721",
)
PHYSICIAN = Party(
    id="p3",
    role=PartyRole.REQUESTING_PHYSICIAN,
    name="Dr. Samuel Whitby",
    address="88 Clinic Road\nFresno, CA 93702",
    service=ServiceMethod.FAX,
)
ADMINISTRATOR = Party(
    id="p4",
    role=PartyRole.CLAIMS_ADMINISTRATOR,
    name="Blue Heron Claims",
    address="P.O. Box 77\nSan Diego, CA 92101",
)
EMPLOYER = Party(
    id="p5", role=PartyRole.EMPLOYER, name="Larkspur Packing", address="9 Dock Road\nFresno, CA"
)
PARTIES = (EMPLOYEE, ATTORNEY, PHYSICIAN, ADMINISTRATOR, EMPLOYER)
CASE = ImrCase(
    case_number="CM15-0000001",
    date_of_injury=date(2013, 6, 1),
    claim_number="BH-44192",
    adjudication_number="ADJ9911223",
    application=Application(received=FIRST),
    ur_decision=UrDecision(issued=date(2015, 2, 10), served=date(2015, 2, 10)),
    items=(
        FiledItem(index=1, request_text="Lumbar MRI", ur_action=UrAction.DENY),
        FiledItem(index=2, request_text="Physical therapy, 6 visits", ur_action=UrAction.MODIFY),
    ),
    parties=PARTIES,
    received=walk.a_case().received,
    records_named_by_ur=("PR-2 of 01/12/2015 by Dr. Samuel Whitby",),
    rfa_date=date(2015, 2, 3),
)

_IN_PART = replace(
    walk.ELIGIBLE.stating(out_of_scope="2"), reason="Item 2 was authorized on 02/20/2015."
)
_ASK = walk.ASK.stating(
    asked_of="injured_employee", question="Who signed the application, and when?"
)
_ASK_MORE = walk.ASK_MORE.stating(
    asked_of="p3", question="What did the patient do before the visit of 01/12/2015?"
)
_LATE = walk.NO_RECORDS.stating(due="2015-04-16")
_NOARFI = walk.NOARFI.stating(served_on="2015-04-01", service="mail_ca")
_IN_RECORDS = (*walk.IN_ELIGIBILITY, walk.ELIGIBLE, _NOARFI)
_ISSUED = walk.IS_ISSUED

SCENES: Mapping[str, Sequence[Step]] = {
    "eligibility": (*walk.IN_ELIGIBILITY, walk.ELIGIBLE),
    "eligibility-in-part": (*walk.IN_ELIGIBILITY, _IN_PART),
    "ineligibility": (*walk.IN_ELIGIBILITY, walk.INELIGIBLE.stating(grounds="UNSIGNED,NO_UR")),
    "ineligibility-late": (*walk.IN_ELIGIBILITY, walk.INELIGIBLE),
    "deferral": (*walk.IN_ELIGIBILITY, walk.DEFER),
    "resumption": (*walk.IN_ELIGIBILITY, walk.DEFER, walk.RESUME),
    "information-request": (*walk.IN_ELIGIBILITY, _ASK),
    "noarfi": _IN_RECORDS,
    "noarfi-expedited": (*walk.IN_ELIGIBILITY, walk.ELIGIBLE, walk.EXPEDITE, _NOARFI),
    "noarfi-remanded": (*walk.IS_REMANDED, walk.RESUBMIT),
    "further-request": (*walk.IN_REVIEW, _ASK_MORE),
    "conversion": (*_IN_RECORDS, walk.EXPEDITE),
    "conversion-in-review": (*walk.IN_REVIEW, walk.EXPEDITE),
    "consolidation": (*_IN_RECORDS, walk.CONSOLIDATE),
    "extension": (*walk.IN_REVIEW, walk.EXTEND),
    "termination": (*_IN_RECORDS, walk.AUTHORIZE.stating(items="1,2")),
    "termination-withdrawn": (*walk.IN_REVIEW, walk.WITHDRAW),
    "duplicate": (walk.RECEIVE, walk.DUPLICATE),
    "determination": _ISSUED,
    "determination-upheld": walk.ISSUED_UPHELD,
    "correction": (*_ISSUED, walk.CORRECT),
    "late-records": (*_IN_RECORDS, walk.DOCUMENT, _LATE),
    "invoice": _ISSUED,
}
"""Name to steps; the kind is the longest template id that the name begins with."""


def kind_of(scene: str) -> str:
    return max((kind for kind in RULES.templates if scene.startswith(kind)), key=len)


def case_for(scene: str, **changes: object) -> ImrCase:
    """Invoices need a day whose fee is known."""
    case = replace(CASE, application=Application(received=_first(scene)))
    return replace(case, **changes)


def make_folder(place: Path, scene: str, **changes: object) -> Path:
    """The case folder of a scene, each step a day after the one before it."""
    case = case_for(scene, **changes)
    folder = place / case.case_number
    folder.mkdir(parents=True)
    write_plain(folder / "case.json", case)
    steps = [_dated(step, scene) for step in SCENES[scene]]
    events: tuple[walk.Event, ...] = ()
    state = walk.State()
    for number, step in enumerate(steps):
        at = max(_first(scene) + timedelta(days=39), walk.DONE) + timedelta(hours=number)
        state, more = walk.act(
            walk.TABLE, state, case, step.act, step.actor, at, step.of(case).data, step.reason
        )
        events = (*events, *more)
    write_events(folder, events)
    return folder


def scene_letters(
    place: Path, scene: str, *, to: NoticeRole | None = None, **changes: object
) -> Letters:
    folder = make_folder(place, scene, **changes)
    return letters(folder, kind_of(scene), RULES, OFFICES, to=to)


def _first(scene: str) -> datetime:
    return datetime(2014, 6, 10, 17, 0, tzinfo=UTC) if scene == "invoice" else FIRST


def _dated(step: Step, scene: str) -> Step:
    if step.act == "receive_application":
        return step.stating(received=_first(scene).isoformat())
    return step
