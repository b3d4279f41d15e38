"""An application that may be reviewed, told by hand; tests change one thing of it at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from openimr.model.application import (
    Application,
    DecisionBasis,
    FiledItem,
    ImrCase,
    UrDecision,
)
from openimr.model.case import UrAction
from openimr.model.ground import GroundCode, GroundFinding, Proposal
from openimr.model.moments import PACIFIC
from openimr.model.party import Party, PartyRole, ServiceMethod
from openimr.model.request import Request
from openimr.process.clashes import with_value
from openimr.process.due import Clock
from openimr.request.grammar import parse_request
from openimr.rulebook.clock_rules import load_clock_rules
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.grounds import load_grounds
from openimr.rulebook.requests import load_request_vocabulary
from openimr.workflow.eligibility import Material, propose

AS_OF = date(2015, 4, 1)
DUE = Clock(load_clock_rules())


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=PACIFIC)


ELIGIBLE = ImrCase(
    case_number="CM15-0031415",
    date_of_injury=date(2011, 5, 3),
    date_of_birth=date(1968, 2, 2),
    claim_number="QX-1177-02",
    rfa_date=date(2015, 2, 3),
    application=Application(
        received=at(date(2015, 3, 10)),
        filer=PartyRole.INJURED_EMPLOYEE,
        signed=True,
        signed_on=date(2015, 3, 6),
        ur_decision_attached=True,
    ),
    ur_decision=UrDecision(
        issued=date(2015, 2, 10),
        served=date(2015, 2, 10),
        service=ServiceMethod.MAIL_CALIFORNIA,
        bases=(DecisionBasis.NECESSITY,),
        expedited=False,
        form_served=True,
    ),
    items=(
        FiledItem(index=1, request_text="Norco 10/325mg #120", ur_action=UrAction.DENY),
        FiledItem(index=2, request_text="MRI lumbar spine", ur_action=UrAction.MODIFY),
    ),
    parties=(
        Party(id="p1", role=PartyRole.INJURED_EMPLOYEE, name="Marisol T. Quennell"),
        Party(id="p2", role=PartyRole.REQUESTING_PHYSICIAN, name="Ansel Drury, MD"),
    ),
)


def changed(case: ImrCase = ELIGIBLE, **values: object) -> ImrCase:
    """The case with other values; `application__signed=False` changes `application.signed`."""
    for path, value in values.items():
        case = with_value(case, path.replace("__", "."), value)
    return case


def item(case: ImrCase, index: int, **values: object) -> ImrCase:
    """The case with other values of one item."""
    new = replace(case.items[index - 1], **values)  # type: ignore[arg-type]
    items = tuple(new if one.index == index else one for one in case.items)
    return replace(case, items=items)


_READ: dict[str, Request] = {}


def requests(*cases: ImrCase) -> Mapping[str, Request]:
    lines = [one.request_text for case in cases for one in case.items]
    lines += [line for case in cases for prior in case.prior_reviews for line in prior.items]
    formulary, vocabulary = load_formulary(), load_request_vocabulary()
    for line in lines:
        if line not in _READ:
            _READ[line] = parse_request(line, formulary=formulary, vocabulary=vocabulary)
    return {line: _READ[line] for line in lines}


def proposal(case: ImrCase, as_of: date = AS_OF, **material: object) -> Proposal:
    ready = Material(
        grounds=load_grounds(),
        due=DUE,
        requests=requests(case),
        **material,  # type: ignore[arg-type]
    )
    return propose(case, ready, as_of=as_of)


def finding(made: Proposal, code: GroundCode, index: int | None = None) -> GroundFinding:
    """The one finding of a ground."""
    (found,) = (one for one in made.findings if (one.code, one.item) == (code, index))
    return found
