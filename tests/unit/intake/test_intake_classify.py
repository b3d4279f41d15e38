# ruff: noqa: E501 - lines of sample pages stand as they would print
from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_files import SIGNS

from openimr.intake.classify import classify
from openimr.intake.plaintext import read_text
from openimr.model.document import DocumentKind as K

CASES = {
    K.IMR_APPLICATION: "STATE OF CALIFORNIA\nApplication for Independent Medical Review\nEmployee Name: J",
    K.UR_DECISION: "Acme Review Inc.\nJuly 1, 2015\nNOTICE OF UTILIZATION REVIEW DENIAL\nDear Dr. Roe,\n"
    "The request was reviewed by a physician reviewer. Not medically necessary.\nSincerely,",
    K.RFA: "Division of Workers' Compensation\nREQUEST FOR AUTHORIZATION\nDWC Form RFA\nAttach the Doctor's"
    " First Report of Occupational Injury, PR-2\n[X] New Request",
    K.PROGRESS_REPORT: "PRIMARY TREATING PHYSICIAN'S PROGRESS REPORT (PR-2)\n[X] Request for authorization\n"
    "Subjective complaints:",
    K.FIRST_REPORT: "DOCTOR\u2019S FIRST REPORT OF OCCUPATIONAL INJURY OR ILLNESS\nWithin 5 days",
    K.MEDICAL_LEGAL: "PANEL QUALIFIED MEDICAL EVALUATION\nDear Counsel,\nApportionment: none",
    K.OPERATIVE: "Community Hospital\nOPERATIVE REPORT\nPreoperative diagnosis: tear\nAnesthesia: general",
    K.IMAGING: "Valley Imaging\nMRI LUMBAR SPINE WITHOUT CONTRAST\nTechnique: T1, T2\nImpression: bulge",
    K.ELECTRODIAGNOSTIC: "ELECTRODIAGNOSTIC STUDY\nNerve conduction: distal latency 3.1",
    K.LAB: "Quick Labs\nURINE DRUG SCREEN\nCollected 1/2/2015\nCutoff 300 ng/mL",
    K.CURES: "DEPARTMENT OF JUSTICE\nPATIENT ACTIVITY REPORT\nPrescriber  Pharmacy",
    K.PHYSICAL_THERAPY: "MOVE WELL PHYSICAL THERAPY\nDaily note\nManual therapy, therapeutic exercise",
    K.ACUPUNCTURE: "Harmony Wellness\nACUPUNCTURE TREATMENT NOTE\nPoints: LI4, ST36. Needles retained",
    K.CHIROPRACTIC: "CHIROPRACTIC PROGRESS NOTE\nDiversified adjustment of L5",
    K.PSYCHOLOGY: "PSYCHOLOGICAL EVALUATION\nBeck Depression Inventory 22. Mental status exam",
    K.PHARMACY_LEDGER: "CORNER DRUG STORE\nPATIENT PRESCRIPTION HISTORY\nFill date  Drug  Qty  Days supply",
    K.CORRESPONDENCE: "LAW OFFICES OF ROE AND DOE\nMarch 3, 2015\nRe: Our client\nDear Sir or Madam,\n"
    "Enclosed please find records.\nSincerely,\nA. Roe, Esq.",
    K.NURSE_NOTE: "Bluff Clinic\nTELEPHONE ENCOUNTER\nCaller: daughter\nTaken by: Kim, MA\nRouted to: Dr. R",
}


@pytest.mark.parametrize("kind", CASES)
def test_each_kind_is_known_by_its_content(kind: K) -> None:
    assert classify(read_text(CASES[kind]), "scan0001.pdf", SIGNS) is kind


@pytest.mark.parametrize("kind", CASES)
def test_content_overrides_a_misleading_name(kind: K) -> None:
    name = "mri-report.pdf" if kind is not K.IMAGING else "ur-denial.pdf"
    assert classify(read_text(CASES[kind]), name, SIGNS) is kind


def test_there_is_a_case_for_every_kind() -> None:
    assert set(CASES) == set(K) - {K.UNKNOWN}


def test_a_name_helps_where_the_pages_say_nothing() -> None:
    pages = read_text("illegible scrawl")
    assert classify(pages, "05_nurse_note.txt", SIGNS) is K.NURSE_NOTE
    assert classify(pages, "05.txt", SIGNS) is K.UNKNOWN


def test_a_mention_is_no_title() -> None:
    text = "Dear Dr. Roe,\nplease send the operative report and the MRI of the lumbar spine soon.\nSincerely"
    assert classify(read_text(text), "x.txt", SIGNS) not in (K.OPERATIVE, K.IMAGING)


def test_a_physicians_letter_is_a_report() -> None:
    text = (
        "Spine Specialists Medical Group\nMarch 3, 2015\nDear Dr. Roe,\nThank you for referring this patient."
        " There is tenderness at L5; flexion is 30 degrees. Reflexes are symmetric. Norco 10/325 mg one tablet"
        " three times daily is continued.\nShe will return in six weeks.\nSincerely,\nAnn Lee, MD"
    )
    assert classify(read_text(text), "letter.txt", SIGNS) is K.PROGRESS_REPORT


@settings(max_examples=40)
@given(st.text(max_size=400))
def test_anything_has_a_kind(text: str) -> None:
    assert classify(read_text(text), "x.txt", SIGNS) in K
