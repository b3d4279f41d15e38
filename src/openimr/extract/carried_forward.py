"""Copied passages: what stood in an earlier report in the same words is as old as that one.

Both facts stay. The later one is dated to where the words first stood, and says so in
`carried_from`. A sentence of some length about an effect counts by itself; a short one (`Denies
side effects.`) only within prose that was copied around it, for forms and diagnoses repeat rightly
from visit to visit. Sentences of two hands (a therapist's, an examiner's) are never copies of each
other, however much they agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from openimr.model.dates import PartialDate
from openimr.model.document import Document
from openimr.model.evidence import Assertion, Fact
from openimr.model.ids import DocumentId

_EFFECTS = frozenset(
    {"pain_score", "pain_with_without_medication", "functional_improvement", "adverse_effects",
     "aberrant_behaviour", "acute_exacerbation", "insomnia_workup", "compliance"}
)  # fmt: skip
_IN_COPIED_PROSE = _EFFECTS | {"muscle_spasm", "urine_drug_test", "pdmp_cures"}
"""What may well be found again at each visit, and is not if the prose around it is a copy."""
_FEWEST_WORDS = 6
_ENDS_ALONE = 12
"""Words from which a sentence counts as copied though its other half was touched up."""
_HALF = 8
_AROUND = 15
"""Words before or after a short sentence that must be copied with it."""
_FORM = re.compile(r"[\[\]|\u2610\u2611\u2612_]|:\s.*:\s", re.DOTALL)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_REACH = 240
_NO_COPY = frozenset({Assertion.HYPOTHETICAL, Assertion.OTHER_PERSON})
_Key = tuple[str, ...]


def mark_carried_forward(documents: Sequence[Document], facts: Sequence[Fact]) -> list[Fact]:
    """The facts in the same order, copies dated to their first standing."""
    clinical = {document.id: document for document in documents if document.kind.is_clinical}
    first: dict[_Key, PartialDate] = {}
    keys = [tuple(_keys(fact, clinical)) for fact in facts]
    for fact, of_fact in zip(facts, keys, strict=True):
        written = fact.written
        if written is not None:
            first.update((key, min(first.get(key, written), written)) for key in of_fact)
    return [_marked(fact, of_fact, first) for fact, of_fact in zip(facts, keys, strict=True)]


def _keys(fact: Fact, clinical: Mapping[DocumentId, Document]) -> Iterator[_Key]:
    """What a copy of the statement has in common with it: words, and the hand that wrote them."""
    document = clinical.get(fact.provenance.document)
    if (
        document is None
        or fact.concept not in _IN_COPIED_PROSE
        or fact.rule == "function.ability"
        or fact.assertion in _NO_COPY
    ):
        return
    for said in _said(fact, document):
        yield (fact.concept, "kind", document.kind, *said)
        if fact.author:
            yield (fact.concept, "author", fact.author, *said)


def _said(fact: Fact, document: Document) -> Iterator[_Key]:
    quote = fact.provenance.quote
    words = _words(quote)
    if fact.concept in _EFFECTS and len(quote.split()) >= _FEWEST_WORDS and "[" not in quote:
        yield ("whole", *words)
        if len(words) >= _ENDS_ALONE:
            figures = [word for word in words if word.isdigit()]
            yield ("begins", *words[:_HALF], *figures)
            yield ("ends", *words[-_HALF:], *figures)
    text = document.page(fact.provenance.page).text
    start, end = fact.provenance.start, fact.provenance.end
    before = _BLANK_LINE.split(text[max(0, start - _REACH) : start])[-1]
    after = _BLANK_LINE.split(text[end : end + _REACH])[0]
    for name, around, part in (
        ("before", _words(before)[-_AROUND:], before),
        ("after", _words(after)[:_AROUND], after),
    ):
        if len(around) == _AROUND and not _FORM.search(f"{part[-_REACH // 2 :]} {quote}"):
            yield (name, *words, *around)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _marked(fact: Fact, keys: Sequence[_Key], first: Mapping[_Key, PartialDate]) -> Fact:
    origin = min((first[key] for key in keys if key in first), default=None)
    if origin is None or fact.written is None or not origin < fact.written:
        return fact
    value = MappingProxyType({**fact.value, "carried_from": origin.isoformat()})
    return replace(fact, value=value, date=origin)
