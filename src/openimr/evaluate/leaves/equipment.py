"""How long a device or a stay is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from openimr.evaluate.context import Context, LeafResult, words_of
from openimr.evaluate.leaves.statements import evidence
from openimr.evaluate.visit_count import case_words, whole_ceiling
from openimr.evaluate.wording import plain
from openimr.model.finding import Value
from openimr.model.request import Request

LENGTH = "asked_length"
"""The name of the test of lengths in the rulebook."""
_DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.0}
_BOUGHT = re.compile(r"\b(?:purchase|buy|permanent)\b", re.IGNORECASE)


def asked_length(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """The days of a rental or stay against a ceiling; a purchase has no end.

    `of`: the limit speaks only of lines that hold one of these words. `by`: other ceilings where
    the case names other `words`.
    """
    request = context.item.request
    line = f"{context.item.request_text} {request.text}"
    if not _concerns(context, parameters):
        return LeafResult(
            value=Value.UNKNOWN,
            statement=f"{_name(context)} is no question of {context.drug_name}.",
        )
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


def asked_kind(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Whether the request is of one of these kinds: a device, a program, a visit."""
    kind = context.item.request.kind.value
    hit = kind in words_of(parameters, "kinds")
    return LeafResult(
        value=Value.PRESENT if hit else Value.ABSENT,
        statement=f"The request for {context.drug_name} is of the kind “{kind}”.",
    )


def _name(context: Context) -> str:
    name = context.criterion.name or "the limit"
    return name[:1].upper() + name[1:]


def where_asked(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Evidence that only lines with one of the words `of` need; others are not concerned."""
    if _concerns(context, parameters):
        return evidence(context, parameters)
    return _not_concerned(context)


def _concerns(context: Context, parameters: Mapping[str, object]) -> bool:
    line = f"{context.item.request_text} {context.item.request.text}".casefold()
    words = [word for word in words_of(parameters, "of") if word]
    return not words or any(word in line for word in words)


def _not_concerned(context: Context) -> LeafResult:
    return LeafResult(
        value=Value.MET, statement=f"{_name(context)} is not needed for {context.drug_name}."
    )


def surgery_named(context: Context, parameters: Mapping[str, object]) -> LeafResult:
    """Whether the case names an operation of a list, by its lines or its reports.

    `of`: only lines with one of these words are concerned.
    """
    if not _concerns(context, parameters):
        return _not_concerned(context)
    told = case_words(context)
    hit = next((word for word in words_of(parameters, "words") if word in told), None)
    if hit is None:
        return LeafResult(value=context.silent)
    return LeafResult(value=Value.MET, statement=f"The case names “{hit}”.")
