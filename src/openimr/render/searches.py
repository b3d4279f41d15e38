"""Certificates as the letter shows them: what was looked for, where, and what came nearest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openimr.model.concepts import concept_name
from openimr.model.document import Document
from openimr.model.evidence import Certificate, NearMiss, UnreadPage
from openimr.model.names import WorkerName
from openimr.model.quotation import quotation
from openimr.model.ranges import page_list
from openimr.render.records import searched_pages
from openimr.render.spans import Span, Spans, printable

QUERIES_SHOWN, NEAREST_SHOWN = 12, 3
"""On paper; the screen and the data have them all."""
_PLAIN = 36
"""Longer queries list alternatives and read badly in a line."""


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
        """Some plain queries, for paper; the whole list is in the data and on the screen."""
        plain = [query for query in self.queries if len(query) <= _PLAIN and query[:1] != "/"]
        shown = plain[:QUERIES_SHOWN]
        more = len(self.queries) - len(shown)
        rest = [f"{more:,} more, listed in determination.json"] if more else []
        return "; ".join([*shown, *rest])


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
        Span(text=f"“{printable(quotation(worker.remove(near.quote)))}” "),
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
