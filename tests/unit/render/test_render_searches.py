"""Certificates in plain words: no search expression reaches a reader."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from example_records import CERTIFICATES, DOCUMENTS
from openimr.model.evidence import Certificate
from openimr.model.names import WorkerName
from openimr.render.searches import (
    EXAMPLES_SHOWN,
    Search,
    common_pages,
    plain_examples,
    plain_phrase,
    search_of,
    search_rows,
)

NOBODY = WorkerName(None)


def search(certificate: Certificate) -> Search:
    return search_of(certificate, DOCUMENTS, NOBODY)


@pytest.mark.parametrize(
    ("query", "plain"),
    [
        ("no|without relief|benefit", "no relief"),
        ("pain is|are? =reduced|less~severe", "pain reduced"),
        ("make ... pain tolerable|bearable", "make … pain tolerable"),
        ("function better|at~a~higher~level", "function better"),
        ("at~a~tolerable~level of", "at a tolerable level of"),
        ("{drug} helps", "Norco helps"),
        ("better {n}? per cent", ""),
        ("/r(e)?gex/", ""),
    ],
)
def test_one_reading_of_an_expression(query: str, plain: str) -> None:
    assert plain_phrase(query, "Norco") == plain


@given(st.lists(st.text("abc|~?=.{}/ ", max_size=30), max_size=60))
def test_examples_are_few_and_plain(queries: list[str]) -> None:
    examples = plain_examples(queries, "Norco")
    assert len(examples) <= EXAMPLES_SHOWN
    assert not any(re.search(r"[|{~]", each) for each in examples)


def test_examples_stop_where_the_names_of_the_drug_begin() -> None:
    queries = ["pain relief", "no relief", "hydrocodone", "lortab elixir"]
    assert plain_examples(queries, "hydrocodone") == ("pain relief", "no relief")


def test_pages_are_said_once_where_all_searches_share_them() -> None:
    alike = [search(CERTIFICATES[0]), search(replace(CERTIFICATES[2]))]
    assert common_pages(alike).startswith("Each search covered 9 pages: every page of D01-D04")
    assert "could not be read: D05 p. 2: the image is too dark" in common_pages(alike)
    assert all(row.pages == "" for row in search_rows(alike))
    differing = [search(each) for each in CERTIFICATES]
    assert common_pages(differing) == ""
    assert all(row.pages.startswith("Covered 9 pages") for row in search_rows(differing))
    assert common_pages([]) == ""


def test_passages_that_share_a_word_are_counted() -> None:
    (near,) = CERTIFICATES[0].nearest
    noise = replace(near, words_only=True)
    made = search(replace(CERTIFICATES[0], nearest=(noise, near, noise)))
    assert len(made.nearest) == 1
    assert made.words_only == 2
    assert made.brief.nearest
    assert search(CERTIFICATES[2]).brief.nearest == ()
