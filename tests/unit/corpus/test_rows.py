from __future__ import annotations

import hashlib
import json
from pathlib import Path

import duckdb
import pytest

from openimr.corpus.document import Document, LetterRows, Refusal
from openimr.corpus.reading import _line, fingerprint, read_documents
from openimr.corpus.rows import permalink
from openimr.corpus.schema import ITEM_COLUMNS, LETTER_COLUMNS
from openimr.published import parse as parse_module
from openimr.synth.letters.pdf import as_pdf
from openimr.synth.letters.run import Run

RUN = Run(seed=5, layout="header")
PRINTED = Run(seed=5, layout="header", pdf=True)


def document(data: bytes, name: str = "a.txt") -> Document:
    return Document(name=name, sha256=hashlib.sha256(data).digest(), data=data)


def read(data: bytes) -> LetterRows | Refusal:
    (result,) = read_documents((document(data),))
    return result


def rows_of(data: bytes) -> tuple[dict[str, object], list[dict[str, object]]]:
    rows = read(data)
    assert isinstance(rows, LetterRows)
    return json.loads(rows.letter), [json.loads(line) for line in rows.items.splitlines()]


@pytest.mark.parametrize("number", range(6))
def test_every_column_is_filled_as_the_letter_says(number: int) -> None:
    forged = RUN.letter(number)
    letter, items = rows_of(forged.text.encode())
    assert list(letter) == list(LETTER_COLUMNS)
    assert letter["letter"] == letter["case_number"] == forged.gold["case_number"]
    assert letter["item_count"] == len(items)
    assert json.loads(str(letter["letter_json"]))["case_number"] == letter["case_number"]
    for index, item in enumerate(items, 1):
        assert set(item) == set(ITEM_COLUMNS)
        assert item["item"] == f"{letter['letter']}/{index}"
        assert item["year"] == int(str(letter["decision_date"])[:4])
        assert item["licence_state"] == letter["licensure"]
        assert isinstance(item["rationale"], str)
        assert "\u00ad" not in item["rationale"]


def test_text_and_pdf_of_a_letter_have_one_fingerprint() -> None:
    same = 0
    for number in range(8):
        forged = PRINTED.letter(number)
        text, printed = read(forged.text.encode()), read(as_pdf(forged))
        assert isinstance(text, LetterRows)
        assert isinstance(printed, LetterRows)
        same += text.text_sha256 == printed.text_sha256
        assert text.permalink == printed.permalink
    assert same == 8


def test_fingerprints_tell_texts_apart() -> None:
    assert fingerprint("Norco 10 mg") != fingerprint("Norco 1.0 mg")
    assert fingerprint("10-30-\u00ad2016 a") == fingerprint("10-30-\n2016  a")


def test_a_letter_without_case_number_has_a_permalink_of_its_text() -> None:
    forged = Run(seed=5, layout="plain").letter(0)
    letter, _ = rows_of(forged.text.encode())
    assert letter["case_number"] is None
    assert letter["letter"] == permalink(None, fingerprint(forged.text))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"A menu: soup, fish, cake.", "not-a-determination"),
        (b"%PDF-1.7 and nothing more", "unreadable-file"),
        (b"   \n", "not-a-determination"),
    ],
)
def test_what_is_no_letter_is_refused_with_its_reason(data: bytes, code: str) -> None:
    refused = read(data)
    assert isinstance(refused, Refusal)
    assert refused.code == code
    assert refused.reason


def test_a_fault_of_the_parser_costs_one_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    class Faulty:
        def recognises(self, text: str) -> bool:
            return "soup" in text

        def read(self, text: str) -> None:
            raise ZeroDivisionError(text)

    monkeypatch.setattr(parse_module, "LAYOUTS", (Faulty(), *parse_module.LAYOUTS))
    results = read_documents((document(b"soup"), document(RUN.letter(1).text.encode())))
    assert results[0] == Refusal(code="internal", reason="the reader failed with ZeroDivisionError")
    assert isinstance(results[1], LetterRows)


def test_half_a_surrogate_pair_and_a_zero_are_json_that_duckdb_takes(tmp_path: Path) -> None:
    path = tmp_path / "rows.ndjson"
    path.write_bytes(_line({"a": "x\ud800\x00\u00ad"}))
    read = duckdb.read_json(str(path)).fetchall()
    assert read == [("x?\x00\u00ad",)]
