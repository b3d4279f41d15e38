"""The patient of the rationale is another one than the summary's: sex or age differ."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openimr.model.problem import Problem
from openimr.qa.check import Check, Scene, of_item
from openimr.qa.letter import CheckedLetter
from openimr.qa.words import Sentence, sentences

CODE = "OTHER-PATIENT"
_OF_AGE = re.compile(
    r"\b(\d{1,3})[\s-]*year[s]?[\s-]*old\b(?:\s+(?:\w+[\s-]+){0,2}?(female|male|woman|man|lady|gentleman)\b)?",
    re.IGNORECASE,
)
_SEX = {"female": "f", "woman": "f", "lady": "f", "male": "m", "man": "m", "gentleman": "m"}
_PRONOUN = re.compile(r"(He|She|His|Her)\s+(?!/)\w")
_SEX_OF_PRONOUN = {"He": "m", "His": "m", "She": "f", "Her": "f"}
_SOMEONE = re.compile(
    r"\b(?:provider|physician|doctor|surgeon|therapist|treater|reviewer|chiropractor|psychologist"
    r"|nurse|husband|wife|spouse|son|daughter|mother|father|Dr|M\.?D)\b",
    re.IGNORECASE,
)
_YEARS = 1
"""An age may have changed by a birthday between two sentences' days."""


def _find(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    del scene
    own = _OF_AGE.search(letter.summary)
    if own is None:
        return
    age, sex = int(own[1]), _SEX.get((own[2] or "").lower())
    for item in letter.items:
        differs = _differs(sentences(item.rationale), age, sex)
        if differs is not None:
            told, how = differs
            yield of_item(CODE, item, how, told=told, against=_sentence(letter.summary, own))


def _differs(told: tuple[Sentence, ...], age: int, sex: str | None) -> tuple[Sentence, str] | None:
    before = ""
    for one in told:
        stated = _OF_AGE.search(one.text)
        if stated is not None and abs(int(stated[1]) - age) > _YEARS:
            return one, f"the rationale is about one of {stated[1]} years, the summary of {age}"
        said = _said_sex(one.text, stated, before)
        if sex is not None and said is not None and said != sex:
            names = {"f": "a woman", "m": "a man"}
            return one, f"the rationale speaks of {names[said]}, the summary of {names[sex]}"
        before = one.text
    return None


def _said_sex(text: str, stated: re.Match[str] | None, before: str) -> str | None:
    """By `a 40-year-old man`, or a pronoun that begins a sentence and cannot be the provider's."""
    if stated is not None and stated[2]:
        return _SEX[stated[2].lower()]
    pronoun = _PRONOUN.match(text)
    if pronoun is None or _SOMEONE.search(before) or _SOMEONE.search(text):
        return None
    return _SEX_OF_PRONOUN[pronoun[1]]


def _sentence(summary: str, found: re.Match[str]) -> str:
    return next(
        (one.text for one in reversed(sentences(summary)) if one.start <= found.start()), ""
    )


CHECK = Check(
    CODE,
    "the rationale speaks of another patient",
    "A sentence about someone else is left of another letter; it decides nothing about this"
    " worker (Labor Code 4610.6(e)).",
    _find,
)
