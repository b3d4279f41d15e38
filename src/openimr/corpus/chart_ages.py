"""The chart of letters' ages: weeks from assignment, and from application, to the decision."""

from __future__ import annotations

from openimr.corpus.ages import WEEK
from openimr.corpus.chart_frame import BLUE, INK, ORANGE, WIDE, Spec, frame
from openimr.corpus.report import ALL, Report

_AGE_COLOURS = {"assignment": BLUE, "application": ORANGE}
_SHOWN = 1.5
"""How far the axis goes, as a multiple of the age under which nine of ten letters are."""


def age(report: Report) -> Spec:
    """Letters by week of age, from assignment and from application, with median and 90 %."""
    longest = _shown_days(report)
    values = [
        {**row, "end": int(str(row["first_day"])) + WEEK}
        for row in report.distribution
        if int(str(row["first_day"])) < longest
    ]
    letters = {
        since: sum(int(str(row["letters"])) for row in report.distribution if row["since"] == since)
        for since in _AGE_COLOURS
    }
    shown = {
        since: sum(int(str(value["letters"])) for value in values if value["since"] == since)
        for since in _AGE_COLOURS
    }
    told = ", ".join(f"{count:,} from {since}" for since, count in letters.items())
    older = ", ".join(f"{letters[since] - shown[since]:,} from {since}" for since in letters)
    subtitle = [f"Each bar is a week. Letters with both days: {told}."]
    if letters != shown:
        subtitle.append(f"Not shown, {longest} days and more: {older}.")
    parts = [_weeks(report, since, colour, longest) for since, colour in _AGE_COLOURS.items()]
    return frame(report, subtitle, {"vconcat": parts}, values)


def _shown_days(report: Report) -> int:
    """How far the axis goes, in whole weeks."""
    p90 = [float(str(row["p90"])) for row in report.rows if row["year"] == ALL and row["p90"]]
    return (int(_SHOWN * max(p90, default=WEEK)) // WEEK + 1) * WEEK


def _weeks(report: Report, since: str, colour: str, longest: int) -> Spec:
    days: Spec = {
        "type": "quantitative",
        "scale": {"domain": [0, longest], "nice": False},
        "axis": {"title": f"Days from {since} to the decision", "tickMinStep": WEEK},
    }
    own = [
        {"days": row[quantile], "what": f"{name} {row[quantile]:.0f} days"}
        for row in report.rows
        if row["year"] == ALL and row["since"] == since
        for quantile, name in (("median", "half within"), ("p90", "90 % within"))
        if row[quantile] is not None
    ]
    bars: Spec = {
        "transform": [{"filter": f"datum.since === '{since}'"}],
        "mark": {"type": "bar", "color": colour, "opacity": 0.85, "binSpacing": 1},
        "encoding": {
            "x": {**days, "field": "first_day", "bin": {"binned": True, "step": WEEK}},
            "x2": {"field": "end"},
            "y": {
                "field": "letters",
                "type": "quantitative",
                "axis": {"title": "Letters", "grid": True, "tickCount": 4},
            },
        },
    }
    rules: Spec = {
        "data": {"values": own},
        "mark": {"type": "rule", "color": INK, "strokeDash": [4, 3]},
        "encoding": {"x": {**days, "field": "days"}},
    }
    names = [
        {
            "data": {"values": [told]},
            "mark": {"type": "text", "align": side, "dx": shift, "dy": -6, "fontSize": 12},
            "encoding": {
                "x": {**days, "field": "days"},
                "y": {"value": 0},
                "text": {"field": "what"},
            },
        }
        for told, side, shift in zip(own, ("right", "left"), (-4, 4), strict=False)
    ]
    return {"layer": [bars, rules, *names], "width": WIDE, "height": 150}
