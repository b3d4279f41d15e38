"""Measures of function that can be compared: minutes, distances and weights, before and after."""

from __future__ import annotations

import re

from openimr.extract.contexts import Number, says_without, with_contexts
from openimr.extract.function_patterns import (
    ARROW,
    FROM_TO,
    MEASURE,
    MEDICINE,
    VERSUS,
    WITH_SLASH,
    N,
)
from openimr.extract.function_times import Change
from openimr.extract.passages import Passage, Reading
from openimr.extract.tokens import number
from openimr.model.ids import ConceptId

FUNCTION = ConceptId("functional_improvement")


def activity_name(found: re.Match[str], activities: tuple[str, ...]) -> str:
    """The name under which the list files an activity that was found."""
    index = int((found.lastgroup or "i0")[1:])
    return activities[index].split("|")[0].replace("~", " ")


def function_reading(
    passage: Passage, start: int, end: int, value: dict[str, object], rule: str
) -> Reading:
    """A reading of function at `start:end` of the passage."""
    return Reading(
        concept=FUNCTION,
        start=passage.start + start,
        end=passage.start + end,
        value=value,
        rule=rule,
        negatable=False,
    )


def measured_gain(
    passage: Passage, text: str, found: list[re.Match[str]], activities: tuple[str, ...]
) -> Reading | None:
    """`from 10 to 30 minutes`, `30 minutes with medication and 10 without`."""
    change = FROM_TO.search(text) or ARROW.search(text)
    names = list(dict.fromkeys(activity_name(match, activities) for match in found))
    if change is not None and not _IN_ONE_TEST.search(text[: change.end()]):
        said = change.groupdict()
        before, after = _amount(said["a"]), _amount(said["b"] or said["b2"])
        unit = (said["u"] or said["ua"]).casefold()
        return _gain(
            passage,
            (min(found[0].start(), change.start()), change.end()),
            names,
            (before, after),
            unit,
        )
    slash = WITH_SLASH.search(text)
    if slash is not None:
        both = (_amount(slash["b"]), _amount(slash["a"]))
        ordered = both if slash["on"] else (both[1], both[0])
        span = (min(found[0].start(), slash.start()), slash.end())
        return _gain(passage, span, names, ordered, slash["u"].casefold())
    formerly = _formerly(text)
    if formerly is not None:
        span = (min(found[0].start(), formerly[0]), formerly[1])
        return _gain(passage, span, names, formerly[2], formerly[3])
    versus = VERSUS.search(text)
    if versus is not None and (MEDICINE.search(text) or says_without(text)):
        before, after = _amount(versus["without"]), _amount(versus["with"])
        span = (min(found[0].start(), versus.start()), versus.end())
        return _gain(passage, span, names, (before, after), versus["unit"].casefold())
    numbers = with_contexts(text, _measures(text))
    by_context = {n.context: n for n in numbers}
    with_, without = by_context.get("with_medication"), by_context.get("without_medication")
    if with_ is None or without is None:
        return None
    span = (min(found[0].start(), with_.start, without.start), max(with_.end, without.end))
    unit_found = MEASURE.search(text)
    unit = unit_found["unit"].casefold() if unit_found else ""
    return _gain(passage, span, names, (without.value, with_.value), unit)


_IN_ONE_TEST = re.compile(
    r"\b(?:tested|testing|measured|dynamometer|tries|trials)\b[^.;]*"
    r"\b(?:increases|varies|ranges|goes)\b",
    re.IGNORECASE,
)
"""`Grip tested with a Jamar increases from 60 to 70 pounds`: of one test, no gain over time."""


def told_change(passage: Passage, change: Change) -> Reading:
    """The reading of a measure that was told of two times."""
    span, both = (change.start, change.end), (change.before, change.after)
    return _gain(passage, span, [change.what.casefold()], both, change.unit)


_COULD = re.compile(
    rf"\bcould\s+(?:only\s+)?\w+\s+(?:for\s+|about\s+|only\s+)*(?P<a>{N})\s*-?\s*(?P<unit>min\w*|hours?|hrs?|blocks?|feet|miles?|lbs?|pounds?)"
    rf"[^;]{{0,60}}?[;,.]\s*(?:and\s+|but\s+)?(?:with|on|since|now|after)\b[^.;\d]{{0,60}}?\b(?P<b>{N})\b(?!\s*(?:mg|%|/))",
    re.IGNORECASE,
)
"""`He could sit for 10 minutes in January; with Duragesic he sits for 30.`"""


def _formerly(text: str) -> tuple[int, int, tuple[float, float], str] | None:
    found = _COULD.search(text)
    if found is None or "not" in found[0]:
        return None
    change = (_amount(found["a"]), _amount(found["b"]))
    return found.start(), found.end(), change, found["unit"].casefold()


def _gain(
    passage: Passage,
    span: tuple[int, int],
    names: list[str],
    change: tuple[float, float],
    unit: str,
) -> Reading:
    before, after = change
    direction = "better" if after > before else "worse" if after < before else "same"
    value: dict[str, object] = {
        "direction": direction,
        "activities": tuple(names),
        "specific": True,
        "before": f"{before:g} {unit}".strip(),
        "after": f"{after:g} {unit}".strip(),
    }
    return function_reading(passage, *span, value, "function.measured")


def _measures(text: str) -> list[Number]:
    found = [Number(m.start(), m.end(), _amount(m["n"])) for m in MEASURE.finditer(text)]
    if len(found) != 1:
        return found
    rest = re.search(
        rf"(?<![\w/.#])(?P<n>{N})(?=\s*(?:without|w/o|before|with|w/|after|off|on|otherwise)\b)"
        rf"|\b(?:without|off|before|with|on|otherwise|then|now)\b[^.;\d]{{0,30}}?\b(?P<m>{N})(?=\s*(?:[.,;)]|$))",
        text,
        re.IGNORECASE,
    )
    if rest is not None and (rest.end() <= found[0].start or rest.start() >= found[0].end):
        said = "n" if rest["n"] else "m"
        found.append(Number(rest.start(said), rest.end(said), _amount(rest[said])))
    return found


def _amount(word: str) -> float:
    if word.casefold().startswith("half"):
        return 0.5
    return number(word) or 0.0
