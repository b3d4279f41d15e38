"""Letters' files: PDFs, texts, folders and zips, in order, bad ones by name."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from openimr.adapters.letters import letter_text, read_letter_texts
from openimr.model.errors import NotADetermination, UnreadableFile
from openimr.synth.letters.letter import forge_letter
from openimr.synth.letters.pdf import as_pdf

LETTER = as_pdf(forge_letter(1, 1, "header", pdf=True))


def test_texts_come_in_order_and_a_bad_file_costs_only_itself(tmp_path: Path) -> None:
    names = {"b.pdf": LETTER, "a.pdf": b"%PDF-1.4 nothing", "empty.txt": b"", "c.txt": b"Dear"}
    for name, data in names.items():
        (tmp_path / name).write_bytes(data)
    paths = [*(tmp_path / name for name in names), tmp_path / "missing.pdf"]
    found = list(read_letter_texts(paths, processes=1))
    assert [source.name for source in found] == [str(path) for path in paths]
    assert [source.error is None for source in found] == [True, False, False, True, False]
    assert "HOW THE IMR FINAL DETERMINATION WAS MADE" in found[0].text
    assert len(found[0].sha256) == 64
    assert all(str(source.error) for source in found if source.error)


def test_folders_and_zips_are_gone_through(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    for name in ("10.txt", "2.txt"):
        (folder / name).write_bytes(name.encode())
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as archive:
        archive.writestr("one.txt", "one")
    found = list(read_letter_texts([folder, tmp_path / "more.zip"], processes=1))
    assert [(Path(source.name).name, source.text) for source in found] == [
        ("2.txt", "2.txt"),
        ("10.txt", "10.txt"),
        ("one.txt", "one"),
    ]


def test_pdf_without_text_or_with_far_too_many_pages_is_no_letter() -> None:
    for pages, why in ((1, "pictures"), (200, "pages")):
        pdf = pikepdf.new()
        for _ in range(pages):
            pdf.add_blank_page()
        data = _bytes(pdf)
        with pytest.raises(NotADetermination, match=why):
            letter_text(data)


def _bytes(pdf: pikepdf.Pdf) -> bytes:
    buffer = BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def test_other_kinds_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="neither PDF nor text"):
        letter_text(b"\x89PNG\r\n\x1a\n")
