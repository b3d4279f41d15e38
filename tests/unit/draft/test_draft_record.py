"""Names are replaced and pages cited the same way everywhere."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from example_records import CERTIFICATES, DOCUMENTS, FACTS, HEADER, REPORT
from openimr.draft.record import Record
from openimr.draft.wording import clause
from openimr.model.evidence import PageRef
from openimr.model.ids import DocumentId
from openimr.model.labels import document_labels
from openimr.model.ranges import page_list, runs

RECORD = Record.of(HEADER, DOCUMENTS, FACTS, CERTIFICATES)


@pytest.mark.parametrize(
    "written",
    [
        "Marisol Quenby",
        "Marisol T. Quenby",
        "QUENBY, MARISOL T.",
        "Quenby Marisol",
        "Ms. Quenby",
        "mrs. quenby",
    ],
)
def test_worker_is_replaced(written: str) -> None:
    assert "quenby" not in RECORD.anonymous(f"Today {written} says no.").casefold()


def test_other_people_stay() -> None:
    text = "Dr. Marisolovich saw Quenbyfield."
    assert RECORD.anonymous(text) == text


@given(st.text(max_size=400))
def test_quote_is_one_short_line(text: str) -> None:
    quoted = RECORD.quote(text)
    assert quoted.startswith("“")
    assert quoted.endswith("”")
    assert "\n" not in quoted
    assert len(quoted) <= 170


def test_documents_of_one_kind_and_day_get_their_numbers() -> None:
    twin = replace(REPORT, id=DocumentId("D09"))
    labels = document_labels([REPORT, twin])
    assert labels == {"D03": "PR-2 of 04/09/2015 [D03]", "D09": "PR-2 of 04/09/2015 [D09]"}


def test_pages_of_a_document_are_cited_together() -> None:
    pages = [
        PageRef(document=DocumentId("D03"), page=1),
        PageRef(document=DocumentId("D01"), page=2),
        PageRef(document=DocumentId("D03"), page=2),
        PageRef(document=DocumentId("D03"), page=1),
    ]
    assert RECORD.cite(pages) == (
        " (PR-2 of 04/09/2015, p. 1, p. 2; IMR application of 05/11/2015, p. 2)"
    )


@given(st.sets(st.integers(min_value=1, max_value=60)))
def test_runs_hold_exactly_the_numbers(numbers: set[int]) -> None:
    spans = runs(numbers)
    told = [number for first, last in spans for number in range(first, last + 1)]
    assert told == sorted(numbers)
    assert all(later[0] > earlier[1] + 1 for earlier, later in pairwise(spans))
    assert bool(page_list(numbers)) == bool(numbers)


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("It is a quotation.", "it is a quotation"),
        ("MTUS says so.", "MTUS says so"),
        ("A goal.", "A goal"),
        ("", ""),
    ],
)
def test_clause(sentence: str, part: str) -> None:
    assert clause(sentence) == part
