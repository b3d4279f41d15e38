"""The JSON twin: the contract's fields, the order of keys, and bytes that stay."""

from __future__ import annotations

import json
from dataclasses import replace

from example_case import draft
from example_records import DOCUMENTS, FACTS
from openimr.model.rule import Settings
from openimr.render.json import SCHEMA, dump_json, render_json

CONTRACT = {
    "documents": ["id", "file", "sha256", "type", "date", "author", "pages", "page_status"],
    "facts": [
        *("id", "concept", "value", "assertion", "date", "document", "page"),
        *("start", "end", "quote", "box", "confidence"),
    ],
    "items": [
        *("index", "request_text", "request", "ur_action", "suggestion", "outcome", "topics"),
        *("findings", "flip", "claims_administrator_guideline", "reviewer_guideline"),
        *("rationale", "would_change"),
    ],
    "certificates": [
        *("id", "concept", "queries", "pages_searched", "pages_unreadable", "nearest"),
    ],
    "summary": ["text", "facts"],
}


def test_schema_and_engine() -> None:
    data = render_json(draft())
    assert data["schema"] == SCHEMA == "openimr/determination/1"
    assert data["status"] == "draft"
    engine = data["engine"]
    assert isinstance(engine, dict)
    assert engine["as_of"] == "2015-05-28"
    assert set(engine["rulebook"]) == {"edition", "sha256", "files", "packs"}
    assert len(engine["settings"]) == len(Settings.__dataclass_fields__)


def test_fields_of_the_contract_are_there() -> None:
    data = json.loads(dump_json(draft()))
    for part, names in CONTRACT.items():
        for entry in data[part]:
            assert set(names) <= set(entry), part
    for item in data["items"]:
        assert item["outcome"] is None
        for finding in item["findings"]:
            assert {"criterion", "topic", "role", "value", "statement", "citation"} <= set(finding)
            assert {"for", "against", "certificate"} <= set(finding)
        for sentence in item["rationale"]:
            assert {"text", "findings", "facts", "citations"} <= set(sentence)
        for side in ("claims_administrator_guideline", "reviewer_guideline"):
            assert set(item[side]) == {"text", "mtus", "odg", "pages", "citations"}


def test_request_has_the_contract_keys_and_no_guesses() -> None:
    request = json.loads(dump_json(draft()))["items"][0]["request"]
    assert request["generic"] == "hydrocodone/acetaminophen"
    assert request["quantity"] == 150
    assert request["refills"] is None
    assert "text" not in request


def test_quotes_stand_where_they_are_said_to_stand() -> None:
    pages = {(each.id, page.number): page for each in DOCUMENTS for page in each.pages}
    for fact in json.loads(dump_json(draft()))["facts"]:
        text = pages[fact["document"], fact["page"]].text
        assert text[fact["start"] : fact["end"]] == fact["quote"]


def test_page_status_says_how_each_page_ended() -> None:
    ledger = json.loads(dump_json(draft()))["documents"][4]
    assert ledger["page_status"] == [
        "ocr",
        "unreadable: the image is too dark",
        "blank",
        "ocr",
    ]
    assert [notice["kind"] for notice in ledger["notices"]] == ["foreign", "low_confidence"]


def test_bytes_are_stable_and_end_with_a_newline() -> None:
    made = dump_json(draft())
    assert made == dump_json(draft())
    assert made.endswith(b"}\n")
    assert made.startswith(b'{\n "schema"')


def test_broken_text_still_makes_valid_json() -> None:
    hostile = "a\x00\ud800\u2028</script>\U0001f600"
    place = replace(FACTS[0].provenance, quote=hostile)
    made = dump_json(draft(facts=(replace(FACTS[0], provenance=place), *FACTS[1:])))
    assert json.loads(made)["facts"][0]["quote"] == hostile
