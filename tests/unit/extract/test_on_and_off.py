"""Tables that follow one patient with the medicine, without it, and with it again."""

from __future__ import annotations

from datetime import date

from openimr.extract.facts import extract_document
from openimr.model.document import Document, DocumentKind
from openimr.model.drug import Formulary
from openimr.model.evidence import Fact
from openimr.model.ids import DocumentId
from openimr.model.lexicon import Lexicon
from openimr.model.text import Page, PageState

UNDER_HEADS = """THERAPY DISCHARGE
                      IE 05/20        gap wk 06/17      D/C 07/09
                      (on Norco)      (no Norco)        (on Norco)
Oswestry              44%             58%               36%
Sit tolerance         30 min          10 min            50 min
"""
IN_HEAD = """AQUATICS   Referred for hip pain, wears a patch.
             wk 1     wk 3 (patch off)     wk 8
TUG          15 s     31 s                 13 s
Stairs       1 rail   refused              up/down, 1 rail
"""
NEITHER = """THERAPY
             wk 1     wk 3 (day off)       wk 8
TUG          15 s     31 s                 13 s
"""


def gains(text: str, lexicon: Lexicon, formulary: Formulary) -> list[Fact]:
    page = Page(number=1, text=text, state=PageState.TEXT, file_page=1)
    document = Document(
        id=DocumentId("D01"),
        file="pt.txt",
        sha256="",
        kind=DocumentKind.PROGRESS_REPORT,
        date=date(2014, 7, 9),
        author=None,
        pages=(page,),
    )
    facts = extract_document(document, lexicon=lexicon, formulary=formulary)
    return [f for f in facts if f.concept == "functional_improvement" and f.rule == "table"]


def test_heads_on_two_lines_name_the_drug(lexicon: Lexicon, formulary: Formulary) -> None:
    found = gains(UNDER_HEADS, lexicon, formulary)
    told = {(f.value["activities"], f.value["before"], f.value["after"]) for f in found}
    assert told == {(("Oswestry",), "58%", "36%"), (("Sit tolerance",), "10 min", "50 min")}
    assert {f.subject for f in found} == {"hydrocodone/acetaminophen"}
    assert {f.value["direction"] for f in found} == {"better"}


def test_the_week_without_the_patch_stands_alone(lexicon: Lexicon, formulary: Formulary) -> None:
    found = gains(IN_HEAD, lexicon, formulary)
    assert {f.value["activities"] for f in found} == {("TUG",), ("Stairs",)}
    assert {f.subject for f in found} == {"patch"}


def test_a_day_off_is_no_day_without_medicine(lexicon: Lexicon, formulary: Formulary) -> None:
    assert not gains(NEITHER, lexicon, formulary)
