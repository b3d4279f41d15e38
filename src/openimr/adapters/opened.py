"""What opening a file in a child has told of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that opens: where it is (a mended copy, it may be) and how many pages it has."""

    path: Path
    pages: int
    pictures: bool = False
    """Whether its pages are pictures, for OCR from the start."""
