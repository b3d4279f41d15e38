"""Where the reference material lies that the project uses and does not ship."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("OPENIMR_REFERENCE", Path(__file__).parents[2] / "shared"))


def reference(name: str) -> Path:
    """A file or folder of the reference material; skips the test where it is absent."""
    path = ROOT / name
    if not path.exists():
        pytest.skip(f"the reference material {name} is not beside the project")
    return path
