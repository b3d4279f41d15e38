"""Results are written whole or not at all."""

from pathlib import Path

import pytest

from openimr.adapters.output import write_folder
from openimr.model.errors import UsageError


def test_a_new_folder_appears_complete(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", {"a.txt": b"a", "deep/b.txt": b"b"})
    assert (tmp_path / "out/deep/b.txt").read_bytes() == b"b"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_other_files_of_a_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    write_folder(tmp_path, {"a.txt": b"new"})
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert (tmp_path / "a.txt").read_bytes() == b"new"


def test_a_file_in_the_way_is_a_usage_error_and_leaves_nothing(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("in the way")
    with pytest.raises(UsageError, match="choose another folder"):
        write_folder(blocker / "out", {"a.txt": b"a"})
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
