"""What kind of document some pages are, from what they say; the file's name is only a hint."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from openimr.intake.headings import headings, plain
from openimr.intake.letters import clinicians_letter
from openimr.model.document import DocumentKind
from openimr.model.document_signs import DocumentSigns, Place
from openimr.model.text import Page

_ENOUGH = 4.0
"""Below this the pages do not say what they are."""
_NAME_HINT = 3.0
_LETTER = 7.0
"""A clinician's letter is a report of his own; only a clear title makes it another's."""
_FORMS = (DocumentKind.IMR_APPLICATION, DocumentKind.UR_DECISION, DocumentKind.RFA)
_ROW_LOSS = 0.035
"""Part of a heading's weight lost with each line it stands further down."""
_ALONE = 0.4
"""Part of the heading that a title must fill; less is a mention."""
_NAMES_A_DOCUMENT = re.compile(
    r"\b(?:reports?|records?|notes?|evaluation|examination|log|form|summary|study|profile|history"
    r"|ledger|letter|request|decision|determination|application|screen|sheet)\b"
)
_DOCUMENT_GAIN = 1.2
"""`Acupuncture record` is the document; `Bluff Physical Therapy` above it is the house."""


@dataclass(frozen=True, slots=True)
class Title:
    """What the headings of a page say it is, and how strongly."""

    kind: DocumentKind
    weight: float


def classify(pages: Sequence[Page], file: str, signs: DocumentSigns) -> DocumentKind:
    """The kind of a document whose pages these are."""
    scores = _content_scores(pages, signs)
    hint = _hint(file, signs)
    if hint is not None:
        scores[hint] += _NAME_HINT
    letter = clinicians_letter(pages)
    if letter is not None and max(scores[form] for form in _FORMS) < _ENOUGH:
        scores[DocumentKind.CORRESPONDENCE] = 0.0
        scores[letter] += _LETTER
    kind, score = max(scores.items(), key=lambda item: item[1], default=(DocumentKind.UNKNOWN, 0.0))
    if score >= _ENOUGH:
        return kind
    return hint if hint is not None else DocumentKind.UNKNOWN


def title(page: Page, signs: DocumentSigns) -> Title | None:
    """The strongest title on a page; None where no heading says what it is."""
    weights = _title_weights(page.text, signs)
    if not weights:
        return None
    kind = max(weights, key=lambda kind: weights[kind])
    return Title(kind, weights[kind])


def _content_scores(
    pages: Sequence[Page], signs: DocumentSigns
) -> defaultdict[DocumentKind, float]:
    scores: defaultdict[DocumentKind, float] = defaultdict(float)
    spoken = [page for page in pages if page.text.strip()]
    if not spoken:
        return scores
    first = plain(spoken[0].text)
    whole = " ".join(plain(page.text) for page in spoken[:4])
    for kind, weight in _title_weights(spoken[0].text, signs).items():
        scores[kind] += weight
    for sign in signs.kinds:
        if sign.place is not Place.TITLE:
            text = first if sign.place is Place.FIRST_PAGE else whole
            scores[sign.kind] += sign.weight * bool(sign.pattern.search(text))
    return scores


def _title_weights(text: str, signs: DocumentSigns) -> dict[DocumentKind, float]:
    """The best title for each kind: titles of one kind do not add up, or chatter would win."""
    weights: dict[DocumentKind, float] = {}
    for heading in headings(text):
        for kind, weight in _titles_in(heading.text, signs):
            placed = weight * (1 - _ROW_LOSS * heading.row)
            weights[kind] = max(placed, weights.get(kind, 0.0))
    return weights


@lru_cache(maxsize=8192)
def _titles_in(heading: str, signs: DocumentSigns) -> tuple[tuple[DocumentKind, float], ...]:
    """What a heading can be the title of. Letterheads and form titles come again and again."""
    gain = _DOCUMENT_GAIN if _NAMES_A_DOCUMENT.search(heading) else 1.0
    return tuple(
        (sign.kind, sign.weight * gain)
        for sign in signs.kinds
        if sign.place is Place.TITLE
        and (found := sign.pattern.search(heading))
        and _stands_alone(heading, found.end() - found.start())
    )


def _stands_alone(heading: str, length: int) -> bool:
    letters = sum(letter.isalpha() for letter in heading)
    return length >= _ALONE * max(letters, 1)


def _hint(file: str, signs: DocumentSigns) -> DocumentKind | None:
    name = plain(file.rsplit("/", 1)[-1].replace("_", "-"))
    for kind, pattern in signs.file_hints.items():
        if pattern.search(name):
            return kind
    return None
