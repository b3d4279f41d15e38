"""Broken files go to a folder of their own, and so does what OCR keeps."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENIMR_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def make_zip(tmp_path: Path) -> Callable[..., Path]:
    def build(members: dict[str, bytes | str], name: str = "case.zip") -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in members.items():
                archive.writestr(member, content)
        return path

    return build
