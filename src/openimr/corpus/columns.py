"""Columns to count by: one value an item that holds the values of several facets together.

What a pass over the hits costs is nearly the number of columns it reads (2 to 3 ns an item and
column), and hardly the number of different values in them. So facets that go together share a
column, and a list of values is one value too. The parts are taken apart when they are counted:

    column_item     tramadol | opioid | drug | medication | lumbar spine
    column_decided  Upheld | 2015 | Pain Medicine

Lists of many different make-ups (`missing`, `licence_state`) are cut after two values, so that a
column does not have a value for nearly every item.

A facet that has tens of thousands of values, most of them once or twice, is split in two columns
(`RARE`): one of its frequent values (`corpus.frequent`), in which a sign stands for all the others,
and one of the others. The second is seldom read, since its values are seldom among the first.

    column_guideline       MTUS + (others)
    column_rare_guideline  Smith et al. 2009
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

_BETWEEN_FACETS = "\x1f"
_BETWEEN_VALUES = "\x1e"
OTHERS = "\x1d"
"""Stands among the frequent values of an item that has rare ones too."""
RARE: Mapping[str, str] = MappingProxyType({"dose": "rare_dose", "guideline": "rare_guideline"})
"""Facets that are split, and what their rare values are called where facets are named."""
_SIGNS = str.maketrans(dict.fromkeys((_BETWEEN_FACETS, _BETWEEN_VALUES, OTHERS), " "))

Frequent = Mapping[str, frozenset[str]]
"""Facets that are split, and their frequent values."""


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
        size: different values that are looked at; tantivy gives 65,000 for all columns that are
            read together, and those of rare values are read apart from the others.
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
        tuple(map(Part, ("drug", "drug_class", "category", "topic", "body_part"))),
        16_384,
    ),
    Column("column_decided", tuple(map(Part, ("outcome", "year", "specialty"))), 4_096),
    Column("column_pages", (Part("guideline_page"),), 8_192),
    Column("column_missing", (Part("missing", 0, 2),), 8_192),
    Column("column_missing_rest", (Part("missing", 2),), 8_192),
    Column("column_state", (Part("licence_state", 0, 2),), 4_096),
    Column("column_state_rest", (Part("licence_state", 2),), 2_048),
    Column("column_dose", (Part("dose"),), 4_096),
    Column("column_guideline", (Part("guideline"),), 8_192),
    Column("column_rare_dose", (Part(RARE["dose"]),), 24_000),
    Column("column_rare_guideline", (Part(RARE["guideline"]),), 40_000),
)
"""Every facet is in one column at least."""


def columns_of(facets: Sequence[str]) -> tuple[Column, ...]:
    """The columns that hold any of these facets."""
    return tuple(column for column in COLUMNS if any(part.facet in facets for part in column.parts))


def set_apart(values: Mapping[str, list[str]], frequent: Frequent) -> dict[str, list[str]]:
    r"""The values of an item, the rare ones of a facet that is split under their own name.

    Example:
        >>> both = set_apart({"dose": ["1 mg"], "guideline": ["MTUS", "Smith"]},
        ...                  {"dose": frozenset({"1 mg"}), "guideline": frozenset({"MTUS"})})
        >>> both["dose"], both["rare_dose"], both["guideline"], both["rare_guideline"]
        (['1 mg'], [], ['MTUS', '\x1d'], ['Smith'])
    """
    apart = dict(values)
    for facet, name in RARE.items():
        apart[name] = [value for value in values[facet] if value not in frequent[facet]]
        if apart[name]:
            apart[facet] = [value for value in values[facet] if value in frequent[facet]] + [OTHERS]
    return apart


def plain(value: object) -> str:
    """A value as it may stand in a column."""
    return str(value).translate(_SIGNS)
