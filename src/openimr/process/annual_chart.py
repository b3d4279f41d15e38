"""Treatments decided by category and outcome as an SVG picture, drawn without a browser."""

from __future__ import annotations

from importlib.util import find_spec

from openimr.corpus.chart_frame import BLUE, FONT, INK, ORANGE, QUIET, RULE, Spec, escaped
from openimr.model.annual import Figures

_WIDTH, _ROW = 520, 26


def can_draw() -> bool:
    """Whether the extra for charts is installed."""
    return find_spec("vl_convert") is not None


def category_chart(figures: Figures) -> bytes:
    """The picture; its title and description are there for those who hear it.

    The same figures give the same bytes.
    """
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(_spec(figures))
    opening, rest = drawn.split(">", 1)
    said = f"<title>{escaped(_title(figures))}</title><desc>{escaped(_described(figures))}</desc>"
    return f'{opening} role="img">{said}{rest}\n'.encode()


def _title(figures: Figures) -> str:
    return f"Treatments decided, by category, {figures.year or 'all years'}"


def _described(figures: Figures) -> str:
    told = [
        f"{name}: {found.upheld:,} upheld, {found.overturned:,} overturned"
        for name, found in figures.by_category.items()
    ]
    return f"{_title(figures)}. {'; '.join(told)}."


def _spec(figures: Figures) -> Spec:
    order = sorted(figures.by_category, key=lambda name: -figures.by_category[name].decided)
    values = [
        {"category": name, "outcome": outcome, "items": number, "place": place}
        for name in order
        for place, (outcome, number) in enumerate(
            (
                ("upheld", figures.by_category[name].upheld),
                ("overturned", figures.by_category[name].overturned),
            )
        )
    ]
    totals = [
        {
            "category": name,
            "items": found.decided,
            "told": f"{found.share:.0%} of {found.decided:,}",
        }
        for name, found in figures.by_category.items()
    ]
    place = {"field": "category", "type": "nominal", "sort": order, "title": None}
    across = {"field": "items", "type": "quantitative", "title": "treatments", "stack": "zero"}
    shades = {"domain": ["upheld", "overturned"], "range": [BLUE, ORANGE]}
    bars: Spec = {
        "mark": {"type": "bar", "height": 16},
        "encoding": {
            "y": place,
            "x": across,
            "color": {"field": "outcome", "scale": shades, "legend": {"orient": "top"}},
            "order": {"field": "place"},
        },
    }
    numbers: Spec = {
        "data": {"values": totals},
        "mark": {"type": "text", "align": "left", "dx": 6, "color": INK, "fontSize": 12},
        "encoding": {
            "y": place,
            "x": {**across, "stack": None},
            "text": {"field": "told"},
        },
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "title": {
            "text": _title(figures),
            "subtitle": ["Beside each bar: the share overturned, of all decided."],
            "anchor": "start",
            "frame": "group",
            "color": INK,
            "subtitleColor": QUIET,
            "offset": 12,
        },
        "data": {"values": values},
        "width": _WIDTH,
        "height": max(1, len(order)) * _ROW,
        "layer": [bars, numbers],
        "background": "white",
        "padding": 14,
        "config": {
            "font": FONT,
            "axis": {"labelColor": INK, "gridColor": RULE, "labelFontSize": 12, "labelLimit": 260},
            "view": {"stroke": None},
        },
    }
