"""Names, quotations and requests as every format of a letter writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openimr.model.concepts import concept_name
from openimr.model.ids import ConceptId
from openimr.model.names import ANONYMOUS, WorkerName
from openimr.model.quotation import QUOTE_LIMIT, quotation
from openimr.model.request import Request, RequestKind, Strength
from openimr.model.request_json import request_json


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Pain:  6/10\n next", "Pain: 6/10 next"),
        ("+-----| OPIOID VISIT |-----+", "... OPIOID VISIT ..."),
        ("a + b | c", "a + b | c"),
        ("____ ----", "..."),
        ("", ""),
    ],
)
def test_quotation(text: str, quoted: str) -> None:
    assert quotation(text) == quoted


@given(st.text(max_size=500))
def test_quotation_only_leaves_out(text: str) -> None:
    shown = quotation(text)
    assert len(shown) <= QUOTE_LIMIT + 4
    letters = iter(text)
    assert all(character in letters for character in _kept(shown)), "in order, nothing added"


def _kept(shown: str) -> str:
    return "".join(character for character in shown if not character.isspace() and character != ".")


@given(st.text(max_size=60), st.text(max_size=120))
def test_any_name_can_be_removed(name: str, text: str) -> None:
    worker = WorkerName(name)
    assert isinstance(worker.remove(text), str)
    assert WorkerName(None).remove(text) == text


def test_name_with_one_part_needs_a_title() -> None:
    worker = WorkerName("Cher")
    assert worker.remove("Mrs. Cher sings; cheroot") == f"{ANONYMOUS} sings; cheroot"


def test_unknown_concept_is_named_by_its_id() -> None:
    assert concept_name(ConceptId("home_exercise")) == "home exercise"


def test_request_json_has_plain_types_and_nulls() -> None:
    made = request_json(
        Request(
            text="line",
            kind=RequestKind.DRUG,
            quantity=90.0,
            doses_per_day=1.5,
            strengths=(Strength(ingredient="x", value=10.0, unit="mg"),),
            body_parts=("knee",),
        )
    )
    assert made["kind"] == "drug"
    assert made["quantity"] == 90
    assert isinstance(made["quantity"], int)
    assert made["doses_per_day"] == 1.5
    assert made["strengths"] == [{"ingredient": "x", "value": 10, "unit": "mg"}]
    assert made["body_parts"] == ["knee"]
    assert made["refills"] is None
    assert "text" not in made
