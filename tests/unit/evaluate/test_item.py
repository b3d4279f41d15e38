"""An item laid against its topics: notes, advice, sentences, and what never counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from builders import document
from openimr.evaluate.item import citation, evaluate_item
from openimr.evaluate.leaves import TESTS
from openimr.model.case import CaseHeader
from openimr.model.document import DocumentKind
from openimr.model.finding import Suggestion, Value
from openimr.model.rule import Source
from openimr.model.timeline import Course, CourseFlag, FlagKind
from openimr.rulebook.load import topics_for
from rule_cases import DECIDED, certify, evaluate, formulary, make_fact, make_item, rulebook

NORCO: dict[str, Any] = {"brand": "Norco", "strength": "10/325 mg", "quantity": 150}


def test_the_tests_of_the_rulebook_are_those_of_the_engine() -> None:
    named = {c.test.name for topic in rulebook().topics for c in topic.criteria}
    assert named <= set(TESTS)
    from openimr.rulebook import load
    from openimr.rulebook.strict_yaml import parse_yaml

    path = load.files("openimr.rulebook") / "data" / "tests.yaml"
    assert set(parse_yaml(path.read_text(encoding="utf-8"))) == set(TESTS)


@pytest.mark.parametrize(
    ("request_", "day", "says"),
    [
        ({"text": "Leeches", "topic_id": "leeches"}, DECIDED, "topic 'leeches'"),
        ({"text": "Something"}, DECIDED, "names no treatment"),
        (NORCO, date(2019, 5, 1), "topic 'hydrocodone-apap'"),
    ],
)
def test_without_rules_the_item_goes_to_the_reviewer(
    request_: dict[str, Any], day: date, says: str
) -> None:
    found = evaluate({"request": request_, "day": day})
    assert found.suggestion is Suggestion.REFER
    assert found.findings == ()
    assert says in found.notes[0]


def test_every_finding_cites_its_source() -> None:
    findings = evaluate({"request": NORCO}).findings
    assert all(finding.citation and finding.requirement for finding in findings)
    cited = {finding.criterion: finding.citation for finding in findings}
    assert cited["OPI-1"] == "MTUS Chronic Pain 2009, p. 78"
    assert cited["OPI-17"] == "MTUS Chronic Pain 2009, p. 85 (unverified)"
    assert citation(Source(title="FDA label", pages="")) == "FDA label"


def test_inherited_findings_follow_the_own() -> None:
    found = evaluate({"request": NORCO})
    assert found.topics == (("hydrocodone-apap", "2009"), ("opioid-ongoing", "2009"))
    assert found.findings[0].criterion == "HC-1"
    assert found.findings[-1].criterion == "OPI-17"


def test_a_letter_or_ur_decision_proves_nothing_of_the_patient() -> None:
    told = {"concept": "pain_with_without_medication", "without": 8, "with": 2}
    fact = make_fact(1, told)
    item = make_item(1, NORCO)
    found = {}
    for kind in (
        DocumentKind.UR_DECISION,
        DocumentKind.CORRESPONDENCE,
        DocumentKind.PROGRESS_REPORT,
    ):
        evaluation = evaluate_item(
            item,
            facts=(fact,),
            header=CaseHeader(ur_decision_date=DECIDED),
            topics=topics_for(rulebook(), "hydrocodone-apap", DECIDED),
            settings=rulebook().settings,
            formulary=formulary(),
            certify=certify,
            as_of=DECIDED,
            items=(item,),
            documents=(document("D01", kind, DECIDED, None, "x"),),
        )
        found[kind] = next(f.value for f in evaluation.findings if f.criterion == "OPI-1")
    assert list(found.values()) == [Value.NOT_DOCUMENTED, Value.NOT_DOCUMENTED, Value.MET]


def test_calculations_show_their_assumptions_and_factor_set() -> None:
    findings = {f.criterion: f for f in evaluate({"request": NORCO}).findings}
    step = findings["HC-2"].calculations[0]
    assert step.result is None
    assert (
        step.assumptions[0]
        == "no directions or days' supply written: 30 days assumed for 150 tablets"
    )
    assert findings["OPI-9"].calculations[0].factor_set == "CDC 2016"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "UR granted no tapering supply; one should be considered."),
        (
            {"ur_action": "modify", "ur_granted": "#60"},
            "UR's decision already allows a part (#60).",
        ),
    ],
)
def test_the_taper_note(changes: dict[str, Any], says: str) -> None:
    used = {"concept": "duration_of_use", "generic": "hydrocodone/acetaminophen", "months": 8}
    found = evaluate({"request": {**NORCO, **changes}, "facts": [used]})
    assert found.taper_note is not None
    assert found.taper_note.endswith(says)


def test_a_dispensed_drug_cannot_be_tapered() -> None:
    used = {"concept": "duration_of_use", "generic": "hydrocodone/acetaminophen", "months": 8}
    assert (
        evaluate({"request": {**NORCO, "retrospective": True}, "facts": [used]}).taper_note is None
    )


def test_open_points_of_the_request_line_are_noted() -> None:
    found = evaluate({"request": {**NORCO, "ambiguities": ["three fills or three refills"]}})
    assert found.notes == ("The request line leaves open: three fills or three refills.",)


def test_ur_passed_over_the_mtus() -> None:
    found = evaluate({"request": {**NORCO, "ur_guideline": "ODG Pain"}})
    assert "comes before the guideline that UR cited" in found.notes[0]
    for cited in ("MTUS p. 78", "Chronic Pain Guidelines p. 78", "p. 16 to 19", ""):
        assert evaluate({"request": {**NORCO, "ur_guideline": cited}}).notes == ()


def test_without_any_date_in_the_header_the_given_day_is_now() -> None:
    item = make_item(1, NORCO)
    old = make_fact(
        1,
        {"concept": "pain_with_without_medication", "without": 8, "with": 2, "date": "2012-05-01"},
    )
    for day, value in ((date(2012, 6, 1), Value.MET), (DECIDED, Value.NOT_DOCUMENTED)):
        found = evaluate_item(
            item,
            facts=(old,),
            header=CaseHeader(),
            topics=topics_for(rulebook(), "hydrocodone-apap", day),
            settings=rulebook().settings,
            formulary=formulary(),
            certify=certify,
            as_of=day,
        )
        assert next(f.value for f in found.findings if f.criterion == "OPI-1") is value


def test_undated_statements_count_as_of_now() -> None:
    told = {"concept": "pain_with_without_medication", "without": 8, "with": 2, "date": None}
    found = evaluate({"request": NORCO}, (replace(make_fact(1, told), written=None),))
    assert next(f for f in found.findings if f.criterion == "OPI-1").value is Value.MET


def test_what_the_fills_show_is_noted() -> None:
    drug = formulary().find("Norco")
    assert drug is not None
    fills = [
        make_fact(
            n,
            {
                "concept": "medication",
                "generic": drug.generic,
                "status": "dispensed",
                "source": "ledger",
                "prescriber": who,
                "date": day,
            },
        )
        for n, (day, who) in enumerate([("2015-03-01", "A"), ("2015-03-20", "B")], start=1)
    ]
    flag = CourseFlag(
        kind=FlagKind.SEVERAL_PRESCRIBERS,
        date=date(2015, 3, 20),
        note="prescribed by A and B within 19 days",
        facts=tuple(fill.id for fill in fills),
    )
    old = replace(flag, date=date(2012, 1, 1), note="years ago")
    course = Course(
        drug=drug, uses=(), stops=(), segments=(), since=None, since_facts=(), flags=(old, flag)
    )
    item = make_item(1, NORCO)
    found = evaluate_item(
        item,
        facts=fills,
        header=CaseHeader(ur_decision_date=DECIDED),
        topics=topics_for(rulebook(), "hydrocodone-apap", DECIDED),
        settings=rulebook().settings,
        formulary=formulary(),
        certify=certify,
        as_of=DECIDED,
        items=(item,),
        courses=(course,),
    )
    assert found.notes == ("Fills of Norco: prescribed by A and B within 19 days.",)
    single = next(finding for finding in found.findings if finding.criterion == "OPI-8")
    assert single.value is Value.CONTRADICTED
    assert single.facts_against == ("f00001", "f00002")
