"""One case told whole: two items, findings of every kind, a scan and another patient's page."""

from __future__ import annotations

from datetime import date
from typing import Any

from builders import ENGINE, provenance
from example_records import (
    APPLICATION,
    CERTIFICATES,
    DOCUMENTS,
    FACTS,
    HEADER,
    NORCO,
    REVIEW,
    UNREAD,
    fact_id,
)
from example_search import FLEXERIL_SEARCH, NORCO_SEARCH
from openimr.draft.determination import draft_determination
from openimr.model.case import DisputedItem, UrAction
from openimr.model.determination import Determination
from openimr.model.edition import EditionChoice
from openimr.model.finding import Calculation, Evaluation, Finding, Suggestion, Value, Weight
from openimr.model.ids import CertificateId, CriterionId, TopicId
from openimr.model.request import Request, RequestKind, Strength
from openimr.model.rule import Role

_DOSE = Calculation(
    name="daily dose",
    expression="5 tablets x 10 mg = 50 mg hydrocodone a day",
    result=50.0,
    unit="mg/day",
    inputs=(fact_id(5),),
)
_MME = Calculation(
    name="morphine milligram equivalents",
    expression="50 mg x 1 = 50 mg a day",
    result=50.0,
    unit="mg/day",
    factor_set="CDC 2016",
    inputs=(fact_id(5),),
)
_SUPPLY = Calculation(
    name="days' supply",
    expression="90 tablets / 3 a day = 30 days",
    result=30.0,
    unit="days",
    assumptions=("Three a day, as the report of the same visit directs.",),
    inputs=(fact_id(6),),
)


def finding(criterion: str, role: Role, value: Value, statement: str, **more: Any) -> Finding:
    topic = "opioid-ongoing" if criterion.startswith("OPI") else "cyclobenzaprine"
    pages = more.pop("pages", "78")
    for side in ("facts_for", "facts_against"):
        more[side] = tuple(fact_id(each) for each in more.get(side, ()))
    if "certificate" in more:
        more["certificate"] = CertificateId(more["certificate"])
    return Finding(
        criterion=CriterionId(criterion),
        topic=TopicId(topic),
        role=role,
        value=value,
        statement=statement,
        citation=f"MTUS Chronic Pain 2009 (8 CCR 9792.24.2), p. {pages}",
        **more,
    )


NORCO_FINDINGS = (
    finding(
        "OPI-1",
        Role.GATE,
        Value.NOT_DOCUMENTED,
        "Pain relief from hydrocodone is not documented.",
        facts_against=(1, 10),
        certificate="c01",
        weight=Weight.DECIDES,
        requirement="Analgesia: the opioid lowers pain. Six elements are expected.",
        satisfied_by="paired scores with and without the drug, or a percentage of relief",
        name="pain relief from the opioid",
    ),
    finding(
        "OPI-2",
        Role.GATE_BENEFIT,
        Value.PARTIAL,
        "Function is better with the medication taken together, not with this drug by itself.",
        facts_for=(2,),
        weight=Weight.DECIDES,
        requirement="Function is better than without the drug",
        satisfied_by="an activity before and after, named with the drug",
        name="better function with the opioid",
    ),
    finding(
        "OPI-3",
        Role.GATE_BENEFIT,
        Value.CONTRADICTED,
        "The worker is off work",
        facts_against=(9,),
        pages="80",
    ),
    finding(
        "OPI-4",
        Role.GATE,
        Value.MET,
        "Side effects were addressed at the latest visit",
        facts_for=(8,),
        weight=Weight.SUPPORTS,
    ),
    finding(
        "OPI-6",
        Role.ADVISORY,
        Value.MET,
        "A urine drug test is on file and consistent",
        facts_for=(15,),
        weight=Weight.SUPPORTS,
        pages="43",
    ),
    finding(
        "OPI-7",
        Role.ADVISORY,
        Value.NOT_DOCUMENTED,
        "Neither an agreement nor a CURES report is documented",
        name="an opioid agreement with a CURES review",
        certificate="c02",
        weight=Weight.FLAGS,
        pages="89",
    ),
    finding(
        "OPI-9",
        Role.LIMIT,
        Value.WITHIN,
        "The morphine-equivalent dose is within 120 mg a day",
        calculations=(_DOSE, _MME),
        facts_for=(5, 14),
        weight=Weight.SUPPORTS,
        pages="86-87",
    ),
    finding(
        "OPI-10",
        Role.ADVISORY,
        Value.NOT_DOCUMENTED,
        "No validated instrument is documented",
        certificate="c03",
        pages="88-89",
    ),
    finding(
        "OPI-16",
        Role.ADVISORY,
        Value.CONTRADICTED,
        "An opioid is taken together with a benzodiazepine",
        facts_against=(5, 7),
        weight=Weight.FLAGS,
        pages="24 (unverified)",
    ),
)
FLEXERIL_FINDINGS = (
    finding(
        "CBP-1",
        Role.GATE_ANY,
        Value.CONTRADICTED,
        "No acute exacerbation or spasm is on record at the time of the request",
        facts_against=(3,),
        weight=Weight.DECIDES,
        pages="41; 63-64",
        requirement="Acute exacerbation of chronic low back pain, or acute spasm",
    ),
    finding(
        "CBP-2",
        Role.LIMIT,
        Value.EXCEEDED,
        "The supply runs longer than three weeks",
        calculations=(_SUPPLY,),
        facts_against=(6,),
        weight=Weight.FLAGS,
        pages="41-42",
    ),
    finding(
        "CBP-3",
        Role.EXCLUSION,
        Value.PRESENT,
        "It has been used for longer than three weeks",
        name="use for more than three weeks without benefit",
        facts_for=(11,),
        weight=Weight.DECIDES,
        pages="63-64",
        requirement="Use longer than three weeks without documented benefit",
    ),
)

ITEMS = (
    DisputedItem(
        index=1,
        request_text="Norco 10/325mg #150",
        request=Request(
            text="Norco 10/325mg #150",
            kind=RequestKind.DRUG,
            topic_id=TopicId("hydrocodone-apap"),
            generic=NORCO,
            brand="Norco",
            strength="10/325 mg",
            strengths=(
                Strength(ingredient="hydrocodone", value=10.0, unit="mg"),
                Strength(ingredient="acetaminophen", value=325.0, unit="mg"),
            ),
            quantity=150.0,
            ambiguities=("The line gives no directions.",),
        ),
        ur_action=UrAction.DENY,
        ur_guideline="Chronic Pain Medical Treatment Guidelines p. 78",
        sources=(
            provenance(APPLICATION, 2, "Norco 10/325mg #150"),
            provenance(REVIEW, 1, "Norco 10/325mg #150"),
        ),
    ),
    DisputedItem(
        index=2,
        request_text="Flexeril 10mg #90",
        request=Request(
            text="Flexeril 10mg #90",
            kind=RequestKind.DRUG,
            topic_id=TopicId("cyclobenzaprine"),
            generic="cyclobenzaprine",
            brand="Flexeril",
            strength="10 mg",
            quantity=90.0,
        ),
        ur_action=UrAction.MODIFY,
        ur_granted="#20 certified",
        sources=(
            provenance(APPLICATION, 2, "Flexeril 10mg #90"),
            provenance(REVIEW, 1, "Flexeril 10mg #90"),
        ),
    ),
)
EVALUATIONS = (
    Evaluation(
        topics=((TopicId("hydrocodone-apap"), "2009"), (TopicId("opioid-ongoing"), "2009")),
        findings=NORCO_FINDINGS,
        suggestion=Suggestion.NOT_SUPPORT,
        reasons=(CriterionId("OPI-1"), CriterionId("OPI-2")),
        flags=(CriterionId("OPI-7"), CriterionId("OPI-16")),
        flip=((CriterionId("OPI-1"), CriterionId("OPI-2")),),
        taper_note="Use has been daily for years; the drug should be lowered step by step.",
        edition=EditionChoice(
            day=date(2015, 4, 22),
            basis="the day of the UR decision",
            guideline="MTUS Chronic Pain Medical Treatment Guidelines, 8 CCR 9792.24.2",
            edition="2009",
            effective_from=date(2009, 7, 18),
            effective_to=date(2016, 7, 27),
        ),
        search=NORCO_SEARCH,
    ),
    Evaluation(
        topics=((TopicId("cyclobenzaprine"), "2009"),),
        findings=FLEXERIL_FINDINGS,
        suggestion=Suggestion.NOT_SUPPORT,
        reasons=(CriterionId("CBP-1"), CriterionId("CBP-3")),
        flags=(CriterionId("CBP-2"),),
        flip=((CriterionId("CBP-1"), CriterionId("CBP-3")),),
        search=FLEXERIL_SEARCH,
    ),
)


def draft(**changes: Any) -> Determination:
    """The example's draft; keyword arguments take the place of the example's own."""
    whole: dict[str, Any] = {
        "engine": ENGINE,
        "header": HEADER,
        "documents": DOCUMENTS,
        "unread": UNREAD,
        "facts": FACTS,
        "certificates": CERTIFICATES,
        "items": ITEMS,
        "evaluations": EVALUATIONS,
    }
    return draft_determination(**(whole | changes))
