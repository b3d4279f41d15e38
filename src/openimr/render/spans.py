"""Text with links: page citations found again in a sentence, and text made safe to print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from openimr.model.document import Document
from openimr.model.ids import DocumentId
from openimr.model.labels import document_labels

REPLACEMENT = "\ufffd"
_SPACES = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff"
    "\U000f0000-\U0010ffff]"
)
_REORDERING = re.compile("[\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
"""Marks that turn the direction of text: a record could use them to show what it does not say."""
_PAGE = re.compile(r", (p\. (\d+))")
_BEFORE_NUMBER = re.compile(r"\b(pp?\.) (?=\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of text; with a document, a link to it, and with a page, to that page."""

    text: str
    document: str = ""
    page: int = 0


Spans = tuple[Span, ...]


def printable(text: str) -> str:
    """Text on one line that every format can hold: no controls, no marks that reorder it."""
    text = _SPACES.sub(" ", text)
    return _UNPRINTABLE.sub(REPLACEMENT, _REORDERING.sub("", text))


def keep_together(text: str) -> str:
    """The text with its page numbers tied to their abbreviation, so that no line breaks there."""
    return _BEFORE_NUMBER.sub("\\1\u00a0", text)


class Linker:
    """Finds the citations of a case's documents in text.

    Args:
        documents: the documents reviewed, whose names the sentences use.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        documents = tuple(documents)
        labels = document_labels(documents)
        self._by_label: Mapping[str, DocumentId] = {
            label: identity for identity, label in labels.items()
        }
        self._pages = {document.id: len(document.pages) for document in documents}
        longest_first = sorted(self._by_label, key=lambda label: (-len(label), label))
        names = "|".join(re.escape(label) for label in longest_first)
        self._pattern = re.compile(rf"(?<!\w)({names})((?:, p\. \d+)*)") if names else None

    def link(self, text: str) -> Spans:
        """The text in spans: `PR-2 of 04/09/2015, p. 1` leads to that page.

        A name without a page leads to the document's row; pages that do not exist stay text.
        """
        text = printable(text)
        spans: list[Span] = []
        at = 0
        for found in self._pattern.finditer(text) if self._pattern else ():
            spans.append(Span(text=text[at : found.start()]))
            spans += self._citation(found[1], found[2])
            at = found.end()
        spans.append(Span(text=text[at:]))
        return tuple(replace(span, text=keep_together(span.text)) for span in spans if span.text)

    def _citation(self, label: str, pages: str) -> list[Span]:
        document = self._by_label[label]
        numbers = [(found[1], int(found[2])) for found in _PAGE.finditer(pages)]
        known = [number for number in numbers if 1 <= number[1] <= self._pages[document]]
        if len(known) != len(numbers) or not numbers:
            return [Span(text=label, document=document), Span(text=pages)]
        first, *others = numbers
        spans = [Span(text=f"{label}, {first[0]}", document=document, page=first[1])]
        for words, number in others:
            spans += [Span(text=", "), Span(text=words, document=document, page=number)]
        return spans
