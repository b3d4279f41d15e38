"""Archives that escape, explode, nest, lie or hide are refused by name."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from fault_files import GOOD_TEXT, make_pdf

from openimr.adapters.casefile import read_files
from openimr.adapters.limits import Limits
from openimr.model.errors import ArchiveRefused, EmptyCase, LimitExceeded

MakeZip = Callable[..., Path]


def test_a_zip_is_read_like_a_folder(make_zip: MakeZip) -> None:
    path = make_zip(
        {
            "case/2.txt": GOOD_TEXT,
            "case/10.pdf": make_pdf(1),
            "__MACOSX/x": b"",
            "truth.json": "{}",
        }
    )
    assert [file.file for file in read_files(path)] == ["2.txt", "10.pdf"]


@pytest.mark.parametrize(
    ("member", "words"),
    [
        ("../evil.txt", "outside the folder"),
        ("a/../../evil.txt", "outside the folder"),
        ("/etc/evil.txt", "outside the folder"),
        ("C:/evil.txt", "outside the folder"),
        ("..\\evil.txt", "outside the folder"),
        ("inner.zip", "is an archive itself"),
        ("inner.7z", "is an archive itself"),
    ],
)
def test_a_member_that_may_not_be(make_zip: MakeZip, member: str, words: str) -> None:
    path = make_zip({"good.txt": GOOD_TEXT, member: b"x"})
    with pytest.raises(ArchiveRefused, match=words) as caught:
        read_files(path)
    assert caught.value.exit_status == 3
    assert "case.zip" in caught.value.message


def test_a_bomb(make_zip: MakeZip) -> None:
    with pytest.raises(ArchiveRefused, match="bomb"):
        read_files(make_zip({"zeros.txt": bytes(30_000_000)}))


def test_many_members_that_unpack_to_too_much(make_zip: MakeZip) -> None:
    path = make_zip({f"{at}.txt": GOOD_TEXT * 50 for at in range(20)})
    with pytest.raises(LimitExceeded, match="unpacks to"):
        read_files(path, limits=Limits(max_total_bytes=10_000))


def test_too_many_members(make_zip: MakeZip) -> None:
    path = make_zip({f"{at}.txt": GOOD_TEXT for at in range(20)})
    with pytest.raises(LimitExceeded, match="20 files"):
        read_files(path, limits=Limits(max_files=10))


def test_names_that_differ_in_case_only(make_zip: MakeZip) -> None:
    with pytest.raises(ArchiveRefused, match="share the name"):
        read_files(make_zip({"a.txt": GOOD_TEXT, "A.TXT": GOOD_TEXT}))


def test_a_name_given_twice(tmp_path: Path) -> None:
    path = tmp_path / "twice.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "one")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", "two")
    with pytest.raises(ArchiveRefused, match="share the name"):
        read_files(path)


def test_a_symbolic_link(tmp_path: Path) -> None:
    path = tmp_path / "link.zip"
    info = zipfile.ZipInfo("passwd.txt")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    with pytest.raises(ArchiveRefused, match="symbolic link"):
        read_files(path)


def test_an_encrypted_member(make_zip: MakeZip) -> None:
    path = make_zip({"a.txt": GOOD_TEXT})
    raw = bytearray(path.read_bytes())
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    with pytest.raises(ArchiveRefused, match="encrypted"):
        read_files(path)


def test_a_member_larger_than_it_says(make_zip: MakeZip) -> None:
    path = make_zip({"a.txt": GOOD_TEXT * 10})
    raw = bytearray(path.read_bytes())
    at = raw.index(b"PK\x01\x02") + 24
    raw[at : at + 4] = (10).to_bytes(4, "little")
    path.write_bytes(raw)
    with pytest.raises(ArchiveRefused):
        read_files(path)


def test_a_cut_archive(make_zip: MakeZip) -> None:
    path = make_zip({"a.txt": GOOD_TEXT})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(ArchiveRefused, match="damaged"):
        read_files(path)


def test_an_empty_archive(make_zip: MakeZip) -> None:
    with pytest.raises(EmptyCase):
        read_files(make_zip({}))
