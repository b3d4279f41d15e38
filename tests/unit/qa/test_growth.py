"""The time of every check grows with the letter: a page of one phrase costs no more a word."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from test_checks import checker, item, letter

from openimr.published.conclusion import read_conclusion
from openimr.published.guideline import read_guideline
from openimr.qa.checks import CHECKS
from openimr.qa.copies import Copies
from openimr.qa.letter import CheckedLetter

CHARACTERS = 40_000
SECONDS = 3.0
"""Far above what one check takes of so much text, far below what a quadratic pattern takes."""
PIECES = [
    "the request for Norco 10/325mg #120 is ",
    "the request for soma the request for Norco ",
    "The request for soma. ",
    "no documentation of pain relief ",
    "No documentation of pain relief. Pain was relieved by 50%. ",
    "pain relief was not documented, ",
    "ancillary procedure ",
    "surgical ",
    "request ",
    "MTUS guidelines ",
    "Norco is FDA approved ",
    "not without FDA approved ",
    "Norco is an opioid ",
    "opioids such as Norco and Valium ",
    "medications are ",
    "necessary ",
    "medically necessary treatment ",
    "  ",
    "(",
    "a",
    "1",
    "A. ",
    ".\"'\"'",
    '"',
    "left knee ",
    "in this case ",
    "no documentation of ",
    "There is no documentation of swelling. ",
    "failed to show any findings of ",
    "no neck exam ",
    "only tenderness ",
    "request for the knee ",
    "the requested number of visits ",
    "MTUS does not ",
    "since 1/1/2015 ",
    "has been on it for ",
    "Utilization Review ",
    "On 1/1/2015 ",
    "a 51-year-old ",
    "no longer than 3 weeks ",
]


def _long(piece: str) -> CheckedLetter:
    text = (piece * CHARACTERS)[:CHARACTERS]
    said = checker().said(text)
    items = [
        replace(item(heading, "x"), rationale=rationale, said=said)
        for heading, rationale in (
            ("Norco 10/325mg #120", text),
            ("Valium 5mg #30", f"{text} more"),
            ("MRI of the left knee", f"{text} less"),
        )
    ]
    return letter(*items, summary=text)


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param(piece, marks=[pytest.mark.slow] if number % 4 else [])
        for number, piece in enumerate(PIECES)
    ],
)
def test_a_page_of_one_phrase_is_checked_in_no_time(piece: str) -> None:
    text = (piece * CHARACTERS)[:CHARACTERS]
    long = _long(piece)
    checks = checker()
    scene = checks.scene(long, Copies((long, letter(item("Soma 350mg #60", text)))))
    took = {
        check.code: _seconds(lambda check=check: list(check.run(long, scene))) for check in CHECKS
    }  # type: ignore[misc]
    took["reading"] = _seconds(lambda: (read_conclusion(text), read_guideline(text)))
    assert max(took.values()) < SECONDS, took
