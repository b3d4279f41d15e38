"""Certificates: what was searched, what could not be, and why the nearest passages do not count."""

from __future__ import annotations

from datetime import date

from openimr.extract.certificate import Searcher
from openimr.extract.facts import extract_facts
from openimr.model.document import Document, DocumentKind
from openimr.model.drug import Formulary
from openimr.model.evidence import Certificate
from openimr.model.ids import ConceptId, DocumentId
from openimr.model.lexicon import Lexicon
from openimr.model.text import Page, PageState

HYDROCODONE = "hydrocodone/acetaminophen"


def _document(
    name: str, text: str, on: date, kind: str = "progress_report", **page: object
) -> Document:
    made = Page(number=1, text=text, state=page.pop("state", PageState.TEXT), file_page=1, **page)  # type: ignore[arg-type]
    return Document(
        id=DocumentId(name),
        file=name,
        sha256="",
        kind=DocumentKind(kind),
        date=on,
        author=None,
        pages=(made,),
    )


def _certify(
    documents: tuple[Document, ...],
    lexicon: Lexicon,
    formulary: Formulary,
    concept: str,
    subject: str | None = None,
) -> Certificate:
    facts = extract_facts(documents, lexicon=lexicon, formulary=formulary)
    return Searcher(documents, facts, lexicon, formulary).certify((ConceptId(concept),), subject)


def _why(certificate: Certificate) -> dict[str, str]:
    return {near.document: near.why for near in certificate.nearest}


def test_each_near_passage_has_its_reason(lexicon: Lexicon, formulary: Formulary) -> None:
    documents = (
        _document("now", "Trouble sleeping.", date(2015, 4, 9)),
        _document("old", "Sleep hygiene was reviewed.", date(2010, 4, 9)),
        _document("ur", "ODG asks for sleep latency.", date(2015, 4, 22), "ur_decision"),
        _document("kin", "Her sister has insomnia.", date(2015, 3, 9)),
    )
    why = _why(_certify(documents, lexicon, formulary, "insomnia_workup"))
    assert why["now"] == "mentions sleep, but no element of an evaluation"
    assert why["old"].startswith("dated 2010-04-09, older than 12 months")
    assert "utilization review" in why["ur"]
    assert why["kin"] == "says it of another person"


def test_the_regimen_is_not_the_drug(lexicon: Lexicon, formulary: Formulary) -> None:
    documents = (_document("now", "Medications reduce pain by 50%.", date(2015, 4, 9)),)
    why = _why(_certify(documents, lexicon, formulary, "pain_with_without_medication", HYDROCODONE))
    assert why["now"] == f"speaks of the medication together, not of {HYDROCODONE}"


def test_words_without_a_fact_are_still_pointed_at(lexicon: Lexicon, formulary: Formulary) -> None:
    documents = (
        _document("blank", "Refill Norco.", date(2015, 4, 9)),
        _document("near", "The pain contract was on the desk.", date(2015, 4, 9)),
        _document("slip", "Opioid agrement: see chart.", date(2015, 4, 9)),
    )
    why = _why(_certify(documents, lexicon, formulary, "opioid_agreement"))
    assert "blank" not in why
    assert {"near", "slip"} <= why.keys()


def test_empty_boxes_are_named(lexicon: Lexicon, formulary: Formulary) -> None:
    documents = (_document("form", "UDS [ ]   CURES [ ]   Pain contract [ ]", date(2015, 4, 9)),)
    assert (
        _why(_certify(documents, lexicon, formulary, "opioid_agreement"))["form"]
        == "an empty check box"
    )


def test_unread_and_weak_pages_are_listed(lexicon: Lexicon, formulary: Formulary) -> None:
    documents = (
        _document(
            "bad",
            "",
            date(2015, 4, 9),
            state=PageState.UNREADABLE,
            reason="image cannot be decoded",
        ),
        _document("weak", "Norco", date(2015, 4, 9), state=PageState.OCR, confidence=0.41),
        _document("good", "Norco", date(2015, 4, 9)),
    )
    certificate = _certify(documents, lexicon, formulary, "urine_drug_test")
    assert [(p.document, p.reason) for p in certificate.pages_unreadable] == [
        ("bad", "image cannot be decoded")
    ]
    assert [p.document for p in certificate.pages_weak] == ["weak"]
    assert [p.document for p in certificate.pages_searched] == ["weak", "good"]
    assert any("uds" in query for query in certificate.queries)


def test_certificates_are_numbered(lexicon: Lexicon, formulary: Formulary) -> None:
    searcher = Searcher((), (), lexicon, formulary)
    assert [searcher.certify((ConceptId("pain_score"),)).id for _ in range(2)] == ["c01", "c02"]
