"""The days of a case, and how people write them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from openimr.synth.case import Dates
from openimr.synth.draw import Draw


def draw_dates(draw: Draw, spec: dict[str, Any]) -> Dates:
    """Visits four to nine weeks apart, then request, decision and application."""
    decision = spec.get("decision") or date(2014, 8, 1) + timedelta(days=draw.between(0, 690))
    request = spec.get("request") or decision - timedelta(days=draw.between(5, 8))
    visit = spec.get("visit") or request - timedelta(days=draw.between(1, 9))
    visits = [visit]
    for _ in range(draw.between(1, 3)):
        visits.append(visits[-1] - timedelta(days=draw.between(28, 62)))
    return Dates(
        visits=tuple(visits),
        request=request,
        decision=decision,
        application=decision + timedelta(days=draw.between(9, 27)),
        old=visit - timedelta(days=draw.between(1300, 2200)),
        test=visit - timedelta(days=draw.between(12, 80)),
    )


def slash(day: date) -> str:
    """As charts write it: 4/9/2015."""
    return f"{day.month}/{day.day}/{day.year}"


def long_date(day: date) -> str:
    """As letters write it: April 9, 2015."""
    return f"{day:%B} {day.day}, {day.year}"
