"""Text, HTML, Word and PDF: the same letter, safe with hostile text, the same bytes twice."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import docx
import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from builders import document, page
from example_case import ITEMS, draft
from example_records import CERTIFICATES, DOCUMENTS, FACTS, HEADER, UNREAD
from openimr.model.determination import Determination, Status
from openimr.model.document import Document, DocumentKind
from openimr.model.evidence import PageRef
from openimr.model.ruling import Outcome
from openimr.render.docx import render_docx
from openimr.render.html import render_html
from openimr.render.pdf import render_pdf
from openimr.render.text import WIDTH, render_text

HOSTILE = (
    '</title><script>alert(1)</script> "onload=x #import "x" $x$ *b* _i_ @ref \\ ]]> &amp; '
    "\x00\x07\ud800\ufffe\ue000\u202e\u2066 中文 😀 {{x}} <!-- %s"
)


def hostile() -> Determination:
    """The example with every text of the record replaced."""
    documents: tuple[Document, ...] = tuple(
        replace(each, author=HOSTILE, file=HOSTILE, pages=tuple(map(_hostile_page, each.pages)))
        for each in DOCUMENTS
    )
    facts = tuple(
        replace(each, provenance=replace(each.provenance, quote=HOSTILE)) for each in FACTS
    )
    items = tuple(
        replace(each, request_text=HOSTILE, ur_guideline=HOSTILE, ur_granted=HOSTILE)
        for each in ITEMS
    )
    unread = (replace(UNREAD[0], file=HOSTILE, reason=HOSTILE),)
    header = replace(HEADER, claim_number=HOSTILE)
    return draft(documents=documents, facts=facts, items=items, unread=unread, header=header)


def _hostile_page(leaf: Any) -> Any:
    made = page(leaf.number, f"{HOSTILE}\nPR-2 {HOSTILE}\n" + "x " * 300)
    return replace(made, state=leaf.state, reason=HOSTILE if leaf.reason else "")


def signed() -> Determination:
    whole = draft()
    items = tuple(replace(item, outcome=Outcome.UPHELD) for item in whole.items)
    return replace(
        whole,
        status=Status.SIGNED,
        items=items,
        reviewer_licensure="California",
        reviewer_specialty="Pain Medicine",
    )


def pdf_texts(data: bytes) -> list[str]:
    reader = pypdfium2.PdfDocument(data)
    texts = [leaf.get_textpage().get_text_range() for leaf in reader]
    reader.close()
    return texts


def elements(made: str) -> Any:
    return lxml_html.fromstring(made)


# Text


def test_text_holds_its_width_and_order() -> None:
    lines = render_text(draft()).splitlines()
    heads = ["HOW THE DETERMINATION WAS MADE", "DOCUMENTS REVIEWED", "CLINICAL CASE SUMMARY"]
    places = [lines.index(head) for head in heads]
    assert places == sorted(places)
    assert all(len(line) <= WIDTH + 8 for line in lines)
    assert lines[0].startswith("DRAFT")


def test_text_of_a_signed_letter_has_outcomes_and_no_draft() -> None:
    made = render_text(signed())
    assert "DRAFT" not in made
    assert "1. Norco 10/325mg #150: Upheld" in made
    assert "California" in made


# HTML


def test_html_links_lead_somewhere_and_nothing_comes_from_outside() -> None:
    made = render_html(draft())
    tree = elements(made)
    names = {each.get("id") for each in tree.iter() if each.get("id")}
    targets = [each.get("href") for each in tree.iter("a")]
    assert len(targets) > 40
    assert all(target.startswith("#") and target[1:] in names for target in targets)
    assert not re.search(r"""(src|href)=["']?(https?:)?//""", made)
    assert not list(tree.iter("link", "iframe", "object", "embed", "form"))
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv]")[0].get("content")


def test_html_has_each_id_once_and_a_language() -> None:
    tree = elements(render_html(draft()))
    names = [each.get("id") for each in tree.iter() if each.get("id")]
    assert len(names) == len(set(names))
    assert tree.get("lang") == "en"


def test_html_holds_only_cited_pages_with_their_passages_marked() -> None:
    tree = elements(render_html(draft()))
    figures = {each.get("id") for each in tree.iter("figure")}
    assert "page-D03-2" in figures
    assert "page-D05-3" not in figures
    marks = tree.xpath("//figure[@id='page-D03-1']//*[@data-mark='f00001']")
    assert len(marks) == 1
    assert "status" not in figures


def test_html_escapes_the_record() -> None:
    made = render_html(hostile())
    tree = elements(made)
    assert len(list(tree.iter("script"))) == 1
    assert tree.find(".//title").text.startswith("Independent Medical Review")
    assert "<script>alert" not in made
    assert not [name for each in tree.iter() for name in each.attrib if name.startswith("on")]
    assert not re.search("[\x00\ud800\u202e]", made)


def test_html_policy_names_the_script_and_style_of_the_file() -> None:
    import base64
    import hashlib

    tree = elements(render_html(draft()))
    policy = tree.xpath("//meta[@http-equiv]")[0].get("content")
    for name in ("script", "style"):
        text = tree.find(f".//{name}").text
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert not tree.xpath("//*[@style]"), "the policy forbids style attributes"


def test_html_takes_pictures_and_pages_without_words() -> None:
    first = DOCUMENTS[2]
    bare = replace(
        first, pages=tuple(replace(each, words=type(each.words)()) for each in first.pages)
    )
    documents = (*DOCUMENTS[:2], bare, *DOCUMENTS[3:])
    tree = elements(render_html(draft(documents=documents)))
    assert tree.xpath("//figure[@id='page-D03-1']//pre//mark[@data-mark='f00001']")
    pictured = elements(render_html(draft(), page_images={(first.id, 1): b"\x89PNG rest"}))
    assert (
        pictured.xpath("//figure[@id='page-D03-1']//image")[0]
        .get("href")
        .startswith("data:image/png;base64,")
    )


# Word


def test_docx_has_headings_tables_and_the_draft_header() -> None:
    read = docx.Document(io.BytesIO(render_docx(draft())))
    styles = [paragraph.style.name for paragraph in read.paragraphs]
    assert {"Title", "Heading 1", "Heading 2", "Heading 3"} <= set(styles)
    assert len(read.tables) == 6, "documents, searches; of each item authorities and criteria"
    assert "DRAFT" in read.sections[0].header.paragraphs[0].text
    assert read.core_properties.author == ""
    assert (
        "DRAFT"
        not in docx.Document(io.BytesIO(render_docx(signed())))
        .sections[0]
        .header.paragraphs[0]
        .text
    )


def test_docx_links_lead_to_bookmarks() -> None:
    with zipfile.ZipFile(io.BytesIO(render_docx(draft()))) as archive:
        body = archive.read("word/document.xml").decode()
    anchors = set(re.findall(r'w:anchor="([^"]+)"', body))
    assert anchors
    assert anchors <= set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', body))


# PDF


def test_pdf_is_tagged_titled_and_says_draft_on_every_page() -> None:
    data = render_pdf(draft())
    with pikepdf.open(io.BytesIO(data)) as read:
        assert bool(read.Root.MarkInfo.Marked)
        assert str(read.Root.Lang) == "en-US"
        xmp = read.Root.Metadata.read_bytes().decode()
        assert "pdfuaid" in xmp
        assert "pdfaid" in xmp
        assert read.Root.get("/StructTreeRoot") is not None
    texts = pdf_texts(data)
    assert all("DRAFT" in text for text in texts)
    assert f"page 1 of {len(texts)}" in texts[0]


def test_signed_pdf_is_no_draft() -> None:
    assert not any("DRAFT" in text for text in pdf_texts(render_pdf(signed())))


@pytest.mark.parametrize("render", [render_text, render_html, render_docx, render_pdf])
def test_same_input_gives_same_bytes(render: Any) -> None:
    assert render(draft()) == render(draft())


@pytest.mark.parametrize("render", [render_text, render_html, render_docx, render_pdf])
def test_hostile_text_breaks_nothing(render: Any) -> None:
    assert render(hostile())


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_can_be_rendered(text: str) -> None:
    items = (replace(ITEMS[0], request_text=text or "x"), ITEMS[1])
    made = draft(items=items)
    for render in (render_text, render_html, render_pdf):
        assert render(made)  # type: ignore[operator]


def test_every_character_let_through_has_a_glyph() -> None:
    import openimr.render.pdf as pdf

    shown = "".join(
        chr(code) for code in range(0x20, 0x10000) if not pdf._NO_GLYPH.match(chr(code))
    )
    one = document("D09", DocumentKind.UNKNOWN, None, " ".join(shown), "text")
    assert render_pdf(draft(documents=(*DOCUMENTS, one)))


@pytest.mark.parametrize("count", [0, 1])
def test_letter_without_searches_or_items(count: int) -> None:
    whole = draft()
    bare = replace(whole, items=whole.items[1:][:count], certificates=(), documents=whole.documents)
    for render in (render_text, render_html, render_docx, render_pdf):
        assert render(bare)  # type: ignore[operator]


def test_letter_of_a_long_case_stays_short() -> None:
    more = tuple(
        document(f"D{number:03d}", DocumentKind.PROGRESS_REPORT, None, "A. Author, MD", *["x"] * 10)
        for number in range(7, 307)
    )
    documents = (*DOCUMENTS, *more)
    searched = tuple(
        PageRef(document=each.id, page=leaf.number) for each in documents for leaf in each.pages
    )
    certificates = tuple(replace(each, pages_searched=searched) for each in CERTIFICATES)
    made = draft(documents=documents, certificates=certificates)
    assert "every page of D01-D306" in render_text(made)
    assert len(pdf_texts(render_pdf(made))) < 20
    assert len(render_html(made)) < 200_000
