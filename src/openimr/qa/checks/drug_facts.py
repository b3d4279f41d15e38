"""What a letter says of a drug that the drug is not: its class, its approved uses."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from openimr.model.problem import Problem
from openimr.qa.check import Check, Scene, of_item
from openimr.qa.drugs import Named
from openimr.qa.letter import CheckedLetter
from openimr.qa.words import Sentence, sentences

CLASS, USE = "DRUG-CLASS", "APPROVED-USE"
_SUCH_AS = re.compile(r"[^,;.]{0,20}?\b(?:such\s+as|like|including|e\.g\.,?)\s*", re.IGNORECASE)
_IS_A = re.compile(
    r"(?:\s*\([^)]{1,60}\))?,?\s+(?:is|are|belongs\s+to)\s+(?:an?\s+|the\s+|class\s+of\s+)*(?:\w+[\s-]+){0,3}?$",
    re.IGNORECASE,
)
_APPROVED = re.compile(r"\bFDA[\s-]+approved\b[^.;]*", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|never|nor|without|lacks?|isn't)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;.]")
_BEYOND = re.compile(
    r"\b(?:but|not|however|while|whereas|although|though|rather|off[\s-]label)\b", re.IGNORECASE
)
"""After such a word the sentence tells of uses that are not approved."""
_OUTSIDE = re.compile(
    r"(?:\bnon[\s-]?|\b(?:alternatives?\s+to|(?:other|rather)\s+than|instead\s+of|unlike|not|avoid\w*)"
    r"\s+(?:\w+\s+)?)$",
    re.IGNORECASE,
)
"""Before a class: `non-opioids such as`, `alternatives to opioids such as`."""
_NOT = re.compile(r"\b(?:not|unlike|than|versus|vs|or|and)\b[^,;.]{0,40}$", re.IGNORECASE)


def _wrong_class(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    for item in letter.items:
        for told in sentences(item.rationale):
            wrong = _class_in(told, scene)
            if wrong is None:
                continue
            named, group, said = wrong
            message = (
                f"{told.text[named.start : named.end]} is called one of the {said};"
                f" it is {named.drug.drug_class or 'of another class'}, and no {group}"
            )
            yield of_item(CLASS, item, message, told=told)
            break


def _class_in(told: Sentence, scene: Scene) -> tuple[Named, str, str] | None:
    """A drug of the sentence that is counted to a class it does not belong to."""
    text = told.text
    said = _classes_in(text, scene)
    drugs = scene.drugs.find(text) if said else ()
    starts = [found.start() for _, found in said]
    for named in drugs:
        low = bisect_left(starts, named.start - _REACH)
        high = bisect_right(starts, named.end + _REACH)
        for group, found in said[low:high]:
            own = {group, *scene.rules.class_words_of.get(group, ())}
            if not named.drug.groups & own and _says(text, found, named):
                return named, group, found.group()
    return None


def _classes_in(text: str, scene: Scene) -> list[tuple[str, re.Match[str]]]:
    """Every class that a sentence names, in order."""
    found = [
        (group, one)
        for group, phrases in scene.rules.classes.items()
        for phrase in phrases
        for one in re.finditer(rf"\b{phrase}\b", text, re.IGNORECASE)
    ]
    return sorted(found, key=lambda one: one[1].start())


def _says(text: str, phrase: re.Match[str], named: Named) -> bool:
    """`SSRIs such as X`, `X is an SSRI`."""
    if _OUTSIDE.search(text[max(0, phrase.start() - _BEFORE) : phrase.start()]):
        return False
    if phrase.end() <= named.start:
        return _SUCH_AS.fullmatch(text, phrase.end(), named.start) is not None
    between = text[named.end : phrase.start()]
    return _IS_A.fullmatch(between) is not None and not _NOT.search(between)


_REACH = 160
"""Characters between a drug and its class: `X (a name of up to 60), is a ... class`."""
_BEFORE = 40
"""Characters before a class in which it is excluded."""


def _wrong_use(letter: CheckedLetter, scene: Scene) -> Iterator[Problem]:
    """A use called approved that is none."""
    for item in letter.items:
        for told in sentences(item.rationale):
            approved = _APPROVED.search(told.text)
            if approved is None:
                continue
            before = told.text[: approved.start()]
            if _DENIED.search(_CLAUSE.split(before)[-1]):
                continue
            drugs = {before[one.start : one.end].lower() for one in scene.drugs.find(before)}
            uses = _BEYOND.split(approved.group().lower(), maxsplit=1)[0]
            for use in scene.rules.uses:
                wrong = next((one for one in use.not_for if one in uses), None)
                if use.drug in drugs and wrong is not None:
                    message = f"{use.drug} is not approved for {wrong} ({use.source})"
                    yield of_item(USE, item, message, told=told)


CHECK_CLASS = Check(
    CLASS,
    "a drug is counted to a class it does not belong to",
    "Evidence about another class of drugs says nothing about this one.",
    _wrong_class,
)
CHECK_USE = Check(
    USE,
    "a use is called approved that is none",
    "What a label allows can be looked up by anybody.",
    _wrong_use,
)
