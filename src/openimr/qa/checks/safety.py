"""Dangerous combinations and drugs stopped at once, of which the letter says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openimr.model.drug import Drug
from openimr.model.problem import Problem
from openimr.qa.check import Check, Scene, of_item
from openimr.qa.letter import CheckedLetter, Item

COMBINATION, TAPER = "COMBINATION", "TAPER"
_TAPER = re.compile(
    r"\b(?:taper\w*|wean\w*|withdrawal|gradual\w*|step-?wise|step[\s-]by[\s-]step|titrat\w+\s+down|detox\w*"
    r"|abrupt\w*|slow\w*\s+(?:\w+\s+){0,2}(?:reduc|decreas|discontinu|lower)\w*"
    r"|(?:reduc|decreas|discontinu|lower)\w*\s+(?:\w+\s+){0,2}slow\w*|phas(?:ed?|ing)\s+out)\b",
    re.IGNORECASE,
)
_ONCE = re.compile(
    r"\b(?:before|prior\s+to|once|one\s+time|single\s+dose|(?:post|peri)-?\s?op\w*)\b",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    r"\b(?:before|prior\s+to|one\s+time|single\s+dose|pre-?\s?(?:op\w*|procedur\w*|medicat\w*|MRI))\b",
    re.IGNORECASE,
)
"""A dose before a study or a procedure is given under watch; it is no course beside another."""
_NEVER_TAKEN = re.compile(
    r"\bopioid[\s-]na[i\u00ef]ve\b|\b(?:not|never)\s+(?:yet\s+|previously\s+)?(?:taken|used|started)\b"
    r"|\b(?:first|initial|new)\s+(?:trial|prescription)\b",
    re.IGNORECASE,
)
_DANGER = re.compile(
    r"\b(?:respiratory\s+depression|combin\w+|concurrent\w*|concomitant\w*|together\s+with|co-?prescri\w+"
    r"|interaction\w*|overdose\w*|stands\s+beside|risks?\s+of\s+death)\b",
    re.IGNORECASE,
)


def _combination(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    drugs = [
        (item, drug)
        for item in letter.items
        if (drug := scene.drugs.of(item.request)) and not _SINGLE.search(item.heading)
    ]
    told = " ".join(item.rationale for item in letter.items)
    if _DANGER.search(told):
        return
    for one, other in scene.rules.dangerous:
        pair = _pair(drugs, one, other)
        if pair is not None:
            (first, drug), (_, beside) = pair
            message = (
                f"{drug.generic} and {beside.generic} are decided in one letter, and no"
                f" rationale speaks of the danger of {_named(one)} with {_named(other)}"
            )
            yield of_item(COMBINATION, first, message)


def _named(group: str) -> str:
    return group.replace("_", " ")


def _pair(
    drugs: list[tuple[Item, Drug]], one: str, other: str
) -> tuple[tuple[Item, Drug], tuple[Item, Drug]] | None:
    for first in drugs:
        for second in drugs:
            if first is not second and one in first[1].groups and other in second[1].groups:
                return first, second
    return None


def _taper(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    weaned = frozenset(scene.rules.weaned)
    for item in letter.items:
        drug = scene.drugs.of(item.request)
        if drug is None or not drug.groups & weaned or item.is_necessary is not False:
            continue
        if _is_covered(item) or _TAPER.search(item.rationale):
            continue
        message = f"{drug.generic} is not supported, and nothing is said of reducing it stepwise"
        yield of_item(TAPER, item, message)


def _is_covered(item: Item) -> bool:
    """A part that utilization review granted, a single occasion or a first use needs no taper."""
    never_taken = _NEVER_TAKEN.search(item.rationale) is not None
    return item.request.modified or never_taken or _ONCE.search(item.heading) is not None


CHECK_COMBINATION = Check(
    COMBINATION,
    "a dangerous combination is not mentioned",
    "Opioids with benzodiazepines or carisoprodol kill; a letter that decides both must see it.",
    _combination,
)
CHECK_TAPER = Check(
    TAPER,
    "a drug that must not be stopped at once is not supported without a word on tapering",
    "MTUS Chronic Pain 2009 pp. 79-80 and 124 ask for a slow reduction.",
    _taper,
)
