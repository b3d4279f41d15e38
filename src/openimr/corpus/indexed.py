"""An item as the search index holds it: its fields, and how a row of the corpus becomes them.

`place` says where in the segments an item lies; what hits show is kept in `shown`. A text is there
as words (`heading`) and as pairs of words (`pairs_heading`, see `pairs`), and all texts together as
words without endings (`word`). A facet has a field of its values to filter by (`facet_drug`) and a
part in a column to count by, or in two (see `columns`).

Pages are counted as runs (`MTUS p. 74-96` is one value, not 23) and spelled out afterwards; an
item's runs do not overlap, so the counts are exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tantivy import Document, Schema, SchemaBuilder

from openimr.corpus.columns import COLUMNS, Frequent, plain, set_apart
from openimr.corpus.matching import WORD, pairs_field
from openimr.corpus.pairs import spelled
from openimr.corpus.query import FIELDS, TEXTS
from openimr.corpus.runs import runs, spelled_out
from openimr.corpus.schema import FACET_COLUMNS, ITEM_COLUMNS, ITEM_FACETS

PAGES = "guideline_page"
PLACE = "place"
LETTER = "letter"
LETTER_ROW = "letter_row"
DAY = "day"
SHOWN = "shown"
_SEGMENT_BITS = 32
_SPACED = "whitespace"
"""Tantivy's own analyzer for what is spelled out already."""


def column(facet: str) -> str:
    """The column of the items' table that holds a facet."""
    return FACET_COLUMNS.get(facet, facet)


def is_list(facet: str) -> bool:
    """Whether an item may have several values of a facet."""
    return ITEM_COLUMNS[column(facet)].endswith("[]")


def values_field(facet: str) -> str:
    """The field of a facet's values, to filter by."""
    return f"facet_{facet}"


def schema() -> Schema:
    """The fields of the index."""
    builder = SchemaBuilder()
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name=_SPACED, index_option="freq")
        builder.add_text_field(pairs_field(field), tokenizer_name=_SPACED, index_option="position")
    builder.add_text_field(WORD, tokenizer_name=_SPACED, index_option="freq")
    for facet in ITEM_FACETS:
        builder.add_text_field(values_field(facet), tokenizer_name="raw", index_option="basic")
    for each in COLUMNS:
        builder.add_text_field(each.name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field(LETTER, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(PLACE, fast=True)
    builder.add_unsigned_field(LETTER_ROW, fast=True)
    builder.add_integer_field(DAY, fast=True)
    builder.add_bytes_field(SHOWN, stored=True, indexed=False)
    return builder.build()


def cut_name(column: str) -> str:
    """How a row names the text of a column that is cut into words (`words.cut_in_sql`)."""
    return f"cut_{column}"


def document(row: Mapping[str, Any], shown: bytes, frequent: Frequent) -> Document:
    """An item's row as a document.

    Args:
        row: its columns, the texts searched also cut (`cut_name`), `segment`, `item_row` and
            `letter_row`.
        shown: what a hit shows of it, packed.
        frequent: of the facets that are split.
    """
    made = Document()
    for field in FIELDS:
        for text in filter(None, (row[cut_name(name)] for name in TEXTS[field])):
            ways = spelled(text)
            made.add_text(field, ways.words)
            made.add_text(pairs_field(field), ways.pairs)
            made.add_text(WORD, ways.stems)
    values = {facet: values_of(facet, row[column(facet)]) for facet in ITEM_FACETS}
    for facet in ITEM_FACETS:
        for value in values[facet]:
            made.add_text(values_field(facet), value)
    values[PAGES] = runs(values[PAGES])
    in_columns = set_apart(values, frequent)
    for each in COLUMNS:
        made.add_text(each.name, each.value(in_columns))
    made.add_text(LETTER, row["letter"])
    made.add_unsigned(PLACE, place(row["segment"], row["item_row"]))
    made.add_unsigned(LETTER_ROW, row["letter_row"])
    made.add_integer(DAY, _day(row["decision_date"]))
    made.add_bytes(SHOWN, shown)
    return made


def place(segment: int, row: int) -> int:
    """Where an item lies: its segment, and its row in it, in one number."""
    return segment << _SEGMENT_BITS | row


def segment_and_row(place: int) -> tuple[int, int]:
    """The two parts of a place."""
    return place >> _SEGMENT_BITS, place & ((1 << _SEGMENT_BITS) - 1)


def values_of(facet: str, value: object) -> list[str]:
    """The values of a facet that an item has, in order.

    Args:
        facet: by name.
        value: what stands in its column.
    """
    if not is_list(facet):
        return [plain(value)] if value not in (None, "") else []
    values = {plain(each) for each in value} - {""} if isinstance(value, list) else set()
    if facet == PAGES:
        values = {page for each in values for page in spelled_out(each)}
    return sorted(values)


def _day(decided: date | None) -> int:
    """Days since year 1; what has no date sorts as the oldest."""
    return decided.toordinal() if decided else 0
