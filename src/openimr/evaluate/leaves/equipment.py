"""How long a device or a stay is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from openimr.evaluate.context import Context, LeafResult, words_of
from openimr.evaluate.leaves.visit_count import case_words, whole_ceiling
from openimr.evaluate.wording import plain
from openimr.model.finding import Value
from openimr.model.request import Request

LENGTH = "asked_length"
"""The name of the test of lengths in the rulebook."""
_DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.0}
_BOUGHT = re.compile(r"\b(?:purchase|buy|permanent)\b", re.IGNORECASE)


def asked_length(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """The days of a rental or stay against a ceiling; a purchase has no end.

    `by`: other ceilings where the case names other `words`.
    """
    request = context.item.request
    line = f"{context.item.request_text} {request.text}"
    most, limit = whole_ceiling(context, parameters)
    named = f" for {limit['name']}" if limit.get("name") else ""
    bound = f"{plain(most)} day{'' if most == 1 else 's'}{named}"
    days = _days(request)
    if days is None and _BOUGHT.search(line):
        return LeafResult(
            value=Value.EXCEEDED, statement=f"A purchase is asked for, where the limit is {bound}."
        )
    if days is None:
        return LeafResult(
            value=Value.UNKNOWN,
            statement=f"The request line does not say for how long; the limit is {bound}.",
        )
    value = Value.EXCEEDED if days > most else Value.WITHIN
    verdict = "above" if value is Value.EXCEEDED else "within"
    return LeafResult(
        value=value, statement=f"The request is for {plain(days)} days, {verdict} {bound}."
    )


def _days(request: Request) -> float | None:
    if request.duration is None or request.duration_unit is None:
        return None
    return request.duration * _DAYS.get(request.duration_unit, 1.0)


def shorter(context: Context, parameters: Mapping[str, object]) -> str:
    """The length that would be supported: `3 days`."""
    most, _ = whole_ceiling(context, parameters)
    return f"{plain(most)} day{'' if most == 1 else 's'}"


def surgery_named(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Whether the case names an operation of a list, by its lines or its reports."""
    told = case_words(context)
    hit = next((word for word in words_of(parameters, "words") if word in told), None)
    if hit is None:
        return LeafResult(value=context.silent)
    return LeafResult(value=Value.MET, statement=f"The case names “{hit}”.")
