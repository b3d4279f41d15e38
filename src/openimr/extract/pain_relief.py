"""Relief as charts tell it without scores: a percentage, a fraction, points, and its times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from openimr.extract.contexts import speaks_of_medicine
from openimr.extract.pain_patterns import (
    FALLS_TO,
    FRACTION,
    FUNCTION_NEAR,
    HALVED,
    HOUR,
    HOURS,
    OF_PAIN,
    ONSET,
    PAIN,
    PAIN_STRICT,
    PERCENT,
    POINTS,
    RELIEF_AFTER,
    RELIEF_BEFORE,
    RELIEF_LABEL,
    RELIEF_WORD,
    SHARE_LESS,
)
from openimr.extract.passages import Passage, Reading
from openimr.extract.tokens import number
from openimr.model.ids import ConceptId

SCORE = ConceptId("pain_score")
RELIEF = ConceptId("pain_with_without_medication")


def read_shares(passage: Passage, text: str) -> Iterator[Reading]:
    """What a passage, drugs masked in its `text`, says of how much pain is relieved."""
    yield from _percents(passage, text)
    yield from _fractions(passage, text)
    yield from _labelled(passage, text)


def pain_reading(
    passage: Passage, concept: ConceptId, start: int, end: int, value: dict[str, object], rule: str
) -> Reading:
    """A reading at `start:end` of the passage, whose value has taken in every negation."""
    return Reading(
        concept=concept,
        start=passage.start + start,
        end=passage.start + end,
        value=value,
        rule=rule,
        negatable=False,
    )


def value_of(found: re.Match[str], *names: str) -> float:
    """The number of the first of these groups that holds one.

    Raises:
        ValueError: if none does.
    """
    for name in names:
        if found[name]:
            value = number(found[name])
            if value is not None:
                return value
    raise ValueError(found[0])


def plain(value: float) -> int | float:
    """A whole number as one."""
    return int(value) if value.is_integer() else value


def _percents(passage: Passage, text: str) -> Iterator[Reading]:
    for found in PERCENT.finditer(text):
        after, before = text[found.end() :], text[: found.start()]
        if FUNCTION_NEAR.match(after) and not re.match(r"\s*(?:pain|relief)", after, re.IGNORECASE):
            continue
        if not (RELIEF_AFTER.match(after) or RELIEF_BEFORE.search(before)):
            continue
        if not PAIN.search(text) or re.search(
            r"\bfunction\w*\s+(?:is\s+)?\w+\s*(?:by|of)\s*$", before, re.IGNORECASE
        ):
            continue
        low = int(number(found["low"]) or 0)
        if 0 <= low <= 100:
            value: dict[str, object] = {"percent": low, "direction": "better" if low else "same"}
            yield pain_reading(passage, RELIEF, found.start(), found.end(), value, "pain.percent")


def _labelled(passage: Passage, text: str) -> Iterator[Reading]:
    """A form's line for the share of relief: `% relief from the patch: 50`."""
    found = RELIEF_LABEL.search(text)
    if found is None or not (found["sign"] or found["of"]):
        return
    percent = int(found["low"])
    if found["of"] and not found["of"].endswith("00"):
        percent *= 10
    if percent <= 100:
        value: dict[str, object] = {
            "percent": percent,
            "direction": "better" if percent else "same",
        }
        yield pain_reading(passage, RELIEF, *found.span(), value, "pain.label")


def _fractions(passage: Passage, text: str) -> Iterator[Reading]:
    """`down four tenths`, `cut in half`, `a third less`, `four points lower`."""
    if not OF_PAIN.search(text) and not PAIN_STRICT.search(text):
        return
    points = POINTS.search(text) or FALLS_TO.search(text)
    if points is not None and (speaks_of_medicine(text) or passage.drugs):
        fall: dict[str, object] = {"direction": "better"}
        yield pain_reading(passage, RELIEF, *points.span(), fall, "pain.points")
    found = FRACTION.search(text) or SHARE_LESS.search(text) or HALVED.search(text)
    if found is None:
        return
    said = next((name for name, share in found.groupdict().items() if share), "half")
    percent = {"half": 50, "third": 33, "thirds": 67, "quarter": 25, "quarters": 75}.get(said)
    if percent is None:
        percent = int(10 * (number(found["tenths"]) or 0))
    if 0 < percent <= 100:
        value: dict[str, object] = {"percent": percent, "direction": "better"}
        yield pain_reading(passage, RELIEF, *found.span(), value, "pain.fraction")


def with_times(passage: Passage, text: str, relief: list[Reading]) -> list[Reading]:
    """Add how soon it acts and how long it lasts."""
    times: dict[str, object] = {}
    start, end = len(text), 0
    spoken = bool(relief) or (
        RELIEF_WORD.search(text) is not None
        and (speaks_of_medicine(text) or bool(passage.drugs) or "relief" in text.casefold())
    )
    if not spoken:
        return relief
    for name, found in (("hours", HOURS.search(text)), ("onset_minutes", ONSET.search(text))):
        if found is not None:
            times[name] = (
                plain(value_of(found, "high", "low")) if name == "hours" else _minutes(found)
            )
            start, end = min(start, found.start()), max(end, found.end())
    if not times:
        return relief
    if relief:
        return [replace(relief[0], value={**relief[0].value, **times}), *relief[1:]]
    return [pain_reading(passage, RELIEF, start, end, times, "pain.duration")]


def _minutes(found: re.Match[str]) -> int:
    said = found["n"].casefold()
    if said.startswith("half"):
        return HOUR // 2
    count = int(said) if said.isdigit() else 1
    return count if found["unit"].casefold().startswith("min") else count * HOUR
