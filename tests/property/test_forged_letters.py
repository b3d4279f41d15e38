"""Forged letters of every form, as text and as PDF, are read back to the letter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

import pytest

from openimr.adapters.letters import letter_text
from openimr.model.request import Request
from openimr.published.json import letter_json
from openimr.published.parse import parse_letter
from openimr.request.grammar import parse_request
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.requests import load_request_vocabulary
from openimr.synth.letters.layouts import LAYOUTS
from openimr.synth.letters.letter import forge_letter
from openimr.synth.letters.pdf import as_pdf

LETTERS = 60
SEED = 11
DATES = (
    "date_assigned", "decision_date", "date_of_injury", "ur_denial_date", "application_received",
)  # fmt: skip
CONCLUSIONS = {"Upheld": "not_necessary", "Overturned": "necessary"}
STATED = ("quantity", "refills", "laterality", "per_week", "weeks", "contrast", "retrospective")
"""Facts of a request that a parse must give wherever the heading states them."""


@cache
def request_parser() -> Callable[[str], Request]:
    formulary, vocabulary = load_formulary(), load_request_vocabulary()
    return lru_cache(maxsize=None)(lambda line: parse_request(line, formulary, vocabulary))


def read(data: bytes) -> Any:
    return letter_json(parse_letter(letter_text(data), parse=request_parser()))


def day(printed: str | None) -> str | None:
    return datetime.strptime(printed, "%m/%d/%Y").date().isoformat() if printed else None  # noqa: DTZ007


def expected(gold: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "case_number": gold["case_number"],
        "priority": gold["priority"],
        **{name: day(gold[name]) for name in DATES},
        "licensure": [state.strip() for state in gold["licensure"].split(",")],
        "specialties": gold["specialty"].split(", "),
        "clinical_case_summary": gold["clinical_case_summary"],
        "items": [
            {
                "heading": issue["request"],
                "outcome": issue["decision"],
                "claims": issue["claims_admin_guideline"],
                "reviewer": issue["maximus_guideline"],
                "mtus": issue["reviewer_cites"]["mtus"],
                "odg": issue["reviewer_cites"]["odg"],
                "rationale": issue["rationale"],
                "conclusion": CONCLUSIONS[issue["decision"]],
            }
            for issue in gold["issues"]
        ],
    }


def got(letter: Mapping[str, Any]) -> dict[str, Any]:
    plain = ("case_number", "priority", *DATES, "licensure", "specialties", "clinical_case_summary")
    return {name: letter[name] for name in plain} | {
        "items": [
            {
                "heading": item["heading"],
                "outcome": item["outcome"],
                "claims": item["claims_administrator_guideline"]["text"],
                "reviewer": item["reviewer_guideline"]["text"],
                "mtus": item["reviewer_guideline"]["mtus"],
                "odg": item["reviewer_guideline"]["odg"],
                "rationale": item["rationale"],
                "conclusion": item["conclusion"],
            }
            for item in letter["items"]
        ]
    }


@pytest.mark.parametrize("pdf", [False, True], ids=["text", "pdf"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_labelled_field_is_read_exactly(layout: str, pdf: bool) -> None:
    for number in range(LETTERS):
        letter = forge_letter(SEED, number, layout, pdf=pdf)
        data = as_pdf(letter) if pdf else letter.text.encode()
        assert got(read(data)) == expected(letter.gold), f"letter {number}"


def test_what_a_heading_states_of_a_request_is_read() -> None:
    for number in range(LETTERS):
        letter = forge_letter(SEED, number, "header")
        items = read(letter.text.encode())["items"]
        for issue, item in zip(letter.gold["issues"], items, strict=True):  # type: ignore[call-overload]
            facts = {name: value for name, value in issue["facts"].items() if name in STATED}
            assert {name: item["request"][name] for name in facts} == facts, issue["request"]
