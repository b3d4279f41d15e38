"""The summary: from header and facts, each part left out where nothing is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import document, fact
from example_case import ITEMS
from example_records import APPLICATION, DOCUMENTS, EARLIER, FACTS, HEADER, LEDGER, REPORT, REVIEW
from openimr.draft.diagnoses import diagnoses_in
from openimr.draft.record import Record
from openimr.draft.summary import write_summary
from openimr.model.case import UrAction
from openimr.model.dates import PartialDate
from openimr.model.document import DocumentKind
from openimr.model.evidence import Assertion


def summary(
    header: Any = HEADER, facts: Any = (), items: Any = (), documents: Any = DOCUMENTS
) -> str:
    record = Record.of(header, documents, facts, ())
    return " ".join(sentence.text for sentence in write_summary(items, record))


@pytest.mark.parametrize(
    ("changes", "start"),
    [
        (
            {},
            "The injured worker is a 58-year-old woman who sustained an industrial injury on 10/09",
        ),
        ({"age": 81, "sex": "male"}, "The injured worker is an 81-year-old man who"),
        ({"age": 18, "sex": None}, "The injured worker is an 18-year-old person who"),
        ({"age": None}, "The injured worker is a woman who"),
        (
            {"age": None, "sex": None},
            "The injured worker sustained an industrial injury on 10/09/2006",
        ),
        ({"date_of_injury": None}, "The injured worker is a 58-year-old woman; the date of injury"),
    ],
)
def test_worker(changes: dict[str, Any], start: str) -> None:
    assert summary(replace(HEADER, **changes)).startswith(start)


def test_header_without_sources_says_nothing() -> None:
    assert "injured worker" not in summary(replace(HEADER, sources={}))


def test_medication_comes_from_reports_before_the_pharmacy() -> None:
    told = summary(facts=FACTS)
    assert "hydrocodone/acetaminophen 10/325 mg (5 a day), cyclobenzaprine 10 mg (3 a day)" in told
    assert "and temazepam 30 mg (PR-2 of 04/09/2015, p. 2)." in told
    ledger_only = summary(facts=[each for each in FACTS if each.provenance.document == LEDGER.id])
    assert "hydrocodone/acetaminophen (pharmacy ledger of 04/16/2015, p. 1)" in ledger_only


def test_requested_and_hypothetical_drugs_are_not_taken() -> None:
    asked = fact(1, "medication", REPORT, 2, "Norco", {"generic": "x", "status": "requested"})
    planned = fact(2, "medication", REPORT, 2, "Norco", {"generic": "y"}, Assertion.HYPOTHETICAL)
    assert "Medication" not in summary(facts=[asked, planned])


def test_many_drugs_are_counted() -> None:
    many = [
        fact(n, "medication", REPORT, 2, "Norco", {"generic": f"drug{n}"}) for n in range(1, 12)
    ]
    assert "and 3 more (PR-2 of 04/09/2015, p. 2)." in summary(facts=many)


def test_patches_are_told_by_their_wear() -> None:
    patch = fact(1, "medication", REPORT, 2, "Norco", {"generic": "x", "per_day": 1 / 3})
    assert "Medication on record is x (one every 3 days)" in summary(facts=[patch])


def test_diagnoses_come_from_the_newest_report_that_has_any() -> None:
    older = fact(1, "other_indication", EARLIER, 1, "Pain 8/10", {"diagnosis": "x"})
    newer = fact(2, "other_indication", REPORT, 1, "2. Insomnia", {"diagnosis": "insomnia"})
    form = fact(3, "other_indication", LEDGER, 1, "PATIENT PROFILE", {"diagnosis": "y"})
    told = summary(facts=[older, newer, form])
    assert "She has been diagnosed with insomnia (PR-2 of 04/09/2015, p. 1)." in told
    assert "patient profile" in summary(facts=[form])


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("1. Cerv radiculitis R            ICD-9  723.4", ["cerv radiculitis R"]),
        ("cerv radiculitis  723.4    NORCO 10/325     1 po q 4-6 h", ["cerv radiculitis"]),
        ("(1) Left S1 radiculopathy, chronic.", ["left S1 radiculopathy, chronic"]),
        ("IMPRESSION: Left S1 radiculopathy; FBSS.", ["left S1 radiculopathy", "FBSS"]),
        (
            "DIAGNOSIS    337.21 Complex regional pain syndrome I, left arm\nPLAN    Patch",
            ["complex regional pain syndrome I, left arm"],
        ),
        ("- Fibromyalgia                        03/31/2015", ["fibromyalgia"]),
        ("Low back sprain; I find no radiculopathy.", ["low back sprain"]),
        ("CERVICALGIA 723.1          FLEXERIL 10", ["cervicalgia"]),
        ("This is mechanical pain of the low back.", []),
        ("She had seen Dr. Alder with back pain and a strain of both shoulders and hips.", []),
        ("ACCEPTED CONDITIONS: 847.2 Low back sprain", []),
        ("NAME OF ILLNESS. Diagnosis: Low back sprain", ["name of illness", "low back sprain"]),
        ("", []),
    ],
)
def test_diagnosis_is_cut_out_of_its_line(line: str, names: list[str]) -> None:
    assert diagnoses_in(line) == names


@given(st.text(max_size=200))
def test_any_line_can_be_cut(line: str) -> None:
    assert all(name.strip() for name in diagnoses_in(line))


def test_old_reports_leave_the_diagnosis_to_the_request_form() -> None:
    old = replace(EARLIER, date=date(2013, 1, 1))
    form = replace(LEDGER, kind=DocumentKind.RFA)
    documents = [old if each is EARLIER else form if each is LEDGER else each for each in DOCUMENTS]
    facts = [
        replace(
            fact(1, "other_indication", EARLIER, 1, "Pain 8/10", {"diagnosis": "x"}),
            written=PartialDate(2013, 1, 1),
        ),
        fact(2, "other_indication", LEDGER, 1, "PATIENT PROFILE", {"diagnosis": "y"}),
    ]
    assert "diagnosed with patient profile" in summary(facts=facts, documents=documents)


def test_what_was_ruled_out_was_no_treatment() -> None:
    allergy = fact(
        1,
        "prior_nonopioid_trials",
        EARLIER,
        1,
        "Flexeril",
        {"generic": "naproxen", "outcome": "contraindicated"},
    )
    told = summary(facts=[allergy])
    assert "Treatment has included" not in told
    assert "Recorded as contraindicated: naproxen (" in told


def test_treatment_is_named_once_with_its_outcome() -> None:
    first = fact(1, "prior_nonopioid_trials", EARLIER, 1, "Flexeril", {"generic": "naproxen"})
    last = replace(
        fact(
            2,
            "prior_nonopioid_trials",
            REPORT,
            2,
            "Flexeril",
            {"generic": "Naproxen", "outcome": "not_tolerated", "reason": "gastritis"},
        ),
        assertion=Assertion.HISTORICAL,
    )
    visits = fact(3, "prior_visits", EARLIER, 1, "12 visits", {"therapy": "PT", "visits": 12})
    vague = fact(4, "prior_visits", EARLIER, 1, "12 visits", {"visits": 12})
    told = summary(facts=[first, last, visits, vague])
    assert (
        "Treatment has included Naproxen (not tolerated) and 12 visits of PT (PR-2 of "
        "04/09/2015, p. 2; PR-2 of 01/22/2015, p. 1)." in told
    )


def test_latest_report_without_facts_is_still_named() -> None:
    assert "The most recent report is the PR-2 of 04/09/2015, p. 1." in summary()
    undated = document("D01", DocumentKind.PROGRESS_REPORT, None, None, "text")
    assert "most recent" not in summary(replace(HEADER, sources={}), documents=(undated,))


def test_latest_visit_gives_one_statement_on_each_topic() -> None:
    told = summary(facts=FACTS, items=ITEMS)
    assert (
        "On 04/09/2015, the day of the latest report, the record says of pain, “low back pain "
        "8/10” (PR-2 of 04/09/2015, p. 1), of function, “Medications help her and she can do "
        "light dishes now” (PR-2 of 04/09/2015, p. 1), of work, “Remain off work until next"
    ) in told
    other = replace(FACTS[1], subject="a drug nobody asks for")
    assert "of function" not in summary(facts=[FACTS[0], other], items=ITEMS)


def test_requests_by_what_was_done_with_them() -> None:
    unknown = replace(ITEMS[1], ur_action=UrAction.UNKNOWN)
    told = summary(items=(ITEMS[0], unknown))
    assert "denied “Norco 10/325mg #150”; also in dispute, with no action of" in told
    alone = summary(items=(unknown,))
    assert "In dispute, with no action of utilization review found: “Flexeril" in alone
    undated = summary(replace(HEADER, ur_decision_date=None), items=(ITEMS[0],))
    assert "Utilization review denied “Norco" in undated


def test_pages_of_another_patient_in_the_plural() -> None:
    foreign = replace(LEDGER.pages[3], number=3)
    two = replace(LEDGER, pages=(*LEDGER.pages[:2], foreign, LEDGER.pages[3]))
    told = summary(documents=(APPLICATION, REVIEW, two))
    assert "Pages 3-4 of the pharmacy ledger of 04/16/2015 concern another patient" in told


def test_dates_are_written_as_records_write_them() -> None:
    assert "10/09/2006" in summary()
    assert date(2006, 10, 9) == HEADER.date_of_injury
