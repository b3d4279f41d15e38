"""The records of the example case: documents, header, facts and searches."""

from __future__ import annotations

from datetime import date
from typing import Any

from builders import document, fact, page, provenance
from openimr.model.case import CaseHeader
from openimr.model.document import Document, DocumentKind, UnreadFile
from openimr.model.evidence import Assertion, Certificate, NearMiss, PageRef, UnreadPage
from openimr.model.ids import CertificateId, ConceptId, FactId
from openimr.model.text import Notice, NoticeKind, PageState

APPLICATION = document(
    "D01",
    DocumentKind.IMR_APPLICATION,
    date(2015, 5, 11),
    None,
    "APPLICATION FOR INDEPENDENT MEDICAL REVIEW\n\nEmployee: Marisol T. Quenby\n"
    "Date of Birth: 02/11/1957\nDate of Injury: 10/09/2006\nClaim Number: ZZ-0610-3\n",
    "DISPUTED MEDICAL TREATMENT\n\n  1. Norco 10/325mg #150\n  2. Flexeril 10mg #90\n",
)
REVIEW = document(
    "D02",
    DocumentKind.UR_DECISION,
    date(2015, 4, 22),
    "P. Advisor, MD",
    "UTILIZATION REVIEW DECISION 04/22/2015\n58 y/o female, injured 10/09/2006.\n\n"
    " #1 Norco 10/325mg #150 ....... Not certified\n"
    " #2 Flexeril 10mg #90 ......... Modified: #20 certified\n\n"
    "Chronic Pain Medical Treatment Guidelines p. 78 calls for the 4 A's at each visit.\n"
    "A patient on opioids will typically report pain 8/10 reduced to 4/10.\n",
)
REPORT = document(
    "D03",
    DocumentKind.PROGRESS_REPORT,
    date(2015, 4, 9),
    "V. Treating, DO",
    "PRIMARY TREATING PHYSICIAN'S PROGRESS REPORT (PR-2)\nPatient: QUENBY, MARISOL\n"
    "Subjective: Ms. Quenby has low back pain 8/10, no new injury.\n"
    "Medications help her and she can do light dishes now.\n"
    "Objective: no spasm on palpation. Sensation intact.\n"
    "Diagnoses: 1. Lumbar radiculopathy  2. Insomnia\n",
    "Plan:\n 1) Norco 10/325 one tab 5x/day #150\n 2) Flexeril 10 mg TID #90\n"
    " 3) temazepam 30 mg at bedtime\nNo side effects today.\n"
    "Remain off work until next visit.\n"
    "[ ] Doc. the 4 As for every pt!  UDS [ ]  CURES [ ]\n",
)
EARLIER = document(
    "D04",
    DocumentKind.PROGRESS_REPORT,
    date(2015, 1, 22),
    "V. Treating, DO",
    "PROGRESS REPORT (PR-2)\nPain 8/10, unchanged from last visit.\n"
    "Takes Norco 10/325, Flexeril since 2013, temazepam.\n"
    "Physical therapy, 12 visits, helped a little.\nStop Soma.\n",
)
LEDGER = document(
    "D05",
    DocumentKind.PHARMACY_LEDGER,
    date(2015, 4, 16),
    None,
    page(
        1,
        "PATIENT PROFILE\n03/12/15 HYDROCODONE/APAP TAB 10/325 150 30\n"
        "02/10/15 CYCLOBENZAPRINE 10MG 90 30\n",
        state=PageState.OCR,
        confidence=0.91,
    ),
    page(2, "", state=PageState.UNREADABLE, reason="the image is too dark"),
    page(3, "", state=PageState.BLANK),
    page(
        4,
        "PATIENT PROFILE  ORLO PETTIBONE\n01/02/15 OXYCODONE 5MG 20 5\n",
        state=PageState.OCR,
        confidence=0.62,
        notices=(
            Notice(kind=NoticeKind.FOREIGN, message="the page names another patient"),
            Notice(kind=NoticeKind.LOW_CONFIDENCE, message="read with low confidence"),
        ),
    ),
    file="scans/ledger.pdf",
)
DRUG_TEST = document(
    "D06",
    DocumentKind.LAB,
    None,
    None,
    "TOXICOLOGY\nHydrocodone: detected. Temazepam: detected. Consistent with prescriptions.\n",
)
DOCUMENTS: tuple[Document, ...] = (APPLICATION, REVIEW, REPORT, EARLIER, LEDGER, DRUG_TEST)
UNREAD = (UnreadFile(file="notes/locked.pdf", sha256="ef" * 32, reason="the file is encrypted"),)

HEADER = CaseHeader(
    worker="Marisol T. Quenby",
    date_of_birth=date(1957, 2, 11),
    age=58,
    sex="female",
    date_of_injury=date(2006, 10, 9),
    claim_number="ZZ-0610-3",
    ur_decision_date=date(2015, 4, 22),
    application_received=date(2015, 5, 11),
    sources={
        "age": provenance(REVIEW, 1, "58 y/o"),
        "sex": provenance(REVIEW, 1, "female"),
        "date_of_injury": provenance(APPLICATION, 1, "10/09/2006"),
        "claim_number": provenance(APPLICATION, 1, "ZZ-0610-3"),
    },
)


def medication(number: int, where: Document, leaf: int, quote: str, **value: Any) -> Any:
    return fact(number, "medication", where, leaf, quote, value)


NORCO = "hydrocodone/acetaminophen"
FACTS = (
    fact(1, "pain_score", REPORT, 1, "low back pain 8/10", {"score": 8}),
    fact(
        2,
        "functional_improvement",
        REPORT,
        1,
        "Medications help her and she can do light dishes now",
        {"direction": "better", "activities": ("dishes",), "specific": True},
        subject="regimen",
    ),
    fact(3, "muscle_spasm", REPORT, 1, "no spasm on palpation", {}, Assertion.ABSENT),
    fact(
        4,
        "neuropathic_pain",
        REPORT,
        1,
        "Lumbar radiculopathy",
        {"kind": "radiculopathy", "strength": "diagnosis"},
    ),
    medication(
        5,
        REPORT,
        2,
        "Norco 10/325 one tab 5x/day #150",
        generic=NORCO,
        strength="10/325 mg",
        per_day=5,
        quantity=150,
        status="continued",
    ),
    medication(
        6,
        REPORT,
        2,
        "Flexeril 10 mg TID #90",
        generic="cyclobenzaprine",
        strength="10 mg",
        per_day=3,
        quantity=90,
        status="continued",
    ),
    medication(7, REPORT, 2, "temazepam 30 mg at bedtime", generic="temazepam", strength="30 mg"),
    fact(8, "adverse_effects", REPORT, 2, "No side effects today", {}, Assertion.ABSENT),
    fact(9, "return_to_work", REPORT, 2, "Remain off work until next visit", {"status": "off"}),
    fact(10, "pain_score", EARLIER, 1, "Pain 8/10, unchanged from last visit", {"score": 8}),
    fact(
        11,
        "duration_of_use",
        EARLIER,
        1,
        "Flexeril since 2013",
        {"generic": "cyclobenzaprine", "since": "2013"},
    ),
    fact(12, "conservative_care", EARLIER, 1, "Physical therapy, 12 visits, helped a little"),
    medication(13, EARLIER, 1, "Stop Soma", generic="carisoprodol", status="stopped"),
    fact(
        14,
        "medication",
        LEDGER,
        1,
        "HYDROCODONE/APAP TAB 10/325 150 30",
        {"generic": NORCO, "quantity": 150, "days_supply": 30, "status": "dispensed"},
    ),
    fact(15, "urine_drug_test", DRUG_TEST, 1, "Consistent with prescriptions", {}),
)


def fact_id(number: int) -> FactId:
    return FactId(f"f{number:05d}")


_READ = tuple(
    PageRef(document=each.id, page=leaf.number)
    for each in DOCUMENTS
    for leaf in each.pages
    if leaf.state is not PageState.UNREADABLE and not leaf.is_foreign
)
_DARK = UnreadPage(document=LEDGER.id, page=2, reason="the image is too dark")
_QUOTATION = "A patient on opioids will typically report pain 8/10 reduced to 4/10"
CERTIFICATES = (
    Certificate(
        id=CertificateId("c01"),
        concepts=(ConceptId("pain_with_without_medication"),),
        subject=NORCO,
        queries=("pain {n}/10 without medication", "reduces pain by {n} %", "relief from {drug}"),
        pages_searched=_READ,
        pages_unreadable=(_DARK,),
        nearest=(
            NearMiss(
                document=REVIEW.id,
                page=1,
                start=REVIEW.page(1).text.index(_QUOTATION),
                end=REVIEW.page(1).text.index(_QUOTATION) + len(_QUOTATION),
                quote=_QUOTATION,
                why="It is utilization review's example and not a statement about the patient.",
            ),
        ),
    ),
    Certificate(
        id=CertificateId("c02"),
        concepts=(ConceptId("opioid_agreement"), ConceptId("pdmp_cures")),
        queries=("pain contract", "opioid agreement", "CURES reviewed"),
        pages_searched=_READ,
        pages_unreadable=(_DARK,),
        pages_weak=(UnreadPage(document=LEDGER.id, page=4, reason="words read at 62 %"),),
    ),
    Certificate(
        id=CertificateId("c03"),
        concepts=(ConceptId("validated_instrument"),),
        queries=("Oswestry", "ODI", "PDQ"),
        pages_searched=_READ,
        pages_unreadable=(_DARK,),
    ),
)
