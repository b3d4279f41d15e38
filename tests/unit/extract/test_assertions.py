"""Labelled passages: how much of what is denied, doubted, past, supposed or another's is read so.

`tests/resources/assertions/open.yaml` is read so well that a single change shows; `set_aside.yaml`
was written before the rules were, and its floors are what it measured when it was first run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
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

FOLDER = Path(__file__).parents[2] / "resources/assertions"
FLOORS = {
    "open": {"absent": 0.98, "possible": 0.98, "historical": 0.97, "hypothetical": 0.96,
             "other_person": 0.98, "present": 0.97},
    "set_aside": {"absent": 0.98, "possible": 0.92, "historical": 0.94, "hypothetical": 0.90,
                  "other_person": 0.92, "present": 0.85},
}  # fmt: skip
"""F1 of each meaning over the statements that are read at all."""


def _read(passage: dict[str, Any], lexicon: Lexicon, formulary: Formulary) -> tuple[Fact, ...]:
    page = Page(number=1, text=passage["say"], state=PageState.TEXT, file_page=1)
    document = Document(
        id=DocumentId("D01"),
        file="report.txt",
        sha256="",
        kind=DocumentKind(passage.get("kind", "progress_report")),
        date=date(2015, 4, 9),
        author=None,
        pages=(page,),
    )
    return extract_document(document, lexicon=lexicon, formulary=formulary)


def _meanings(facts: tuple[Fact, ...], key: str) -> list[str]:
    """How the facts of a concept, or of one value of it, are meant."""
    concept, _, word = key.partition("/")
    return [
        str(fact.assertion)
        for fact in facts
        if fact.concept == concept and (not word or word in map(str, fact.value.values()))
    ]


def _judged(name: str, lexicon: Lexicon, formulary: Formulary) -> Iterator[tuple[str, str]]:
    """Pairs of what is right and what was read; '' for what must not be read at all."""
    table = parse_yaml((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    for passage in table["passages"]:
        facts = _read(passage, lexicon, formulary)
        for key, label in passage.get("means", {}).items():
            right = [label] if isinstance(label, str) else label
            said = _meanings(facts, key)
            if said:
                yield right[0], next((right[0] for one in said if one in right), said[0])
        for key in passage.get("not", ()):
            for meaning in _meanings(facts, key):
                if meaning in {Assertion.PRESENT, Assertion.ABSENT}:
                    yield "", meaning


@pytest.mark.parametrize("name", FLOORS)
def test_statements_are_meant_as_they_are_read(
    name: str, lexicon: Lexicon, formulary: Formulary
) -> None:
    pairs = Counter(_judged(name, lexicon, formulary))
    reached = {}
    for meaning in FLOORS[name]:
        hits = pairs[meaning, meaning]
        touched = sum(n for pair, n in pairs.items() for one in pair if one == meaning)
        reached[meaning] = round(2 * hits / touched, 3)
    short = {m: f1 for m, f1 in reached.items() if f1 < FLOORS[name][m]}
    assert not short, (reached, {pair: n for pair, n in pairs.items() if pair[0] != pair[1]})
