"""The sentences behind a silence: its extent, what came near, what could not be seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from example_case import CERTIFICATES, DOCUMENTS, EVALUATIONS, FACTS, HEADER, LEDGER, REPORT
from openimr.draft.record import Record
from openimr.draft.silence import neutral_searches, same_search, search_sentences, unread_pages
from openimr.model.evidence import Certificate, PageRef, UnreadPage
from openimr.model.ids import DocumentId

RECORD = Record.of(HEADER, DOCUMENTS, FACTS, CERTIFICATES)
SILENT = EVALUATIONS[0].findings[0]
EVERY_PAGE = tuple(
    PageRef(document=each.id, page=page.number) for each in DOCUMENTS for page in each.pages
)


def told(certificate: Certificate, statement: str = "Nothing.", part: str = "decides") -> list[str]:
    finding = replace(SILENT, statement=statement)
    made = search_sentences(certificate, [finding], RECORD, part, set())
    assert all(sentence.findings == (finding.criterion,) for sentence in made)
    return [sentence.text for sentence in made]


def test_partial_search_gives_its_extent_and_its_gaps() -> None:
    searched, unseen = told(CERTIFICATES[1])
    assert searched == (
        "The search for an opioid agreement or a CURES or other prescription-monitoring report "
        "covered 9 of the file's 11 pages; nothing came near."
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
        "The search for a validated instrument covered all 11 pages of the file; nothing came near."
    ]
    assert told(whole, "No instrument was found in the 11 pages searched.") == [
        "The search was for a validated instrument; nothing came near."
    ]


def test_unseen_pages_are_named_once_for_an_item() -> None:
    known: set[str] = set()
    first = search_sentences(CERTIFICATES[2], [SILENT], RECORD, "flags", known)
    second = search_sentences(CERTIFICATES[2], [SILENT], RECORD, "flags", known)
    assert len(first) == 2
    assert len(second) == 1
    assert "less the pages already named" in second[0].text


@pytest.mark.parametrize(("part", "shown"), [("decides", 2), ("flags", 1)])
def test_near_misses_by_weight(part: str, shown: int) -> None:
    near = CERTIFICATES[0].nearest[0]
    several = replace(CERTIFICATES[0], nearest=(near, replace(near, quote="another"), near))
    assert told(several, part=part)[0].count("which does not count") == shown


def test_neutral_and_shared_searches() -> None:
    first, second = EVALUATIONS[0].findings[:2]
    (neutral,) = neutral_searches({CERTIFICATES[2]: [first, second]}, RECORD)
    assert neutral.text == (
        "The search of 9 of the file's 11 pages found nothing that counts on a validated "
        "instrument (OPI-1 and OPI-2); this bears no weight in the suggestion."
    )
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
