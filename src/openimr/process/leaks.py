"""No file that a party sees names a reviewer: files and added words are searched before.

A rendered file may not hold the whole name, an initial and surname, the register id or a licence
number, however they are spaced or spelled. Words that people add (a ruling's reasons, a correction)
may not hold any part of the name, unless the records of the case hold that word as well: a treating
physician may share a reviewer's surname.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from io import BytesIO

from openimr.model.reviewer import Reviewer

_SHORTEST_NUMBER = 4
"""Signs of a licence number below which it could be any number."""
_SHORTEST_NAME = 3
_XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
"""The metadata that a PDF carries beside its own table of them."""
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BROKEN = re.compile(r"(?<=\w)-\s*(?=\w)")
_LOOKALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0435\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u043a"
    "\u043c\u043d\u0442\u0432\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422"
    "\u0425\u0406\u0408\u0405\u03bf",
    "aeopecyxijsdhkmhtbABEKMHOPCTXIJSo",
)
"""Cyrillic and Greek letters that look Latin."""


def leaks(
    files: Mapping[str, bytes], reviewer: Reviewer, records: Collection[str] = ()
) -> list[str]:
    """Where a reviewer's name, register id or licence number stands; empty if nowhere.

    Args:
        files: name to bytes; PDF and DOCX are opened, with their metadata.
        reviewer: who must not be found.
        records: the words of the records, in small letters: a surname that stands there may be a
            treating physician's and counts with the reviewer's first name only.
    """
    sought = dict(_sought(reviewer, records))
    found = []
    for name, data in files.items():
        texts = [_evened(text) for text in _texts(name, data)]
        found += [
            f"{name} holds the reviewer's {what}"
            for what, pattern in sought.items()
            if any(pattern.search(text) for text in texts)
        ]
    return found


def words_that_name(
    texts: Iterable[str], reviewer: Reviewer, records: Collection[str]
) -> list[str]:
    """What people wrote that names a reviewer, or a part of the name; empty if nothing does.

    Args:
        texts: what they wrote.
        reviewer: who must not be named.
        records: the words of the records, in small letters.
    """
    parts = [part for part in _words(reviewer.name) if len(part) >= _SHORTEST_NAME]
    telling = [part for part in parts if part not in records]
    patterns = [
        *(_spelled([part]) for part in telling),
        *(pattern for _, pattern in _sought(reviewer, records)),
    ]
    evened = {text: _evened(text) for text in texts}
    return [text for text, read in evened.items() if any(one.search(read) for one in patterns)]


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """The words of texts, in small letters and without accents."""
    return frozenset(word for text in texts for word in _words(text))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", _bare(text).casefold())


def _evened(text: str) -> str:
    """The bare text, and the same with hyphens inside words taken away."""
    bare = _bare(text)
    return f"{bare}\n{_BROKEN.sub('', bare)}"


def _bare(text: str) -> str:
    """Accents, look-alike letters and unseen signs taken away."""
    plain = unicodedata.normalize("NFKD", _UNSEEN.sub("", text)).translate(_LOOKALIKES)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _sought(reviewer: Reviewer, records: Collection[str]) -> Iterator[tuple[str, re.Pattern[str]]]:
    words = _words(reviewer.name)
    yield "name", _spelled(words)
    if len(words) > 1:
        first, last = words[0], words[-1]
        yield "name, last name first", _spelled([last, *words[:-1]])
        yield (
            "first and last name",
            re.compile(
                rf"(?<!\w){re.escape(first)}\W{{1,3}}(?:\w\W{{1,3}})?{re.escape(last)}(?!\w)",
                re.IGNORECASE,
            ),
        )
        if last not in records:
            yield "initial and last name", _spelled([first[0], last])
            yield (
                "last name with a title",
                re.compile(
                    rf"\bdr\.?\s+{re.escape(last)}\b|\b{re.escape(last)},?\s+(?:m\.?d|d\.?o)\b",
                    re.IGNORECASE,
                ),
            )
    yield "register id", _spelled(_words(reviewer.id))
    for licence in reviewer.licences:
        signs = re.sub(r"\W", "", licence.number)
        if len(signs) >= _SHORTEST_NUMBER:
            spaced = r"[\s.-]{0,2}".join(map(re.escape, signs))
            yield "licence number", re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)


def _spelled(words: list[str]) -> re.Pattern[str]:
    joined = r"\W{1,3}".join(map(re.escape, words)) or "(?!)"
    return re.compile(rf"(?<!\w){joined}(?!\w)", re.IGNORECASE)


def _texts(name: str, data: bytes) -> Iterator[str]:
    """Everything in a file that can be read as words; packed bytes are not words."""
    if name.endswith(".pdf"):
        yield from _pdf_texts(data)
    elif name.endswith(".docx"):
        yield from _docx_texts(data)
    else:
        yield data.decode("utf-8", errors="replace")


def _pdf_texts(data: bytes) -> Iterator[str]:
    import pypdfium2

    yield from (found.decode("utf-8", errors="replace") for found in _XMP.findall(data))
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
