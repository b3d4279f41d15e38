"""A forged case as files: text, set PDF, or fax-like scans; one by one, as a packet, or zipped."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping

import numpy as np

from openimr.synth import fax
from openimr.synth.pdfpage import render_pdf
from openimr.synth.types import ForgedCase, ForgedDocument, Tree

_EPOCH = (1980, 1, 1, 0, 0, 0)
PACKET = "packet.pdf"


def as_text(case: ForgedCase) -> dict[str, bytes]:
    """One text file a document, form feed between pages, and `truth.json`."""
    files = {f"{doc.file}.txt": "\f".join(doc.pages).encode() for doc in case.documents}
    return files | {"truth.json": truth_bytes(case, ".txt")}


def as_pdf(case: ForgedCase, *, packet: bool = False) -> dict[str, bytes]:
    """PDF with a text layer: one a document, or all in one packet."""
    if packet:
        counts = {doc.file: len(doc.pages) for doc in case.documents}
        return {PACKET: render_pdf(case.documents), "truth.json": packet_truth(case, counts)}
    files = {f"{doc.file}.pdf": render_pdf([doc]) for doc in case.documents}
    return files | {"truth.json": truth_bytes(case, ".pdf")}


def as_packet(case: ForgedCase) -> dict[str, bytes]:
    """All documents in one PDF with a text layer."""
    return as_pdf(case, packet=True)


def as_scan(case: ForgedCase, *, packet: bool = False) -> dict[str, bytes]:
    """Page images as a fax leaves them; now and then one is turned, or a blank one follows."""
    scans = {doc.file: _scan(case, doc) for doc in case.documents}
    if packet:
        counts = {name: len(pages) for name, pages in scans.items()}
        whole = fax.image_pdf([page for pages in scans.values() for page in pages])
        return {PACKET: whole, "truth.json": packet_truth(case, counts)}
    files = {f"{name}.pdf": fax.image_pdf(pages) for name, pages in scans.items()}
    return files | {"truth.json": truth_bytes(case, ".pdf")}


def as_zip(files: Mapping[str, bytes]) -> bytes:
    """The files as one zip; same files, same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def truth_bytes(case: ForgedCase, ending: str) -> bytes:
    """The truth file, naming documents by the ending they were written with."""
    text = json.dumps(case.truth, indent=1, ensure_ascii=False)
    return text.replace('.txt"', f'{ending}"').encode()


def packet_truth(case: ForgedCase, counts: Mapping[str, int]) -> bytes:
    """The truth file of a packet: pages counted through, `document` keeping the document's name."""
    before: dict[str, int] = {}
    total = 0
    for name, count in counts.items():
        before[f"{name}.txt"] = total
        total += count

    def moved(value: Tree) -> Tree:
        if isinstance(value, list):
            return [moved(entry) for entry in value]
        if not isinstance(value, dict):
            return value
        entry = {key: moved(part) for key, part in value.items()}
        if isinstance(name := entry.get("file"), str):
            entry |= {"file": PACKET, "document": name.removesuffix(".txt")}
            page = entry.get("page", 1)
            number = before[name] + (page if isinstance(page, int) else 1)
            entry["page" if "page" in entry else "first_page"] = number
        return entry

    return json.dumps(moved(dict(case.truth)), indent=1, ensure_ascii=False).encode()


def _scan(case: ForgedCase, document: ForgedDocument) -> list[fax.Gray]:
    seed = hashlib.sha256(f"{case.id}/{document.file}".encode()).digest()
    rng = np.random.default_rng(list(seed))
    damage = fax.MEDIUM if rng.random() < 0.25 else fax.LIGHT
    pages = fax.fax_pages(render_pdf([document]), rng, damage)
    turned = [
        fax.turned(page, int(rng.choice([1, 2, 3]))) if rng.random() < 0.03 else page
        for page in pages
    ]
    if rng.random() < 0.08:
        turned.append(fax.blank(rng))
    return turned
