"""Which statements are copies of an earlier report, and which only agree with it."""

from __future__ import annotations

from datetime import date

import pytest

from openimr.extract.facts import extract_facts
from openimr.model.document import Document, DocumentKind
from openimr.model.drug import Formulary
from openimr.model.ids import DocumentId
from openimr.model.lexicon import Lexicon
from openimr.model.text import Page, PageState

OLD, NEW = date(2014, 11, 3), date(2015, 4, 9)
PROSE = (
    "Mr. Teal returns for his low back. The ache is steady and runs to the left buttock when he "
    "sits through a long shift at the counter. {} He sees his own physician for the sugar and has "
    "been walking the dog to the corner and back most evenings this season."
)


def report(
    text: str, on: date, kind: DocumentKind = DocumentKind.PROGRESS_REPORT, author: str = ""
) -> Document:
    page = Page(number=1, text=text, state=PageState.TEXT, file_page=1)
    name = f"D{on.year}{on.month:02d}{kind}"
    return Document(
        id=DocumentId(name), file=name, sha256="", kind=kind, date=on, author=author, pages=(page,)
    )


def copies(
    older: Document, newer: Document, concept: str, lexicon: Lexicon, formulary: Formulary
) -> list[bool]:
    """For each fact of the newer report about the concept, whether it is marked as a copy."""
    facts = extract_facts((newer, older), lexicon=lexicon, formulary=formulary)
    return [
        "carried_from" in fact.value
        for fact in facts
        if fact.concept == concept and fact.provenance.document == newer.id
    ]


@pytest.mark.parametrize(
    ("concept", "then", "now", "copied"),
    [
        (  # letters and blanks differ, words do not
            "functional_improvement",
            "With Norco she can walk her dog for 30 minutes and do her laundry.",
            "With  Norco, she can walk her dog for 30 minutes -- and do her laundry.",
            True,
        ),
        (  # new figures are a new statement
            "pain_with_without_medication",
            "Norco brings the pain from 8/10 to 4/10 within the hour.",
            "Norco brings the pain from 7/10 to 5/10 within the hour.",
            False,
        ),
        (  # one half touched up
            "pain_with_without_medication",
            "With Norco the pain falls from 8/10 to 4/10 and he gets through the day at the shop.",
            "With Norco the pain falls from 8/10 to 4/10 and he gets through the day at the store.",
            True,
        ),
        ("adverse_effects", PROSE.format("Denies side effects."), None, True),
        ("adverse_effects", "Takes Norco. No side effects.", None, False),
        (  # a form repeats rightly
            "adverse_effects",
            "PAIN: low back, steady, left side. RELIEF: good, lasts for four hours with Norco. "
            "SIDE EFFECTS: none. ABERRANCY: none. PLAN: go on, return in four weeks for the next.",
            None,
            False,
        ),
        ("muscle_spasm", PROSE.format("There is spasm of the paraspinals."), None, True),
        ("muscle_spasm", "There is spasm of the lumbar muscles on both sides.", None, False),
    ],
)  # fmt: skip
def test_what_is_a_copy(
    concept: str, then: str, now: str | None, copied: bool, lexicon: Lexicon, formulary: Formulary
) -> None:
    found = copies(report(then, OLD), report(now or then, NEW), concept, lexicon, formulary)
    assert found
    assert set(found) == {copied}


@pytest.mark.parametrize(
    ("kind", "author", "copied"),
    [
        (DocumentKind.PROGRESS_REPORT, "J. Wren MD", True),
        (DocumentKind.PROGRESS_REPORT, "", True),
        (DocumentKind.PHYSICAL_THERAPY, "K. Lund PT", False),
        (DocumentKind.MEDICAL_LEGAL, "", False),
        (DocumentKind.MEDICAL_LEGAL, "J. Wren MD", True),
    ],
)
def test_two_hands_that_agree_do_not_copy(
    kind: DocumentKind, author: str, copied: bool, lexicon: Lexicon, formulary: Formulary
) -> None:
    text = "With Norco she can walk her dog for 30 minutes and do her laundry."
    older, newer = report(text, OLD, author="J. Wren MD"), report(text, NEW, kind, author)
    found = copies(older, newer, "functional_improvement", lexicon, formulary)
    assert found
    assert set(found) == {copied}
