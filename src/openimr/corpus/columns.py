"""Columns to count by: one value an item that holds the values of several facets together.

What a pass over the hits costs is nearly the number of columns it reads (2 to 3 ns an item and
column), and hardly the number of different values in them. So facets that go together share a
column, and a list of values is one value too. The parts are taken apart when they are counted:

    column_item    tramadol | opioid | 50 mg | drug | medication | lumbar spine
    column_cited   MTUS + ODG | MTUS p. 74-96

Lists of many different make-ups (`missing`, `licence_state`) are cut after two values, so that a
column does not have a value for nearly every item.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_BETWEEN_FACETS = "\x1f"
_BETWEEN_VALUES = "\x1e"
_SIGNS = str.maketrans({_BETWEEN_FACETS: " ", _BETWEEN_VALUES: " "})


@dataclass(frozen=True, slots=True)
class Part:
    """A facet in a column: all of its values in an item, or some of them."""

    facet: str
    first: int = 0
    end: int | None = None

    def joined(self, values: Sequence[str]) -> str:
        """Those of an item's values that stand in this part, as one."""
        return _BETWEEN_VALUES.join(values[self.first : self.end])

    def values(self, joined: str) -> list[str]:
        """The values again."""
        return joined.split(_BETWEEN_VALUES) if joined else []


@dataclass(frozen=True, slots=True)
class Column:
    """A field of the index.

    Args:
        name: of the field.
        parts: what it holds, in order.
        size: different values that are looked at; tantivy gives 65,000 for all columns together.
    """

    name: str
    parts: tuple[Part, ...]
    size: int

    def value(self, values: Mapping[str, Sequence[str]]) -> str:
        r"""The one value that stands for these values of an item.

        Example:
            >>> COLUMNS[1].value({"outcome": ["Upheld"], "year": ["2015"], "specialty": []})
            'Upheld\x1f2015\x1f'
        """
        return _BETWEEN_FACETS.join(part.joined(values[part.facet]) for part in self.parts)

    def apart(self, value: str) -> list[str]:
        r"""What stands in each part of a value of this column.

        Example:
            >>> COLUMNS[1].apart("Upheld\x1f2015\x1f")
            ['Upheld', '2015', '']
        """
        return value.split(_BETWEEN_FACETS)


COLUMNS = (
    Column(
        "column_item",
        tuple(map(Part, ("drug", "drug_class", "dose", "category", "topic", "body_part"))),
        16_384,
    ),
    Column("column_decided", tuple(map(Part, ("outcome", "year", "specialty"))), 8_192),
    Column("column_cited", (Part("guideline"), Part("guideline_page")), 16_384),
    Column("column_missing", (Part("missing", 0, 2),), 8_192),
    Column("column_missing_rest", (Part("missing", 2),), 8_192),
    Column("column_state", (Part("licence_state", 0, 2),), 4_096),
    Column("column_state_rest", (Part("licence_state", 2),), 2_048),
)
"""Every facet is in one column at least."""


def columns_of(facets: Sequence[str]) -> tuple[Column, ...]:
    """The columns that hold any of these facets."""
    return tuple(column for column in COLUMNS if any(part.facet in facets for part in column.parts))


def plain(value: object) -> str:
    """A value as it may stand in a column."""
    return str(value).translate(_SIGNS)
