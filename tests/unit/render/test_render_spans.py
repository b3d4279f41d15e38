"""Citations are found again as links, and text from records is made safe to print."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import document, page
from example_case import draft
from example_records import DOCUMENTS
from openimr.model.document import DocumentKind
from openimr.model.evidence import PageRef
from openimr.model.ids import DocumentId
from openimr.model.labels import cite_pages, document_labels
from openimr.model.text import PageState
from openimr.render.letter import build_letter
from openimr.render.records import how_read, searched_pages
from openimr.render.spans import Linker, printable

LINKER = Linker(DOCUMENTS)
LABELS = document_labels(DOCUMENTS)
PLACES = [PageRef(document=each.id, page=leaf.number) for each in DOCUMENTS for leaf in each.pages]


def plain(text: str) -> str:
    return "".join(span.text for span in LINKER.link(text)).replace("\u00a0", " ")


@given(st.lists(st.sampled_from(PLACES), min_size=1, unique=True), st.text(max_size=30))
def test_every_cited_page_becomes_a_link_to_it(pages: list[PageRef], lead: str) -> None:
    text = f"{lead} ({cite_pages(pages, LABELS)})"
    links = [(span.document, span.page) for span in LINKER.link(text) if span.page]
    assert set(links) == {(place.document, place.page) for place in pages}
    assert plain(text) == printable(text).replace("\u00a0", " ")


@given(st.text())
def test_text_is_kept_and_holds_no_controls(text: str) -> None:
    shown = printable(text)
    assert printable(shown) == shown
    assert "\n" not in shown
    assert not any(ord(character) < 32 or 0xD800 <= ord(character) < 0xE000 for character in shown)
    assert "".join(span.text for span in LINKER.link(text)).replace("\u00a0", " ") == (
        shown.replace("\u00a0", " ")
    )


def test_pages_that_do_not_exist_are_no_links() -> None:
    assert not [span.page for span in LINKER.link("PR-2 of 04/09/2015, p. 99") if span.page]


def test_a_name_alone_leads_to_the_documents_row() -> None:
    (span,) = [span for span in LINKER.link("The PR-2 of 04/09/2015 says") if span.document]
    assert (span.document, span.page) == ("D03", 0)


def test_every_page_cited_by_the_example_is_linked() -> None:
    whole = draft()
    letter = build_letter(whole)
    for item, part in zip(whole.items, letter.items, strict=True):
        cited = {(page.document, page.page) for each in item.rationale for page in each.pages}
        linked = {
            (span.document, span.page)
            for paragraph in part.rationale
            for block in paragraph.blocks
            for line in block
            for span in line.spans
        }
        named = {document for document, _ in linked}
        assert cited <= linked | {
            (document, number) for document, number in cited if document in named
        }


def test_no_documents_no_links() -> None:
    assert Linker(()).link("PR-2 of 04/09/2015, p. 1")[0].document == ""


@pytest.mark.parametrize(
    ("identity", "read"),
    [
        ("D01", "text layer"),
        (
            "D05",
            "OCR (76% sure) pp. 1, 4; unreadable (the image is too dark) p. 2; blank p. 3; "
            "another patient's, not used: p. 4",
        ),
    ],
)
def test_how_pages_were_read(identity: str, read: str) -> None:
    assert how_read(next(each for each in DOCUMENTS if each.id == identity)) == read


def test_document_without_pages_or_reason() -> None:
    bad = document("D08", DocumentKind.UNKNOWN, None, None, page(1, "", state=PageState.UNREADABLE))
    assert how_read(bad) == "unreadable"
    assert how_read(document("D09", DocumentKind.UNKNOWN, None, None)) == ""


def test_searched_pages_are_ranges() -> None:
    assert searched_pages(PLACES, DOCUMENTS) == "every page of D01-D06"
    assert searched_pages((), DOCUMENTS) == "none"
    some = [PageRef(document=DocumentId("D05"), page=number) for number in (1, 2, 4)]
    assert searched_pages(some, DOCUMENTS) == "pp. 1-2, 4 of D05"
