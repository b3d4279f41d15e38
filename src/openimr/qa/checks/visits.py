"""Visits said to exceed a guideline whose number, quoted beside it, they do not reach."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openimr.model.problem import Problem
from openimr.qa.check import Check, Scene, of_item
from openimr.qa.letter import CheckedLetter, Item
from openimr.qa.words import Sentence, sentences

CODE = "VISITS"
_EXCEEDS = re.compile(
    r"\b(?:requested|request)\b[^.;]{0,60}?\b(?:visits|sessions|treatments|therapy|quantity|amount)\b"
    r"[^.;]{0,60}?(?<!\bnot )(?<!\bno )\b(?:exceeds?|in\s+excess)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\b(?P<first>\d{1,2})(?:\s*(?:-|to)\s*(?P<last>\d{1,2}))?\s+(?:\w+\s+){0,2}?(?:visits|sessions|treatments)\b",
    re.IGNORECASE,
)
_REQUEST = re.compile(r"\brequest\w*\b", re.IGNORECASE)
_HAD = re.compile(
    r"\b(?:completed|attended|received|undergone|underwent|had|certified|authorized|approved|additional"
    r"|already|total)\b[^.;]{0,60}?\b(?:visits|sessions|therapy|treatments?|course)\b",
    re.IGNORECASE,
)


def _find(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    del scene
    for item in letter.items:
        asked = item.request.visits
        if asked is None or item.request.modified:
            continue
        told = next((one for one in sentences(item.rationale) if _EXCEEDS.search(one.text)), None)
        numbers = _numbers(item, told)
        if told is not None and numbers and asked <= min(numbers) and not _counts(item):
            message = (
                f"it says that the visits exceed the guideline: {asked} are asked for, and the"
                f" fewest that it quotes are {min(numbers)}"
            )
            yield of_item(CODE, item, message, told=told, against=item.heading)


def _numbers(item: Item, told: Sentence | None) -> list[int]:
    """The upper ends of the numbers of visits that the rationale quotes."""
    if told is None:
        return []
    return [
        int(one["last"] or one["first"])
        for said in sentences(item.rationale)
        if not _REQUEST.search(said.text)
        for one in _NUMBER.finditer(said.text)
    ]


def _counts(item: Item) -> bool:
    """Whether visits that were had before are counted with those asked for."""
    return any(
        re.search(r"\d", one.text) is not None
        for one in sentences(item.rationale)
        if _HAD.search(one.text) and not re.search(r"\bguidelines?\b", one.text, re.IGNORECASE)
    )


CHECK = Check(
    CODE,
    "visits are said to exceed a number that they do not reach",
    "It is arithmetic that any reader can do; a decision that rests on it is a plain error of fact"
    " (Labor Code 4610.6(h)(5)).",
    _find,
)
