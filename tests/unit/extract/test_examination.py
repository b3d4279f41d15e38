"""Signs of nerves, however the side, the level and the finding are ordered."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openimr.extract.examination_words import LEXER
from openimr.extract.facts import extract_document
from openimr.extract.pain_scales import find_scales, without_scales
from openimr.model.document import Document, DocumentKind
from openimr.model.drug import Formulary
from openimr.model.evidence import Assertion, Fact
from openimr.model.ids import DocumentId
from openimr.model.lexicon import Lexicon
from openimr.model.text import Page, PageState

_SAID = {
    "straight leg raise": ("SLR positive on the {side}.", "Positive {side} straight leg raise."),
    "weakness": ("EHL 4/5 on the {side}.", "{Side} dorsiflexion is 4-/5.", "4/5 {side} EHL."),
    "reflex loss": ("The {side} ankle jerk is absent.", "Absent {side} Achilles reflex."),
    "dermatomal sensory loss": (
        "Pinprick is decreased over the {side} L5 dermatome.",
        "Dec LT {side} L5.",
    ),
}
_CASES = [(sign, form) for sign, forms in _SAID.items() for form in forms]


def _read(text: str, lexicon: Lexicon, formulary: Formulary) -> tuple[Fact, ...]:
    page = Page(number=1, text=text, state=PageState.TEXT, file_page=1)
    document = Document(
        id=DocumentId("D01"),
        file="report.txt",
        sha256="",
        kind=DocumentKind.PROGRESS_REPORT,
        date=date(2015, 4, 9),
        author=None,
        pages=(page,),
    )
    return extract_document(document, lexicon=lexicon, formulary=formulary)


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(("sign", "form"), _CASES)
def test_side_is_read(
    sign: str, form: str, side: str, lexicon: Lexicon, formulary: Formulary
) -> None:
    text = form.format(side=side, Side=side.title())
    found = [
        fact
        for fact in _read(text, lexicon, formulary)
        if fact.concept == "radiculopathy_findings" and fact.assertion is Assertion.PRESENT
    ]
    assert [(fact.value["sign"], fact.value["side"]) for fact in found] == [(sign, side)]


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_words_lie_in_the_text(text: str) -> None:
    for found in LEXER.finditer(text):
        assert text[found.start() : found.end()] == found[0]
        assert found[0]


@given(st.integers(0, 10), st.sampled_from(["({})", "[{}]", "*{}*", "<{}>"]))
@settings(max_examples=40, deadline=None)
def test_the_number_marked_is_the_score(number: int, mark: str) -> None:
    steps = [mark.format(n) if n == number else str(n) for n in range(11)]
    text = f"Pain today  {'  '.join(steps)}  end"
    assert [scale.marked for scale in find_scales(text)] == [number]
    assert len(without_scales(text)) == len(text)
