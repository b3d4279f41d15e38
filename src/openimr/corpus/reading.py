"""What a worker does: documents go in, rows or refusals come out, one for one.

It loads the rules once; what goes wrong with one document never touches another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from openimr.adapters.letters import letter_text
from openimr.corpus.document import LARGEST_ROW, READER_FAULT, Document, LetterRows, Refusal
from openimr.corpus.rows import ReadSaid, Row, item_rows, letter_row, permalink
from openimr.model.drug import Formulary
from openimr.model.errors import InputError, LimitExceeded
from openimr.model.request import Request
from openimr.published.json import letter_json
from openimr.published.letter_text import prepare
from openimr.published.parse import parse_letter
from openimr.published.said import read_said
from openimr.request.grammar import parse_request
from openimr.rulebook.formulary import load_formulary
from openimr.rulebook.requests import load_request_vocabulary
from openimr.rulebook.said import load_said_vocabulary

_AS_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_REMEMBERED = 16_384
"""Headings repeat: the same drug line stands in hundreds of letters."""
_SPACE = b" \t\n\r\f\v-"
_WIDE_SPACE = tuple(mark.encode() for mark in ("\u00a0", "\u00ad", "\u2010", "\u2011"))
"""Space and hyphens, as bytes since these are left out in one pass each."""


@dataclass(frozen=True, slots=True)
class _Tools:
    """What reading needs, loaded once in each worker."""

    parse: Callable[[str], Request]
    formulary: Formulary
    said: ReadSaid


def read_documents(documents: tuple[Document, ...]) -> tuple[LetterRows | Refusal, ...]:
    """Read each document as a published letter."""
    tools = _tools()
    return tuple(_read(document, tools) for document in documents)


@cache
def _tools() -> _Tools:
    formulary = load_formulary()
    parse = partial(parse_request, formulary=formulary, vocabulary=load_request_vocabulary())
    said = partial(read_said, vocabulary=load_said_vocabulary())
    return _Tools(lru_cache(maxsize=_REMEMBERED)(parse), formulary, said)


def _read(document: Document, tools: _Tools) -> LetterRows | Refusal:
    try:
        return _letter_rows(document, tools)
    except InputError as error:
        return Refusal.of(error)
    except MemoryError:
        raise  # what is left of the process is not to be trusted
    except Exception as error:  # noqa: BLE001 a fault of ours must cost this letter only
        return Refusal(code=READER_FAULT, reason=f"the reader failed with {type(error).__name__}")


def _letter_rows(document: Document, tools: _Tools) -> LetterRows:
    text = letter_text(document.data)
    letter = parse_letter(text, parse=tools.parse)
    text_sha256 = fingerprint(text)
    link = permalink(letter.case_number, text_sha256)
    whole = _AS_JSON(letter_json(letter))
    row = letter_row(
        letter, link=link, sha256=document.sha256, source=document.name, letter_json=whole
    )
    items = item_rows(letter, link=link, formulary=tools.formulary, said=tools.said)
    return LetterRows(
        permalink=link,
        case_number=letter.case_number,
        text_sha256=text_sha256,
        letter=_line(row),
        items=b"".join(_line(item) for item in items),
        item_count=len(items),
    )


def fingerprint(text: str) -> bytes:
    r"""The hash of a letter's text, the same from a PDF and from a text file.

    Space, hyphens and page furniture are left out: they depend on how it was printed.

    >>> fingerprint("guide-\nlines") == fingerprint("guidelines ")
    True
    """
    bare = prepare(text).encode("utf-8", errors="replace").translate(None, _SPACE)
    for mark in _WIDE_SPACE:
        bare = bare.replace(mark, b"")
    return hashlib.sha256(bare).digest()


def _line(row: Row) -> bytes:
    """A line of JSON; half a surrogate pair, which no database takes, becomes a question mark."""
    line = _AS_JSON(row).encode("utf-8", errors="replace") + b"\n"
    if len(line) > LARGEST_ROW:
        raise LimitExceeded(f"{len(line):,} bytes as a row, and at most {LARGEST_ROW:,} are kept")
    return line
