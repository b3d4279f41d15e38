# ruff: noqa: E501 - lines of sample pages stand as they would print
from __future__ import annotations

import pytest
from intake_files import SIGNS, case_of

from openimr.intake.assemble import assemble
from openimr.intake.authors import find_author, unify
from openimr.intake.plaintext import read_text
from openimr.model.document import DocumentKind as K
from openimr.model.errors import RulebookInvalid
from openimr.model.source import SourceFile
from openimr.rulebook.documents import parse_document_signs

AUTHORS = [
    (K.PROGRESS_REPORT, "PR-2\nReferred by: A. Other, MD\nBody\nSignature: V Roe DO\nName: Val S. Roe, DO", "Val S. Roe, DO"),
    (K.UR_DECISION, "Dear Val Roe, DO\nPHYSICIAN ADVISOR: Colleen A. Vase, DO, Family Medicine\ncc: X. Yu, MD", "Colleen A. Vase, DO"),
    (K.RFA, "Requesting Physician Signature: Sam Mirza, M.D.     Date: 6/8/2016", "Sam Mirza, MD"),
    (K.IMR_APPLICATION, "Employee Name (First, MI, Last): Norma J. Roe\nRequesting Physician Name: V. Doe, MD", "Norma J. Roe"),
    (K.MEDICAL_LEGAL, "L. J. FAIR, M.D., INC.\nbody\nI declare under penalty of perjury\n\nLaszlo J. Fair, M.D.", "Laszlo J. Fair, MD"),
    (K.LAB, "PACIFIC REFERENCE LAB          FINAL\nORDERING: ROE V", "Pacific Reference Lab"),
    (K.CORRESPONDENCE, "Dear Sir,\nEnclosed.\nSincerely,\n\nKeiko R. Sato\nAttorney", "Keiko R. Sato"),
    (K.NURSE_NOTE, "TELEPHONE ENCOUNTER\nTaken by:    Kimmie S., front office", "Kimmie S."),
    (K.PROGRESS_REPORT, "seen by somebody", None),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "author"), AUTHORS)
def test_the_author(kind: K, text: str, author: str | None) -> None:
    assert find_author(kind, read_text(text)) == author


def test_one_author_in_the_fullest_form() -> None:
    assert unify(["G N Ash, MD", "Gerald N. Ash, MD", "Gina Ash, DC"]) == [
        "Gerald N. Ash, MD",
        "Gerald N. Ash, MD",
        "Gina Ash, DC",
    ]


def test_documents_are_numbered_in_order_and_keep_their_file_pages() -> None:
    case = case_of(
        "OPERATIVE REPORT\nPreoperative diagnosis: tear\n\nPage 1 of 1\f"
        "REQUEST FOR AUTHORIZATION\nDWC Form RFA\n[X] New request\n\nPage 1 of 1",
        "MRI LUMBAR SPINE\nTechnique: T1\nImpression: bulge",
    )
    assert [(d.id, d.file, d.kind) for d in case.documents] == [
        ("D01", "file1.txt", K.OPERATIVE),
        ("D02", "file1.txt", K.RFA),
        ("D03", "file2.txt", K.IMAGING),
    ]
    (page,) = case.documents[1].pages
    assert (page.number, page.file_page) == (1, 2)


def test_what_could_not_be_read_is_listed() -> None:
    bad = SourceFile(file="bad.pdf", sha256="1" * 64, reason="the PDF is encrypted")
    case = assemble((bad,), SIGNS)
    assert not case.documents
    assert case.unread[0].reason == "the PDF is encrypted"


def test_the_table_of_signs_reports_all_its_problems() -> None:
    text = """
reviewed: 2026-11-24
kinds:
  novel: {title: {'x': 1}}
  rfa: {title: {'(': 1, 'ok': many}, colour: red}
dates:
  - {label: 'x', weight: 1, kinds: [nonsense]}
"""
    with pytest.raises(RulebookInvalid) as caught:
        parse_document_signs(text)
    problems = "\n".join(caught.value.problems)
    for words in ("kinds.novel", "no pattern", "must be a number", "rfa.colour", "nonsense"):
        assert words in problems
    with pytest.raises(RulebookInvalid, match="stands twice"):
        parse_document_signs("kinds: {}\nkinds: {}\n")
