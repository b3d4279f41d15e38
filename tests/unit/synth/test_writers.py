"""Text, PDF, scan, packet and zip of a forged case."""

from __future__ import annotations

import json

import numpy as np
import pypdfium2

from openimr.synth import fax
from openimr.synth.forge import forge_case
from openimr.synth.types import ForgedCase
from openimr.synth.writers import PACKET, as_packet, as_pdf, as_scan, as_text, as_zip

CASE = forge_case(5)
SMALL = ForgedCase(id=CASE.id, documents=CASE.documents[:2], truth=CASE.truth)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_text_has_a_form_feed_between_pages() -> None:
    files = as_text(CASE)
    for document in CASE.documents:
        assert files[f"{document.file}.txt"].decode().split("\f") == list(document.pages)
    assert json.loads(files["truth.json"])["id"] == CASE.id


def test_pdf_carries_the_text_of_every_page() -> None:
    files = as_pdf(CASE)
    truth = json.loads(files["truth.json"])
    assert all(document["file"] in files for document in truth["documents"])
    for document in CASE.documents:
        pdf = pypdfium2.PdfDocument(files[f"{document.file}.pdf"])
        assert len(pdf) == len(document.pages)
        for page, text in zip(pdf, document.pages, strict=True):
            assert squeezed(page.get_textpage().get_text_range()) == squeezed(text)


def test_packet_holds_all_pages_in_order_and_bytes_repeat() -> None:
    files = as_packet(CASE)
    assert len(pypdfium2.PdfDocument(files[PACKET])) == sum(
        len(doc.pages) for doc in CASE.documents
    )
    assert files == as_packet(CASE)


def test_truth_of_a_packet_counts_pages_through() -> None:
    files = as_packet(CASE)
    pages = [page for document in CASE.documents for page in document.pages]
    truth = json.loads(files["truth.json"])
    assert truth["facts"]
    for fact in truth["facts"]:
        assert fact["file"] == PACKET
        assert fact["quote"] in pages[fact["page"] - 1]
    assert truth["documents"][1]["first_page"] == 1 + len(CASE.documents[0].pages)


def test_scan_is_an_image_without_text_and_repeats() -> None:
    files = as_scan(SMALL)
    pdf = pypdfium2.PdfDocument(files[f"{SMALL.documents[0].file}.pdf"])
    assert len(pdf) >= len(SMALL.documents[0].pages)
    assert pdf[0].get_textpage().get_text_range() == ""
    assert files == as_scan(SMALL)


def test_sending_leaves_ink_where_it_was() -> None:
    image = np.full((400, 400), 255, np.uint8)
    image[100:300, 180:220] = 0
    sent = fax.send(image, np.random.default_rng(1), fax.LIGHT)
    assert set(np.unique(sent)) == {0, 255}
    assert (sent[120:280, 190:210] == 0).mean() > 0.95


def test_zip_repeats() -> None:
    files = as_text(SMALL)
    assert as_zip(files) == as_zip(files)
