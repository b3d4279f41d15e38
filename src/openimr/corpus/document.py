"""What goes to a worker and what comes back: a document's bytes, and its rows or a refusal."""

from __future__ import annotations

from dataclasses import dataclass

from openimr.model.errors import OpenIMRError


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A source that may be a letter."""

    name: str
    sha256: bytes
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRows:
    """A letter read, as its segment will hold it."""

    permalink: str
    case_number: str | None
    text_sha256: bytes
    """Of the text without space and hyphens: PDF and text of one letter agree."""
    letter: bytes
    """Its row, a line of JSON."""
    items: bytes
    """Its items' rows, a line of JSON each."""
    item_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a source is not kept."""

    code: str
    """A code of the error tree, or one of those below."""
    reason: str

    @classmethod
    def of(cls, error: OpenIMRError) -> Refusal:
        """What the error says, without where: a refusal stands beside its source."""
        return cls(code=error.code, reason=". ".join(filter(None, (error.what, error.why))))


LARGEST_ROW = 64 * 1024 * 1024
"""Bytes of a row as JSON: one row that DuckDB does not take would stop all of its segment."""
CASE_NUMBER_TAKEN = "case-number-taken"
"""Another text is kept under the same case number; `--replace` takes this one."""
READER_DIED = "reader-died"
"""The process that read it crashed or took too long."""
READER_FAULT = "internal"
"""A fault of OpenIMR's: worth a report."""
UNREADABLE = "unreadable-file"
"""The system refused to open it."""
