"""The named reports: a table with its basis and its caveats, ready to print, save or draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from openimr.corpus.ages import Ages
from openimr.corpus.intervals import FALSE_DISCOVERIES, LEVEL, SMALL
from openimr.corpus.selection import Filters, Grouping
from openimr.corpus.stats import Basis, Rate, Statistics
from openimr.corpus.store import Corpus
from openimr.rulebook.said import load_said_vocabulary

Row = Mapping[str, object]
ALL = "all"
NOT_STATED = "not stated"


class Kind(StrEnum):
    """What the numbers of a column are, and so how they are printed."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A table and what must be known to read it."""

    name: str
    title: str
    basis: Basis
    filters: Filters
    columns: Mapping[str, Kind]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    whole: Rate
    grouping: Grouping = field(default_factory=Grouping)
    distribution: tuple[Row, ...] = ()
    """Of ages: letters by week."""
    source: str = "published letters"
    """What the letters are, as a chart's source line names them."""


_RATE_COLUMNS = {
    "items": Kind.COUNT,
    "upheld": Kind.COUNT,
    "overturned": Kind.COUNT,
    "rate": Kind.SHARE,
    "low": Kind.SHARE,
    "high": Kind.SHARE,
    "note": Kind.TEXT,
}
_ELEMENT_COLUMNS = {
    "element": Kind.TEXT,
    "label": Kind.TEXT,
    "missing": Kind.COUNT,
    "missing_share": Kind.SHARE,
    "rate": Kind.SHARE,
    "low": Kind.SHARE,
    "high": Kind.SHARE,
    "rate_otherwise": Kind.SHARE,
    "present": Kind.COUNT,
    "rate_present": Kind.SHARE,
    "low_present": Kind.SHARE,
    "high_present": Kind.SHARE,
    "note": Kind.TEXT,
}
_AGE_COLUMNS = {
    "since": Kind.TEXT,
    "year": Kind.TEXT,
    "letters": Kind.COUNT,
    "stated": Kind.COUNT,
    "p10": Kind.NUMBER,
    "median": Kind.NUMBER,
    "p90": Kind.NUMBER,
    "longest": Kind.COUNT,
}
_CLUSTERED = (
    f"Intervals are {LEVEL:.0%} score intervals (Wilson); items of one letter resemble each other,"
    " which widens them (design effect)."
)
_COMPARED = (
    f"`higher` and `lower`: than all other selected items, with {FALSE_DISCOVERIES:.0%} of such"
    " marks expected to be false (Benjamini-Hochberg); a difference is not a cause."
)
_SEVERAL = "An item with several values counts under each: rows add up to more than all items."
_FEW = f"`few`: fewer than {SMALL} independent items; the interval says how little is known."


def outcomes(corpus: Corpus, filters: Filters, grouping: Grouping) -> Report:
    """Overturn rates by facets and over time."""
    return _rates("outcomes", "Overturn rate", corpus, filters, grouping)


def guidelines(corpus: Corpus, filters: Filters, grouping: Grouping) -> Report:
    """How often each page or section of a guideline is cited, and how the items fall."""
    grouping = Grouping(grouping.by or ("guideline_page",), grouping.over)
    return _rates(
        "guidelines", "Guidelines cited by reviewers, and outcome", corpus, filters, grouping
    )


def missing(corpus: Corpus, filters: Filters, grouping: Grouping) -> Report:
    """What reviewers say is missing from the record, and how the items fall."""
    statistics = Statistics(corpus, filters)
    labels = load_said_vocabulary().labels
    rows = [
        {
            "element": each.element,
            "label": labels.get(each.element, each.element),
            "missing": each.missing.items,
            "missing_share": each.missing.items / max(statistics.whole().items, 1),
            "rate": _share(each.missing),
            "low": each.missing.low,
            "high": each.missing.high,
            "rate_otherwise": _share(each.otherwise),
            "present": each.present.items,
            "rate_present": _share(each.present),
            "low_present": each.present.low,
            "high_present": each.present.high,
            "note": _note(each.missing),
        }
        for each in statistics.elements()
    ]
    basis = statistics.basis()
    return Report(
        name="missing",
        title="What reviewers say the record lacks, and the overturn rate",
        basis=basis,
        filters=filters,
        columns=MappingProxyType(_ELEMENT_COLUMNS),
        rows=tuple(rows),
        notes=(
            *_caveats(basis),
            "What is missing is read from the rationale by a vocabulary: what a reviewer names"
            " in other words is not counted, and a reviewer who upholds names more of it.",
            *(_CLUSTERED, _COMPARED, _FEW),
        ),
        whole=statistics.whole(),
        grouping=grouping,
    )


def age(corpus: Corpus, filters: Filters, grouping: Grouping) -> Report:
    """Days from assignment and from application to the decision."""
    ages = Ages(corpus, filters)
    rows = [
        {
            "since": each.since,
            "year": ALL if each.whole else str(each.year or NOT_STATED),
            "letters": each.letters,
            "stated": each.stated,
            "p10": each.p10,
            "median": each.median,
            "p90": each.p90,
            "longest": each.longest,
        }
        for each in ages.by_year()
    ]
    statistics = Statistics(corpus, filters)
    basis = statistics.basis()
    return Report(
        name="age",
        title="Days from assignment and from application to the decision",
        basis=basis,
        filters=filters,
        columns=MappingProxyType(_AGE_COLUMNS),
        rows=tuple(rows),
        notes=(
            *_caveats(basis),
            "Days of the calendar. Letters that lack a date, or whose dates stand in an"
            " impossible order, are counted under letters and not under stated.",
        ),
        whole=statistics.whole(),
        grouping=grouping,
        distribution=tuple(
            {"since": week.since, "first_day": week.first_day, "letters": week.letters}
            for week in ages.by_week()
        ),
    )


def _rates(name: str, title: str, corpus: Corpus, filters: Filters, grouping: Grouping) -> Report:
    statistics = Statistics(corpus, filters)
    rows: list[dict[str, object]] = [
        {
            **dict(
                zip(grouping.names, (value or NOT_STATED for value in rate.values), strict=True)
            ),
            "items": rate.items,
            "upheld": rate.items - rate.overturned,
            "overturned": rate.overturned,
            "rate": _share(rate),
            "low": rate.low,
            "high": rate.high,
            "note": _note(rate),
        }
        for rate in statistics.rates(grouping)
    ]
    basis = statistics.basis()
    notes = []
    if grouping.many:
        notes.append(_SEVERAL)
    if "topic" in grouping.by:
        notes.append("topic `not stated`: the request is of no topic that the rulebook has.")
    return Report(
        name=name,
        title=f"{title}{_by(grouping)}",
        basis=basis,
        filters=filters,
        columns=MappingProxyType(dict.fromkeys(grouping.names, Kind.TEXT) | _RATE_COLUMNS),
        rows=tuple(rows),
        notes=(
            *_caveats(basis),
            *notes,
            _CLUSTERED,
            *([_COMPARED] if len(rows) > 1 else []),
            _FEW,
        ),
        whole=statistics.whole(),
        grouping=grouping,
    )


def _caveats(basis: Basis) -> tuple[str, ...]:
    """What any reader of the numbers must know."""
    span = f", decided {basis.first} to {basis.last}" if basis.first else ""
    undated = basis.items - basis.dated
    notes = [
        f"{basis.decided:,} decided items{span}"
        + (f"; {undated:,} items of letters without a decision date" if undated else ""),
        "Published letters are decided cases that were disputed to the end: no rate here is a rate"
        " of all requests, or of all denials.",
        f"Of {basis.letters_kept + basis.set_aside:,} sources {basis.set_aside:,}"
        f" ({basis.share_aside:.1%}) could not be kept and are not counted;"
        f" {basis.doubles:,} doubles are counted once.",
    ]
    if basis.items > basis.decided:
        notes.append(f"{basis.items - basis.decided:,} items without an outcome are left out.")
    return tuple(notes)


def _by(grouping: Grouping) -> str:
    by = " and ".join(facet.replace("_", " ") for facet in grouping.by)
    return (f" by {by}" if by else "") + (f" over {grouping.over}s" if grouping.over else "")


def _share(rate: Rate) -> float | None:
    return rate.share if rate.items else None


def _note(rate: Rate) -> str:
    return "few" if rate.small else rate.differs
