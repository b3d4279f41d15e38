"""What all charts share: frame, title, source, colours, and words for those who hear them."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from openimr.corpus.report import Report

Row = Mapping[str, object]
Spec = dict[str, Any]

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK, QUIET, RULE = "#222222", "#595959", "#d9d9d9"
BLUE, ORANGE = "#0072b2", "#d55e00"
"""Of the Okabe-Ito palette: told apart by the colour-blind, too."""
WIDTH = 460
WIDE = 540

_LOOK: Spec = {
    "font": FONT,
    "title": {
        "fontSize": 17,
        "color": INK,
        "subtitleFontSize": 12,
        "subtitleColor": QUIET,
        "subtitlePadding": 6,
    },
    "axis": {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "labelColor": INK,
        "titleColor": INK,
        "titleFontWeight": "normal",
        "gridColor": RULE,
        "domainColor": QUIET,
        "labelLimit": 340,
        "labelFlush": False,
    },
    "legend": {"labelFontSize": 12, "titleFontSize": 12},
    "view": {"stroke": None},
}


def label(report: Report, row: Row) -> str:
    """The name of a row: its facets' values."""
    return " · ".join(str(row[facet]) for facet in report.grouping.by)


def described(report: Report) -> str:
    """What a picture shows, in words."""
    first = [
        f"{label(report, row)} {row['rate']:.1%} of {row['items']:,}"
        for row in report.rows[:5]
        if report.grouping.by and "items" in row and row["rate"] is not None
    ]
    most = f" Most frequent: {', '.join(first)}." if first else ""
    return (
        f"{report.title}. {report.whole.items:,} items, {report.whole.share:.1%} overturned.{most}"
        " The table beside this file has every number drawn."
    )


def escaped(text: str) -> str:
    """Text as it stands between XML tags."""
    return escape(text, quote=False)


def frame(report: Report, subtitle: list[str], body: Spec, values: list[Spec]) -> Spec:
    """A chart with its title, what it stands on, and the look that all charts share."""
    basis = report.basis
    span = f", decided {basis.first} to {basis.last}" if basis.first else ""
    source = [f"Source: {report.source}{span}; n = {basis.decided:,} decided items."]
    if basis.set_aside:
        sources = basis.letters_kept + basis.set_aside
        source.append(f"{basis.set_aside:,} of {sources:,} sources were set aside.")
    narrowed = "; ".join(
        f"{facet.replace('_', ' ')}: {' or '.join(values)}"
        for facet, values in report.filters.items()
    )
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": described(report),
        "title": {
            "text": report.title,
            "subtitle": [*([narrowed] if narrowed else []), *subtitle, *source],
            "anchor": "start",
            "frame": "group",
            "offset": 14,
        },
        "data": {"values": values},
        "width": WIDTH,
        **body,
        "background": "white",
        "padding": 14,
        "config": _LOOK,
    }
