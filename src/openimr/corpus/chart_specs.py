"""The charts of rates as Vega-Lite specifications: dots with intervals, and lines over time."""

from __future__ import annotations

from collections.abc import Sequence

from openimr.corpus.chart_frame import (
    BLUE,
    INK,
    ORANGE,
    QUIET,
    WIDE,
    WIDTH,
    Row,
    Spec,
    frame,
    label,
)
from openimr.corpus.report import Report

SERIES = 6
"""Pictures of series beside each other."""

_ROW = 22
_RATE_AXIS: Spec = {"format": ".0%", "grid": True, "title": "Overturn rate", "tickCount": 6}


def outcomes(report: Report, rows: Sequence[Row]) -> Spec:
    """A dot and its interval for each row, the rate of all items as a line."""
    values = [
        {
            "name": label(report, row),
            "rate": row["rate"],
            "low": row["low"],
            "high": row["high"],
            "items": f"{row['items']:,}",
            "few": "few items" if row["note"] == "few" else "",
        }
        for row in rows
    ]
    order = [label(report, row) for row in rows]
    place = _rows_axis(order)
    whole: Spec = {
        "data": {"values": [{"rate": report.whole.share}]},
        "mark": {"type": "rule", "color": ORANGE, "strokeDash": [4, 3]},
        "encoding": {"x": _rate("rate")},
    }
    interval = _interval("low", "high", place, BLUE)
    dot: Spec = {
        "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1, "color": BLUE},
        "encoding": {
            "y": place,
            "x": _rate("rate"),
            "fill": {
                "condition": {"test": "datum.few !== ''", "value": "white"},
                "value": BLUE,
            },
            "stroke": {"value": BLUE},
        },
    }
    count = _counts(place, "items", 50)
    subtitle = [
        f"All items: {report.whole.share:.1%} (dashed). Bars: 95 % intervals. Hollow: few items.",
        "At the right: number of items.",
    ]
    layers = [whole, interval, dot, count]
    return frame(report, subtitle, {"layer": layers, "height": {"step": _ROW}}, values)


def missing(report: Report, rows: Sequence[Row]) -> Spec:
    """For each element the rate where it is said to be missing, and where to be there."""
    values = _said(rows)
    place = _rows_axis([str(row["label"]) for row in rows])
    apart = {"field": "said", "sort": ["missing", "present"]}
    colour = {
        "field": "said",
        "scale": {"domain": ["missing", "present"], "range": [ORANGE, BLUE]},
        "legend": {"title": "Reviewer says it is", "orient": "bottom"},
    }
    shape = {
        "field": "said",
        "scale": {"domain": ["missing", "present"], "range": ["circle", "square"]},
    }
    interval: Spec = {
        "mark": {"type": "rule", "strokeWidth": 2},
        "encoding": {
            "y": place,
            "yOffset": apart,
            "x": _rate("low"),
            "x2": {"field": "high"},
            "color": colour,
        },
    }
    dot: Spec = {
        "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
        "encoding": {
            "y": place,
            "yOffset": apart,
            "x": _rate("rate"),
            "color": colour,
            "shape": shape,
        },
    }
    count = {
        "transform": [{"filter": "datum.said === 'missing'"}],
        **_counts(place, "count", 96),
    }
    subtitle = [
        f"All items: {report.whole.share:.1%} overturned. Bars: 95 % intervals.",
        "At the right: items where it is said to be missing / present.",
        "Reviewers name what goes with their decision: a difference here is not a cause.",
    ]
    body = {"layer": [interval, dot, count], "height": {"step": 12}}
    return frame(report, subtitle, body, values)


def _said(rows: Sequence[Row]) -> list[Spec]:
    """Two values a row: where it is said to be missing, and where to be present."""
    return [
        {
            "name": str(row["label"]),
            "said": said,
            "rate": row[f"rate{end}"],
            "low": row[f"low{end}"],
            "high": row[f"high{end}"],
            "count": f"{row['missing']:,} / {row['present']:,}",
        }
        for row in rows
        for said, end, count in (("missing", "", "missing"), ("present", "_present", "present"))
        if row[count]
    ]


def over_time(report: Report, rows: Sequence[Row]) -> Spec:
    """A line with its band for each series, each in a picture of its own, all to one scale."""
    over = str(report.grouping.over)
    values = [
        {
            "period": row[over],
            "series": label(report, row),
            "rate": row["rate"],
            "low": row["low"],
            "high": row["high"],
        }
        for row in rows
    ]
    names = list(dict.fromkeys(str(value["series"]) for value in values))
    period = {"field": "period", "type": "ordinal", "axis": _period_axis(over, values)}
    rate = {"field": "rate", "type": "quantitative", "axis": _RATE_AXIS, "scale": {"zero": True}}
    band: Spec = {
        "mark": {"type": "area", "opacity": 0.2, "color": BLUE},
        "encoding": {"x": period, "y": {**rate, "field": "low"}, "y2": {"field": "high"}},
    }
    line: Spec = {
        "mark": {
            "type": "line",
            "color": BLUE,
            "strokeWidth": 2,
            "point": {"filled": True, "color": BLUE, "size": 45},
        },
        "encoding": {"x": period, "y": rate},
    }
    picture: Spec = {"layer": [band, line], "width": WIDE, "height": 300}
    subtitle = ["Shaded: 95 % intervals."]
    if len(names) == 1:
        return frame(report, subtitle, picture, values)
    header = {"title": None, "labelFontSize": 13, "labelColor": INK, "labelAnchor": "start"}
    body: Spec = {
        "facet": {"field": "series", "type": "nominal", "sort": names, "header": header},
        "columns": 2,
        "spec": {**picture, "width": 260, "height": 130},
    }
    return frame(report, subtitle, body, values)


def _period_axis(over: str, values: list[Spec]) -> Spec:
    """Years; of quarters the first of each year is named."""
    title = f"{over.capitalize()} of the decision"
    if over == "year":
        return {"title": title, "labelAngle": 0}
    periods = sorted({str(value["period"]) for value in values})
    named = [period for period in periods if period.endswith("Q1")] or periods[:1]
    return {
        "title": title,
        "labelAngle": 0,
        "values": named,
        "labelExpr": "substring(datum.value, 0, 4)",
    }


def _rows_axis(order: list[str]) -> Spec:
    return {
        "field": "name",
        "type": "nominal",
        "sort": order,
        "axis": {"title": None, "grid": False, "ticks": False, "domain": False},
    }


def _counts(place: Spec, field: str, shift: int) -> Spec:
    """Numbers at the right of the rows."""
    return {
        "mark": {"type": "text", "align": "right", "dx": shift, "color": QUIET, "fontSize": 12},
        "encoding": {"y": place, "x": {"value": WIDTH}, "text": {"field": field}},
    }


def _rate(field: str) -> Spec:
    return {"field": field, "type": "quantitative", "axis": _RATE_AXIS, "scale": {"zero": True}}


def _interval(low: str, high: str, place: Spec, colour: str) -> Spec:
    return {
        "mark": {"type": "rule", "strokeWidth": 2, "color": colour},
        "encoding": {"y": place, "x": _rate(low), "x2": {"field": high}},
    }
