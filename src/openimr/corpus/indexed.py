"""An item as the search index holds it: its fields, and how a row of the corpus becomes them.

`place` says where in the segments an item lies; what hits show is kept in `shown`. A facet is a
field of values to filter by, and columns of one value an item to count by, since columns of one
value are counted thirty times faster than columns of many (1.5 against 45 ns an item):

    facet_drug             what an item has one of: field and column are the same
    missing_1, missing_2.. what it has several of: so many columns, `missing_more` for the rest

Pages are counted as runs (`MTUS p. 74-96` is one value, not 23) and spelled out afterwards; an
item's runs do not overlap, so the counts are exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from tantivy import Document, Schema, SchemaBuilder

from openimr.corpus.matching import WORD
from openimr.corpus.query import FIELDS, TEXTS
from openimr.corpus.schema import FACET_COLUMNS, ITEM_COLUMNS, ITEM_FACETS
from openimr.corpus.words import EXACT, STEMMED

NOT_STATED = ""
"""In a column of one value: the item has none."""
MORE = "more"
"""The field that names the facets of which an item has more values than columns."""
PAGES = "guideline_page"
PLACE = "place"
LETTER = "letter"
LETTER_ROW = "letter_row"
DAY = "day"
SHOWN = "shown"
_SEGMENT_BITS = 32
_COLUMNS_OF = {
    "body_part": 3,
    "guideline": 4,
    PAGES: 4,
    "specialty": 2,
    "licence_state": 2,
    "missing": 4,
}
_LONGEST_RUN = 1_000
_NUMBER = "0|[1-9][0-9]{0,5}"
_PAGE = re.compile(rf"(?P<citation>.*) p\. (?P<page>{_NUMBER})")
_RUN = re.compile(rf"(?P<citation>.*) p\. (?P<first>{_NUMBER})-(?P<last>{_NUMBER})")


def column(facet: str) -> str:
    """The column of the items' table that holds a facet."""
    return FACET_COLUMNS.get(facet, facet)


def is_list(facet: str) -> bool:
    """Whether an item may have several values of a facet."""
    return ITEM_COLUMNS[column(facet)].endswith("[]")


def values_field(facet: str) -> str:
    """The field of a facet's values, to filter by."""
    return f"facet_{facet}"


def counted_columns(facet: str) -> tuple[str, ...]:
    """The fields whose counts add up to a facet's, but for the items marked in `more`."""
    if not is_list(facet):
        return (values_field(facet),)
    return tuple(f"{facet}_{number}" for number in range(1, _COLUMNS_OF[facet] + 1))


def more_column(facet: str) -> str:
    """The field of the values that found no column."""
    return f"{facet}_more"


def schema() -> Schema:
    """The fields of the index."""
    builder = SchemaBuilder()
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name=EXACT, index_option="position")
    builder.add_text_field(WORD, tokenizer_name=STEMMED, index_option="freq")
    for facet in ITEM_FACETS:
        _add_values(builder, values_field(facet), fast=not is_list(facet))
        if is_list(facet):
            for name in (*counted_columns(facet), more_column(facet)):
                _add_values(builder, name, fast=True)
    _add_values(builder, MORE, fast=False)
    _add_values(builder, LETTER, fast=False)
    builder.add_unsigned_field(PLACE, fast=True)
    builder.add_unsigned_field(LETTER_ROW, fast=True)
    builder.add_integer_field(DAY, fast=True)
    builder.add_bytes_field(SHOWN, stored=True, indexed=False)
    return builder.build()


def cut_name(column: str) -> str:
    """How a row names the text of a column that is cut into words (`words.cut_in_sql`)."""
    return f"cut_{column}"


def document(row: Mapping[str, Any], shown: bytes) -> Document:
    """An item's row as a document.

    Args:
        row: its columns, the texts searched also cut (`cut_name`), `segment`, `item_row` and
            `letter_row`.
        shown: what a hit shows of it, packed.
    """
    made = Document()
    for field in FIELDS:
        for text in filter(None, (row[cut_name(name)] for name in TEXTS[field])):
            made.add_text(field, text)
            made.add_text(WORD, text)
    for facet in ITEM_FACETS:
        _add_facet(made, facet, row[column(facet)])
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


def runs(pages: Iterable[str]) -> list[str]:
    """Pages of guidelines as runs that do not overlap.

    Example:
        >>> runs(["ODG p. 3", "MTUS p. 8", "MTUS p. 7", "MTUS p. 9"])
        ['MTUS p. 7-9', 'ODG p. 3']
    """
    read = {page: _PAGE.fullmatch(page) for page in pages}
    made = [page for page, match in read.items() if match is None]
    numbered = sorted((match["citation"], int(match["page"])) for match in read.values() if match)
    for citation, of_citation in groupby(numbered, key=lambda page: page[0]):
        numbers = sorted({number for _, number in of_citation})
        for first, last in _stretches(numbers):
            made.append(f"{citation} p. {first}" + (f"-{last}" if last > first else ""))
    return sorted(made)


@lru_cache(maxsize=65_536)
def spelled_out(run: str) -> tuple[str, ...]:
    """The pages of a run.

    Example:
        >>> spelled_out("MTUS p. 7-9")
        ('MTUS p. 7', 'MTUS p. 8', 'MTUS p. 9')
    """
    match = _RUN.fullmatch(run)
    pages = range(int(match["first"]), int(match["last"]) + 1) if match else range(0)
    if match is None or not 0 < len(pages) <= _LONGEST_RUN:
        return (run,)
    return tuple(f"{match['citation']} p. {page}" for page in pages)


def _stretches(numbers: list[int]) -> Iterator[tuple[int, int]]:
    for _, stretch in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in stretch]
        yield members[0], members[-1]


def _add_values(builder: SchemaBuilder, name: str, *, fast: bool) -> None:
    builder.add_text_field(name, tokenizer_name="raw", fast=fast, index_option="basic")


def _add_facet(made: Document, facet: str, value: object) -> None:
    if not is_list(facet):
        made.add_text(values_field(facet), NOT_STATED if value is None else str(value))
        return
    values = sorted({str(each) for each in value}) if isinstance(value, list) else []
    if facet == PAGES:
        values = sorted({page for each in values for page in spelled_out(each)})
    for each in values:
        made.add_text(values_field(facet), each)
    counted = runs(values) if facet == PAGES else values
    columns = counted_columns(facet)
    for number, name in enumerate(columns):
        made.add_text(name, counted[number] if number < len(counted) else NOT_STATED)
    if rest := counted[len(columns) :]:
        made.add_text(MORE, facet)
        for each in rest:
            made.add_text(more_column(facet), each)


def _day(decided: date | None) -> int:
    """Days since year 1; what has no date sorts as the oldest."""
    return decided.toordinal() if decided else 0
