"""The draft as a whole: every sentence resolves, nothing is decided, nobody is named."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from example_case import EVALUATIONS, ITEMS, draft
from example_records import DOCUMENTS, FACTS, HEADER
from openimr.draft.bind import UnboundSentenceError, bind
from openimr.model.determination import Determination, Sentence, Status
from openimr.model.evidence import PageRef
from openimr.model.finding import Suggestion, Value
from openimr.model.ids import CriterionId, DocumentId, FactId


def sentences(determination: Determination) -> list[Sentence]:
    return [
        *determination.summary,
        *(each for item in determination.items for each in (*item.rationale, *item.would_change)),
    ]


def rationale(determination: Determination, item: int = 1) -> str:
    return " ".join(each.text for each in determination.items[item - 1].rationale)


def test_every_sentence_stands_on_findings_facts_or_pages() -> None:
    for sentence in sentences(draft()):
        assert sentence.findings or sentence.facts or sentence.pages, sentence.text


def test_sentences_name_only_what_exists() -> None:
    facts = {fact.id for fact in FACTS}
    for item in draft().items:
        criteria = {finding.criterion for finding in item.evaluation.findings}
        for sentence in (*item.rationale, *item.would_change):
            assert {*sentence.findings} <= criteria
            assert {*sentence.facts} <= facts


def test_summary_stands_on_facts_and_pages_only() -> None:
    assert all(not sentence.findings for sentence in draft().summary)


def test_pages_of_quoted_facts_are_printed_in_the_sentence() -> None:
    for sentence in sentences(draft()):
        if "“" in sentence.text and sentence.facts:
            assert re.search(r", p\. \d", sentence.text), sentence.text


def test_sentence_on_nothing_cannot_be_built() -> None:
    with pytest.raises(UnboundSentenceError, match="stands on no finding, fact or page"):
        bind("The request is reasonable.")


def test_finding_with_unknown_fact_is_refused() -> None:
    broken = replace(
        EVALUATIONS[0],
        findings=(replace(EVALUATIONS[0].findings[0], facts_for=(), facts_against=()),),
        reasons=(CriterionId("OPI-99"),),
        flags=(),
        flip=(),
    )
    with pytest.raises(UnboundSentenceError, match="finding OPI-99"):
        draft(evaluations=(broken, EVALUATIONS[1]))


def test_fact_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnboundSentenceError, match="names the fact f00001"):
        draft(facts=FACTS[1:])


def test_draft_decides_nothing() -> None:
    determination = draft()
    assert determination.status is Status.DRAFT
    assert all(item.outcome is None for item in determination.items)
    told = " ".join(
        [*determination.how_made, *(sentence.text for sentence in sentences(determination))]
    )
    assert not re.search(r"\b(upheld|overturned)\b", told, re.IGNORECASE)
    assert not re.search(r"\bis (not )?medically necessary\b", told, re.IGNORECASE)
    assert "the physician decides" in rationale(determination)


@pytest.mark.parametrize("suggestion", list(Suggestion))
def test_each_suggestion_has_its_close(suggestion: Suggestion) -> None:
    changed = replace(EVALUATIONS[0], suggestion=suggestion, modification="Twenty tablets.")
    close = draft(evaluations=(changed, EVALUATIONS[1])).items[0].rationale[-1]
    assert close.part == "close"
    assert close.text.startswith("The criteria ")
    assert close.text.endswith("the physician decides.")
    assert ("twenty tablets" in close.text) is (suggestion is Suggestion.MODIFY_TO)


def test_worker_is_never_named() -> None:
    report = DOCUMENTS[2]
    quoting = replace(FACTS[1], provenance=replace(FACTS[1].provenance, quote="Ms. Quenby walks"))
    told = " ".join(
        sentence.text for sentence in sentences(draft(facts=(FACTS[0], quoting, *FACTS[2:])))
    )
    assert "Quenby" in report.page(1).text
    assert "quenby" not in told.casefold()
    assert "“[the injured worker] walks”" in told


def test_silence_says_what_was_searched_and_what_came_nearest() -> None:
    told = rationale(draft())
    assert "Pain relief from the opioid is not documented (OPI-1; MTUS p. 78)." in told
    assert "Search c01 looked for pain with and without medication on 9 of the file's" in told
    assert "11 pages; the nearest passage is" in told
    assert "“A patient on opioids will typically report pain 8/10 reduced to 4/10”" in told
    assert "it is utilization review's example" in told
    assert told.count("p. 2 of the pharmacy ledger of 04/16/2015 (the image is too dark)") == 2
    assert (
        "Not found on any of the 9 pages searched of 11: an opioid agreement with a CURES review "
        "(OPI-7, MTUS p. 89, search c02)." in told
    )
    assert "OPI-10 (MTUS pp. 88-89, search c03); this bears no weight" in told


def test_both_sides_of_the_evidence_are_shown() -> None:
    told = rationale(draft())
    assert "“low back pain 8/10” (PR-2 of 04/09/2015, p. 1)" in told
    assert "“Medications help her and she can do light dishes now”" in told


def test_arithmetic_is_shown_once_with_factor_set_and_assumptions() -> None:
    told = rationale(draft())
    assert told.count("5 tablets x 10 mg = 50 mg hydrocodone a day") == 1
    assert "factors of CDC 2016" in told
    assert "assumed: three a day" in rationale(draft(), 2)


def test_would_change_follows_the_flip_set() -> None:
    first, second = draft().items
    assert first.would_change[0].text == (
        "The suggestion would change if the record showed pain relief from the opioid (OPI-1) and "
        "showed better function with the opioid (OPI-2) in full."
    )
    assert first.would_change[1].text.startswith("What would count: for OPI-1, paired scores")
    assert first.would_change[0].findings == ("OPI-1", "OPI-2")
    assert "did not show use for more than three weeks without benefit (CBP-3)" in (
        second.would_change[0].text
    )


def test_supported_item_has_nothing_that_would_change_it() -> None:
    supported = replace(EVALUATIONS[0], suggestion=Suggestion.SUPPORT)
    assert draft(evaluations=(supported, EVALUATIONS[1])).items[0].would_change == ()


def test_guideline_lines() -> None:
    first, second = draft().items
    assert first.claims_administrator_guideline.text == (
        "The Claims Administrator based its decision on Chronic Pain Medical Treatment Guidelines "
        "p. 78, part of the MTUS."
    )
    assert first.claims_administrator_guideline.pages == ((78, 78),)
    assert first.claims_administrator_guideline.mtus
    assert second.claims_administrator_guideline.text == "Not stated."
    assert first.reviewer_guideline.pages == ((24, 24), (43, 43), (78, 78), (86, 87), (89, 89))
    assert "unverified" in first.reviewer_guideline.text


def test_summary_names_what_was_not_used() -> None:
    told = " ".join(sentence.text for sentence in draft().summary)
    assert "58-year-old woman" in told
    assert "Page 4 of the pharmacy ledger of 04/16/2015 concerns another patient" in told
    assert "Not read: 1 page of the file" in told
    assert "denied “Norco 10/325mg #150” and modified “Flexeril 10mg #90”" in told
    assert "Recorded as stopped: carisoprodol" in told


def test_case_without_facts_or_header_still_makes_a_letter() -> None:
    bare = replace(
        EVALUATIONS[0],
        findings=(),
        reasons=(),
        flags=(),
        flip=(),
        topics=(),
        suggestion=Suggestion.REFER,
        notes=("No rule of the rulebook speaks to this request.",),
        taper_note=None,
        search=None,
    )
    item = replace(ITEMS[0], sources=())
    determination = draft(
        facts=(),
        certificates=(),
        header=replace(HEADER, sources={}, worker=None),
        items=(item,),
        evaluations=(bare,),
    )
    assert "No rule of the rulebook" in rationale(determination)
    assert all(each.pages for each in determination.items[0].rationale)
    assert determination.items[0].reviewer_guideline.text.startswith("No criteria")


def test_items_and_evaluations_must_pair() -> None:
    with pytest.raises(ValueError, match="zip"):
        draft(evaluations=EVALUATIONS[:1])


def test_a_search_is_told_once_in_an_item() -> None:
    findings = list(EVALUATIONS[0].findings)
    findings[1] = replace(
        findings[1], value=Value.NOT_DOCUMENTED, facts_for=(), certificate=findings[0].certificate
    )
    told = rationale(
        draft(evaluations=(replace(EVALUATIONS[0], findings=tuple(findings)), EVALUATIONS[1]))
    )
    assert "The search described under OPI-1 covers OPI-2 as well." in told
    assert told.count("Search c01 looked for pain with and without medication") == 1


def test_criteria_that_say_the_same_share_a_sentence() -> None:
    findings = list(EVALUATIONS[0].findings)
    twin = replace(findings[-1], criterion=CriterionId("OPI-99"), citation="FDA label")
    evaluation = replace(EVALUATIONS[0], findings=(*findings, twin))
    told = rationale(draft(evaluations=(evaluation, EVALUATIONS[1])))
    assert told.count("An opioid is taken together with a benzodiazepine") == 1
    assert "(OPI-16; MTUS p. 24 (unverified); OPI-99; FDA label; PR-2 of 04/09/2015, p. 2)" in told


def test_notes_of_one_lead_are_told_together_with_plain_dates() -> None:
    notes = tuple(f"Fills of Norco: filled 2014-0{n}-05, early." for n in range(1, 6))
    evaluation = replace(EVALUATIONS[0], notes=notes)
    told = rationale(draft(evaluations=(evaluation, EVALUATIONS[1])))
    assert (
        "Fills of Norco: filled 01/05/2014, early; filled 02/05/2014, early; 3 more like these."
        in told
    )


def test_bind_keeps_each_support_once() -> None:
    page = PageRef(document=DocumentId("D01"), page=1)
    made = bind("A  b", facts=[FactId("f1"), FactId("f1")], pages=[page, page])
    assert made.text == "A b."
    assert made.facts == ("f1",)
    assert made.pages == (page,)
