"""An issued letter, published: read back by the parser of published letters to the same content."""

from functools import partial

import pytest

from example_case import draft
from openimr.adapters.letters import letter_text
from openimr.deid.detect import detect
from openimr.deid.replace import Surrogates, replace_identifiers
from openimr.model.identifier import IdentifierKind
from openimr.published.json import letter_json
from openimr.published.parse import parse_letter
from openimr.render.published_form import (
    NotIssued,
    PublishedForm,
    published_form,
    published_pdf,
    published_text,
)
from openimr.request.grammar import parse_request
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.requests import load_request_vocabulary
from ruled_case import issued, signed

PARSE = partial(parse_request, formulary=load_formulary(), vocabulary=load_request_vocabulary())


def clean(texts: list[str]) -> list[str]:
    surrogates = Surrogates()
    found = detect(texts, {"Example": IdentifierKind.PERSON})
    return [
        replace_identifiers(text, each, surrogates).text
        for text, each in zip(texts, found, strict=True)
    ]


def read_back(text: str) -> dict[str, object]:
    return dict(letter_json(parse_letter(text, parse=PARSE)))


def said(form: PublishedForm) -> list[tuple[str, ...]]:
    return [
        (i.heading, i.outcome, i.administrator_guideline, i.reviewer_guideline, i.rationale)
        for i in form.items
    ]


@pytest.mark.parametrize("medium", ["text", "pdf"])
def test_the_parser_reads_back_what_was_published(medium: str) -> None:
    form = published_form(issued()).cleaned(clean)
    written = published_text(form) if medium == "text" else letter_text(published_pdf(form))
    letter = read_back(written)
    assert letter["case_number"] == "CM16-0123456"
    assert letter["decision_date"] == "2016-06-02"
    assert letter["date_assigned"] == "2016-05-02"
    assert letter["priority"] == "Standard"
    assert letter["licensure"] == ["California"]
    assert letter["specialties"] == ["Family Practice", "Pain"]
    assert letter["clinical_case_summary"] == form.summary
    items = letter["items"]
    assert isinstance(items, list)
    assert [
        (
            item["heading"],
            item["outcome"],
            item["claims_administrator_guideline"]["text"],
            item["reviewer_guideline"]["text"],
            item["rationale"],
        )
        for item in items
    ] == said(form)
    assert [item["conclusion"] for item in items] == [
        "necessary" if item.outcome == "Overturned" else "not_necessary" for item in form.items
    ]
    assert letter["warnings"] == []


def test_names_that_sentences_quote_are_gone() -> None:
    form = published_form(issued())
    named = form.cleaned(lambda texts: [f"{text} Example" for text in texts])
    assert "Example" in named.summary
    assert "Example" not in published_text(named.cleaned(clean))


def test_what_is_not_issued_is_not_published() -> None:
    for letter in (draft(), signed()):
        with pytest.raises(NotIssued):
            published_form(letter)


def test_the_same_letter_gives_the_same_bytes() -> None:
    form = published_form(issued())
    assert published_pdf(form) == published_pdf(form)
