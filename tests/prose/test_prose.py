"""From the words of a report to the values of a topic: reading and rules together."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from openimr.extract.facts import extract_document
from openimr.model.document import Document, DocumentKind
from openimr.model.ids import DocumentId
from openimr.model.text import Page, PageState
from openimr.rulebook.lexicon import load_lexicon
from openimr.rulebook.strict_yaml import parse_yaml
from rule_cases import evaluate, formulary

DECIDED, SEEN = date(2015, 5, 20), date(2015, 5, 5)
FILES = sorted(Path(__file__).parent.glob("*.yaml"))
lexicon = cache(load_lexicon)


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{file.stem}-{number}-{case['line']}")
        for file in FILES
        for number, case in enumerate(parse_yaml(file.read_text(encoding="utf-8")), start=1)
    ]


def report(text: str) -> Document:
    page = Page(number=1, text=text, state=PageState.TEXT, file_page=1)
    return Document(
        id=DocumentId("D01"),
        file="report.txt",
        sha256="",
        kind=DocumentKind.PROGRESS_REPORT,
        date=SEEN,
        author=None,
        pages=(page,),
    )


@pytest.mark.parametrize("case", cases())
def test_a_report_gives_the_values(case: dict[str, Any]) -> None:
    document = report(case["report"])
    facts = extract_document(document, lexicon=lexicon(), formulary=formulary())
    found = evaluate({"request": {"line": case["line"]}, "day": DECIDED}, facts)
    values = {finding.criterion: finding.value.value for finding in found.findings}
    assert {name: values.get(name) for name in case["expect"]} == case["expect"]
