from __future__ import annotations

import os
import stat
import time
import zipfile
from pathlib import Path

import pytest

from openimr.adapters.limits import Limits
from openimr.corpus.sources import count, refusal, walk
from openimr.model.errors import InputError

SMALL = Limits(max_file_bytes=1_000, max_text_bytes=500, max_total_bytes=5_000, max_files=50)


def told(*paths: Path, limits: Limits = SMALL) -> dict[str, str]:
    """Name to content, or to the reason for having none."""
    found = {}
    for source in walk(paths, limits):
        try:
            data = source.content()
            unfit = refusal(data, limits)
            found[source.name] = unfit.what if unfit else data.decode("latin-1")
        except InputError as error:
            found[source.name] = error.what
        except OSError as error:
            found[source.name] = error.strerror
    return found


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_folders_files_and_archives_in_the_order_of_their_names(tmp_path: Path) -> None:
    root = tmp_path / "letters"
    (root / "b" / "deep").mkdir(parents=True)
    (root / "c.txt").write_text("c")
    (root / "a.txt").write_text("a")
    (root / "b" / "deep" / "d.txt").write_text("d")
    (root / ".hidden").write_text("h")
    zipped(root / "b" / "z.ZIP", {"2/y.txt": b"y", "1/x.txt": b"x", "__MACOSX/q": b"q"})
    found = told(root, root / "c.txt")
    assert list(found) == [
        "letters/a.txt",
        "letters/c.txt",
        "letters/b/z.ZIP!2/y.txt",
        "letters/b/z.ZIP!1/x.txt",
        "letters/b/deep/d.txt",
        "c.txt",
    ]
    assert list(found.values()) == ["a", "c", "y", "x", "d", "c"]
    assert count([root, root / "c.txt"]) == 7  # with the member that is passed over


def test_links_are_not_followed_out_of_the_folder_nor_in_circles(tmp_path: Path) -> None:
    root = tmp_path / "letters"
    root.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (root / "a.txt").write_text("a")
    (root / "loop").symlink_to(root, target_is_directory=True)
    (root / "out.txt").symlink_to(tmp_path / "secret.txt")
    (root / "in.txt").symlink_to(root / "a.txt")
    (root / "self.txt").symlink_to(root / "self.txt")
    (root / "gone.txt").symlink_to(root / "nowhere")
    assert told(root) == {
        "letters/a.txt": "a",
        "letters/gone.txt": "No such file or directory",
        "letters/in.txt": "a",
        "letters/loop": "a link to a folder; it is not followed",
        "letters/out.txt": "a link that leads out of the folder; it is not followed",
        "letters/self.txt": "Too many levels of symbolic links",
    }
    assert told(root / "out.txt") == {"secret.txt": "secret"}


def test_what_is_no_letter_by_its_first_bytes(tmp_path: Path) -> None:
    root = tmp_path / "in"
    root.mkdir()
    (root / "empty.pdf").write_bytes(b"")
    (root / "noise.txt").write_bytes(bytes(range(256)))
    (root / "word.docx").write_bytes(b"PK\x03\x04 and so on")
    (root / "large.txt").write_bytes(b"x" * 600)
    (root / "huge.pdf").write_bytes(b"%PDF-" + b"x" * 2_000)
    (root / "not.zip").write_bytes(b"no archive")
    os.mkfifo(root / "pipe.txt")
    found = told(root)
    assert found["in/empty.pdf"] == "the file is empty (0 bytes)"
    assert found["in/noise.txt"] == "neither PDF nor text"
    assert found["in/word.docx"].startswith("an archive or Office document")
    assert found["in/large.txt"] == "600 bytes, and at most 500 are read of a letter"
    assert found["in/huge.pdf"] == "2,005 bytes, and at most 1,000 are read of a letter"
    assert found["in/not.zip"] == "the archive is damaged or of a kind that is not read"
    assert found["in/pipe.txt"] == "not an ordinary file"


def test_a_bad_member_costs_only_itself(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "a.zip",
        {
            "good.txt": b"good",
            "../escape.txt": b"x",
            "/root.txt": b"x",
            "inner.zip": b"x",
            "big.txt": b"x" * 1_200,
            "bad.txt": b"to be damaged",
            "last.txt": b"last",
        },
    )
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo("bad.txt").header_offset
    path.write_bytes(data[: at + 38] + b"\xff\xff" + data[at + 40 :])
    found = told(path)
    assert found["a.zip!good.txt"] == "good"
    assert found["a.zip!last.txt"] == "last"
    assert "outside the folder" in found["a.zip!../escape.txt"]
    assert "outside the folder" in found["a.zip!/root.txt"]
    assert "an archive itself" in found["a.zip!inner.zip"]
    assert "at most 1,000" in found["a.zip!big.txt"]
    assert "damaged" in found["a.zip!bad.txt"]


def test_bombs_links_and_strange_compression_in_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("lzma.txt", b"x", zipfile.ZIP_LZMA)
        archive.writestr("bomb.txt", bytes(40_000_000), zipfile.ZIP_DEFLATED)
        archive.writestr("good.txt", b"good")
    limits = Limits(max_file_bytes=64_000_000, max_total_bytes=64_000_000, max_files=50)
    found = told(path, limits=limits)
    assert "symbolic link" in found["a.zip!link.txt"]
    assert "in a way that is not read" in found["a.zip!lzma.txt"]
    assert "zip bomb" in found["a.zip!bomb.txt"]
    assert found["a.zip!good.txt"] == "good"


def test_an_archive_that_is_a_bomb_or_too_long_as_a_whole(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "b.zip", {f"{n}.txt": bytes(900) for n in range(40)})
    limits = Limits(max_file_bytes=1_000, max_total_bytes=5_000, max_files=50, max_ratio=2)
    assert told(bomb, limits=limits) == {
        "b.zip": "the archive is a zip bomb: it unpacks to far more than it holds"
    }
    long = zipped(tmp_path / "l.zip", {f"{n}.txt": b"x" for n in range(60)})
    assert told(long) == {"l.zip": "the archive holds 60 files, and at most 50 are read"}


def test_a_member_may_lie_about_its_size(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"lie.txt": b"x" * 400})
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        start = archive.start_dir
    data[start + 24 : start + 28] = (100).to_bytes(4, "little")
    path.write_bytes(data)
    (reason,) = told(path).values()
    assert "damaged" in reason or "larger than" in reason


def test_names_that_are_no_text(tmp_path: Path) -> None:
    root = tmp_path / "in"
    root.mkdir()
    try:
        (Path(os.fsdecode(os.fsencode(root) + b"/\xff\n.txt"))).write_text("a")
    except OSError:
        pytest.skip("this file system takes only names that are text")
    assert told(root) == {"in/\\xff\n.txt": "a"}


def test_a_folder_that_may_not_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "in"
    (root / "closed").mkdir(parents=True)
    (root / "z").mkdir()
    (root / "z" / "a.txt").write_text("a")
    listdir = os.listdir

    def refuse(place: str) -> list[str]:
        if str(place).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return listdir(place)

    def refuse_too(place: str) -> object:
        refuse(place)
        return scandir(place)

    scandir = os.scandir
    monkeypatch.setattr(os, "listdir", refuse)
    monkeypatch.setattr(os, "scandir", refuse_too)
    assert count([root]) == 2
    assert told(root) == {"in/closed": "Permission denied", "in/z/a.txt": "a"}


def test_a_stamp_changes_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a")
    (first,) = walk([path])
    assert next(iter(walk([path]))).stamp == first.stamp
    modified = path.stat().st_mtime_ns
    time.sleep(0.01)
    path.write_text("b")
    os.utime(path, ns=(modified, modified))
    (second,) = walk([path])
    assert second.stamp != first.stamp
    archive = zipped(tmp_path / "z.zip", {"a.txt": b"a", "b.txt": b"a"})
    one, other = walk([archive])
    assert one.stamp != other.stamp


def test_a_file_that_goes_away_meanwhile_costs_only_itself(tmp_path: Path) -> None:
    root = tmp_path / "in"
    root.mkdir()
    for name in "abc":
        (root / f"{name}.txt").write_text(name)
    found = {}
    for source in walk([root]):
        found[source.name] = source.content
        (root / "b.txt").unlink(missing_ok=True)
    assert list(found) == ["in/a.txt", "in/b.txt", "in/c.txt"]
    with pytest.raises(FileNotFoundError):
        found["in/b.txt"]()
