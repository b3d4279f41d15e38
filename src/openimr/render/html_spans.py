"""Sentences of the letter as HTML, with links to cited pages and to the documents' list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from openimr.model.ids import DocumentId
from openimr.model.text import Page
from openimr.render.letter import Line
from openimr.render.markup import Html, join, tag
from openimr.render.spans import Span


class Links:
    """Knows which pages are in the file, so that no link leads nowhere.

    Args:
        pages: the cited pages that the file holds.
    """

    def __init__(self, pages: Mapping[tuple[DocumentId, int], Page]) -> None:
        self._pages = pages
        self._by_document: dict[str, list[int]] = {}
        for document, number in pages:
            self._by_document.setdefault(document, []).append(number)

    def span(self, span: Span) -> Html | str:
        """A span as text, as a link to its page, or to its document's row."""
        if not span.document:
            return span.text
        if (span.document, span.page) in self._pages:
            target = f"#page-{span.document}-{span.page}"
            return tag("a", span.text, href=target, class_="cite", data_page=True)
        return tag("a", span.text, href=f"#doc-{span.document}", class_="cite")

    def spans(self, spans: Iterable[Span], between: str = "") -> Html:
        """Spans one after the other."""
        parts: list[Html | str] = []
        for at, span in enumerate(spans):
            parts += [between] * bool(at and between)
            parts.append(self.span(span))
        return join(parts)

    def cited(self, document: str) -> Html:
        """Links to the cited pages of a document."""
        spans = [
            Span(text=f"p.\u00a0{number}", document=document, page=number)
            for number in self._by_document.get(document, ())
        ]
        return self.spans(spans, between=", ")


def sentence(line: Line, links: Links) -> Html:
    """A sentence that knows its passages, so that its citations mark only their passages."""
    return join((tag("span", links.spans(line.spans), data_marks=" ".join(line.marks)), " "))
