"""A parsed request in words, so that a reader sees how the line was understood."""

from __future__ import annotations

from openimr.draft.wording import amount, count
from openimr.model.prose import listed
from openimr.model.request import Request, RequestKind


def request_words(request: Request) -> str:
    """What the line asks for, as it was read: `hydrocodone/acetaminophen, 10/325 mg, 150 units`."""
    if request.kind is RequestKind.DRUG or request.generic:
        parts = [request.generic or request.brand or "", *_drug_parts(request)]
    else:
        parts = [request.procedure or "", *_care_parts(request)]
    return ", ".join(part for part in parts if part)


def _drug_parts(request: Request) -> list[str]:
    parts = [request.strength or "", request.form or ""]
    if request.quantity is not None:
        parts.append(f"{amount(request.quantity)} units")
    if request.refills:
        total = amount(request.total_units or 0)
        parts.append(f"{count(request.refills, 'refill')}")
        parts.append(f"{total} units in all" if request.total_units else "")
    parts.append(f"directions “{request.sig}”" if request.sig else "no directions on the line")
    return parts


def _care_parts(request: Request) -> list[str]:
    parts = [request.laterality or "", listed(request.body_parts), listed(request.levels)]
    if request.visits is not None:
        parts.append(f"{_span(request.visits_min, request.visits)} visits")
    if request.per_week is not None:
        parts.append(f"{_span(request.per_week_min, request.per_week)} a week")
    if request.weeks is not None:
        parts.append(f"for {_span(request.weeks_min, request.weeks)} weeks")
    if request.contrast:
        parts.append(f"{request.contrast} contrast")
    return parts


def _span(low: float | None, high: float) -> str:
    return amount(high) if low is None or low == high else f"{amount(low)} to {amount(high)}"
