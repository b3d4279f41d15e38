"""Which OCR engine reads page images: probed once, apart from its use."""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from openimr.model.errors import UsageError


class OcrChoice(StrEnum):
    """What a caller may ask for."""

    AUTO = "auto"
    """Tesseract where it and its language data are installed, else RapidOCR."""
    TESSERACT = "tesseract"
    RAPIDOCR = "rapidocr"
    NONE = "none"
    """Page images stay unread, and say so."""


AUTO = OcrChoice.AUTO

_TESSDATA = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)


@dataclass(frozen=True, slots=True)
class OcrSetting:
    """The engine that was chosen, and where it finds and keeps things."""

    engine: OcrChoice
    cache: Path
    tessdata: str = ""


def resolve(choice: OcrChoice, cache: Path | None = None) -> OcrSetting:
    """The engine for a choice on this machine.

    Raises:
        UsageError: tesseract is asked for by name and is not there.
    """
    folder = cache or default_cache()
    tessdata = find_tessdata()
    usable = tessdata and importlib.util.find_spec("tesserocr") is not None
    if choice is OcrChoice.AUTO:
        choice = OcrChoice.TESSERACT if usable else OcrChoice.RAPIDOCR
    if choice is OcrChoice.TESSERACT and not usable:
        raise UsageError(
            "tesseract is not installed here",
            why="it needs the package tesserocr and the English language data",
            remedy="install both, or choose --ocr rapidocr",
        )
    return OcrSetting(choice, folder, tessdata)


def default_cache() -> Path:
    """`OPENIMR_CACHE`, else `openimr` in the user's cache folder."""
    named = os.environ.get("OPENIMR_CACHE")
    if named:
        return Path(named)
    root = os.environ.get("XDG_CACHE_HOME")
    return (Path(root) if root else Path.home() / ".cache") / "openimr"


def find_tessdata() -> str:
    """The folder with Tesseract's English data; empty where there is none."""
    named = os.environ.get("TESSDATA_PREFIX", "")
    places = (named, str(Path(named) / "tessdata"), *_TESSDATA) if named else _TESSDATA
    for place in places:
        if (Path(place) / "eng.traineddata").is_file():
            return place
    return ""
