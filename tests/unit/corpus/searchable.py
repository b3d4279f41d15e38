"""Corpora written row by row, and a search without an index to compare with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from openimr.corpus.folder import CorpusFolder
from openimr.corpus.indexed import column, is_list
from openimr.corpus.ledger import Ledger, SourceRecord, State
from openimr.corpus.query import TEXTS, And, Everything, Node, Not, Or, Term
from openimr.corpus.schema import ITEM_COLUMNS, LETTER_COLUMNS
from openimr.corpus.segments import SegmentWriter
from openimr.corpus.words import Word, words

Row = dict[str, Any]


def item(letter: str, index: int = 1, **given: Any) -> Row:
    """An item's row; `summary` is its letter's."""
    nothing = {name: [] if kind.endswith("[]") else None for name, kind in ITEM_COLUMNS.items()}
    row = nothing | {"summary": None, "rationale": "", "heading": ""} | given
    row |= {"letter": letter, "item_index": index, "item": f"{letter}/{index}"}
    if row["decision_date"]:
        row["year"] = row["decision_date"].year
    return row


def add_segment(root: Path, rows: Iterable[Row]) -> int:
    """Take items in as ingest does: a segment, then the ledger."""
    folder = CorpusFolder(root)
    root.mkdir(exist_ok=True)
    letters: dict[str, list[Row]] = {}
    for row in rows:
        letters.setdefault(row["letter"], []).append(row)
    with Ledger(folder.ledger, write=True) as ledger:
        number = max((segment.number for segment in ledger.segments()), default=0) + 1
        writer = SegmentWriter(folder, number)
        for letter, items in letters.items():
            writer.add(_letter_line(letter, items), b"".join(map(_line, items)), len(items))
        ledger.commit(writer.finish(), [_source(letter, number) for letter in letters])
    return number


def _letter_line(letter: str, items: list[Row]) -> bytes:
    nothing = {name: [] if kind.endswith("[]") else None for name, kind in LETTER_COLUMNS.items()}
    return _line(
        nothing
        | {
            "letter": letter,
            "summary": items[0]["summary"],
            "item_count": len(items),
            "specialties": items[0]["specialty"],
            "decision_date": items[0]["decision_date"],
            "letter_json": json.dumps({"case_number": letter}),
        }
    )


def _line(row: Row) -> bytes:
    plain = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()
    }
    return json.dumps(plain).encode() + b"\n"


def _source(letter: str, segment: int) -> SourceRecord:
    sha256 = hashlib.sha256(f"{letter} {segment}".encode()).digest()
    return SourceRecord(
        name=letter, sha256=sha256, state=State.KEPT, engine="0", letter=letter, segment=segment
    )


def matches(node: Node, row: Mapping[str, Any]) -> bool:
    """Whether an item matches a query, read word by word."""
    match node:
        case Everything():
            return True
        case Not(part):
            return not matches(part, row)
        case And(parts):
            return all(matches(part, row) for part in parts)
        case Or(parts):
            return any(matches(part, row) for part in parts)
        case Term():
            fields = [node.field] if node.field else list(TEXTS)
            columns = [name for field in fields for name in TEXTS[field]]
            return any(_found(node, _words(row[name] or "")) for name in columns)


@lru_cache(maxsize=2_000)
def _words(text: str) -> tuple[Word, ...]:
    return words(text)


def _found(term: Term, text: tuple[Word, ...]) -> bool:
    first = term.words[0]
    if term.prefix:
        return any(word.text.startswith(first.text) for word in text)
    if not term.exact:
        return any(word.stem == first.stem for word in text)
    wanted = [word.text for word in term.words]
    plain = [word.text for word in text]
    return any(plain[at : at + len(wanted)] == wanted for at in range(len(plain)))


def values(facet: str, row: Mapping[str, Any]) -> set[str]:
    """The values of a facet that an item has."""
    value = row[column(facet)]
    if is_list(facet):
        return set(value)
    return set() if value is None else {str(value)}


def passes(
    filters: Mapping[str, Iterable[str]], row: Mapping[str, Any], leaving_out: str | None = None
) -> bool:
    """Whether an item has one of the values of every facet."""
    return all(
        values(facet, row) & set(wanted)
        for facet, wanted in filters.items()
        if facet != leaving_out
    )
