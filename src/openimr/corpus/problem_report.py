"""The problems of a corpus in numbers: how many letters and items have each, by facet and time."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from openimr.corpus.intervals import LEVEL, SMALL, wilson
from openimr.corpus.linting import NOT_CHECKED
from openimr.corpus.problems import Checked
from openimr.corpus.report import NOT_STATED, Kind, Report, Row
from openimr.corpus.selection import Condition, Filters, Grouping, condition
from openimr.corpus.stats import Statistics
from openimr.corpus.store import Corpus
from openimr.model.errors import InputError
from openimr.qa.checks import CHECKS

_COLUMNS = {
    "title": Kind.TEXT,
    "letters": Kind.COUNT,
    "of_letters": Kind.COUNT,
    "share": Kind.SHARE,
    "low": Kind.SHARE,
    "high": Kind.SHARE,
    "items": Kind.COUNT,
    "note": Kind.TEXT,
}
_TITLES = {check.code: check.title for check in CHECKS} | {
    NOT_CHECKED: "a letter that could not be checked"
}
_WITH = """
(SELECT items.*, found.code AS problem FROM {items} AS items
 JOIN (SELECT DISTINCT item, code FROM {problems} WHERE item IS NOT NULL) AS found USING (item)
 UNION ALL
 SELECT items.*, found.code AS problem FROM {items} AS items
 JOIN (SELECT DISTINCT letter, code FROM {problems} WHERE item IS NULL) AS found USING (letter))
"""
_COUNTS = "SELECT {values} count(DISTINCT letter), count(*) FROM ({rows}) GROUP BY ALL"


def problems(corpus: Corpus, filters: Filters, grouping: Grouping) -> Report:
    """How many letters have each problem that the checks find.

    Raises:
        InputError: no letter has been checked.
    """
    checked = Checked.of(corpus)
    if corpus.segments and not checked.segments:
        raise InputError(
            "no letter of the corpus has been checked by these checks",
            where=str(corpus.folder.root),
            remedy=f"check them: openimr published lint --corpus {corpus.folder.root}",
        )
    statistics, chosen = Statistics(corpus, filters), condition(filters)
    return Report(
        name="problems",
        title="Problems that the checks find in letters",
        basis=statistics.basis(),
        filters=filters,
        columns=MappingProxyType(
            {"problem": Kind.TEXT} | dict.fromkeys(grouping.names, Kind.TEXT) | _COLUMNS
        ),
        rows=tuple(_rows(corpus, checked, chosen, grouping)),
        notes=_notes(corpus, checked),
        whole=statistics.whole(),
        grouping=grouping,
    )


def _rows(corpus: Corpus, checked: Checked, chosen: Condition, grouping: Grouping) -> Sequence[Row]:
    items = f"({corpus.current_rows('items', checked.segments)})"
    with_one = _WITH.format(items=items, problems=checked.rows)
    of_group = {
        tuple(values): letters
        for *values, letters, _ in _count(corpus, items, chosen, grouping, values=grouping.values)
    }
    found = _count(
        corpus, with_one, chosen, grouping, values=f"problem, {grouping.values}", also=("problem",)
    )
    rows: list[dict[str, Any]] = []
    for code, *values, letters, count in found:
        total = of_group[tuple(values)]
        low, high = wilson(letters / total, total)
        facets = zip(grouping.names, (value or NOT_STATED for value in values), strict=True)
        rows.append(
            {
                "problem": code,
                **dict(facets),
                "title": _TITLES.get(code, ""),
                "letters": letters,
                "of_letters": total,
                "share": letters / total,
                "low": low,
                "high": high,
                "items": count,
                "note": "few" if total < SMALL else "",
            }
        )
    return sorted(rows, key=lambda row: _order(row, grouping))


def _count(
    corpus: Corpus,
    source: str,
    chosen: Condition,
    grouping: Grouping,
    *,
    values: str,
    also: tuple[str, ...] = (),
) -> list[tuple[Any, ...]]:
    """Letters and items of each combination of values."""
    rows = grouping.rows(chosen.sql, source=source, letters=True, also=also, undecided=True)
    sql = _COUNTS.format(values=values, rows=rows)
    return corpus.connection.execute(sql, dict(chosen.parameters)).fetchall()


def _order(row: dict[str, Any], grouping: Grouping) -> tuple[object, ...]:
    """Over time by period, else the most frequent first."""
    period = grouping.over or ("year" if grouping.by == ("year",) else "")
    values = tuple(row[name] for name in grouping.names)
    return (row[period] if period else "", -row["letters"], row["problem"], values)


def _notes(corpus: Corpus, checked: Checked) -> tuple[str, ...]:
    unchecked = [number for number in corpus.segments if number not in checked.segments]
    ((left,),) = corpus.connection.execute(
        f"SELECT count(*) FROM ({corpus.current_rows('letters', unchecked)})"  # noqa: S608 our own
    ).fetchall()
    notes = [
        "share: of the letters with an item in the group, those with the problem; `low` and"
        f" `high` are {LEVEL:.0%} score intervals (Wilson). items: the items that it is about; a"
        " problem of a whole letter is about all of its items.",
        "A check proposes, a person decides: these are counts of alarms, not of errors. Texts that"
        " stand in several letters are measured by openimr published boilerplate.",
    ]
    if left:
        notes.append(
            f"{left:,} letters have been added since and are not counted: openimr published lint"
            " checks them."
        )
    return tuple(notes)
