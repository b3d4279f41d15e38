"""The environment names the folders of packs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from openimr.adapters.packs import pack_folders
from openimr.model.errors import UsageError


def test_without_the_variable_there_is_no_pack() -> None:
    assert pack_folders({}) == ()
    assert pack_folders({"OPENIMR_RULEBOOK_PATH": f" {os.pathsep} "}) == ()


def test_folders_come_once_in_their_order(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    path = os.pathsep.join(map(str, (two, one, two)))
    assert pack_folders({"OPENIMR_RULEBOOK_PATH": path}) == (two, one)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"names .*gone, which is not a folder"):
        pack_folders({"OPENIMR_RULEBOOK_PATH": str(tmp_path / "gone")})
