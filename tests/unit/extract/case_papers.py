"""Builders of invented case papers for the tests of header and items."""

from __future__ import annotations

from datetime import date
from functools import partial

from openimr.model.document import Document, DocumentKind
from openimr.model.ids import DocumentId
from openimr.model.text import Page, PageState
from openimr.request.grammar import parse_request
from openimr.request.split import split_request
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.requests import load_request_vocabulary

FORMULARY, VOCABULARY = load_formulary(), load_request_vocabulary()
PARSE = partial(parse_request, formulary=FORMULARY, vocabulary=VOCABULARY)
SPLIT = partial(split_request, formulary=FORMULARY, vocabulary=VOCABULARY)


def paper(
    kind: DocumentKind, text: str, *, name: str = "", day: date | None = None, number: int = 1
) -> Document:
    """A document whose pages are parted by form feeds."""
    pages = tuple(
        Page(number=n, text=page.strip("\n"), state=PageState.TEXT, file_page=n)
        for n, page in enumerate(text.split("\f"), start=1)
    )
    return Document(
        id=DocumentId(f"D{number:02d}"),
        file=name or f"{kind}.txt",
        sha256="0" * 64,
        kind=kind,
        date=day,
        author=None,
        pages=pages,
    )


def application(text: str) -> Document:
    return paper(DocumentKind.IMR_APPLICATION, text, number=1)


def decision(text: str) -> Document:
    return paper(DocumentKind.UR_DECISION, text, number=2)


def rfa(text: str) -> Document:
    return paper(DocumentKind.RFA, text, number=3)


def report(text: str, *, day: date | None = None) -> Document:
    return paper(DocumentKind.PROGRESS_REPORT, text, number=4, day=day)


def form(items: str) -> Document:
    """An application that lists these items in the usual place."""
    return application(
        f"""APPLICATION FOR INDEPENDENT MEDICAL REVIEW
Employee Name (First, MI, Last): Ruben T. Alcott
Date of Injury (MM/DD/YYYY): 03/04/2011
\fDISPUTED MEDICAL TREATMENT
Primary Diagnosis (Use ICD Code where practical): 724.4
List each specific requested medical service, good, or item that was denied or modified in
the space below. Additional pages may be attached if the space is insufficient.

{items}

REQUEST FOR REVIEW AND CONSENT TO OBTAIN MEDICAL RECORDS
I request an independent medical review of the above-described requested medical treatment.
Employee Signature: Ruben Alcott     Date: 4-2-15
"""
    )
