"""What a reader should know of the pages: blank, repeated, out of order, another patient's."""

from __future__ import annotations

import re
from dataclasses import replace

from openimr.intake.duplicates import near_duplicates
from openimr.intake.foreign import foreign_pages
from openimr.intake.order import missing, out_of_order
from openimr.model.document import Document
from openimr.model.text import Notice, NoticeKind, Page, PageState

_LEFT_BLANK = re.compile(
    r"page\s+(?:is\s+)?(?:intentionally|purposely)\s+(?:left\s+)?blank", re.IGNORECASE
)
_FEW_WORDS = 30


def notice_pages(documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """The documents with a notice on each page that needs one; no text is changed."""
    found: dict[tuple[str, int], list[Notice]] = {
        (document.id, page.number): _own_notices(page)
        for document in documents
        for page in document.pages
    }
    for place, notice in foreign_pages(documents).items():
        found[place].append(notice)
    for place, notice in _repeated(documents).items():
        found[place].append(notice)
    for document in documents:
        for number, notice in out_of_order(document.pages).items():
            found[document.id, number].append(notice)
    return tuple(_with_notices(document, found) for document in documents)


def _own_notices(page: Page) -> list[Notice]:
    if page.state is PageState.BLANK:
        return [Notice(kind=NoticeKind.BLANK, message="nothing stands on the page")]
    if page.state is PageState.UNREADABLE:
        return [Notice(kind=NoticeKind.UNREADABLE, message=page.reason)]
    if _LEFT_BLANK.search(page.text) and len(page.text.split()) < _FEW_WORDS:
        return [Notice(kind=NoticeKind.BLANK, message="the page says that it was left blank")]
    return []


def _repeated(documents: tuple[Document, ...]) -> dict[tuple[str, int], Notice]:
    places = {
        (document.id, page.number): (document.file, page)
        for document in documents
        for page in document.pages
    }
    pairs = near_duplicates({place: page.text for place, (_, page) in places.items()})
    notices: dict[tuple[str, int], Notice] = {}
    for place, (earlier, likeness) in pairs.items():
        file, page = places[earlier]
        how = "the same as" if likeness > 0.995 else f"{likeness:.0%} the same as"
        notices[place] = Notice(
            kind=NoticeKind.NEAR_DUPLICATE,
            message=f"{how} page {page.file_page} of {file}",
            of=earlier,
        )
    return notices


def _with_notices(document: Document, found: dict[tuple[str, int], list[Notice]]) -> Document:
    pages = tuple(
        replace(page, notices=(*page.notices, *found[document.id, page.number]))
        for page in document.pages
    )
    absent = missing(document.pages)
    notices = (*document.notices, absent) if absent else document.notices
    return replace(document, pages=pages, notices=notices)
