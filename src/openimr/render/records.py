"""The documents reviewed, as rows: what each is, and how its pages were read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openimr.model.document import Document, UnreadFile
from openimr.model.evidence import PageRef
from openimr.model.labels import kind_name, us_date
from openimr.model.names import ANONYMOUS, WorkerName
from openimr.model.prose import capital
from openimr.model.ranges import page_list, runs
from openimr.model.text import NoticeKind, Page, PageState
from openimr.render.spans import printable

_STATES = {PageState.TEXT: "text layer", PageState.OCR: "OCR", PageState.BLANK: "blank"}
_NOT_REPEATED = (NoticeKind.BLANK, NoticeKind.UNREADABLE, NoticeKind.LOW_CONFIDENCE)
"""Notices that the page's state or its confidence already tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """One document of the list."""

    id: str
    kind: str
    date: str
    author: str
    pages: int
    read: str
    """How its pages were read, pages in ranges."""
    file: str


def document_rows(documents: Iterable[Document], worker: WorkerName) -> tuple[DocumentRow, ...]:
    """A row for each document, in the order of the case file."""
    return tuple(
        DocumentRow(
            id=str(document.id),
            kind=capital(kind_name(document)),
            date=us_date(document.date),
            author=_author(document, worker),
            pages=len(document.pages),
            read=printable(how_read(document)),
            file=printable(document.file),
        )
        for document in documents
    )


def _author(document: Document, worker: WorkerName) -> str:
    if not document.author:
        return "not stated"
    return printable(worker.remove(document.author)).replace(ANONYMOUS, "the injured worker")


def unread_rows(unread: Iterable[UnreadFile]) -> tuple[tuple[str, str], ...]:
    """Files that could not be read at all, with the reason."""
    return tuple((printable(each.file), printable(each.reason)) for each in unread)


def how_read(document: Document) -> str:
    """How the pages were read: `text layer`, or `OCR (91 %) p. 1; unreadable p. 2 (too dark)`."""
    groups: dict[str, list[int]] = {}
    for page in document.pages:
        groups.setdefault(_state(page), []).append(page.number)
    ocr = [page.confidence for page in document.pages if page.state is PageState.OCR]
    parts = []
    for state, numbers in groups.items():
        where = (
            "" if len(groups) == 1 and len(numbers) == len(document.pages) else page_list(numbers)
        )
        sure = f" ({sum(ocr) / len(ocr):.0%} sure)" if state == "OCR" and ocr else ""
        parts.append(f"{state}{sure} {where}".strip())
    return "; ".join([*parts, *_notices(document)])


def searched_pages(pages: Iterable[PageRef], documents: Sequence[Document]) -> str:
    """Pages in ranges: `every page of D01-D04, D06; pp. 1, 3 of D05`."""
    by_document: dict[str, set[int]] = {}
    for page in pages:
        by_document.setdefault(page.document, set()).add(page.page)
    whole, parts = [], []
    for at, document in enumerate(documents):
        numbers = by_document.get(document.id, set())
        if numbers and len(numbers) == len(document.pages):
            whole.append(at)
        elif numbers:
            parts.append(f"{page_list(numbers)} of {document.id}")
    names = [
        documents[first].id if first == last else f"{documents[first].id}-{documents[last].id}"
        for first, last in runs(whole)
    ]
    every = [f"every page of {', '.join(names)}"] if names else []
    return "; ".join([*every, *parts]) or "none"


def _state(page: Page) -> str:
    if page.state is PageState.UNREADABLE:
        return f"unreadable ({page.reason})" if page.reason else "unreadable"
    return _STATES[page.state]


def _notices(document: Document) -> list[str]:
    """What intake noticed, once each, with its pages."""
    groups: dict[str, list[int]] = {}
    twins: list[str] = []
    for page in document.pages:
        for notice in page.notices:
            if notice.kind is NoticeKind.FOREIGN:
                groups.setdefault("another patient's, not used", []).append(page.number)
            elif notice.kind is NoticeKind.NEAR_DUPLICATE and notice.of is not None:
                document_id, number = notice.of
                twins.append(f"p. {page.number} nearly the same as {document_id} p. {number}")
            elif notice.kind not in _NOT_REPEATED:
                groups.setdefault(notice.message, []).append(page.number)
    told = [f"{message}: {page_list(numbers)}" for message, numbers in groups.items()]
    return [*told, *twins, *(notice.message for notice in document.notices)]
