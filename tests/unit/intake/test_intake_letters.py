# ruff: noqa: E501 - lines of sample pages stand as they would print
"""Clinicians' letters, told from those of attorneys, employers and reviewers."""

from __future__ import annotations

import pytest
from intake_files import SIGNS

from openimr.intake.classify import classify
from openimr.intake.plaintext import read_text
from openimr.model.document import DocumentKind as K

REPORTS = {
    "to an adjuster": (
        "WILHELMINA OST, M.D.\n14 Pier Street, Eureka\n\nMay 2, 2014\n\nCoast Claims, attention Mr. Lund\n\nRE: Ada Ferris\n\n"
        "Dear Mr. Lund:\n\nI saw Mrs. Ferris this morning. The knee is what it was, a six by her count.\n\nVery truly yours,\n\nWilhelmina Ost, M.D.",
        K.PROGRESS_REPORT,
    ),
    "first names, no credentials below": (
        "HILL ROAD PAIN\nTomas Reyes, D.O.\n\nJune 9, 2015\n\nDear Anne:\n\nA short visit. She says four today.\n\nAs ever,\nTomas",
        K.PROGRESS_REPORT,
    ),
    "of a therapist": (
        "NORTH HAND CLINIC\n\nMay 4, 2013\n\nDear Dr. Boyle,\n\nTen visits are done. Grip is 30 pounds, it was 22.\n\nIris Penn, OTR/L",
        K.PHYSICAL_THERAPY,
    ),
    "of a surgeon": (
        "ELIAS WARD, M.D., F.A.C.S.\nSpine Surgery, Fresno\n\nMay 4, 2013\n\nDear Dr. Boyle,\n\nThe graft is solid. Come back in a year.\n\nE. Ward",
        K.PROGRESS_REPORT,
    ),
    "answering a denial": (
        "BAY PAIN CLINIC\nMay 4, 2013\n\nMs. Trent:\n\nYour reviewer saw one page; here are four. Without the patch she was back at eight.\n\nL. Amado, M.D.",
        K.PROGRESS_REPORT,
    ),
}
ARGUMENTS = (
    "LAW OFFICES OF IRA GELB\nMay 4, 2013\n\nDear Doctor:\n\nMy client cannot work without the medicine.\n\nIra Gelb, Esq.",
    "ORCHARD SCHOOL DISTRICT\nMay 4, 2013\n\nTo whom it may concern:\n\nHe has worked each day since June.\n\nSincerely,\nR. Vale, Supervisor",
    "COAST CLAIMS\nMay 4, 2013\n\nDear Dr. Ost:\n\nEnclosed are the records.\n\nSincerely,\nP. Lund, Claims Examiner",
)


@pytest.mark.parametrize("name", REPORTS)
def test_a_clinicians_letter_is_a_report_whoever_is_addressed(name: str) -> None:
    text, kind = REPORTS[name]
    assert classify(read_text(text), "letter.txt", SIGNS) is kind


@pytest.mark.parametrize("text", ARGUMENTS)
def test_a_letter_of_another_trade_is_no_evidence(text: str) -> None:
    assert not classify(read_text(text), "letter.txt", SIGNS).is_clinical


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("AGREEMENT FOR INDEPENDENT REVIEW OF DENIED MEDICINES\nWorker  Ada Ferris", K.IMR_APPLICATION),
        ("ADA FERRIS, Applicant,\n   vs.                    STIPULATION TO SUBMIT\nDOCK CO.              MEDICATION DISPUTE", K.IMR_APPLICATION),
        ("PIER CLINIC      FLOW SHEET B - PAIN      FERRIS A\n\nDate    NRS   CURES   UDS   note\n1/2/14   7    ok      ok", K.NURSE_NOTE),
        ("PIER HOSPITAL     EMERGENCY DEPT     05/02/2014\n\nfell, forehead lac. Sutured.", K.PROGRESS_REPORT),
    ],
)  # fmt: skip
def test_short_papers_are_known_by_their_titles(text: str, kind: K) -> None:
    assert classify(read_text(text), "scan1.txt", SIGNS) is kind
