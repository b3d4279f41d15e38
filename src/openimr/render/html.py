"""The letter as one HTML file: it asks nothing of the network, and a citation opens its page.

Without scripts a citation is a link to the page further down; with them the page opens beside the
letter with the sentence's passages marked. The content security policy allows only what is in the
file, by hash.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from openimr.model.determination import Determination
from openimr.model.document import Document
from openimr.model.evidence import NearMiss
from openimr.model.ids import DocumentId
from openimr.model.labels import document_labels
from openimr.model.text import Page, PageState
from openimr.render.html_item import item_card, overview
from openimr.render.html_spans import Links, sentence
from openimr.render.letter import Letter, build_letter
from openimr.render.markup import Html, tag, template
from openimr.render.page_view import Mark, merge_marks, page_view
from openimr.render.spans import printable
from openimr.render.words import DRAFT_NOTICE

PageKey = tuple[DocumentId, int]


def render_html(
    determination: Determination,
    documents: Sequence[Document] | None = None,
    page_images: Mapping[PageKey, bytes] | None = None,
) -> str:
    """The whole file.

    Args:
        determination: what the letter says.
        documents: where cited pages are taken from; the determination's own if not given.
        page_images: pictures (JPEG or PNG) of cited pages by document and page, where there are
            any; other pages are drawn from their words.
    """
    letter = build_letter(determination)
    pages = _cited_pages(documents or determination.documents, letter)
    links = Links(pages)
    style, script = template("letter.css"), template("letter.js")
    body = [
        tag("a", "Skip to the letter", href="#letter", class_="skip"),
        tag("p", DRAFT_NOTICE, class_="draft-bar", role="note") if letter.draft else None,
        tag("main", *_letter(letter, links), id="letter"),
        _pages(determination, pages, page_images or {}),
        _panel(),
        Html(f"<script>{script}</script>"),
    ]
    head = [
        Html('<meta charset="utf-8">'),
        tag("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", letter.title),
        Html(f"<style>{style}</style>"),
    ]
    shown = "draft" if letter.draft else "final"
    page = tag("html", tag("head", *head), tag("body", *body, class_=shown), lang="en")
    return f"<!doctype html>\n{page}\n"


def _policy(style: str, script: str) -> str:
    """Nothing from outside; of our own only this style, this script and pictures in the file."""

    def digest(text: str) -> str:
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")

    return (
        f"default-src 'none'; style-src 'sha256-{digest(style)}'; "
        f"script-src 'sha256-{digest(script)}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _letter(letter: Letter, links: Links) -> list[Html]:
    return [
        tag("header", tag("h1", letter.title), _pairs(letter.case_rows), overview(letter)),
        _section(
            "How the determination was made",
            "how",
            *(tag("p", text) for text in letter.how_made),
            _pairs(letter.reviewer_rows),
        ),
        _section("Documents reviewed", "documents", *_documents(letter, links)),
        _section(
            "Clinical case summary",
            "summary",
            tag("p", *(sentence(line, links) for line in letter.summary)),
        ),
        _section(letter.issues_title, "issues", *(item_card(item, links) for item in letter.items)),
        tag("footer", tag("p", letter.engine)),
    ]


def _section(title: str, name: str, *children: Html | str) -> Html:
    return tag("section", tag("h2", title), *children, id=name)


def _pairs(rows: Iterable[tuple[str, str]]) -> Html:
    return tag(
        "dl",
        *(tag("div", tag("dt", label), tag("dd", value)) for label, value in rows),
        class_="pairs",
    )


def _documents(letter: Letter, links: Links) -> list[Html]:
    heads = ("No.", "Document", "Date", "Author", "Pages", "How the pages were read", "Cited")
    rows = [
        tag(
            "tr",
            tag("th", row.id, scope="row", id=f"doc-{row.id}"),
            tag("td", row.kind),
            tag("td", row.date, class_="nowrap"),
            tag("td", row.author),
            tag("td", str(row.pages), class_="number"),
            tag("td", row.read),
            tag("td", links.cited(row.id)),
        )
        for row in letter.documents
    ]
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in heads)))
    table = tag("table", head, tag("tbody", *rows), class_="documents")
    parts = [tag("div", table, class_="scroll", tabindex="0", role="group", aria_label="Documents")]
    if letter.unread:
        listed = [tag("li", f"{file}: {reason}") for file, reason in letter.unread]
        parts += [tag("p", "Files that could not be read at all:"), tag("ul", *listed)]
    return parts


def cited_pages(letter: Letter) -> frozenset[tuple[str, int]]:
    """Document and page of every link of the letter: the pages that the file shows."""
    lines = [*letter.summary]
    for item in letter.items:
        lines += [line for part in item.rationale for block in part.blocks for line in block]
        lines += item.would_change
    spans = [span for line in lines for span in line.spans]
    for item in letter.items:
        spans += [span for row in item.criteria for span in (*row.supporting, *row.opposing)]
    spans += [span for each in letter.searches for near in each.nearest for span in near]
    return frozenset((span.document, span.page) for span in spans if span.page)


def _cited_pages(documents: Iterable[Document], letter: Letter) -> dict[PageKey, Page]:
    """The cited pages, in the order of the case file."""
    wanted = cited_pages(letter)
    return {
        (document.id, page.number): page
        for document in documents
        for page in document.pages
        if (document.id, page.number) in wanted
    }


def _pages(
    determination: Determination,
    pages: Mapping[PageKey, Page],
    images: Mapping[PageKey, bytes],
) -> Html:
    marks = _marks(determination)
    labels = document_labels(determination.documents)
    figures = []
    for (document, number), page in pages.items():
        name = labels[document].removesuffix(f" [{document}]")
        label = printable(f"{document}: {name}, p. {number}")
        shown = merge_marks(marks.get((document, number), ()))
        figures.append(
            tag(
                "figure",
                tag("figcaption", label, tag("span", f" ({_how_read(page)})", class_="quiet")),
                page_view(page, shown, images.get((document, number)), label),
                id=f"page-{document}-{number}",
            )
        )
    title = tag("h2", "Cited pages")
    return tag("section", title, *figures, id="pages", aria_label="Cited pages")


def _how_read(page: Page) -> str:
    names = {PageState.TEXT: "text layer", PageState.OCR: "read by OCR"}
    return names.get(page.state, page.status)


def _marks(determination: Determination) -> dict[PageKey, list[Mark]]:
    """Every passage of a fact, a request line or a near miss, by page."""
    marks: dict[PageKey, list[Mark]] = {}

    def add(document: DocumentId, page: int, start: int, end: int, name: str) -> None:
        marks.setdefault((document, page), []).append(Mark(start=start, end=end, name=name))

    used = {fact for item in determination.items for each in item.rationale for fact in each.facts}
    used |= {fact for each in determination.summary for fact in each.facts}
    for item in determination.items:
        for finding in item.evaluation.findings:
            used |= {*finding.facts_for, *finding.facts_against}
        for place in item.item.sources:
            add(place.document, place.page, place.start, place.end, "line")
    for fact in determination.facts:
        if fact.id in used:
            place = fact.provenance
            add(place.document, place.page, place.start, place.end, str(fact.id))
    for place in determination.header.sources.values():
        add(place.document, place.page, place.start, place.end, "line")
    for name, near in _near_misses(determination):
        add(near.document, near.page, near.start, near.end, name)
    return marks


def _near_misses(determination: Determination) -> Iterator[tuple[str, NearMiss]]:
    for certificate in determination.certificates:
        for near in certificate.nearest:
            if not near.words_only:
                yield f"near-{certificate.id}", near


def _panel() -> Html:
    """Where scripts show a cited page; hidden without them."""
    close = tag("button", "Close", type="button", class_="close")
    head = tag("div", tag("h2", "Cited page", tabindex="-1"), close, class_="panel-head")
    body = tag("div", class_="panel-page", tabindex="0", role="group", aria_label="The page")
    return tag("aside", head, body, id="panel", hidden=True, aria_label="Cited page")
