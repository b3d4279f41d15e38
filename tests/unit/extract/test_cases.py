"""Small sentences and what must be read from them, in tables a physician can check."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from openimr.extract.facts import extract_document
from openimr.model.document import Document, DocumentKind
from openimr.model.drug import Formulary
from openimr.model.evidence import Assertion, Fact
from openimr.model.ids import DocumentId
from openimr.model.lexicon import Lexicon
from openimr.model.text import Page, PageState
from openimr.rulebook.strict_yaml import parse_yaml

FOLDER = Path(__file__).parent / "cases" / "facts"


def _cases() -> list[Any]:
    found = []
    for file in sorted(FOLDER.glob("*.yaml")):
        table = parse_yaml(file.read_text(encoding="utf-8"))
        for number, case in enumerate(table["cases"], start=1):
            case.setdefault("concept", table["concept"])
            found.append(pytest.param(case, id=f"{file.stem}-{number}-{case['say'][:40]}"))
    return found


def read(text: str, kind: str, lexicon: Lexicon, formulary: Formulary) -> tuple[Fact, ...]:
    page = Page(number=1, text=text, state=PageState.TEXT, file_page=1)
    document = Document(
        id=DocumentId("D01"),
        file="report.txt",
        sha256="",
        kind=DocumentKind(kind),
        date=date(2015, 4, 9),
        author=None,
        pages=(page,),
    )
    return extract_document(document, lexicon=lexicon, formulary=formulary)


def _fits(fact: Fact, case: dict[str, Any]) -> bool:
    return (
        fact.concept == case["concept"]
        and all(fact.value.get(key) == item for key, item in case.get("value", {}).items())
        and ("is" not in case or fact.assertion is Assertion(case["is"]))
        and ("of" not in case or fact.subject == case["of"])
    )


@pytest.mark.parametrize("case", _cases())
def test_reads(case: dict[str, Any], lexicon: Lexicon, formulary: Formulary) -> None:
    facts = read(case["say"], case.get("kind", "progress_report"), lexicon, formulary)
    shown = [
        (f.concept, dict(f.value), f.assertion.value, f.subject)
        for f in facts
        if f.concept == case["concept"]
    ]
    if case.get("nothing"):
        assert not [
            f for f in facts if f.concept == case["concept"] and f.assertion is Assertion.PRESENT
        ], shown
    else:
        assert any(_fits(fact, case) for fact in facts), shown
