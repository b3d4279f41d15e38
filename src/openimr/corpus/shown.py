"""What a hit shows, kept in the index beside its words: compressed, verbatim, quickly read.

Parquet is read by the thousand rows, which costs 5 ms a hit; ten hits would take most of the time
that a search has. So the index keeps a copy of the few columns that a page of hits needs. Letters
repeat each other's sentences: with those as zlib's preset dictionary an item takes 0.6 KB
instead of 1.2 KB (2.4 KB raw). A letter's summary lies with its first item.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

COLUMNS = (
    "item", "heading", "outcome", "decision_date", "drug", "topic", "rationale",
    "reviewer_guideline", "claims_guideline",
)  # fmt: skip
SUMMARY = "summary"
LEARNED_FROM = 2_000
"""Items whose sentences make the dictionary."""
_WINDOW = 32_000
"""How far back zlib looks: a longer dictionary would not be used."""
_LEVEL = 4


def learn(texts: Iterable[str]) -> bytes:
    """The dictionary: sentences that stand in several of these texts, the most frequent last."""
    counted = Counter(sentence for text in texts for sentence in set(text.split(". ")))
    chosen: list[str] = []
    room = _WINDOW
    for sentence, texts_with_it in counted.most_common():
        room -= len(sentence.encode()) + 2
        if texts_with_it < 2 or room < 0:
            break
        chosen.append(sentence)
    return ". ".join(reversed(chosen)).encode()


def pack(row: Mapping[str, Any], dictionary: bytes, *, first: bool) -> bytes:
    """The columns of a row that hits show; with the first item of a letter, its summary."""
    values = [_plain(row[name]) for name in COLUMNS]
    if first:
        values.append(row[SUMMARY])
    packer = _primed(dictionary).copy()
    text = json.dumps(values, ensure_ascii=False).encode()
    packed: bytes = packer.compress(text) + packer.flush()
    return packed


def unpack(packed: bytes, dictionary: bytes) -> dict[str, Any]:
    """The same columns again, without the summary."""
    row = dict(zip(COLUMNS, _values(packed, dictionary), strict=False))
    if row["decision_date"]:
        row["decision_date"] = date.fromisoformat(row["decision_date"])
    return row


def unpack_summary(packed: bytes, dictionary: bytes) -> str:
    """The summary of the letter whose first item this is; empty for any other item."""
    values = _values(packed, dictionary)
    return str(values[len(COLUMNS)] or "") if len(values) > len(COLUMNS) else ""


def _values(packed: bytes, dictionary: bytes) -> list[Any]:
    unpacker = zlib.decompressobj(zdict=dictionary)
    values: list[Any] = json.loads(unpacker.decompress(packed) + unpacker.flush())
    return values


@lru_cache(maxsize=1)
def _primed(dictionary: bytes) -> Any:  # noqa: ANN401 the compressor's class has no public name
    """To take in the dictionary costs more than to compress an item."""
    return zlib.compressobj(_LEVEL, zdict=dictionary)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
