"""The sentences behind a silence: its extent, what came near, what could not be seen."""

from __future__ import annotations

from dataclasses import replace

from example_case import EVALUATIONS, ITEMS
from example_records import CERTIFICATES, DOCUMENTS, FACTS, HEADER, LEDGER, REPORT
from openimr.draft.rationale import write_rationale
from openimr.draft.record import Record
from openimr.draft.silence import (
    same_search,
    search_sentences,
    silent_sentences,
    unread_pages,
)
from openimr.model.evidence import Certificate, PageRef, UnreadPage
from openimr.model.finding import Value, Weight
from openimr.model.ids import CriterionId, DocumentId
from openimr.model.rule import Role

RECORD = Record.of(HEADER, DOCUMENTS, FACTS, CERTIFICATES)
SILENT = EVALUATIONS[0].findings[0]
EVERY_PAGE = tuple(
    PageRef(document=each.id, page=page.number) for each in DOCUMENTS for page in each.pages
)


def told(certificate: Certificate, statement: str = "Nothing.") -> list[str]:
    finding = replace(SILENT, statement=statement)
    made = search_sentences(certificate, finding, RECORD, "decides", set())
    assert all(sentence.findings == (finding.criterion,) for sentence in made)
    return [sentence.text for sentence in made]


def test_partial_search_gives_its_extent_and_its_gaps() -> None:
    searched, unseen = told(CERTIFICATES[1])
    assert searched == (
        "Search c02 looked for an opioid agreement or a CURES or other prescription-monitoring "
        "report on 9 of the file's 11 pages; nothing came near."
    )
    assert unseen == (
        "The search cannot speak for p. 2 of the pharmacy ledger of 04/16/2015 (the image is too "
        "dark), which could not be read; it leaves out p. 4 of the pharmacy ledger of 04/16/2015 "
        "(another patient's); it is weaker for p. 4 of the pharmacy ledger of 04/16/2015 (words "
        "read at 62 %), which was read from a poor image."
    )


def test_whole_search_is_said_once() -> None:
    whole = replace(CERTIFICATES[2], pages_searched=EVERY_PAGE, pages_unreadable=())
    assert told(whole) == [
        "Search c03 looked for a validated instrument on all 11 pages of the file; "
        "nothing came near."
    ]
    assert told(whole, "No instrument was found in the 11 pages searched.") == [
        "Search c03 looked for a validated instrument; nothing came near."
    ]


def test_unseen_pages_are_named_once_for_an_item() -> None:
    known: set[str] = set()
    first = search_sentences(CERTIFICATES[2], SILENT, RECORD, "decides", known)
    second = search_sentences(CERTIFICATES[2], SILENT, RECORD, "decides", known)
    assert len(first) == 2
    assert len(second) == 1
    assert "less the pages already named" in second[0].text


def test_two_near_misses_are_told_and_a_passage_is_quoted_once() -> None:
    near = CERTIFICATES[0].nearest[0]
    several = replace(CERTIFICATES[0], nearest=(near, near, replace(near, quote="another"), near))
    known: set[str] = set()
    first, second = (
        search_sentences(several, SILENT, RECORD, "decides", known)[0].text for _ in range(2)
    )
    assert first.count("which does not count") == 2
    assert first.count(near.quote) == 1
    assert near.quote not in second
    assert second.count("the passage quoted above (UR decision") == 2


def test_near_misses_of_words_alone_are_not_quoted_and_dates_are_written_out() -> None:
    near = replace(CERTIFICATES[0].nearest[0], why="dated 2010-05-27, older than 12 months")
    noise = replace(near, words_only=True)
    assert "only single words came near" in told(replace(CERTIFICATES[0], nearest=(noise,)))[0]
    assert "dated 05/27/2010, older" in told(replace(CERTIFICATES[0], nearest=(noise, near)))[0]


def test_silences_stand_together_and_searches_may_be_shared() -> None:
    first, second = (
        replace(EVALUATIONS[0].findings[n], certificate=CERTIFICATES[2].id, name=name)
        for n, name in ((0, "pain relief"), (1, ""))
    )
    (silent,) = silent_sentences([first, second], RECORD, "search", weightless=True)
    assert silent.text == (
        "Not found on any of the 9 pages searched of 11: pain relief (OPI-1, MTUS p. 78, search "
        "c03) and function is better than without the drug (OPI-2, MTUS p. 78, search c03); this "
        "bears no weight in the suggestion."
    )
    assert silent.findings == ("OPI-1", "OPI-2")
    shared = same_search(EVALUATIONS[0].findings[1], SILENT, "flags")
    assert shared.findings == ("OPI-2", "OPI-1")


def test_unread_pages_are_grouped_and_limited() -> None:
    pages = [
        UnreadPage(document=LEDGER.id, page=number, reason="Too dark.") for number in (2, 3, 1)
    ]
    assert unread_pages(pages, RECORD) == (
        "pp. 1-3 of the pharmacy ledger of 04/16/2015 (too dark)"
    )
    many = [UnreadPage(document=REPORT.id, page=1, reason=f"reason {n}") for n in range(9)]
    assert unread_pages(many, RECORD).endswith("and pages of 3 other documents")
    assert DocumentId("D03") in RECORD.documents


def test_what_a_search_proves_is_told_by_its_own_sentence() -> None:
    first = replace(
        EVALUATIONS[0].findings[0],
        criterion=CriterionId("HYA-5"),
        role=Role.EXCEPTION,
        value=Value.PRESENT,
        statement="No earlier injection is recorded, so the request is read as a first one.",
        facts_for=(),
        facts_against=(),
        certificate=CERTIFICATES[2].id,
        weight=Weight.NEUTRAL,
    )
    evaluation = replace(EVALUATIONS[0], findings=(first,), reasons=(), flags=(), flip=())
    told = [each.text for each in write_rationale(ITEMS[0], evaluation, RECORD)]
    assert any(text.startswith("No earlier injection is recorded") for text in told)
    assert not any("Not found" in text for text in told)
