"""Statements that compare pain with and without medication, read once for all tests."""

from __future__ import annotations

from dataclasses import dataclass

from openimr.evaluate.context import Context
from openimr.evaluate.regimen import day_of, number, text
from openimr.model.evidence import Assertion, Fact


@dataclass(frozen=True)
class Comparison:
    """One comparison: the facts that make it, whether it shows relief, and by how much."""

    facts: tuple[Fact, ...]
    helps: bool
    percent: float | None = None


def comparisons(context: Context) -> list[Comparison]:
    """What the record says now of pain with and without the drug, or without saying which."""
    stated = context.said("pain_with_without_medication")
    found = [_read(fact) for fact in stated if context.concerns(fact)]
    return [one for one in found if one is not None] + _paired(context)


def _read(fact: Fact) -> Comparison | None:
    """The comparison of one fact; None if it compares nothing, as a score on one side does."""
    value = fact.value
    if fact.assertion is Assertion.ABSENT:
        return Comparison((fact,), helps=False)
    percent = _percent(number(value.get("without")), number(value.get("with")))
    if number(value.get("percent")) is not None:
        percent = number(value.get("percent"))
    if percent is not None:
        return Comparison((fact,), helps=percent > 0, percent=percent)
    relief, direction = text(value.get("relief")), text(value.get("direction"))
    if relief or direction:
        return Comparison((fact,), helps=relief in {"some", "good"} or direction == "better")
    return None


def _percent(without: float | None, with_drug: float | None) -> float | None:
    if without is None or with_drug is None or without <= 0:
        return None
    return 100 * (without - with_drug) / without


def _paired(context: Context) -> list[Comparison]:
    """Scores with and without medication of one visit and site, each side a fact of its own."""
    sides = {"with_medication": "with", "without_medication": "without"}
    scores = [
        fact
        for fact in context.said("pain_score")
        if context.concerns(fact) and text(fact.value.get("context")) in sides
    ]
    found: list[Comparison] = []
    for low in scores:
        if text(low.value.get("context")) != "with_medication":
            continue
        for high in scores:
            if text(high.value.get("context")) == "without_medication" and _together(low, high):
                percent = _percent(number(high.value.get("score")), number(low.value.get("score")))
                if percent is not None:
                    found.append(Comparison((high, low), helps=percent > 0, percent=percent))
                break
    return found


def _together(one: Fact, other: Fact) -> bool:
    same_site = text(one.value.get("site")) == text(other.value.get("site"))
    return same_site and day_of(one) == day_of(other) and one.written == other.written
