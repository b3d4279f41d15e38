"""Guideline citations: titles, pages, and the forms reviewers and UR write."""

from __future__ import annotations

import pytest

from openimr.draft.guidelines import (
    claims_administrator_line,
    pages_in,
    short_citation,
    split_citation,
)


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("MTUS Chronic Pain Guidelines p. 78", ((78, 78),)),
        ("Chronic Pain Guidelines Page(s): 74-96.", ((74, 96),)),
        ("pages 76-80, 88 and 89", ((76, 80), (88, 89))),
        ("p. 78; 88; 9792.20(f) of 2009, now (e)", ((78, 78), (88, 88))),
        ("Opioids, pp. 74\u201396", ((74, 96),)),
        ("p. 13; but 43-44; the number of days is ours", ((13, 13), (43, 44))),
        ("8 CCR 9792.24.2", ()),
        ("ODG, Pain Chapter (2015)", ()),
        ("p. 96-74", ()),
        ("", ()),
    ],
)
def test_pages(text: str, pages: tuple[tuple[int, int], ...]) -> None:
    assert pages_in(text) == pages


def test_citation_splits_into_title_and_pages() -> None:
    assert split_citation("ODG Pain (unverified)") == (("ODG Pain", ()),)
    assert split_citation("MTUS, p. 24 (unverified)") == (("MTUS", ((24, 24),)),)
    assert split_citation("MTUS Chronic Pain 2009, pp. 78, 88; 8 CCR 9792.20") == (
        ("MTUS Chronic Pain 2009", ((78, 78), (88, 88))),
        ("8 CCR 9792.20", ()),
    )


def test_short_citation_keeps_doubt() -> None:
    assert short_citation("MTUS Chronic Pain 2009 (8 CCR), p. 24 (unverified)") == (
        "MTUS p. 24 (unverified)"
    )
    assert short_citation("Label of the drug") == "Label of the drug"


@pytest.mark.parametrize("stated", [None, "", "  "])
def test_no_guideline_is_said(stated: str | None) -> None:
    assert claims_administrator_line(stated).text == "Not stated."


def test_lead_is_not_doubled() -> None:
    line = claims_administrator_line("Decision based on ODG, Pain Chapter.")
    assert line.text == (
        "The Claims Administrator based its decision on ODG, Pain Chapter, not part of the MTUS."
    )
    assert line.odg
    assert not line.mtus


@pytest.mark.parametrize("named", ["MTUS p. 43; ODG", "Opioids, criteria for use (p. 78)"])
def test_nothing_is_said_of_a_source_that_is_both_or_unknown(named: str) -> None:
    line = claims_administrator_line(named)
    assert line.text == f"The Claims Administrator based its decision on {named}."
