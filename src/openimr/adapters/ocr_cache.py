"""OCR results kept on disk, by the hash of the page image: a resumed review reads nothing twice.

It is health data: the folder is its owner's alone and nothing in it leaves the machine.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from openimr.intake import cleanup, columns, layout, linework, patches, scan
from openimr.intake.ports import Grey
from openimr.model.text import Box, Notice, NoticeKind, Page, PageState, Word, Words

_READERS = (cleanup, columns, layout, linework, patches, scan)


@cache
def _code() -> str:
    """A hash of the code that reads images: what earlier code has read is left alone."""
    digest = hashlib.sha256()
    for module in _READERS:
        digest.update(inspect.getsource(module).encode())
    return digest.hexdigest()


def cached(folder: Path, engine: str, image: Grey, dpi: int, read: Callable[[], Page]) -> Page:
    """The page from the cache, else read and kept. A cache that cannot be used costs only time."""
    place = _place(folder, engine, image, dpi)
    with suppress(OSError, ValueError, KeyError, TypeError):
        return _load(json.loads(place.read_text(encoding="utf-8")))
    page = read()
    with suppress(OSError):
        _keep(folder, place, page)
    return page


def _place(folder: Path, engine: str, image: Grey, dpi: int) -> Path:
    digest = hashlib.sha256(f"{_code()}|{engine}|{dpi}|{image.shape}|".encode())
    digest.update(image.tobytes())
    key = digest.hexdigest()
    return folder / "ocr" / key[:2] / f"{key[2:]}.json"


def _keep(folder: Path, place: Path, page: Page) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(_store(page), file, ensure_ascii=False, separators=(",", ":"))
    Path(name).replace(place)


def _store(page: Page) -> dict[str, Any]:
    return {
        "text": page.text,
        "words": [
            [word.start, word.end, word.box.x0, word.box.y0, word.box.x1, word.box.y1,
             word.confidence]
            for word in page.words
        ],
        "state": page.state,
        "reason": page.reason,
        "size": [page.width, page.height],
        "confidence": page.confidence,
        "turned": page.turned,
        "notices": [[notice.kind, notice.message] for notice in page.notices],
    }  # fmt: skip


def _load(stored: dict[str, Any]) -> Page:
    words = (
        Word(start, end, Box(x0, y0, x1, y1), confidence)
        for start, end, x0, y0, x1, y1, confidence in stored["words"]
    )
    return Page(
        number=1,
        file_page=1,
        text=stored["text"],
        words=Words(words),
        state=PageState(stored["state"]),
        reason=stored["reason"],
        width=stored["size"][0],
        height=stored["size"][1],
        confidence=stored["confidence"],
        turned=stored["turned"],
        notices=tuple(
            Notice(kind=NoticeKind(kind), message=message) for kind, message in stored["notices"]
        ),
    )
