"""A report for people and for programs."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from openimr.model.errors import InputError

if TYPE_CHECKING:
    from openimr.corpus.report import Report

_HEADS = {
    "low": "interval",
    "label": "element",
    "rate_otherwise": "others",
    "rate_present": "rate",
    "stated": "with days",
    "p10": "10 %",
    "p90": "90 %",
    "since": "days since",
}
_PAIRS = {"low": "high"}
"""Columns shown with another as one: `8.1-12.4 %`."""
_NOT_SHOWN = frozenset(
    {"element", "title", "missing_share", "low_present", "high_present", *_PAIRS.values()}
)
"""Columns that only files and JSON have: a table must fit."""
_NUMBERS = frozenset({"count", "share", "number"})


def show(report: Report, top: int) -> None:
    """Print the table, how much of it is not shown, and what must be known to read it."""
    console = Console(highlight=False)
    console.print(f"[bold]{escape(report.title)}[/bold]{escape(_narrowed(report))}")
    if not report.rows:
        console.print("Nothing matches: see what there is with openimr published search.")
    else:
        rows = report.rows[:top] if top else report.rows
        console.print(_table(report, rows))
        if len(rows) < len(report.rows):
            console.print(f"{len(report.rows) - len(rows):,} more rows; --top 0 shows all of them.")
        if "rate" in report.columns and report.whole.items:
            whole = report.whole
            interval = _interval(whole.low, whole.high)
            console.print(f"All {whole.items:,} items: {whole.share:.1%} overturned ({interval}).")
    for note in report.notes:
        console.print(f"- {escape(note)}")


def as_json(report: Report) -> dict[str, Any]:
    """The report as one JSON object; shares are numbers from 0 to 1, null where nothing fell."""
    basis, whole = report.basis, report.whole
    return {
        "report": report.name,
        "title": report.title,
        "filters": {facet: list(values) for facet, values in report.filters.items()},
        "by": list(report.grouping.by),
        "over": report.grouping.over,
        "basis": {
            "items": basis.items,
            "decided": basis.decided,
            "overturned": basis.overturned,
            "first": basis.first.isoformat() if basis.first else None,
            "last": basis.last.isoformat() if basis.last else None,
            "letters_kept": basis.letters_kept,
            "set_aside": basis.set_aside,
            "doubles": basis.doubles,
            "replaced": basis.replaced,
        },
        "whole": {
            "items": whole.items,
            "overturned": whole.overturned,
            "rate": whole.share if whole.items else None,
            "low": whole.low,
            "high": whole.high,
            "design_effect": whole.effect,
        },
        "rows": [dict(row) for row in report.rows],
        **({"distribution": [*map(dict, report.distribution)]} if report.distribution else {}),
        "notes": list(report.notes),
    }


def write_csv(
    report: Report, file: Path, rows: Sequence[Mapping[str, object]] | None = None
) -> None:
    """Write rows, all of the report's if none are given; shares are numbers from 0 to 1."""
    chosen = report.rows if rows is None else rows
    columns = list(chosen[0]) if chosen else list(report.columns)
    try:
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows({name: _plain(row[name]) for name in columns} for row in chosen)
    except OSError as error:
        raise InputError(
            "the table cannot be written",
            where=str(file),
            why=error.strerror or "the system refused",
            remedy="name a file in a folder that is there and can be written",
        ) from error


def _table(report: Report, rows: Sequence[Mapping[str, object]]) -> Table:
    shown = [name for name in report.columns if name not in _NOT_SHOWN]
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    for name in shown:
        number = report.columns[name] in _NUMBERS
        table.add_column(
            _HEADS.get(name, name.replace("_", " ")),
            justify="right" if number else "left",
            no_wrap=number or name == "note",
        )
    for row in rows:
        table.add_row(*(escape(_cell(report, name, row)) for name in shown))
    return table


def _cell(report: Report, name: str, row: Mapping[str, object]) -> str:
    value = row[name]
    if value is None or (name == "low" and row.get("rate", row.get("share")) is None):
        return "-"
    if name in _PAIRS:
        return _interval(value, row[_PAIRS[name]])
    match report.columns[name]:
        case "count":
            return f"{value:,}"
        case "share":
            return f"{value:.1%}"
        case "number":
            return f"{value:.0f}"
        case _:
            return str(value)


def _interval(low: Any, high: Any) -> str:  # noqa: ANN401 numbers of a row
    return f"{100 * low:.1f}-{100 * high:.1f} %"


def _narrowed(report: Report) -> str:
    parts = (
        f"{facet.replace('_', ' ')} {' or '.join(values)}"
        for facet, values in report.filters.items()
    )
    text = "; ".join(parts)
    return f" ({text})" if text else ""


def _plain(value: object) -> object:
    return round(value, 6) if isinstance(value, float) else value
