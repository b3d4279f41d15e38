"""Files damaged at random end as pages, as a reason, or as an input error: never otherwise."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from fault_files import make_pdf

from openimr.adapters.casefile import read_files
from openimr.adapters.ocr_choice import OcrChoice
from openimr.model.errors import InputError
from openimr.model.text import PageState

Damage = Callable[[random.Random, bytes], bytes]
PER_KIND = 8


def make_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("Pain 6/10 today, on Norco 10/325.")
    table = document.add_table(rows=2, cols=2)
    table.cell(1, 1).text = "Norco #120"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def flipped(draw: random.Random, raw: bytes) -> bytes:
    damaged = bytearray(raw)
    for _ in range(draw.randint(1, 30)):
        damaged[draw.randrange(len(raw))] ^= 1 << draw.randrange(8)
    return bytes(damaged)


def cut(draw: random.Random, raw: bytes) -> bytes:
    return raw[: draw.randrange(1, len(raw))]


def gapped(draw: random.Random, raw: bytes) -> bytes:
    start = draw.randrange(len(raw))
    return raw[:start] + raw[start + draw.randint(1, 400) :]


def doubled(draw: random.Random, raw: bytes) -> bytes:
    start = draw.randrange(len(raw))
    return raw[:start] + raw[max(0, start - draw.randint(1, 400)) :]


@pytest.mark.parametrize("damage", [flipped, cut, gapped, doubled])
@pytest.mark.parametrize(("ending", "whole"), [("pdf", make_pdf(3)), ("docx", make_docx())])
def test_damaged_files(ending: str, whole: bytes, damage: Damage, tmp_path: Path) -> None:
    draw = random.Random(f"{damage.__name__} {ending}")
    names = [f"{at:02}.{ending}" for at in range(PER_KIND)]
    for name in names:
        (tmp_path / name).write_bytes(damage(draw, whole))
    (tmp_path / "good.txt").write_text("Pain 6/10 today.\n")
    files = {file.file: file for file in read_files(tmp_path, ocr=OcrChoice.NONE)}
    assert files["good.txt"].pages[0].text == "Pain 6/10 today.\n"
    for name in names:
        file = files[name]
        assert bool(file.reason) != bool(file.pages)
        for page in file.pages:
            assert (page.state is PageState.UNREADABLE) == bool(page.reason)
            assert [page.text[word.start : word.end] for word in page.words] == page.text.split()


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_file_alone_is_read_or_named(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    path = tmp_path / "report.pdf"
    path.write_bytes(draw.choice([flipped, cut, gapped])(draw, make_pdf(2)))
    pages, told = 0, ""
    try:
        pages = sum(len(file.pages) for file in read_files(path, ocr=OcrChoice.NONE))
    except InputError as error:
        told = f"{error.exit_status}: {error.message}"
    assert pages or (told.startswith("3: ") and "report.pdf" in told)
