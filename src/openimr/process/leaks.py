"""No file that a party sees names a reviewer: every rendered file is searched before it leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO

from openimr.model.reviewer import Reviewer

_SHORTEST = 5
"""Characters of a licence number below which it could be any number."""


def leaks(files: Mapping[str, bytes], reviewer: Reviewer) -> list[str]:
    """Where a reviewer's name, register id or licence number stands; empty if nowhere.

    Args:
        files: name to bytes; PDF and DOCX are opened, with their metadata.
        reviewer: who must not be found.
    """
    sought = dict(_sought(reviewer))
    return [
        f"{name} holds the reviewer's {what}"
        for name, data in files.items()
        for what, pattern in sought.items()
        if any(pattern.search(text) for text in _texts(name, data))
    ]


def _sought(reviewer: Reviewer) -> Iterator[tuple[str, re.Pattern[str]]]:
    words = re.findall(r"\w+", reviewer.name)
    yield "name", _spelled(words)
    if len(words) > 1:
        yield "name, last name first", _spelled([words[-1], *words[:-1]])
    yield "register id", _spelled([reviewer.id])
    for licence in reviewer.licences:
        if len(licence.number) >= _SHORTEST:
            yield "licence number", _spelled(re.findall(r"\w+", licence.number))


def _spelled(words: list[str]) -> re.Pattern[str]:
    joined = r"\W{1,3}".join(map(re.escape, words)) or "(?!)"
    return re.compile(rf"(?<!\w){joined}(?!\w)", re.IGNORECASE)


def _texts(name: str, data: bytes) -> Iterator[str]:
    """Everything in a file that can be read as words."""
    yield data.decode("utf-8", errors="replace")
    if name.endswith(".pdf"):
        yield from _pdf_texts(data)
    elif name.endswith(".docx"):
        yield from _docx_texts(data)


def _pdf_texts(data: bytes) -> Iterator[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    yield "\n".join(str(value) for value in document.get_metadata_dict().values())
    yield "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()


def _docx_texts(data: bytes) -> Iterator[str]:
    from zipfile import ZipFile

    with ZipFile(BytesIO(data)) as archive:
        for member in archive.namelist():
            xml = archive.read(member).decode("utf-8", errors="replace")
            yield re.sub(r"<[^>]+>", "", xml)
            yield xml
