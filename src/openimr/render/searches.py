"""Certificates as the letter shows them: what was looked for, where, and what came nearest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openimr.model.concepts import concept_name
from openimr.model.document import Document
from openimr.model.evidence import Certificate, NearMiss, UnreadPage
from openimr.model.names import WorkerName
from openimr.model.ranges import page_list
from openimr.render.records import searched_pages
from openimr.render.spans import Span, Spans, printable

QUERIES_SHOWN, NEAREST_SHOWN = 12, 3
"""On paper; the screen and the data have them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One certificate."""

    id: str
    title: str
    queries: tuple[str, ...]
    extent: str
    unreadable: tuple[str, ...]
    weak: tuple[str, ...]
    nearest: tuple[Spans, ...]

    @property
    def looked_for(self) -> str:
        """The first queries, for paper; the whole list is in the data and on the screen."""
        more = len(self.queries) - QUERIES_SHOWN
        rest = f"; and {more:,} more, listed in determination.json" if more > 0 else ""
        return "; ".join(self.queries[:QUERIES_SHOWN]) + rest


def search_of(
    certificate: Certificate, documents: Sequence[Document], worker: WorkerName
) -> Search:
    """The certificate with its pages in ranges."""
    about = " or ".join(concept_name(each) for each in certificate.concepts)
    subject = f", tied to {certificate.subject}" if certificate.subject else ""
    number = len(certificate.pages_searched)
    extent = searched_pages(certificate.pages_searched, documents)
    return Search(
        id=str(certificate.id),
        title=printable(f"{about}{subject}"),
        queries=tuple(printable(query) for query in certificate.queries),
        extent=f"{number:,} {'page' if number == 1 else 'pages'}: {extent}",
        unreadable=_reasons(certificate.pages_unreadable),
        weak=_reasons(certificate.pages_weak),
        nearest=tuple(_near(near, worker) for near in certificate.nearest),
    )


def _near(near: NearMiss, worker: WorkerName) -> Spans:
    place = f"{near.document} p.\u00a0{near.page}"
    return (
        Span(text=f"“{worker.remove(printable(near.quote))}” "),
        Span(text=place, document=near.document, page=near.page),
        Span(text=f": {printable(near.why)}"),
    )


def _reasons(pages: Iterable[UnreadPage]) -> tuple[str, ...]:
    """Pages of one document and reason together: `D05 p. 2: the image is too dark`."""
    groups: dict[tuple[str, str], list[int]] = {}
    for page in pages:
        groups.setdefault((page.document, page.reason), []).append(page.page)
    return tuple(
        printable(f"{document} {page_list(numbers)}: {reason}")
        for (document, reason), numbers in groups.items()
    )
