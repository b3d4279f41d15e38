"""Laboratory reports row by row: a cutoff is no result, and a row's own verdict counts."""

from __future__ import annotations

from datetime import date

import pytest

from openimr.extract.facts import extract_document
from openimr.model.document import Document, DocumentKind
from openimr.model.drug import Formulary
from openimr.model.ids import DocumentId
from openimr.model.lexicon import Lexicon
from openimr.model.text import Page, PageState

AGREES = """URINE DRUG TEST   Rx listed by client: hydrocodone
Analyte                Cutoff    Result         Rx'd    Interp
Hydrocodone              50      1,388 ng/mL     Y      expected
Oxycodone                50      not detected    N      expected
Benzodiazepines (11)     --      not detected    N      expected
Cocaine met.             50      not detected    N      expected
"""
STRANGER = AGREES.replace(
    "50      not detected    N      expected\nBenzo",
    "50      880 ng/mL       N      unexpected\nBenzo",
)
MISSING = """URINE DRUG TEST
Declared:  fentanyl, hydrocodone
   Fentanyl            <0.5   NONE DETECTED      ** declared, not found **
   Norfentanyl         <0.5   NONE DETECTED      ** declared, not found **
   Hydrocodone         3,940  POSITIVE           declared
"""
COLUMN = """URINE DRUG TEST
 DRUG            RESULT          PRESCRIBED?     AGREEMENT
 hydrocodone     1,105 ng/mL     yes             agrees
 benzodiazepines not detected    no              agrees
 oxycodone       not detected    no              agrees
"""
COLUMN_NOT = COLUMN.replace(
    "oxycodone       not detected    no              agrees",
    "oxycodone       640 ng/mL       no              does not agree",
)


@pytest.mark.parametrize(
    ("report", "results"),
    [
        (AGREES, {"consistent"}),
        (STRANGER, {"inconsistent"}),
        (MISSING, {"inconsistent"}),
        (COLUMN, {"consistent"}),
        (COLUMN_NOT, {"inconsistent"}),
    ],
    ids=["cutoff", "stranger", "declared and missing", "agreement", "disagreement"],
)
def test_result(report: str, results: set[str], lexicon: Lexicon, formulary: Formulary) -> None:
    page = Page(number=1, text=report, state=PageState.TEXT, file_page=1)
    document = Document(
        id=DocumentId("D01"),
        file="uds.txt",
        sha256="",
        kind=DocumentKind.LAB,
        date=date(2014, 6, 30),
        author=None,
        pages=(page,),
    )
    facts = extract_document(document, lexicon=lexicon, formulary=formulary)
    found = {str(f.value.get("result")) for f in facts if f.concept == "urine_drug_test"}
    assert found & {"consistent", "inconsistent"} == results
