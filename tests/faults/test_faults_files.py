"""Bad input ends in a message that names the file, exit status 3; good files beside it go on."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from fault_files import GOOD_TEXT, make_pdf
from PIL import Image

from openimr.adapters.casefile import read_files, read_single
from openimr.adapters.limits import Limits
from openimr.adapters.ocr_choice import OcrChoice
from openimr.model.errors import EmptyCase, InputError, LimitExceeded, UnreadableFile
from openimr.model.source import SourceFile
from openimr.model.text import PageState


def encrypted() -> bytes:
    return make_pdf(encryption=pikepdf.Encryption(owner="o", user="u"))


def cyclic() -> bytes:
    """A page tree whose only kid is the tree itself."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\n%%EOF"
    )


def self_drawing_form() -> bytes:
    """A form that draws itself: the native library aborts on some of these."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(612, 792))
    form = pdf.make_stream(b"/X Do")
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = [0, 0, 612, 792]
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
    page.Contents = pdf.make_stream(b"/X Do")
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


SINGLE = {
    "zero.pdf": (b"", "empty"),
    "locked.pdf": (encrypted(), "encrypted"),
    "cut.pdf": (make_pdf()[:200], "damaged"),
    "cyclic.pdf": (cyclic(), "damaged|page 1"),
    "junk.pdf": (bytes(range(256)) * 64, "neither PDF"),
    "junk.txt": (b"\x00\x01\x02\xfe" * 500, "neither PDF"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old binary office"),
    "letter.rtf": (b"{\\rtf1 hello}", "RTF"),
    "cut.png": (b"\x89PNG\r\n\x1a\n" + bytes(40), "damaged"),
}


@pytest.mark.parametrize("name", SINGLE)
def test_a_single_bad_file_is_an_input_error(name: str, tmp_path: Path) -> None:
    content, words = SINGLE[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=words) as caught:
        read_files(path)
    assert caught.value.exit_status == 3
    assert name in caught.value.message


@pytest.mark.parametrize("name", SINGLE)
def test_the_good_file_beside_it_is_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD_TEXT)
    (tmp_path / name).write_bytes(SINGLE[name][0])
    files = {file.file: file for file in read_files(tmp_path)}
    assert files["good.txt"].pages[0].text == GOOD_TEXT
    bad = files[name]
    unreadable = bad.reason or all(page.reason for page in bad.pages)
    assert unreadable


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(EmptyCase, match="holds no document"):
        read_files(tmp_path)


def test_a_folder_where_nothing_can_be_read_names_every_file(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"")
    (tmp_path / "b.pdf").write_bytes(encrypted())
    with pytest.raises(EmptyCase, match=r"a\.pdf.*empty.*b\.pdf.*encrypted"):
        read_files(tmp_path)


def test_a_missing_path(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no such file"):
        read_files(tmp_path / "absent")


def test_a_folder_is_no_single_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="folder"):
        read_single(tmp_path)


def test_more_pages_than_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(make_pdf(12))
    with pytest.raises(LimitExceeded, match=r"long\.pdf.*12 pages.*at most 10"):
        read_files(path, limits=Limits(max_pages=10))


def test_a_file_over_the_limit_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(make_pdf(12))
    (tmp_path / "b.pdf").write_bytes(make_pdf(3))
    long, short = read_files(tmp_path, limits=Limits(max_pages=10))
    assert "12 pages" in long.reason
    assert len(short.pages) == 3


def test_a_claim_of_a_million_pages(tmp_path: Path) -> None:
    path = tmp_path / "claims.pdf"
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1000000>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>endobj\n"
        b"trailer<</Root 1 0 R/Size 4>>\n%%EOF"
    )
    with pytest.raises(LimitExceeded, match=r"claims\.pdf.*1,000,000 pages"):
        read_files(path)


def test_a_wrong_extension_is_read_by_content(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(make_pdf(1))
    (file,) = read_files(path)
    assert file.pages[0].text.startswith("Pain 6/10 today")


def test_a_cut_pdf_is_mended_where_it_can_be(tmp_path: Path) -> None:
    path = tmp_path / "cut.pdf"
    whole = make_pdf(3)
    path.write_bytes(whole[: whole.rindex(b"startxref")].replace(b"xref", b"gone"))
    (file,) = read_files(path)
    assert [page.state for page in file.pages] == [PageState.TEXT] * 3


def test_owner_only_encryption_opens(tmp_path: Path) -> None:
    path = tmp_path / "owner.pdf"
    path.write_bytes(make_pdf(1, encryption=pikepdf.Encryption(owner="o", user="")))
    assert read_files(path)[0].pages[0].state is PageState.TEXT


def test_a_page_that_kills_its_reader_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(self_drawing_form())
    (tmp_path / "b.pdf").write_bytes(make_pdf(2))
    looping, good = read_files(tmp_path, ocr=OcrChoice.NONE)
    assert len(looping.pages) == 1
    assert [page.state for page in good.pages] == [PageState.TEXT] * 2


@pytest.mark.slow
def test_a_deflate_bomb_costs_only_its_page(tmp_path: Path) -> None:
    pdf = pikepdf.open(io.BytesIO(make_pdf(3)))
    pdf.pages[1].Contents = pdf.make_stream(b"0 0 m 1 1 l S " * 8_000_000)
    pdf.save(tmp_path / "bomb.pdf", compress_streams=True)
    tight = Limits(page_seconds=1, parser_memory=400 * 1024 * 1024)
    (file,) = read_files(tmp_path / "bomb.pdf", limits=tight, ocr=OcrChoice.NONE)
    assert [page.state for page in file.pages][::2] == [PageState.TEXT] * 2
    assert "given up" in file.pages[1].reason


def test_too_many_pixels(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    Image.new("1", (3000, 3000), 1).save(path)
    with pytest.raises(InputError, match="9,000,000 pixels"):
        read_files(path, limits=Limits(max_pixels=1_000_000))


def test_a_page_of_enormous_size(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(612, 792))
    page.MediaBox = [0, 0, 14_000_000, 14_000_000]
    page.Contents = pdf.make_stream(b"0 0 m 9 9 l S 1 1 m 8 8 l S")
    pdf.save(tmp_path / "huge.pdf")
    with pytest.raises(InputError, match="too large"):
        read_files(tmp_path / "huge.pdf")


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    case = tmp_path / "case"
    case.mkdir()
    (case / "good.txt").write_text(GOOD_TEXT)
    (case / "link.txt").symlink_to(outside / "secret.txt")
    (case / "folder").symlink_to(outside)
    files = read_files(case)
    assert [file.file for file in files if not file.reason] == ["good.txt"]
    assert all("secret" not in str(file) for file in files)


def test_hidden_files_and_the_truth_are_passed_over(tmp_path: Path) -> None:
    for name in ("good.txt", ".hidden.txt", "truth.json"):
        (tmp_path / name).write_text(GOOD_TEXT)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text(GOOD_TEXT)
    assert [file.file for file in read_files(tmp_path)] == ["good.txt"]


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(make_pdf(3))
    (tmp_path / "b.txt").write_text(GOOD_TEXT)
    first: tuple[SourceFile, ...] = read_files(tmp_path)
    assert first == read_files(tmp_path)


def test_nothing_is_left_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_zip: Callable[..., Path]
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    read_files(make_zip({"a.txt": GOOD_TEXT}))
    assert not list(scratch.iterdir())
