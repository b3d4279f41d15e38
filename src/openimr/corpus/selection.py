"""Which items are counted, and by what: the closed set of SQL that statistics are made of.

Values a person writes are parameters; names of facets come from the schema, never from outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from openimr.corpus.schema import FACET_COLUMNS, ITEM_COLUMNS, ITEM_FACETS
from openimr.model.errors import UsageError

Filters = Mapping[str, tuple[str, ...]]
"""Facet to the values asked for: any of them will do; different facets narrow each other."""
PERIODS: Mapping[str, str] = MappingProxyType(
    {
        "year": "year(decision_date)::VARCHAR",
        "quarter": "year(decision_date) || '-Q' || quarter(decision_date)",
    }
)
"""Name of a period to the SQL of an item's; null where the letter has no date."""
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class Grouping:
    """By what items are counted: facets, then a period."""

    by: tuple[str, ...] = ()
    over: str | None = None

    def __post_init__(self) -> None:
        for facet in self.by:
            if facet not in ITEM_FACETS:
                raise UsageError(
                    f"there is no facet {facet}",
                    remedy=f"count by one of {', '.join(ITEM_FACETS)}",
                )
        if len(set(self.by)) < len(self.by):
            raise UsageError("a facet is named twice", remedy="name each once")

    @property
    def names(self) -> tuple[str, ...]:
        """Facets and period, as a reader sees them."""
        return (*self.by, *((self.over,) if self.over else ()))

    @property
    def many(self) -> tuple[str, ...]:
        """The facets of which an item may have several values."""
        return tuple(facet for facet in self.by if is_list(facet))

    def rows(
        self,
        condition: str,
        *,
        source: str = "items",
        letters: bool = False,
        also: tuple[str, ...] = (),
        undecided: bool = False,
    ) -> str:
        """SQL of one row for each item and combination of values: `value_1`, .., overturned.

        Args:
            condition: SQL over the columns of `items`.
            source: the view of items, or SQL that selects some of them.
            letters: with the column `letter`, too.
            also: further columns of the source.
            undecided: with the items that have no outcome.
        """
        columns = [f"{_scalar(facet)} AS value_{place}" for place, facet in self._placed()]
        if self.over:
            columns.append(f"{PERIODS[self.over]} AS value_{len(self.names)}")
        columns += ["outcome = 'Overturned' AS overturned", *(["letter"] if letters else []), *also]
        decided = "true" if undecided else "outcome IS NOT NULL"
        rest = f"FROM {source} AS items WHERE {decided} AND {condition}"
        sql = f"SELECT {', '.join(columns)} {rest}"
        for place, facet in self._placed():
            if is_list(facet):
                name = f"value_{place}"
                each = f"unnest(if(len({name}) = 0, [NULL], {name})) AS {name}"
                sql = f"SELECT * EXCLUDE ({name}), {each} FROM ({sql})"  # noqa: S608
        return sql

    @property
    def values(self) -> str:
        """The columns of `rows` that are grouped by."""
        return "".join(f"value_{place}, " for place in range(1, len(self.names) + 1))

    def _placed(self) -> Iterable[tuple[int, str]]:
        return enumerate(self.by, start=1)


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL over the columns of `items`, and its parameters."""

    sql: str = "true"
    parameters: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


def condition(filters: Filters) -> Condition:
    """What the items must be; capital letters do not matter, `*` at the end stands for any rest.

    Raises:
        UsageError: a year is none.
    """
    parts: list[str] = []
    parameters: dict[str, object] = {}
    for facet, values in filters.items():
        if facet not in ITEM_FACETS:
            raise UsageError(f"there is no facet {facet}")
        if facet == "year":
            parts.append("list_contains($year, items.year)")
            parameters["year"] = [year for value in values for year in years(value)]
            continue
        folded = [value.strip().casefold() for value in values]
        parameters[facet] = [value for value in folded if not _is_beginning(value)]
        beginnings = [value[:-1] for value in folded if _is_beginning(value)]
        if beginnings:
            parameters[f"{facet}_begins"] = beginnings
        parts.append(_has(facet, beginnings=bool(beginnings)))
    return Condition(" AND ".join(parts) or "true", MappingProxyType(parameters))


def years(value: str) -> list[int]:
    """The years of `2015`, `2015-2017`, `2015-` or `-2017`."""
    first, dash, last = (part.strip() for part in value.partition("-"))
    if not (first or last) or not all(part.isdecimal() for part in (first, last) if part):
        raise UsageError(
            f"{value} is no year and no range of years", remedy="write 2015, 2015-2017, or 2015-"
        )
    low = int(first) if first else _FIRST_YEAR
    high = int(last) if last else (_LAST_YEAR if dash else low)
    return list(range(max(low, _FIRST_YEAR), min(high, _LAST_YEAR) + 1))


def column(facet: str) -> str:
    """The column of `items` that holds a facet."""
    return FACET_COLUMNS.get(facet, facet)


def is_list(facet: str) -> bool:
    """Whether an item may have several values of a facet."""
    return ITEM_COLUMNS[column(facet)].endswith("[]")


def _scalar(facet: str) -> str:
    name = f"items.{column(facet)}"
    return name if is_list(facet) or facet != "year" else f"{name}::VARCHAR"


def _has(facet: str, *, beginnings: bool) -> str:
    """SQL: an item has one of the values, or one that begins like it."""
    name = f"items.{column(facet)}"
    value = "lower(v)" if is_list(facet) else f"lower({name})"
    holds = f"list_contains(${facet}, {value})"
    if beginnings:
        begins = f"len(list_filter(${facet}_begins, lambda b: starts_with({value}, b))) > 0"
        holds = f"({holds} OR {begins})"
    return f"len(list_filter({name}, lambda v: {holds})) > 0" if is_list(facet) else holds


def _is_beginning(value: str) -> bool:
    return len(value) > 1 and value.endswith("*")
