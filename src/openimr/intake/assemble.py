"""Files -> the case file: documents with their kind, date and author, and what is to be noticed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from openimr.intake.authors import find_author, unify
from openimr.intake.classify import classify
from openimr.intake.dating import find_date
from openimr.intake.notices import notice_pages
from openimr.intake.split import split
from openimr.model.case import CaseFile
from openimr.model.document import Document, UnreadFile
from openimr.model.document_signs import DocumentSigns
from openimr.model.ids import DocumentId
from openimr.model.source import SourceFile
from openimr.model.text import Page


def assemble(files: tuple[SourceFile, ...], signs: DocumentSigns) -> CaseFile:
    """The case file that these files make up, in their order.

    Args:
        files: as `adapters.casefile.read_files` gives them.
        signs: how documents show what they are (`rulebook.documents.load_document_signs`).
    """
    found = [
        _document(number, file, pages, signs)
        for number, (file, pages) in enumerate(_parts(files, signs), start=1)
    ]
    authors = unify([document.author for document in found])
    documents = tuple(
        replace(document, author=author) for document, author in zip(found, authors, strict=True)
    )
    unread = tuple(
        UnreadFile(file=file.file, sha256=file.sha256, reason=file.reason or "it has no pages")
        for file in files
        if not file.pages
    )
    return CaseFile(documents=notice_pages(documents), unread=unread)


def _parts(
    files: tuple[SourceFile, ...], signs: DocumentSigns
) -> Iterator[tuple[SourceFile, tuple[Page, ...]]]:
    for file in files:
        if file.pages:
            for pages in split(file.pages, signs):
                yield file, pages


def _document(
    number: int, file: SourceFile, pages: tuple[Page, ...], signs: DocumentSigns
) -> Document:
    numbered = tuple(replace(page, number=at) for at, page in enumerate(pages, start=1))
    kind = classify(numbered, file.file, signs)
    return Document(
        id=DocumentId(f"D{number:02d}"),
        file=file.file,
        sha256=file.sha256,
        kind=kind,
        date=find_date(kind, numbered, signs),
        author=find_author(kind, numbered),
        pages=numbered,
    )
