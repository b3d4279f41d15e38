"""A case and the steps that lead it from the application to any state, shared by process tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from openimr.model.application import Application, FiledItem, ImrCase, ReceivedDocument
from openimr.model.event import Actor, ActorRole, Event
from openimr.model.party import PartyRole, parties_sha256
from openimr.model.process_state import State
from openimr.rulebook.transitions import load_transitions
from openimr.workflow.acts import act

TABLE = load_transitions()
STAMP = datetime(2015, 3, 10, 17, 0, tzinfo=UTC)
LETTER, OTHER = "a" * 64, "b" * 64
DONE = STAMP + timedelta(days=40)
"""When each step is done; times between steps play no part in most tests."""


def a_case(**changes: object) -> ImrCase:
    """Two items, one record."""
    case = ImrCase(
        case_number="CM15-0000001",
        application=Application(received=STAMP),
        items=(
            FiledItem(index=1, request_text="Lumbar MRI"),
            FiledItem(index=2, request_text="Physical therapy, 6 visits"),
        ),
        received=(
            ReceivedDocument(
                file="pr2.pdf", kind="pr2", sender=PartyRole.CLAIMS_ADMINISTRATOR, received=STAMP
            ),
        ),
    )
    return replace(case, **changes)


@dataclass(frozen=True)
class Step:
    """One act with who does it and what it states."""

    act: str
    role: ActorRole
    name: str = "staff"
    data: Mapping[str, str] = field(default_factory=dict)
    reason: str = "as the file shows"

    @property
    def actor(self) -> Actor:
        return Actor(role=self.role, name=self.name)

    def of(self, case: ImrCase) -> Step:
        """The step as it is done on a case with parties: an attestation is to those."""
        if self.data.get("parties_sha256") != parties_sha256(()):
            return self
        return self.stating(parties_sha256=parties_sha256(case.parties))

    def stating(self, **data: str) -> Step:
        return replace(self, data={**self.data, **data})


_IMRO, _AD = ActorRole.REVIEW_ORGANIZATION, ActorRole.ADMINISTRATIVE_DIRECTOR
_REVIEWER, _CA = ActorRole.REVIEWER, ActorRole.CLAIMS_ADMINISTRATOR
_WORKER, _BOARD = ActorRole.INJURED_EMPLOYEE, ActorRole.APPEALS_BOARD
_RECEIVED = {"received": STAMP.isoformat()}
_PAST = {"due": "2015-03-31"}
_SERVED = {"served_on": "2015-04-01", "service": "mail_ca", "content_complete": "yes"}
_PETITION = {"filed_on": "2015-04-10", "due": "2015-05-01", "verified": "yes", "grounds": "FACT"}

RECEIVE = Step("receive_application", ActorRole.INTAKE, data=_RECEIVED)
DUPLICATE = Step("link_duplicate", _IMRO, data={"of": "CM15-0000000", "confirmed": "yes"})
TRIAGE = Step("open_eligibility_review", _IMRO)
ASK = Step("request_information", _AD, data={"asked_of": "employee", "question": "Who signed?"})
ANSWER = Step("receive_information", ActorRole.INTAKE, data=_RECEIVED)
NO_ANSWER = Step("information_expired", ActorRole.CLOCK, data=_PAST)
INELIGIBLE = Step("find_ineligible", _AD, data={"grounds": "LATE"})
DEFER = Step("defer", _AD, data={"grounds": "LIABILITY"})
RESUME = Step("resume", _AD, data={"document": "d7", "consents": "yes"})
ELIGIBLE = Step("find_eligible", _AD)
NOARFI = Step("issue_noarfi", _IMRO, data=_SERVED)
EXPEDITE = Step("convert_to_expedited", _IMRO, data={"certificate": "d8", "support": "d9"})
CONSOLIDATE = Step(
    "consolidate",
    _IMRO,
    data={
        "into": "CM15-0000002",
        "members": "CM15-0000001,CM15-0000002",
        "alike": "yes",
        "confirmed": "yes",
    },
)
RECORDS = Step("complete_records", _IMRO, data=_RECEIVED)
NO_RECORDS = Step("records_expired", ActorRole.CLOCK, data=_PAST)
ATTEST = Step(
    "attest",
    _REVIEWER,
    "R-17",
    data={"no_conflict": "yes", "knowledgeable": "yes", "parties_sha256": parties_sha256(())},
)
ATTEST_OTHER = replace(ATTEST, name="R-18")
ASSIGN = Step(
    "assign_reviewer",
    _IMRO,
    data={"reviewers": "R-17", "checks_passed": "yes", "proof_sha256": OTHER},
)
ASSIGN_PANEL = ASSIGN.stating(reviewers="R-17,R-18", approval="AD-5")
RECUSE = Step("recuse", _REVIEWER, "R-17", data={"reviewers": "R-17"})
ACCEPT = Step("accept", _REVIEWER, "R-17")
ASK_MORE = Step(
    "request_further_information",
    _REVIEWER,
    "R-17",
    data={"asked_of": "physician", "question": "Which drug?", "copied_to_all": "yes"},
)
MORE = Step("receive_further_information", _IMRO, data={**_RECEIVED, "copied_to_all": "yes"})
NO_MORE = Step("further_information_expired", ActorRole.CLOCK, data=_PAST)
SIGN = Step(
    "sign",
    _REVIEWER,
    "R-17",
    data={"outcomes": "1=UPHELD,2=OVERTURNED", "determination_sha256": LETTER},
)
SIGN_UPHELD = SIGN.stating(outcomes="1=UPHELD,2=UPHELD")
RETURN = Step("return_to_reviewer", ActorRole.QUALITY)
ISSUE = Step("issue", _IMRO, data={**_SERVED, "determination_sha256": LETTER, "no_names": "yes"})
TAKE = Step("receive_determination", _CA, data=_RECEIVED)
IMPLEMENT = Step(
    "prove_implementation", _CA, data={"items": "2", "done_on": "2015-04-10", "document": "d9"}
)
CLOSE = Step("close", ActorRole.CLOCK, data=_PAST)
PETITION = Step("petition", _WORKER, data=_PETITION)
DENY = Step("deny_petition", _BOARD, data={"order": "o1"})
REVERSE = Step("reverse", _BOARD, data={"order": "o1", "grounds": "FACT"})
RESUBMIT = Step("resubmit", _AD, data={**_SERVED, "organization": "imro-2"})
RESUBMIT_APPLICATION = Step("resubmit", _AD, data={"order": "o1"})
TERMINATE = Step("terminate", _CA)
WITHDRAW = Step("terminate", _WORKER, data={"withdrawn_on": "2015-03-20", "document": "d6"})
REOPEN = Step("reopen", _AD, data={"order": "o2"})
DOCUMENT = Step(
    "receive_document",
    ActorRole.INTAKE,
    data={
        **_RECEIVED,
        "file": "mri report.pdf",
        "kind": "mri",
        "sender": "injured_employee",
        "sha256": OTHER,
    },
)
AUTHORIZE = Step("authorize_item", _CA, data={"items": "2", "authorized_on": "2015-03-20"})
EXTEND = Step("extend_time", _AD, data={"deadline": "D19", "days": "3"})
CORRECT = Step("correct", _IMRO, data={**_SERVED, "determination_sha256": OTHER, "no_names": "yes"})

IN_ELIGIBILITY = (RECEIVE, TRIAGE)
IN_RECORDS = (*IN_ELIGIBILITY, ELIGIBLE, NOARFI)
IS_READY = (*IN_RECORDS, RECORDS)
IS_ASSIGNED = (*IS_READY, ATTEST, ASSIGN)
IN_REVIEW = (*IS_ASSIGNED, ACCEPT)
PANEL_IN_REVIEW = (*IS_READY, ATTEST, ATTEST_OTHER, ASSIGN_PANEL, ACCEPT)
IN_QUALITY = (*IN_REVIEW, SIGN)
IS_ISSUED = (*IN_QUALITY, ISSUE)
ISSUED_UPHELD = (*IN_REVIEW, SIGN_UPHELD, ISSUE)
IS_APPEALED = (*IS_ISSUED, PETITION)
APPEALED_APPLICATION = (*IN_ELIGIBILITY, INELIGIBLE, PETITION)
IS_REMANDED = (*IS_APPEALED, REVERSE)


def walked(
    steps: Sequence[Step], case: ImrCase | None = None, at: datetime = DONE
) -> tuple[State, tuple[Event, ...]]:
    """The state and events after the steps."""
    case = case or a_case()
    state, events = State(), ()
    for step in steps:
        data = step.of(case).data
        state, more = act(TABLE, state, case, step.act, step.actor, at, data, step.reason)
        events = (*events, *more)
    return state, events


def done(steps: Sequence[Step], case: ImrCase | None = None) -> State:
    """The state after the steps."""
    return walked(steps, case)[0]


TODAY = date(2015, 4, 19)
"""The day of DONE in California."""
